// The one inner loop of all layers: a product of matrices whose rows lie anywhere.
//
// A dense layer is such a product, and so is each tap of a convolution's kernel: "every pixel times this matrix of
// channels, added to the pixel that lies so and so far away". Two rows and four columns are worked on at a time, so that
// eight sums stay in the processor's registers: each number that is read takes part in several multiplications.
// All arrays here are Float32Arrays, always: a loop that has met two kinds of arrays is compiled for neither.

const PANEL = 4;

/**
 * Lay out a matrix [depth, columns] so that the loop reads it from front to end: panels of four columns, then single ones.
 * @param {Float32Array} matrix row by row, beginning at `start`
 * @returns {Float32Array}
 */
export function pack(matrix, depth, columns, start = 0) {
  const packed = new Float32Array(depth * columns);
  let place = 0;
  for (let first = 0; first < columns; ) {
    const width = columns - first >= PANEL ? PANEL : 1;
    for (let k = 0; k < depth; k++) {
      for (let j = 0; j < width; j++) packed[place++] = matrix[start + k * columns + first + j];
    }
    first += width;
  }
  return packed;
}

/**
 * c += a · b for `from.length` rows: row r of a begins at a[fromBase + from[r]], that of c at c[toBase + to[r]].
 * @param {Float32Array} a @param {number} fromBase @param {Int32Array} from
 * @param {Float32Array} b as `pack` lays it out, [depth, columns]
 * @param {Float32Array} c @param {number} toBase @param {Int32Array} to no row twice
 */
export function multiplyAdd(a, fromBase, from, b, depth, columns, c, toBase, to) {
  let panel = 0;
  let j = 0;
  for (; j + PANEL <= columns; j += PANEL) {
    fourColumns(a, fromBase, from, b, panel, depth, c, toBase + j, to);
    panel += depth * PANEL;
  }
  for (; j < columns; j++) {
    oneColumn(a, fromBase, from, b, panel, depth, c, toBase + j, to);
    panel += depth;
  }
}

function fourColumns(a, fromBase, from, b, panel, depth, c, toBase, to) {
  const rows = from.length;
  let r = 0;
  for (; r + 1 < rows; r += 2) {
    const first = fromBase + from[r];
    const second = fromBase + from[r + 1];
    let x0 = 0, x1 = 0, x2 = 0, x3 = 0;
    let y0 = 0, y1 = 0, y2 = 0, y3 = 0;
    let place = panel;
    for (let k = 0; k < depth; k++) {
      const b0 = b[place];
      const b1 = b[place + 1];
      const b2 = b[place + 2];
      const b3 = b[place + 3];
      place += PANEL;
      const x = a[first + k];
      x0 += x * b0;
      x1 += x * b1;
      x2 += x * b2;
      x3 += x * b3;
      const y = a[second + k];
      y0 += y * b0;
      y1 += y * b1;
      y2 += y * b2;
      y3 += y * b3;
    }
    let target = toBase + to[r];
    c[target] += x0;
    c[target + 1] += x1;
    c[target + 2] += x2;
    c[target + 3] += x3;
    target = toBase + to[r + 1];
    c[target] += y0;
    c[target + 1] += y1;
    c[target + 2] += y2;
    c[target + 3] += y3;
  }
  if (r < rows) lastRow(a, fromBase + from[r], b, panel, depth, c, toBase + to[r]);
}

function lastRow(a, first, b, panel, depth, c, target) {
  let x0 = 0, x1 = 0, x2 = 0, x3 = 0;
  let place = panel;
  for (let k = 0; k < depth; k++) {
    const x = a[first + k];
    x0 += x * b[place];
    x1 += x * b[place + 1];
    x2 += x * b[place + 2];
    x3 += x * b[place + 3];
    place += PANEL;
  }
  c[target] += x0;
  c[target + 1] += x1;
  c[target + 2] += x2;
  c[target + 3] += x3;
}

function oneColumn(a, fromBase, from, b, panel, depth, c, toBase, to) {
  for (let r = 0; r < from.length; r++) {
    const first = fromBase + from[r];
    let even = 0, odd = 0;
    let k = 0;
    for (; k + 1 < depth; k += 2) {
      even += a[first + k] * b[panel + k];
      odd += a[first + k + 1] * b[panel + k + 1];
    }
    if (k < depth) even += a[first + k] * b[panel + k];
    c[toBase + to[r]] += even + odd;
  }
}
