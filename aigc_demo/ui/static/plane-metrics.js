// How well fakes fit the data: modes covered, share of high quality, KL over the modes, sliced W1, and JS of histograms.
//
// Every figure of a finite sample has a floor that is not 0 (or 100 %), so a perfect sampler is measured the same way.

import { modesOf, sampler } from './plane-data.js';
import { uniformDraws } from './plane-random.js';

export const POINTS = 2500; // fakes that are judged
const LEAST_IN_MODE = 20; // of them, for a mode to count as covered
const NEAR = 3; // standard deviations within which a point is of high quality
const DIRECTIONS = 24;
const BINS = 30;
const REACH = 3;
const REFERENCE_POINTS = 20000; // of the data's histogram
const REFERENCE_SEED = 90210; // no game's seed
const PERFECT_RUNS = 5;

/** @typedef {{modes: number | null, hq: number | null, kl: number | null, w1: number, js: number}} Metrics */

export class PlaneJudge {
  /** @param {string} name of the data @param {number[]} [drawn] */
  constructor(name, drawn) {
    this.name = name;
    this.drawn = drawn;
    this.modes = modesOf(name, drawn);
    const draw = sampler(name, uniformDraws(REFERENCE_SEED), drawn);
    this.profile = projections(draw(new Float32Array(2 * POINTS)));
    this.histogram = histogram(draw(new Float32Array(2 * REFERENCE_POINTS)));
  }

  /** @param {Float32Array} points x, y, x, y …, `POINTS` of them @returns {Metrics} */
  judge(points) {
    return { ...modeFigures(points, this.modes), w1: slicedW1(projections(points), this.profile), js: jensenShannon(histogram(points), this.histogram) };
  }

  /** What real points that were drawn anew get, on average over a few draws. @returns {Metrics} */
  perfect() {
    const draw = sampler(this.name, uniformDraws(REFERENCE_SEED + 1), this.drawn);
    const all = Array.from({ length: PERFECT_RUNS }, () => this.judge(draw(new Float32Array(2 * POINTS))));
    const mean = (key) => (all[0][key] === null ? null : all.reduce((sum, metrics) => sum + metrics[key], 0) / all.length);
    return Object.fromEntries(Object.keys(all[0]).map((key) => [key, mean(key)]));
  }
}

/**
 * Modes with enough points near them, the share of points near any, and KL(shares of the modes ‖ uniform) of those that
 * are: ln K where all are in one of K; null where none is near, or the data has no modes.
 * @param {Float32Array} points @param {{centres: number[][], spread: number}} modes
 */
export function modeFigures(points, { centres, spread }) {
  if (!centres.length) return { modes: null, hq: null, kl: null };
  const counts = new Array(centres.length).fill(0);
  for (let i = 0; i < points.length; i += 2) {
    const nearest = nearestOf(points[i], points[i + 1], centres, NEAR * spread);
    if (nearest >= 0) counts[nearest] += 1;
  }
  const near = counts.reduce((sum, count) => sum + count, 0);
  const kl = near ? counts.reduce((sum, count) => sum + (count ? (count / near) * Math.log((count / near) * centres.length) : 0), 0) : null;
  return { modes: counts.filter((count) => count >= LEAST_IN_MODE).length, hq: near / (points.length / 2), kl };
}

function nearestOf(x, y, centres, reach) {
  let [best, least] = [-1, reach * reach];
  for (let k = 0; k < centres.length; k++) {
    const distance = (x - centres[k][0]) ** 2 + (y - centres[k][1]) ** 2;
    if (distance <= least) [best, least] = [k, distance];
  }
  return best;
}

/** The points seen along each direction of half a turn, in order. @returns {Float32Array[]} */
export function projections(points) {
  return Array.from({ length: DIRECTIONS }, (_, k) => {
    const [cos, sin] = [Math.cos((Math.PI * k) / DIRECTIONS), Math.sin((Math.PI * k) / DIRECTIONS)];
    const seen = new Float32Array(points.length / 2);
    for (let i = 0; i < seen.length; i++) seen[i] = cos * points[2 * i] + sin * points[2 * i + 1];
    return seen.sort();
  });
}

/** The mean over directions of W1 between equally many numbers. @param {Float32Array[]} one @param {Float32Array[]} other */
export function slicedW1(one, other) {
  let sum = 0;
  one.forEach((seen, k) => {
    for (let i = 0; i < seen.length; i++) sum += Math.abs(seen[i] - other[k][i]);
  });
  return sum / (one.length * one[0].length);
}

/** Shares of the bins of the window, and last of all what lies outside. @returns {Float64Array} */
export function histogram(points) {
  const shares = new Float64Array(BINS * BINS + 1);
  const step = 2 / points.length;
  for (let i = 0; i < points.length; i += 2) {
    const column = Math.floor(((points[i] + REACH) * BINS) / (2 * REACH));
    const row = Math.floor(((points[i + 1] + REACH) * BINS) / (2 * REACH));
    const isInside = column >= 0 && column < BINS && row >= 0 && row < BINS;
    shares[isInside ? row * BINS + column : BINS * BINS] += step;
  }
  return shares;
}

/** In nats: 0 where both are the same, ln 2 where they share nothing. @param {Float64Array} p @param {Float64Array} q */
export function jensenShannon(p, q) {
  let sum = 0;
  for (let i = 0; i < p.length; i++) {
    const middle = (p[i] + q[i]) / 2;
    if (p[i] > 0) sum += p[i] * Math.log(p[i] / middle);
    if (q[i] > 0) sum += q[i] * Math.log(q[i] / middle);
  }
  return Math.max(0, sum / 2);
}
