// Directions of the latent space: where a point lies along one, how to move along it, and how much of the picture it moves.

/** @typedef {number[]} Direction of length 1, so that a coordinate along it is N(0, 1) as z's own coordinates are */

const SMALL = 1e-6; // shorter than this there is no direction left
const ROUNDS = 300; // of the power method: directions of nearly equal energy are told apart, and it takes a millisecond

/** @param {ArrayLike<number>} a @param {ArrayLike<number>} b of the same length */
export const dot = (a, b) => Array.prototype.reduce.call(a, (sum, value, k) => sum + value * b[k], 0);

/** @param {number[]} vector @returns {Direction | null} null for a vector that has none */
export function unit(vector) {
  const largest = Math.max(...vector.map(Math.abs));
  if (!(largest > 0 && largest < Infinity)) return null;
  const even = vector.map((value) => value / largest); // or the squares of huge and tiny numbers are lost
  const length = Math.hypot(...even);
  return even.map((value) => value / length);
}

/** The k-th of z's own axes. @returns {Direction} */
export const ownAxis = (k, size) => Array.from({ length: size }, (_, place) => (place === k ? 1 : 0));

/** `point` moved along `direction`, and along nothing else, until its coordinate there is `to`. */
export function moved(point, direction, to) {
  const step = to - dot(point, direction);
  return point.map((value, k) => value + step * direction[k]);
}

/** What is left of a vector at right angles to orthonormal `others`. */
export const rest = (vector, others) => others.reduce((left, other) => moved(left, other, 0), vector);

/**
 * The share of all change in the picture that lies along a direction u: uᵀE[JᵀJ]u / tr E[JᵀJ], from the eigenvectors
 * `measured`, which carry their own shares. Those that the server left out carry hardly any.
 * @param {Direction} direction @param {{direction: Direction, energy: number}[]} measured
 */
export const energyAlong = (direction, measured) =>
  measured.reduce((sum, { direction: other, energy }) => sum + energy * dot(direction, other) ** 2, 0);

/**
 * The directions that change the picture most among those at right angles to `taken`, by the power method.
 * @param {{direction: Direction, energy: number}[]} measured @param {Direction[]} taken orthonormal
 * @returns {Direction[]} at most `count`
 */
export function beside(measured, taken, count) {
  const found = [];
  while (found.length < count) {
    const others = [...taken, ...found];
    let direction = firstBeside(measured, others);
    for (let round = 0; direction && round < ROUNDS; round++) direction = unit(rest(pulled(direction, measured), others));
    if (!direction || energyAlong(direction, measured) < SMALL) break;
    found.push(upright(direction));
  }
  return found;
}

/** E[JᵀJ]·direction. */
function pulled(direction, measured) {
  const sum = direction.map(() => 0);
  for (const { direction: other, energy } of measured) {
    const share = energy * dot(direction, other);
    other.forEach((value, k) => (sum[k] += share * value));
  }
  return sum;
}

/** Where the power method begins: whatever lies outside `others` of all that is measured. */
function firstBeside(measured, others) {
  const left = measured.map(({ direction }, i) => rest(direction, others).map((value) => value / (1 + i)));
  const sum = left.reduce((total, vector) => total.map((value, k) => value + vector[k]), measured[0]?.direction.map(() => 0) ?? []);
  return Math.hypot(...sum) > SMALL ? unit(sum) : null;
}

/** Of a direction and its opposite, the one whose largest component is positive, as the server turns its own. */
function upright(direction) {
  const largest = direction.reduce((most, value) => (Math.abs(value) > Math.abs(most) ? value : most), 0);
  return largest < 0 ? direction.map((value) => -value) : direction;
}
