// How a slider's place, 0 to 1, and a setting's value belong together.

const ZERO = 0.04; // the part of a slider that begins at nothing which is nothing

/** @typedef {{place: (value: number) => number, value: (place: number) => number}} Scale */

const inside = (place) => Math.min(1, Math.max(0, place));
const short = (value) => Number(value.toPrecision(2));

/** @returns {Scale} */
export function linear(least, most, whole) {
  const round = whole ? Math.round : (value) => Number(value.toFixed(3));
  return { place: (value) => inside((value - least) / (most - least)), value: (place) => round(least + place * (most - least)) };
}

/** @returns {Scale} */
export function logarithmic(least, most, whole) {
  const round = whole ? Math.round : short;
  const reach = Math.log(most / least);
  return {
    place: (value) => inside(Math.log(Math.max(value, least) / least) / reach),
    value: (place) => round(least * Math.exp(place * reach)),
  };
}

/** Nothing at the left end, then logarithmic. @returns {Scale} */
export function fromNothing(least, most, whole) {
  const rest = logarithmic(least, most, whole);
  return {
    place: (value) => (value <= 0 ? 0 : ZERO + (1 - ZERO) * rest.place(value)),
    value: (place) => (place < ZERO / 2 ? 0 : rest.value(inside((place - ZERO) / (1 - ZERO)))),
  };
}

/** For a decay such as 0.9, 0.99, 0.999: even steps of the nines. @returns {Scale} */
export function nines(most) {
  const reach = -Math.log10(1 - most);
  return {
    place: (value) => inside(-Math.log10(1 - Math.min(value, most)) / reach),
    value: (place) => Math.min(most, Number((1 - 10 ** (-place * reach)).toPrecision(Math.ceil(place * reach) + 1))),
  };
}

/**
 * The scale that suits a setting. A logarithmic one is centred on the default where its whole range would be too coarse.
 * @param {{key: string, kind: string, least: number, most: number, log: boolean}} spec @param {number | null} base
 * @returns {Scale}
 */
export function scaleOf(spec, base) {
  const whole = spec.kind === 'whole';
  if (spec.key === 'ema_decay') return nines(0.9999);
  if (spec.fromNothing) return fromNothing(spec.fromNothing, spec.most, whole);
  if (!spec.log) return linear(spec.least, spec.most, whole);
  const isWide = base > 0 && spec.most / spec.least > 1e6 && base < spec.most / 10;
  return isWide
    ? logarithmic(Math.max(spec.least, base / 100), Math.min(spec.most, base * 100), whole)
    : logarithmic(spec.least, spec.most, whole);
}
