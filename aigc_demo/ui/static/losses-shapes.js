// The terms of a loss as functions of the logits: the server's table of values and slopes, and what lies between its rows.

import { get } from './api.js';

/** @typedef {{real: number, fake: number}} Logits */
/** @typedef {{key: string, player: 'd'|'g', logit: 'real'|'fake', sees_both: boolean, written: string, values: number[], slopes: number[]}} Row */

const CORNER = 0.02; // where the secant and the mean of the two slopes differ by more, the function has a corner
const answers = new Map();
const known = new Map();

/** @param {string} loss @returns {Promise<Map<string, TermShape> | null>} by the term's key; null where nobody can say */
export async function shapesOf(loss) {
  if (!answers.has(loss)) {
    answers.set(loss, get(`explain/${encodeURIComponent(loss)}/terms.json`).then((answer) => (answer.ok ? shapesFrom(answer.data) : null)));
  }
  const shapes = await answers.get(loss);
  if (shapes) known.set(loss, shapes);
  else answers.delete(loss);
  return shapes;
}

/** Those that have come already, or null. @param {string} loss */
export const knownShapes = (loss) => known.get(loss) ?? null;

/** @param {{grid: number[], terms: Row[]}} data */
export function shapesFrom({ grid, terms }) {
  return new Map(terms.map((row) => [row.key, new TermShape(grid, row)]));
}

export class TermShape {
  /** @param {number[]} grid rising @param {Row} row */
  constructor(grid, row) {
    this.grid = grid;
    this.key = row.key;
    this.player = row.player;
    this.logit = row.logit;
    this.seesBoth = row.sees_both;
    this.written = row.written;
    this.values = row.values;
    this.slopes = row.slopes;
  }

  /** Its value and its slope by its own logit. @param {Logits} logits @returns {{value: number, slope: number}} */
  at(logits) {
    return this.along(logits[this.logit], logits[this.logit === 'real' ? 'fake' : 'real']);
  }

  /** @param {number} own @param {number} other matters only to a term that sees both @returns {{value: number, slope: number}} */
  along(own, other) {
    const s = this.seesBoth ? own - other : own;
    const { grid, values, slopes } = this;
    const i = this.cell(s);
    const width = grid[i + 1] - grid[i];
    const secant = (values[i + 1] - values[i]) / width;
    const place = (s - grid[i]) / width;
    if (place < 0) return { value: values[i] + slopes[i] * (s - grid[i]), slope: slopes[i] };
    if (place > 1) return { value: values[i + 1] + slopes[i + 1] * (s - grid[i + 1]), slope: slopes[i + 1] };
    const corner = Math.abs(secant - (slopes[i] + slopes[i + 1]) / 2) > CORNER;
    if (place === 0) return { value: values[i], slope: slopes[i] }; // in a corner, what TensorFlow takes for the slope
    if (corner) return { value: values[i] + place * width * secant, slope: secant };
    return cubic(values[i], values[i + 1], width * slopes[i], width * slopes[i + 1], place, width);
  }

  /** The row at or below `s`, the last but one at most. */
  cell(s) {
    let [low, high] = [0, this.grid.length - 2];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.grid[middle] <= s) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

/** The cubic with these ends and these slopes there (already times the cell's width), and its derivative. */
function cubic(a, b, da, db, t, width) {
  const bend = da + db - 2 * (b - a);
  const rest = 3 * (b - a) - 2 * da - db;
  return { value: a + t * (da + t * (rest + t * bend)), slope: (da + t * (2 * rest + 3 * t * bend)) / width };
}
