// Self-attention over the places of a map (Zhang et al. 2019, arXiv:1805.08318), as `networks/attention.py` defines it:
//
//   y = x + γ · (A · (x · value)) · out,   A = softmax((x · query) · (x · key)ᵀ) row by row.
//
// Row n of A says where place n looks. A network's file holds the four matrices as they are used, spectrally normalised
// where they are, and γ by itself, because people want to see it.

import { demand } from './net-error.js';
import { multiplyAdd, pack } from './net-multiply.js';

const MOST_PLACES = 2048; // A is the square of this

/**
 * @typedef {{shape: number[], gamma: number, row: (place: number) => Float32Array, added: () => number}} Looks
 *   `row`: where a place of the [height, width] of one sample looks, 1 in all, spread over all places; `added`: how much
 *   the layer adds to its input, ‖y − x‖ / ‖x‖
 */

export const ATTENTION = {
  /** Besides the output of a batch, its step can `look`: `look(x)` gives the `Looks` of one sample x. */
  attention(node, weights, [from]) {
    demand(from.length === 3 && String(from) === String(node.shape), 'net.sizes');
    const [height, width, channels] = from;
    const places = height * width;
    demand(places <= MOST_PLACES, 'net.sizes');
    const [query, key, value, out] = ['query', 'key', 'value', 'out'].map((role) => matrixOf(weights(node[role])));
    const [few, half] = [query.columns, value.columns];
    demand([query, key, value].every(({ depth }) => depth === channels) && key.columns === few, 'net.sizes');
    demand(out.depth === half && out.columns === channels, 'net.sizes');
    const gamma = weights(node.gamma)?.data[0];
    demand(Number.isFinite(gamma), 'net.damaged');
    const gated = pack(out.data.map((number) => number * gamma), half, channels);
    const [wide, narrow, middle, square] = [channels, few, half, places].map((step) => Int32Array.from({ length: places }, (_, i) => i * step));
    const project = (x, start, { packed, depth, columns }, to) => {
      const projected = new Float32Array(places * columns);
      multiplyAdd(x, start, wide, packed, depth, columns, projected, 0, to);
      return projected;
    };
    /** Row by row, what each place makes of all others: A, from the sample that begins at `start`. */
    const looks = (x, start) => {
      const likes = new Float32Array(places * places);
      const keys = pack(transposed(project(x, start, key, narrow), places, few), few, places);
      multiplyAdd(project(x, start, query, narrow), 0, narrow, keys, few, places, likes, 0, square);
      for (let here = 0; here < places; here++) softmax(likes.subarray(here * places, (here + 1) * places));
      return likes;
    };
    const step = ([x], y, n) => {
      y.set(x.length === n * places * channels ? x : x.subarray(0, n * places * channels));
      for (let start = 0; start < n * places * channels; start += places * channels) {
        const seen = new Float32Array(places * half);
        multiplyAdd(looks(x, start), 0, square, pack(project(x, start, value, middle), places, half), places, half, seen, 0, middle);
        multiplyAdd(seen, 0, middle, gated, half, channels, y, start, wide);
      }
    };
    step.look = (values) => {
      const x = values.slice(0, places * channels);
      let table;
      const row = (place) => (table ??= looks(x, 0)).subarray(place * places, (place + 1) * places);
      return { shape: [height, width], gamma, row, added: () => added(step, x) };
    };
    return step;
  },
};

function matrixOf(tensor) {
  demand(tensor?.shape.length === 2, 'net.damaged');
  const [depth, columns] = tensor.shape;
  return { depth, columns, data: tensor.data, packed: pack(tensor.data, depth, columns) };
}

function transposed(data, rows, columns) {
  const turned = new Float32Array(rows * columns);
  for (let r = 0; r < rows; r++) for (let c = 0; c < columns; c++) turned[c * rows + r] = data[r * columns + c];
  return turned;
}

function added(step, x) {
  const y = new Float32Array(x.length);
  step([x], y, 1);
  let [moved, whole] = [0, 0];
  for (let i = 0; i < x.length; i++) {
    moved += (y[i] - x[i]) ** 2;
    whole += x[i] ** 2;
  }
  return whole ? Math.sqrt(moved / whole) : 0;
}

/** In place; the largest is taken away first, so that nothing overflows. */
function softmax(row) {
  let most = -Infinity;
  for (let i = 0; i < row.length; i++) if (row[i] > most) most = row[i];
  let sum = 0;
  for (let i = 0; i < row.length; i++) sum += row[i] = Math.exp(row[i] - most);
  for (let i = 0; i < row.length; i++) row[i] /= sum;
}
