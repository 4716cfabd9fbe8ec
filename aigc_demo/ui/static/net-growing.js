// The operations of networks that grow (Karras et al. 2018), as the networks' own layers compute them.

import { demand } from './net-error.js';

/** @typedef {import('./net-ops.js').Step} Step */

const sizeOf = (shape) => shape.reduce((product, size) => product * size, 1);

/** @type {Object<string, (node: import('./net-file.js').GraphNode, weights: import('./net-ops.js').Weights, shapes: number[][]) => Step>} */
export const GROWING = {
  /** (1 - alpha) old + alpha new */
  fade(node, weights, shapes) {
    const alpha = weights(node.alpha)?.data[0];
    const size = sizeOf(node.shape);
    demand(shapes.length === 2 && shapes.every((shape) => sizeOf(shape) === size) && alpha >= 0 && alpha <= 1, 'net.sizes');
    return ([old, fresh], y, n) => {
      for (let i = 0; i < n * size; i++) y[i] = (1 - alpha) * old[i] + alpha * fresh[i];
    };
  },

  /**
   * One more channel, the same number everywhere: how much the samples of a group differ, as the root of each feature's
   * variance, averaged. Sample i is of group i mod ⌊n / size⌋.
   */
  deviation(node, _, [from]) {
    const features = sizeOf(from);
    const channels = from.at(-1);
    demand(Number.isInteger(node.size) && node.size > 0 && node.epsilon > 0, 'net.damaged');
    demand(from.length === 3 && sizeOf(node.shape) === (features / channels) * (channels + 1), 'net.sizes');
    return ([x], y, n) => {
      const groups = Math.max(Math.floor(n / node.size), 1);
      const deviations = Array.from({ length: groups }, (_, group) => deviationOf(x, group, groups, n, features, node.epsilon));
      for (let sample = 0, from = 0, to = 0; sample < n; sample++) {
        for (let pixel = 0; pixel < features; pixel += channels, from += channels, to += channels + 1) {
          y.set(x.subarray(from, from + channels), to);
          y[to + channels] = deviations[sample % groups];
        }
      }
    };
  },
};

function deviationOf(x, group, groups, n, features, epsilon) {
  let total = 0;
  for (let k = 0; k < features; k++) {
    let [count, sum, squares] = [0, 0, 0];
    for (let sample = group; sample < n; sample += groups, count++) sum += x[sample * features + k];
    for (let sample = group; sample < n; sample += groups) squares += (x[sample * features + k] - sum / count) ** 2;
    total += Math.sqrt(squares / count + epsilon);
  }
  return total / features;
}
