// Convolutions and transposed convolutions, one tap of the kernel at a time.
//
// A kernel of 3×3 taps is nine matrices [channels in, channels out]. Tap (ty, tx) connects the input pixel (y, x) with one
// output pixel; all pairs of pixels that a tap connects are listed once, so borders, strides and padding cost nothing later.

import { demand } from './net-error.js';
import { multiplyAdd, pack } from './net-multiply.js';

/**
 * @typedef {{matrix: Float32Array, from: Int32Array, to: Int32Array}} Tap a packed matrix, and the places of the pixels
 *   it leads from and to, in numbers from the sample's beginning
 * @typedef {(input: Float32Array, output: Float32Array, n: number) => void} Layer adds to `output`, which holds the bias
 */

/**
 * What a convolution adds to its output: y[oy, ox] += x[oy·s + ty − before, ox·s + tx − before] · kernel[ty, tx].
 * @param {import('./net-file.js').Tensor} kernel [kh, kw, in, out]
 * @param {number[]} from [h, w, in] @param {number[]} to [h, w, out] @param {number} stride @param {boolean} same
 * @returns {Layer}
 */
export function convolution(kernel, from, to, stride, same) {
  const [height, width, depth, columns] = kernel.shape;
  const before = [height, width].map((taps, axis) => (same ? Math.max(0, (to[axis] - 1) * stride + taps - from[axis]) >> 1 : 0));
  const right = [height, width].every((taps, axis) => to[axis] === Math.ceil((same ? from[axis] : from[axis] - taps + 1) / stride));
  demand(right && depth === from[2] && columns === to[2], 'net.sizes');
  const pairs = (ty, tx) => pixelPairs(to, from, (y, axis) => y * stride + [ty, tx][axis] - before[axis]).map(([o, i]) => [i, o]);
  return taps(kernel, pairs, depth, columns, (tap) => pack(kernel.data, depth, columns, tap * depth * columns), from, to);
}

/**
 * The same pairs of pixels, walked the other way: y[iy·s + ty − before, ix·s + tx − before] += x[iy, ix] · kernel[ty, tx]ᵀ.
 * @param {import('./net-file.js').Tensor} kernel [kh, kw, out, in]
 * @returns {Layer}
 */
export function transposedConvolution(kernel, from, to, stride, same) {
  const [height, width, columns, depth] = kernel.shape;
  const beyond = [height, width].map((taps) => Math.max(0, taps - stride)); // what sticks out past `stride` pixels a pixel
  const right = beyond.every((more, axis) => to[axis] === from[axis] * stride + (same ? 0 : more));
  demand(right && depth === from[2] && columns === to[2], 'net.sizes');
  const before = same ? beyond.map((more) => more >> 1) : [0, 0];
  const pairs = (ty, tx) => pixelPairs(from, to, (y, axis) => y * stride + [ty, tx][axis] - before[axis]);
  const matrix = (tap) => pack(transposed(kernel.data, columns, depth, tap * depth * columns), depth, columns);
  return taps(kernel, pairs, depth, columns, matrix, from, to);
}

/** Pairs [pixel of `small`, pixel of `large`] where `place` leads from the one to the other, both counted row by row. */
function pixelPairs(small, large, place) {
  const pairs = [];
  for (let y = 0; y < small[0]; y++) {
    const otherY = place(y, 0);
    if (otherY < 0 || otherY >= large[0]) continue;
    for (let x = 0; x < small[1]; x++) {
      const otherX = place(x, 1);
      if (otherX >= 0 && otherX < large[1]) pairs.push([y * small[1] + x, otherY * large[1] + otherX]);
    }
  }
  return pairs;
}

/** @returns {Layer} */
function taps(kernel, pairs, depth, columns, matrix, from, to) {
  const [height, width] = kernel.shape;
  /** @type {Tap[]} */
  const list = [];
  for (let tap = 0; tap < height * width; tap++) {
    const connected = pairs(Math.floor(tap / width), tap % width);
    if (!connected.length) continue;
    list.push({
      matrix: matrix(tap),
      from: Int32Array.from(connected, ([pixel]) => pixel * depth),
      to: Int32Array.from(connected, ([, pixel]) => pixel * columns),
    });
  }
  const [sizeIn, sizeOut] = [from, to].map(([h, w, channels]) => h * w * channels);
  return (input, output, n) => {
    for (let sample = 0; sample < n; sample++) {
      for (const tap of list) {
        multiplyAdd(input, sample * sizeIn, tap.from, tap.matrix, depth, columns, output, sample * sizeOut, tap.to);
      }
    }
  };
}

function transposed(data, rows, columns, start) {
  const turned = new Float32Array(rows * columns);
  for (let r = 0; r < rows; r++) for (let c = 0; c < columns; c++) turned[c * rows + r] = data[start + r * columns + c];
  return turned;
}
