// Random numbers that a seed determines, the same on every machine.

/** @param {number} seed @returns {() => number} draws from [0, 1), by Mulberry32 */
export function uniformDraws(seed) {
  let state = (seed * 2654435761 + 0x9e3779b9) | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** @param {() => number} uniform @returns {() => number} draws from N(0, 1), by Box and Muller's method */
export function normalDraws(uniform) {
  let spare = null;
  return () => {
    if (spare !== null) {
      const value = spare;
      spare = null;
      return value;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - uniform()));
    const angle = 2 * Math.PI * uniform();
    spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  };
}

/** The standard normal's quantile, |error| < 4.5e-4 (Abramowitz and Stegun 26.2.23). @param {number} p 0 < p < 1 */
export function normalQuantile(p) {
  const tail = Math.sqrt(-2 * Math.log(Math.min(p, 1 - p)));
  const top = 2.515517 + tail * (0.802853 + tail * 0.010328);
  const below = 1 + tail * (1.432788 + tail * (0.189269 + tail * 0.001308));
  return Math.sign(p - 0.5) * (tail - top / below);
}
