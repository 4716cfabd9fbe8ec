// The arithmetic of moving through the latent space: a plane of seeds, two ways from A to B, and turning on the sphere.

import { dot, rest, unit } from './axis-math.js';
import { drawPoint, lerp, norm, seeded, slerp } from './latent-points.js';

const ONE = 0.999; // the cosine above which two directions count as one
const ROW = 100; // seeds in a row of the plane, as in other viewers of this kind: (x, y) is seed x + 100 y

/** @param {number} column whole @param {number} row whole */
export const seedAt = (column, row) => column + ROW * row;

/** The point of N(0, I) that a seed stands for. @param {number} seed any integer @param {number} size */
export const seedPoint = (seed, size) => drawPoint(size, seeded(seed));

/**
 * The four seeds around a place of the plane with their bilinear weights, divided by the root of the sum of their
 * squares: a sum of independent points of N(0, I) weighted so is a point of N(0, I) again, and as long as one.
 * @param {number} x @param {number} y
 * @returns {{seed: number, weight: number}[]} without those of weight 0
 */
export function neighbours(x, y) {
  const [column, row] = [Math.floor(x), Math.floor(y)];
  const [u, v] = [x - column, y - row];
  const corners = [[0, 0, (1 - u) * (1 - v)], [1, 0, u * (1 - v)], [0, 1, (1 - u) * v], [1, 1, u * v]];
  const root = Math.hypot(...corners.map(([, , weight]) => weight));
  return corners
    .filter(([, , weight]) => weight > 0)
    .map(([right, down, weight]) => ({ seed: seedAt(column + right, row + down), weight: weight / root }));
}

/** The latent point at a place of the plane. @returns {number[]} */
export function planePoint(x, y, size) {
  const point = new Array(size).fill(0);
  for (const { seed, weight } of neighbours(x, y)) {
    seedPoint(seed, size).forEach((value, k) => (point[k] += weight * value));
  }
  return point;
}

/** Both ways from `a` to `b`, `count` points each, ends included. @returns {{lerp: number[][], slerp: number[][]}} */
export function ways(a, b, count) {
  const along = (way) => Array.from({ length: count }, (_, i) => way(a, b, i / (count - 1)));
  return { lerp: along(lerp), slerp: along(slerp) };
}

/**
 * `point` turned by `angle` in the direction of `towards`: along the great circle that leads there, as long as before.
 * A point that has no length, or already points that way, stays.
 */
export function turned(point, towards, angle) {
  const length = norm(point);
  if (!length) return [...point];
  const across = rest(towards, [unit(point)]);
  const width = norm(across);
  if (width < 1e-9) return [...point];
  const [keep, go] = [Math.cos(angle), (Math.sin(angle) * length) / width];
  return point.map((value, k) => keep * value + go * across[k]);
}

/** The angle between two directions, 0..π; 0 where one is missing. */
export function angleBetween(a, b) {
  const lengths = norm(a) * norm(b);
  return lengths ? Math.acos(Math.max(-1, Math.min(1, dot(a, b) / lengths))) : 0;
}

/**
 * A plane through `point` along two directions: `at(x, y)` has these coordinates along them, and whatever is at right
 * angles to both stays as it is in `point`. The second direction is taken at right angles to the first.
 * @param {number[]} point @param {number[]} first of any length but 0, as `second`
 * @returns {{at: (x: number, y: number) => number[], of: (z: number[]) => {x: number, y: number}, beside: number[]} | null}
 *   null where there are no two directions
 */
export function plane(point, first, second) {
  const [right, other] = [unit(first), unit(second)];
  if (!right || !other || Math.abs(dot(right, other)) > ONE) return null;
  const up = unit(rest(other, [right]));
  const of = (z) => ({ x: dot(z, right), y: dot(z, up) });
  const beside = rest(point, [right, up]);
  return { of, beside, at: (x, y) => beside.map((value, k) => value + x * right[k] + y * up[k]) };
}
