// Points of the latent space N(0, I): drawing them, and the way from one to another.

const DIGITS = 1e4; // four decimals, so that a copied z is the z that was drawn

const FARTHEST = 100; // in one coordinate; what is beyond no generator was ever asked for, and the server refuses it

/** @typedef {number[]} Point */

/** Whether `values` is a point of a space of `size` dimensions: finite numbers, none of them absurd. */
export const isPoint = (values, size) =>
  Array.isArray(values) && values.length === size && values.every((value) => Math.abs(value) <= FARTHEST);

/** The same point as single-precision numbers, which is what every way of drawing it computes with. @param {Point} point */
export const asSingle = (point) => point.map((value) => Math.fround(value) + 0);

/** A stream of uniform numbers in (0, 1) that a seed repeats (the mulberry32 generator). @param {number} seed */
export function seeded(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (((mixed ^ (mixed >>> 14)) >>> 0) + 0.5) / 4294967296;
  };
}

/**
 * A point drawn from N(0, I).
 * @param {number} size @param {() => number} [uniform] in (0, 1)
 * @returns {Point}
 */
export function drawPoint(size, uniform = () => 1 - Math.random()) {
  return Array.from({ length: size }, () => rounded(Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform())));
}

/** @param {number} value */
export const rounded = (value) => Math.round(value * DIGITS) / DIGITS + 0;

/** @param {Point} point */
export const norm = (point) => Math.hypot(...point);

/** The straight way. @param {Point} start @param {Point} end @param {number} t in 0..1 */
export const lerp = (start, end, t) => start.map((value, k) => (1 - t) * value + t * end[k]);

/**
 * The way along the great circle through both directions, the length changing evenly, as the server's own slerp goes;
 * the straight way where the two directions are the same, opposite or missing.
 * @param {Point} start @param {Point} end @param {number} t in 0..1
 */
export function slerp(start, end, t) {
  const [from, to] = [norm(start), norm(end)];
  const cosine = from * to ? start.reduce((sum, value, k) => sum + value * end[k], 0) / (from * to) : 1;
  const angle = Math.acos(Math.max(-1, Math.min(1, cosine)));
  const sine = Math.sin(angle);
  if (sine < 1e-6) return lerp(start, end, t);
  const length = (1 - t) * from + t * to;
  const [first, last] = [Math.sin((1 - t) * angle) / sine / from, Math.sin(t * angle) / sine / to];
  return start.map((value, k) => length * (first * value + last * end[k]));
}

/** `count` points from `start` to `end`, both included. @returns {Point[]} */
export const path = (start, end, count) =>
  Array.from({ length: count }, (_, i) => slerp(start, end, count > 1 ? i / (count - 1) : 0).map(rounded));

/** The same point in a space of another size: coordinates are cut off, or drawn anew. @param {Point} point */
export function resized(point, size, uniform) {
  return point.length >= size ? point.slice(0, size) : [...point, ...drawPoint(size - point.length, uniform)];
}
