// The laboratory's distributions in the plane, within about 2.5 of the middle: how to draw from each, and its density.
//
// Each is a mixture of round Gaussians: a few centres, the points of a drawing, or a curve along which the centre is
// drawn, whose density is summed over points of the curve much closer than its spread. The checkerboard is uniform.

import { normalDraws } from './plane-random.js';

const REACH = 3; // of the window in which a density is asked for
const CURVE_POINTS = 400;
const SQUARE = 1.25; // a field of the checkerboard, four by four
const PEN_SPREAD = 0.06; // of the Gaussian around each point of a drawing

const angles = (count) => Array.from({ length: count }, (_, k) => (2 * Math.PI * k) / count);
const GRID = [-2, -1, 0, 1, 2];

/** @typedef {{centres?: number[][], curve?: (u: number) => number[], spread: number, hasModes?: boolean, isChecker?: boolean}} Law */

/** @type {Object<string, Law>} */
const LAWS = {
  ring8: { centres: angles(8).map((a) => [2 * Math.cos(a), 2 * Math.sin(a)]), spread: 0.04, hasModes: true },
  grid25: { centres: GRID.flatMap((x) => GRID.map((y) => [x, y])), spread: 0.05, hasModes: true },
  gaussians2: { centres: [[-1.2, -0.8], [1.2, 0.8]], spread: 0.3, hasModes: true },
  disjoint3: { centres: [[-1.8, -1.2], [1.8, -1.2], [0, 1.8]], spread: 0.1, hasModes: true },
  moons: { curve: moons, spread: 0.1 },
  spiral: { curve: spiral, spread: 0.06 },
  line: { curve: (u) => [-2 + 4 * u, -1.2 + 2.4 * u], spread: 0.06 },
  ring: { curve: (u) => [1.8 * Math.cos(2 * Math.PI * u), 1.8 * Math.sin(2 * Math.PI * u)], spread: 0.1 },
  checkerboard: { spread: 0, isChecker: true },
};

export const NAMES = Object.keys(LAWS);

function moons(u) {
  const [isUpper, angle] = [u < 0.5, 2 * Math.PI * (u < 0.5 ? u : u - 0.5)];
  return isUpper ? [1.3 * Math.cos(angle) - 0.65, 1.3 * Math.sin(angle) - 0.3] : [0.65 - 1.3 * Math.cos(angle), 0.3 - 1.3 * Math.sin(angle)];
}

function spiral(u) {
  const turn = 3.5 * Math.PI * Math.sqrt(u); // the root makes it about as dense everywhere
  const radius = 0.2 + (2.1 * turn) / (3.5 * Math.PI);
  return [radius * Math.cos(turn), radius * Math.sin(turn)];
}

/** @param {string} name one of `NAMES`, or 'drawn' @param {number[]} [drawn] x, y, x, y … of a drawing @returns {Law} */
function lawOf(name, drawn) {
  if (name === 'drawn' && drawn?.length >= 2) return { centres: pairsOf(drawn), spread: PEN_SPREAD };
  if (!Object.hasOwn(LAWS, name)) throw new Error(`no distribution ${String(name).slice(0, 40)}`);
  return LAWS[name];
}

function pairsOf(flat) {
  return Array.from({ length: Math.floor(flat.length / 2) }, (_, k) => [flat[2 * k], flat[2 * k + 1]]);
}

/** The clumps whose covering is counted; none where the data has no clumps. @returns {{centres: number[][], spread: number}} */
export function modesOf(name, drawn) {
  const { centres, spread, hasModes } = lawOf(name, drawn);
  return { centres: hasModes ? centres : [], spread };
}

/**
 * Fills an array with points x, y, x, y …
 * @param {() => number} uniform @returns {(points: Float32Array) => Float32Array}
 */
export function sampler(name, uniform, drawn) {
  const { centres, curve, spread, isChecker } = lawOf(name, drawn);
  const normal = normalDraws(uniform);
  const centre = isChecker ? () => checker(uniform) : curve ? () => curve(uniform()) : () => centres[Math.floor(uniform() * centres.length)];
  return (points) => {
    for (let i = 0; i < points.length; i += 2) {
      const [x, y] = centre();
      points[i] = x + spread * normal();
      points[i + 1] = y + spread * normal();
    }
    return points;
  };
}

function checker(uniform) {
  const column = Math.floor(4 * uniform());
  const row = 2 * Math.floor(2 * uniform()) + (column % 2);
  return [(column - 2 + uniform()) * SQUARE, (row - 2 + uniform()) * SQUARE];
}

/** The density at a point. @returns {(x: number, y: number) => number} */
export function densityAt(name, drawn) {
  const { centres, curve, spread, isChecker } = lawOf(name, drawn);
  if (isChecker) return checkerDensity;
  const nodes = centres ?? Array.from({ length: CURVE_POINTS }, (_, k) => curve((k + 0.5) / CURVE_POINTS));
  const precision = 1 / (2 * spread * spread);
  const height = precision / (Math.PI * nodes.length);
  const flat = Float64Array.from(nodes.flat());
  return (x, y) => {
    let sum = 0;
    for (let k = 0; k < flat.length; k += 2) sum += Math.exp(-precision * ((x - flat[k]) ** 2 + (y - flat[k + 1]) ** 2));
    return sum * height;
  };
}

function checkerDensity(x, y) {
  const [column, row] = [Math.floor(x / SQUARE) + 2, Math.floor(y / SQUARE) + 2];
  const isInside = column >= 0 && column < 4 && row >= 0 && row < 4 && (column + row) % 2 === 0;
  return isInside ? 1 / (8 * SQUARE * SQUARE) : 0;
}

/** The density on an n × n grid over the window, from its lower left corner row by row. @returns {Float32Array} */
export function density(name, n, drawn) {
  const at = densityAt(name, drawn);
  const place = (k) => -REACH + (2 * REACH * k) / (n - 1);
  return Float32Array.from({ length: n * n }, (_, k) => at(place(k % n), place(Math.floor(k / n))));
}
