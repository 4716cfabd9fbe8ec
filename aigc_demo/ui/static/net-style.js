// The operations of a style-based generator (Karras et al. 2019), as the networks' own layers compute them.

import { demand } from './net-error.js';
import { noiseMap } from './net-noise.js';

/** @typedef {import('./net-ops.js').Step} Step */

const sizeOf = (shape) => shape.reduce((product, size) => product * size, 1);
const ADAIN_EPSILON = 1e-5;

/** @type {Object<string, (node: import('./net-file.js').GraphNode, weights: import('./net-ops.js').Weights, shapes: number[][]) => Step>} */
export const STYLES = {
  /** x / sqrt(mean of x² over the channels + epsilon) */
  pixel_norm(node, _, [from]) {
    const [size, channels] = [sizeOf(from), from.at(-1)];
    demand(size === sizeOf(node.shape) && node.epsilon > 0, 'net.sizes');
    return ([x], y, n) => {
      for (let start = 0; start < n * size; start += channels) {
        let sum = 0;
        for (let c = start; c < start + channels; c++) sum += x[c] * x[c];
        const factor = 1 / Math.sqrt(sum / channels + node.epsilon);
        for (let c = start; c < start + channels; c++) y[c] = x[c] * factor;
      }
    };
  },

  /** w as it is. Its mean is for whoever truncates, see net-styling.js. */
  style_average(node, weights, [from]) {
    const mean = weights(node.mean);
    const size = sizeOf(from);
    demand(mean && sizeOf(mean.shape) === size && sizeOf(node.shape) === size, 'net.sizes');
    const step = ([x], y, n) => y.set(x.subarray(0, n * size));
    return Object.assign(step, { mean: mean.data });
  },

  /** w again and again, once for each layer that takes a style. */
  styles(node, _, [from]) {
    const [count, size] = node.shape;
    demand(node.shape.length === 2 && size === sizeOf(from), 'net.sizes');
    return ([x], y, n) => {
      for (let i = 0; i < n * count; i++) {
        const sample = Math.floor(i / count);
        y.set(x.subarray(sample * size, (sample + 1) * size), i * size);
      }
    };
  },

  pick_style(node, _, [[count, size]]) {
    const { place } = node;
    demand(Number.isInteger(place) && place >= 0 && place < count && size === sizeOf(node.shape), 'net.sizes');
    return ([x], y, n) => {
      for (let i = 0; i < n; i++) y.set(x.subarray((i * count + place) * size, (i * count + place + 1) * size), i * size);
    };
  },

  /** The same learnt maps for every sample. */
  constant(node, weights) {
    const [constant, bias] = [weights(node.constant), weights(node.bias)];
    const size = sizeOf(node.shape);
    demand(constant && bias && sizeOf(constant.shape) === size && sizeOf(bias.shape) === node.shape.at(-1), 'net.sizes');
    const maps = constant.data.map((value, i) => value + bias.data[i % bias.data.length]);
    return (_, y, n) => {
      for (let i = 0; i < n; i++) y.set(maps, i * size);
    };
  },

  /** One number for each pixel: those of seed 0, unless others are given in its place. */
  noise(node) {
    const [height, width, one] = node.shape;
    demand(one === 1 && Number.isInteger(node.place) && node.place >= 0 && node.place < 64, 'net.sizes');
    const map = noiseMap(0, node.place, height, width);
    return (_, y, n) => {
      for (let i = 0; i < n; i++) y.set(map, i * map.length);
    };
  },

  scaled_noise(node, weights, [from, map]) {
    const scale = weights(node.scale);
    const [size, channels] = [sizeOf(from), from.at(-1)];
    demand(scale && sizeOf(scale.shape) === channels && sizeOf(map) * channels === size && sizeOf(node.shape) === size, 'net.sizes');
    const { data } = scale;
    return ([x, noise], y, n) => {
      for (let pixel = 0; pixel < (n * size) / channels; pixel++) {
        for (let c = 0; c < channels; c++) y[pixel * channels + c] = x[pixel * channels + c] + noise[pixel] * data[c];
      }
    };
  },

  /** Every channel of every sample brought to mean 0 and variance 1, then scaled and shifted as its style says. */
  adain(node, _, [from, style]) {
    const [size, channels] = [sizeOf(from), from.at(-1)];
    demand(sizeOf(style) === 2 * channels && sizeOf(node.shape) === size, 'net.sizes');
    const [mean, square] = [new Float64Array(channels), new Float64Array(channels)];
    return ([x, styles], y, n) => {
      for (let sample = 0; sample < n; sample++) {
        const [start, end] = [sample * size, (sample + 1) * size];
        mean.fill(0);
        square.fill(0);
        for (let i = start; i < end; i += channels) for (let c = 0; c < channels; c++) mean[c] += x[i + c];
        for (let c = 0; c < channels; c++) mean[c] /= size / channels;
        for (let i = start; i < end; i += channels) for (let c = 0; c < channels; c++) square[c] += (x[i + c] - mean[c]) ** 2;
        for (let c = 0; c < channels; c++) {
          const variance = square[c] / (size / channels);
          square[c] = (1 + styles[sample * 2 * channels + c]) / Math.sqrt(variance + ADAIN_EPSILON);
        }
        for (let i = start; i < end; i += channels) {
          for (let c = 0; c < channels; c++) y[i + c] = (x[i + c] - mean[c]) * square[c] + styles[(2 * sample + 1) * channels + c];
        }
      }
    };
  },

  /** [h, w, c] → [2h, 2w, c]: bilinear doubling, then [1, 2, 1] / 4, along one axis after the other. */
  smooth_up(node, _, [[height, width, channels]]) {
    demand(String(node.shape) === String([2 * height, 2 * width, channels]), 'net.sizes');
    const [down, across] = [smoothDoubling(height), smoothDoubling(width)];
    const wide = new Float32Array(height * 2 * width * channels);
    return ([x], y, n) => {
      for (let sample = 0; sample < n; sample++) {
        const from = sample * height * width * channels;
        for (let row = 0; row < height; row++) {
          spread(x, from + row * width * channels, channels, across, wide, row * 2 * width * channels);
        }
        spread(wide, 0, 2 * width * channels, down, y, 4 * from);
      }
    };
  },
};

/** Each of the doubled places as a sum of `run` numbers side by side from the old ones. */
function spread(x, from, run, places, y, to) {
  places.forEach((taps, place) => {
    const target = to + place * run;
    y.fill(0, target, target + run);
    for (const [source, share] of taps) {
      const start = from + source * run;
      for (let k = 0; k < run; k++) y[target + k] += share * x[start + k];
    }
  });
}

/** For each of the 2·size places which old ones it is made of, and by what share; the border is repeated. */
function smoothDoubling(size) {
  const clamp = (place, most) => Math.min(Math.max(place, 0), most);
  return Array.from({ length: 2 * size }, (_, place) => {
    const shares = new Map();
    for (const [neighbour, weight] of [[-1, 0.25], [0, 0.5], [1, 0.25]]) {
      const doubled = clamp(place + neighbour, 2 * size - 1);
      const near = doubled >> 1;
      const far = clamp(near + (doubled % 2 ? 1 : -1), size - 1);
      shares.set(near, (shares.get(near) ?? 0) + 0.75 * weight);
      shares.set(far, (shares.get(far) ?? 0) + 0.25 * weight);
    }
    return [...shares];
  });
}
