// Axes: round ticks, ranges that hold still, and ranges that a few outliers cannot stretch.

/** @typedef {{low: number, high: number, log: boolean}} Range */

const ROUND = [1, 2, 2.5, 5, 10];
const ROOM = [1, 1.25, 1.6, 2, 2.5, 3.2, 4, 5, 6.4, 8, 10];

/** The round distance that puts about `wanted` ticks on `span`. */
export function tickStep(span, wanted) {
  const rough = span / Math.max(1, wanted);
  const power = 10 ** Math.floor(Math.log10(rough));
  return power * ROUND.find((factor) => factor * power >= rough * 0.999);
}

/** @returns {number[]} multiples of `step` in low..high */
export function ticks(low, high, step) {
  const list = [];
  for (let i = Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++) list.push(i * step);
  return list;
}

/** The last step an axis has room for: grows by a quarter at a time, so a growing curve seldom moves it. */
export function roomFor(steps) {
  const size = Math.max(50, steps);
  const power = 10 ** Math.floor(Math.log10(size));
  return Math.round(power * ROOM.find((factor) => factor * power >= size * 0.9999));
}

/**
 * The range of the middle 98 % of `values`, widened to take in those of `welcome` that do not stretch it much.
 * @param {number[]} values finite, in any order; is sorted @param {number[]} welcome
 */
export function robustRange(values, welcome) {
  if (!values.length) return { low: 0, high: 1 };
  values.sort((a, b) => a - b);
  const at = (share) => values[Math.round(share * (values.length - 1))];
  let [low, high] = [at(0.01), at(0.99)];
  const span = Math.max(high - low, 0.02 * Math.max(Math.abs(low), Math.abs(high)), 1e-3);
  for (const value of welcome) {
    if (!Number.isFinite(value)) continue;
    if (value < low && low - value < 1.2 * span) low = value;
    if (value > high && value - high < 1.2 * span) high = value;
  }
  const margin = 0.06 * Math.max(high - low, span);
  const isPositive = low >= 0;
  [low, high] = [low - margin, high + margin];
  return { low: isPositive && low < 0.25 * high ? 0 : low, high };
}

/** Widen a range to round ends, and keep `before` while it still fits well. */
export function settled(range, before) {
  const step = tickStep(range.high - range.low, 8);
  const next = { low: Math.floor(range.low / step + 1e-6) * step, high: Math.ceil(range.high / step - 1e-6) * step };
  const fits = before && before.low <= range.low && before.high >= range.high;
  return fits && before.high - before.low < 1.7 * (next.high - next.low) ? before : next;
}

/** A decade range for a logarithmic axis. */
export function decades(values) {
  const positive = values.filter((value) => value > 0).sort((a, b) => a - b);
  if (!positive.length) return { low: -2, high: 1 };
  const at = (share) => Math.log10(positive[Math.round(share * (positive.length - 1))]);
  const [low, high] = [Math.floor(at(0.01) + 0.15), Math.ceil(at(0.99) - 0.15)];
  return { low, high: Math.max(high, low + 1) };
}

/** One frame of a range's way to where it should be; the last one lands exactly. */
export function approach(now, target, share) {
  if (!now) return { ...target };
  const moved = { low: now.low + share * (target.low - now.low), high: now.high + share * (target.high - now.high) };
  const near = 0.004 * (target.high - target.low);
  const there = Math.abs(moved.low - target.low) < near && Math.abs(moved.high - target.high) < near;
  return there ? { ...target } : moved;
}

export const same = (a, b) => a && b && a.low === b.low && a.high === b.high;

/** Where a step stands, in pixels. @param {{left: number, width: number, from: number, to: number}} scene */
export const xOf = (scene, step) => scene.left + (scene.width * (step - scene.from)) / Math.max(1, scene.to - scene.from);

/** Where a value stands. @param {{top: number, height: number, range: {low: number, high: number}, log: boolean}} panel */
export function yOf(panel, value) {
  const { low, high } = panel.range;
  const height = panel.log ? Math.log10(Math.max(value, 1e-12)) : value;
  return panel.top + panel.height * (1 - (height - low) / (high - low));
}
