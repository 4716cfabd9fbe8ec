// InfoGAN's codes: what the last coordinates of z mean to its generator, as networks/codes.py has it.

import { demand } from './net-error.js';

const EDGE = 3; // standard deviations; beyond them a code goes on at a slope of 1

/** The error function to 1.5e-7 (Abramowitz and Stegun 1964, 7.1.26). */
export function erf(x) {
  const t = 1 / (1 + 0.3275911 * Math.abs(x));
  const series = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  return Math.sign(x) * (1 - series * Math.exp(-x * x));
}

/** The code of a coordinate of z: uniform in (-1, 1) where the coordinate is N(0, 1). */
export function uniformCode(z) {
  const within = Math.max(-EDGE, Math.min(EDGE, z));
  return erf(within * Math.SQRT1_2) + (z - within);
}

/** @type {Object<string, (node: import('./net-file.js').GraphNode, weights: unknown, shapes: number[][]) => import('./net-ops.js').Step>} */
export const CODES = {
  /** z with its last `count` coordinates turned into codes. */
  codes(node, _, [from]) {
    const [size] = from;
    demand(from.length === 1 && node.shape.length === 1 && node.shape[0] === size, 'net.sizes');
    demand(Number.isInteger(node.count) && node.count >= 0 && node.count <= size, 'net.damaged');
    return ([x], y, n) => {
      y.set(x.subarray(0, n * size));
      for (let end = size; end <= n * size; end += size) {
        for (let place = end - node.count; place < end; place += 1) y[place] = uniformCode(x[place]);
      }
    };
  },
};
