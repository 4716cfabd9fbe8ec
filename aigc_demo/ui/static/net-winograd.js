// 3×3 convolutions with 16 multiplications for four pixels instead of 36 (Winograd's F(2×2, 3×3); Lavin & Gray 2015,
// arXiv:1509.09308). A square of 2×2 output pixels depends on a tile of 4×4 input pixels d. With
//
//   Bᵀ = [1 0 −1 0; 0 1 1 0; 0 −1 1 0; 0 1 0 −1]   G = [1 0 0; ½ ½ ½; ½ −½ ½; 0 0 1]   Aᵀ = [1 1 1 0; 0 1 −1 −1]
//
// the output is Aᵀ[(G g Gᵀ) ⊙ (Bᵀ d B)]A. Over all channels each of the 16 places of ⊙ is a product of matrices,
// [tiles, in] · [in, out]; the kernels are transformed once, and tiles and outputs need nothing but additions.

import { demand } from './net-error.js';
import { multiplyAdd, pack } from './net-multiply.js';

const PLACES = 16;
const G = [[1, 0, 0], [0.5, 0.5, 0.5], [0.5, -0.5, 0.5], [0, 0, 1]];

/** Whether this way pays: `kernel` is [kh, kw, in, out], and few channels would be all additions. */
export const suits = ({ shape }, stride, same) => shape[0] === 3 && shape[1] === 3 && stride === 1 && same && shape[2] >= 8;

/**
 * @param {import('./net-file.js').Tensor} kernel [3, 3, in, out] @param {number[]} from [h, w, in] @param {number[]} to [h, w, out]
 * @returns {import('./net-conv.js').Layer}
 */
export function winograd(kernel, from, to) {
  const [, , depth, columns] = kernel.shape;
  const [height, width] = from;
  demand(to[0] === height && to[1] === width && depth === from[2] && columns === to[2], 'net.sizes');
  const matrices = transformedKernels(kernel);
  const [down, across] = [(height + 1) >> 1, (width + 1) >> 1];
  const tiles = down * across;
  const framed = new Float32Array((2 * down + 2) * (2 * across + 2) * depth); // the sample with zeros around it
  const spread = new Float32Array(PLACES * tiles * depth);
  const products = new Float32Array(PLACES * tiles * columns);
  const rowsIn = Int32Array.from({ length: tiles }, (_, tile) => tile * depth);
  const rowsOut = Int32Array.from({ length: tiles }, (_, tile) => tile * columns);
  return (input, output, n) => {
    for (let sample = 0; sample < n; sample++) {
      frame(input, sample * height * width * depth, framed, height, width, depth, across);
      transformTiles(framed, spread, down, across, depth);
      products.fill(0);
      for (let place = 0; place < PLACES; place++) {
        const [first, target] = [place * tiles * depth, place * tiles * columns];
        multiplyAdd(spread, first, rowsIn, matrices[place], depth, columns, products, target, rowsOut);
      }
      addOutputs(products, output, sample * height * width * columns, down, across, height, width, columns);
    }
  };
}

/** G g Gᵀ for every pair of channels: sixteen packed matrices [in, out]. */
function transformedKernels({ shape: [, , depth, columns], data }) {
  const size = depth * columns;
  return Array.from({ length: PLACES }, (_, place) => {
    const [u, v] = [G[place >> 2], G[place & 3]];
    const matrix = new Float32Array(size);
    for (let tap = 0; tap < 9; tap++) {
      const weight = u[Math.floor(tap / 3)] * v[tap % 3];
      if (weight) for (let i = 0; i < size; i++) matrix[i] += weight * data[tap * size + i];
    }
    return pack(matrix, depth, columns);
  });
}

function frame(input, start, framed, height, width, depth, across) {
  const row = width * depth;
  const stride = (2 * across + 2) * depth;
  for (let y = 0; y < height; y++) framed.set(input.subarray(start + y * row, start + (y + 1) * row), (y + 1) * stride + depth);
}

/** Bᵀ d B for every tile and channel, into sixteen planes [tiles, in]. */
function transformTiles(framed, spread, down, across, depth) {
  const row = (2 * across + 2) * depth;
  const plane = down * across * depth;
  for (let ty = 0; ty < down; ty++) {
    for (let tx = 0; tx < across; tx++) {
      const corner = 2 * ty * row + 2 * tx * depth;
      const target = (ty * across + tx) * depth;
      for (let line = 0; line < 4; line++) {
        // Line `line` of Bᵀ adds or subtracts two rows of the tile.
        const one = corner + (line === 0 ? 0 : line === 2 ? 2 : 1) * row;
        const two = corner + (line === 3 ? 3 : line === 2 ? 1 : 2) * row;
        const sign = line === 1 ? 1 : -1;
        const to = target + 4 * line * plane;
        for (let c = 0; c < depth; c++) {
          const d0 = framed[one + c] + sign * framed[two + c];
          const d1 = framed[one + depth + c] + sign * framed[two + depth + c];
          const d2 = framed[one + 2 * depth + c] + sign * framed[two + 2 * depth + c];
          const d3 = framed[one + 3 * depth + c] + sign * framed[two + 3 * depth + c];
          spread[to + c] = d0 - d2;
          spread[to + plane + c] = d1 + d2;
          spread[to + 2 * plane + c] = d2 - d1;
          spread[to + 3 * plane + c] = d1 - d3;
        }
      }
    }
  }
}

/** Aᵀ m A for every tile and channel, added to the 2×2 pixels of the output that lie inside the image. */
function addOutputs(products, output, start, down, across, height, width, columns) {
  const plane = down * across * columns;
  for (let ty = 0; ty < down; ty++) {
    for (let tx = 0; tx < across; tx++) {
      const tile = (ty * across + tx) * columns;
      for (let dy = 0; dy < 2 && 2 * ty + dy < height; dy++) {
        const target = start + ((2 * ty + dy) * width + 2 * tx) * columns;
        const inside = 2 * tx + 1 < width;
        const first = tile + 4 * dy * plane; // where line dy of Aᵀ begins: 1 1 1 0, or 0 1 −1 −1
        const sign = dy ? -1 : 1;
        for (let c = 0; c < columns; c++) {
          const p = first + c;
          const m0 = products[p] + sign * (products[p + 4 * plane] + products[p + 8 * plane]);
          const m1 = products[p + plane] + sign * (products[p + 5 * plane] + products[p + 9 * plane]);
          const m2 = products[p + 2 * plane] + sign * (products[p + 6 * plane] + products[p + 10 * plane]);
          const m3 = products[p + 3 * plane] + sign * (products[p + 7 * plane] + products[p + 11 * plane]);
          output[target + c] += m0 + m1 + m2;
          if (inside) output[target + columns + c] += m1 - m2 - m3;
        }
      }
    }
  }
}
