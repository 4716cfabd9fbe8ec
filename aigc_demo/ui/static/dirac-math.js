// The Dirac-GAN in the page: its two slopes from the tables of the loss's own terms, steps, the flow, and eigenvalues.
// A state is [psi, theta, m_psi, m_theta]; the m are the averages of slopes that momentum keeps.

/** @typedef {{start: number, step: number, knots: number[], pieces: number[][]}} Curve a chain of cubics */
/** @typedef {{key: string, symbol: string, weight: number, most: number, curve: Curve}} Weighted */
/** @typedef {{loss: string, rest: number, clip: number | null, d: Curve, g: Curve, penalties: Weighted[], holds: Weighted[]}} Portrait */
/** @typedef {{step: number, alternating: boolean, momentum: number, clip?: number | null}} Rule */

const JUMP = 1e-6; // a penalty that is larger than this on one side of 0 does not vanish there
const FAR = 1e4;
const SQUARINGS = 32;

/** @param {Curve} curve @param {number} x */
export function valueAt({ start, step, knots, pieces }, x) {
  const place = (x - start) / step;
  const last = pieces.length - 1;
  const i = Math.min(Math.max(Math.floor(place), 0), last);
  const u = place - i;
  const [c0, c1, c2, c3] = pieces[i];
  if (u < 0) return c0 + u * c1;
  if (u > 1) return c0 + c1 + c2 + c3 + (u - 1) * (c1 + 2 * c2 + 3 * c3);
  if (u === 0) return knots[i];
  return c0 + u * (c1 + u * (c2 + u * c3));
}

/** Value and slope just right (+1) or left (-1) of 0, which is a knot. */
function besideZero({ start, step, pieces }, side) {
  const i = Math.round(-start / step);
  if (side > 0) return { value: pieces[i][0], slope: pieces[i][1] / step };
  const [c0, c1, c2, c3] = pieces[i - 1];
  return { value: c0 + c1 + c2 + c3, slope: (c1 + 2 * c2 + 3 * c3) / step };
}

export class DiracGame {
  /** @param {Portrait} portrait @param {Object<string, number>} [weights] by the key of a term, in place of its own */
  constructor(portrait, weights = {}) {
    this.portrait = portrait;
    const weighed = (list) => list.map((item) => ({ ...item, weight: weights[item.key] ?? item.weight })).filter(({ weight }) => weight !== 0);
    this.penalties = weighed(portrait.penalties);
    this.holds = weighed(portrait.holds);
  }

  dSlope(psi, theta) {
    return this.penalties.reduce((sum, { weight, curve }) => sum + weight * valueAt(curve, psi), theta * valueAt(this.portrait.d, psi * theta));
  }

  gSlope(psi, theta) {
    return this.holds.reduce((sum, { weight, curve }) => sum + weight * valueAt(curve, theta), psi * valueAt(this.portrait.g, psi * theta));
  }

  /** The flow [psi', theta'] */
  velocity(psi, theta) {
    return [-this.dSlope(psi, theta), -this.gSlope(psi, theta)];
  }

  /** How hard the penalties push D off psi = 0 however flat it is; where they do, (0, 0) is no resting point. */
  get push() {
    return -this.penalties.reduce((sum, { weight, curve }) => sum + weight * besideZero(curve, 1).value, 0);
  }

  get isPushed() {
    return Math.abs(this.push) > JUMP;
  }

  /**
   * The places (0, -+where) at which the push off psi = 0 and the pull of the game balance, seen from that side of psi = 0
   * from which they are reached; `matrix` is the flow around them. It rests there if that does not turn.
   */
  edge() {
    const { d, g } = this.portrait;
    const where = this.push / valueAt(d, 0);
    const steep = this.penalties.reduce((sum, { weight, curve }) => sum + weight * besideZero(curve, 1).slope, 0);
    return { where: Math.abs(where), matrix: [[-steep - where * where * besideZero(d, 1).slope, -valueAt(d, 0)], [-valueAt(g, 0), 0]] };
  }

  /** [[dpsi'/dpsi, dpsi'/dtheta], [dtheta'/dpsi, dtheta'/dtheta]] at (0, 0) */
  jacobian() {
    const total = (list) => list.reduce((sum, { weight, curve }) => sum + (weight * (besideZero(curve, 1).slope + besideZero(curve, -1).slope)) / 2, 0);
    return [[-total(this.penalties), -valueAt(this.portrait.d, 0)], [-valueAt(this.portrait.g, 0), -total(this.holds)]];
  }

  /** dr²/dt / 2 of the flow */
  outward(psi, theta) {
    const [x, y] = this.velocity(psi, theta);
    return psi * x + theta * y;
  }
}

