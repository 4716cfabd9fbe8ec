// A drawing of any size as MNIST's makers would have stored it: the ink fitted into 20 × 20 pixels with its proportions
// kept and its edges smoothed, its centre of mass in the middle of a field of 28 × 28.

import { PIXELS, SIDE } from './pixels.js';

const INNER = 20; // pixels: the longer side of the ink
const MIDDLE = 14.5; // of the field: where the centres of mass of MNIST's digits lie, the middle of pixel 14
const FAINT = 0.1; // ink below this is none
const SPECK = 0.1; // of the field's side: what is smaller in both directions is a dot
const FULL = 0.7; // of the ink's box: real digits cover a quarter of it, very bold ones a half

/** @typedef {{width: number, height: number, ink: ArrayLike<number>}} Ink numbers in 0..1, row by row, 1 = full ink */
/** @typedef {{left: number, top: number, right: number, bottom: number}} Box right and bottom lie outside of it */

/** The smallest box around all ink. @param {Ink} drawing @returns {Box | null} null where there is none */
export function inkBox({ width, height, ink }) {
  const box = { left: width, top: height, right: 0, bottom: 0 };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (!(ink[y * width + x] >= FAINT)) continue;
      box.left = Math.min(box.left, x);
      box.right = Math.max(box.right, x + 1);
      box.top = Math.min(box.top, y);
      box.bottom = y + 1;
    }
  }
  return box.right ? box : null;
}

/**
 * @param {Ink} drawing @param {number} [smallest] an ink box with shorter sides is enlarged only as if one were this long
 * @returns {Float32Array} 784 numbers in 0..1; all 0 where there is no ink
 */
export function fit(drawing, smallest = 0) {
  const box = inkBox(drawing);
  if (!box) return new Float32Array(PIXELS);
  const scale = Math.max(box.right - box.left, box.bottom - box.top, smallest) / INNER; // of its pixels to one of ours
  const middle = centreOfMass(drawing, box);
  const columns = shares(origin(middle.x, box.left, box.right, scale), scale, box.left, box.right);
  const rows = shares(origin(middle.y, box.top, box.bottom, scale), scale, box.top, box.bottom);
  return average(drawing, columns, rows);
}

/**
 * What is to be said of a drawing before anyone judges it.
 * @param {Ink} drawing @returns {'empty' | 'dot' | 'full' | 'digit'}
 */
export function kindOf(drawing) {
  const box = inkBox(drawing);
  if (!box) return 'empty';
  const [wide, high] = [box.right - box.left, box.bottom - box.top];
  if (Math.max(wide / drawing.width, high / drawing.height) < SPECK) return 'dot';
  const covered = centreOfMass(drawing, box).mass / Math.max(wide, high) ** 2;
  return covered > FULL ? 'full' : 'digit';
}

function centreOfMass({ width, ink }, { left, top, right, bottom }) {
  let [mass, x, y] = [0, 0, 0];
  for (let row = top; row < bottom; row++) {
    for (let column = left; column < right; column++) {
      const value = ink[row * width + column];
      mass += value;
      x += value * (column + 0.5);
      y += value * (row + 0.5);
    }
  }
  return { mass, x: x / mass, y: y / mass };
}

/** Where the field begins, in the drawing's pixels: the centre of mass in its middle, but no ink outside of it. */
const origin = (middle, from, to, scale) => Math.min(from, Math.max(to - SIDE * scale, middle - MIDDLE * scale));

/** For each of the field's 28 rows (or columns) the pixels of the drawing that it covers, each with the part it covers. */
function shares(start, scale, from, to) {
  return Array.from({ length: SIDE }, (_, i) => {
    const [low, high] = [Math.max(from, start + i * scale), Math.min(to, start + (i + 1) * scale)];
    const covered = [];
    for (let pixel = Math.floor(low); pixel < high; pixel++) {
      covered.push([pixel, (Math.min(high, pixel + 1) - Math.max(low, pixel)) / scale]);
    }
    return covered;
  });
}

/** First along the rows, then down the columns: each of our pixels is the mean of the square that it covers. */
function average({ width, height, ink }, columns, rows) {
  const wide = new Float32Array(height * SIDE);
  for (const y of new Set(rows.flat().map(([pixel]) => pixel))) {
    columns.forEach((covered, i) => {
      let sum = 0;
      for (const [x, share] of covered) sum += share * ink[y * width + x];
      wide[y * SIDE + i] = sum;
    });
  }
  const field = new Float32Array(PIXELS);
  rows.forEach((covered, j) => {
    for (let i = 0; i < SIDE; i++) {
      let sum = 0;
      for (const [y, share] of covered) sum += share * wide[y * SIDE + i];
      field[j * SIDE + i] = Math.min(1, Math.max(0, sum));
    }
  });
  return field;
}
