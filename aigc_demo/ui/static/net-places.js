// The operations of a network that compute nothing new at a place: they move numbers about, or gather those of neighbours.

import { demand } from './net-error.js';

/** @typedef {import('./net-ops.js').Step} Step */

/** @type {Object<string, (node: import('./net-file.js').GraphNode, weights: unknown, shapes: number[][]) => Step>} */
export const PLACES = {
  /** [h, w, r·r·c] → [r·h, r·w, c]: a pixel's channels become r×r pixels, as TensorFlow's depth_to_space orders them. */
  shuffle(node, _, [from]) {
    const r = whole(node.factor);
    const [height, width, channels] = mapOf(node.shape);
    demand(same(from, [height / r, width / r, channels * r * r]), 'net.sizes');
    return moved(from, node.shape, (row, column, c) => [Math.floor(row / r), Math.floor(column / r), ((row % r) * r + (column % r)) * channels + c]);
  },

  /** [r·h, r·w, c] → [h, w, r·r·c]: `shuffle` backwards. */
  unshuffle(node, _, [from]) {
    const r = whole(node.factor);
    const [height, width, channels] = mapOf(from);
    demand(same(node.shape, [height / r, width / r, channels * r * r]), 'net.sizes');
    return moved(from, node.shape, (row, column, c) => {
      const place = Math.floor(c / channels);
      return [row * r + Math.floor(place / r), column * r + (place % r), c % channels];
    });
  },

  /** Every pixel becomes r×r equal ones. */
  upsample(node, _, [from]) {
    const r = whole(node.factor);
    const [height, width, channels] = mapOf(from);
    demand(same(node.shape, [height * r, width * r, channels]), 'net.sizes');
    return moved(from, node.shape, (row, column, c) => [Math.floor(row / r), Math.floor(column / r), c]);
  },

  /** A rectangle of the map, from [top, left] on. */
  crop(node, _, [from]) {
    const [top, left] = [node.top, node.left];
    const [height, width, channels] = mapOf(node.shape);
    demand(Number.isInteger(top) && Number.isInteger(left) && top >= 0 && left >= 0, 'net.damaged');
    demand(top + height <= mapOf(from)[0] && left + width <= from[1] && channels === from[2], 'net.sizes');
    return moved(from, node.shape, (row, column, c) => [row + top, column + left, c]);
  },

  max_pool(node, _, [from]) {
    const size = whole(Array.isArray(node.size) ? node.size[0] : node.size);
    return pooled(from, node.shape, size, size, -Infinity, Math.max, 1);
  },

  avg_pool(node, _, [from]) {
    const size = whole(node.size);
    return pooled(from, node.shape, size, size, 0, plus, size * size);
  },

  /** [h, w, c] → [c]: each channel's mean over the map. */
  mean(node, _, [from]) {
    const [height, width] = mapOf(from);
    return pooled(from, [1, 1, ...node.shape], height, width, 0, plus, height * width);
  },
};

/** Every number of the output is one of the input's: of the one at `source(row, column, channel)`. @returns {Step} */
function moved([height, width, depth], [rows, columns, channels], source) {
  const size = height * width * depth;
  const places = new Int32Array(rows * columns * channels);
  let place = 0;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      for (let c = 0; c < channels; c++) {
        const [y, x, channel] = source(row, column, c);
        places[place++] = (y * width + x) * depth + channel;
      }
    }
  }
  return ([x], y, n) => {
    for (let sample = 0, i = 0; sample < n; sample++) {
      for (let k = 0, start = sample * size; k < places.length; k++) y[i++] = x[start + places[k]];
    }
  };
}

/** Every number of the output is made of `down`×`across` pixels of one channel, put together by `join`. @returns {Step} */
function pooled(from, to, down, across, first, join, share) {
  const [height, width, channels] = mapOf(from);
  const [rows, columns] = to;
  demand(same(to, [Math.floor(height / down), Math.floor(width / across), channels]), 'net.sizes');
  return ([x], y, n) => {
    for (let i = 0; i < n * rows * columns * channels; i++) {
      const c = i % channels;
      const column = Math.floor(i / channels) % columns;
      const row = Math.floor(i / (channels * columns)) % rows;
      const corner = Math.floor(i / (channels * columns * rows)) * height + row * down;
      let found = first;
      for (let dy = 0; dy < down; dy++) {
        for (let dx = 0; dx < across; dx++) found = join(found, x[((corner + dy) * width + column * across + dx) * channels + c]);
      }
      y[i] = found / share;
    }
  };
}

const plus = (a, b) => a + b;
const same = (a, b) => a.length === b.length && a.every((size, i) => size === b[i]);

function whole(factor) {
  demand(Number.isInteger(factor) && factor > 0, 'net.damaged');
  return factor;
}

/** @returns {number[]} */
function mapOf(shape) {
  demand(shape.length === 3, 'net.sizes');
  return shape;
}