/** One step. @param {DiracGame} game @param {number[]} state @param {Rule} rule @returns {number[]} */
export function stepped(game, [psi, theta, dMean, gMean], { step, alternating, momentum, clip }) {
  const d = momentum * dMean + (1 - momentum) * game.dSlope(psi, theta);
  const moved = clip ? Math.max(-clip, Math.min(clip, psi - step * d)) : psi - step * d;
  const g = momentum * gMean + (1 - momentum) * game.gSlope(alternating ? moved : psi, theta);
  return [moved, theta - step * g, d, g];
}

/** Where `count` steps lead, the start included; ends early when it has run away. @returns {number[][]} */
export function trajectory(game, [psi, theta], rule, count) {
  const states = [[psi, theta, 0, 0]];
  while (states.length <= count) {
    const next = stepped(game, states.at(-1), rule);
    if (!next.every(Number.isFinite)) break;
    states.push(next);
    if (radius(next) > FAR) break;
  }
  return states;
}

export const radius = ([psi, theta]) => Math.hypot(psi, theta);

/** The flow for a short time, by Runge and Kutta's rule of fourth order. @returns {[number, number]} */
export function flowed(game, [psi, theta], time) {
  const k1 = game.velocity(psi, theta);
  const k2 = game.velocity(psi + (time / 2) * k1[0], theta + (time / 2) * k1[1]);
  const k3 = game.velocity(psi + (time / 2) * k2[0], theta + (time / 2) * k2[1]);
  const k4 = game.velocity(psi + time * k3[0], theta + time * k3[1]);
  return [0, 1].map((i) => [psi, theta][i] + (time / 6) * (k1[i] + 2 * k2[i] + 2 * k3[i] + k4[i]));
}

/** The flow line from a point. @returns {number[][]} at most `count` + 1 points `time` apart */
export function flowLine(game, start, time, count, far = FAR) {
  const line = [start];
  while (line.length <= count && radius(line.at(-1)) < far) line.push(flowed(game, line.at(-1), time));
  return line;
}

// -- near the resting point ----------------------------------------------------------------------------------------------

/** @returns {{re: number, im: number}[]} the eigenvalues of a 2 by 2 matrix, the faster growing first */
export function eigenvalues([[a, b], [c, d]]) {
  const half = (a + d) / 2;
  const square = half * half - (a * d - b * c);
  const root = Math.abs(square) < 1e-12 ? 0 : Math.sqrt(Math.abs(square));
  return square < 0 && root ? [{ re: half, im: root }, { re: half, im: -root }] : [{ re: half + root, im: 0 }, { re: half - root, im: 0 }];
}

/** Whether the flow around a point turns about it; a trace of turning is what rounding leaves of none. */
export function turns(matrix) {
  const [{ re, im }] = eigenvalues(matrix);
  return im > 1e-3 * Math.abs(re);
}

/** @returns {'circles' | 'spiral' | 'outward' | 'critical' | 'sluggish' | 'saddle' | 'source' | 'silent'} what the flow does there */
export function nature(matrix) {
  const [first, second] = eigenvalues(matrix);
  if (turns(matrix)) return Math.abs(first.re) < 1e-9 ? 'circles' : first.re < 0 ? 'spiral' : 'outward';
  if (Math.abs(first.re) < 1e-9 || Math.abs(second.re) < 1e-9) return 'silent';
  if (second.re > 0) return 'source';
  if (first.re > 0) return 'saddle';
  return Math.abs(first.re - second.re) < 1e-5 ? 'critical' : 'sluggish';
}

/** One step as a matrix on (psi, theta, m_psi, m_theta). @param {number[][]} j @param {Rule} rule */
export function stepMatrix(j, { step, alternating, momentum }) {
  const unit = (k) => [0, 1, 2, 3].map((i) => Number(i === k));
  const [first, second] = [[0, 1, 2, 3].map(unit), [0, 1, 2, 3].map(unit)];
  for (const [matrix, player] of [[first, 0], [second, 1]]) {
    const mean = [-(1 - momentum) * j[player][0], -(1 - momentum) * j[player][1], 0, 0];
    mean[2 + player] = momentum;
    matrix[2 + player] = mean;
    matrix[player] = matrix[player].map((value, i) => value - step * mean[i]);
  }
  return alternating ? product(second, first) : [first[0], second[1], first[2], second[3]];
}

const product = (a, b) => a.map((row) => b[0].map((_, k) => row.reduce((sum, value, i) => sum + value * b[i][k], 0)));

/** What a step multiplies the distance by in the long run: the matrix squared again and again, its size kept apart. */
export function growth(j, rule) {
  let matrix = stepMatrix(j, rule);
  let logarithm = 0;
  for (let k = 0; k <= SQUARINGS; k++) {
    const size = Math.max(...matrix.flat().map(Math.abs));
    if (size === 0) return 0;
    logarithm += Math.log(size) / 2 ** k;
    matrix = matrix.map((row) => row.map((value) => value / size));
    matrix = product(matrix, matrix);
  }
  return Math.exp(logarithm);
}
