// How hard a loss pulls at a generated digit's logit: |dL_G/ds| along the axis, from the very functions that train.

import { get } from './api.js';
import { catalogue } from './i18n.js';

/** @typedef {{at: (s: number) => number}} Slope `at` gives dL_G/ds, sign and all: negative pushes the logit up */

/** loss -> what the server says of it, or a promise of it */
const answers = new Map();

/** Whether the loss only knows differences of logits: its slope then hangs on the gap to the real ones. */
export const isRelativistic = (loss) => catalogue.losses[loss]?.family === 'relativistic';

/**
 * The slope of G's loss by a fake logit, the auxiliary terms left out; null where nobody can say.
 * @param {string} loss @param {Object<string, number>} [weights] @returns {Promise<Slope | null>}
 */
export async function slopeOf(loss, weights = {}) {
  const held = window.aigcFrozen;
  if (held) return held.curves?.[loss] ? slopeFrom(held.curves[loss], weights) : null;
  if (!answers.has(loss)) answers.set(loss, get(`explain/${encodeURIComponent(loss)}/curves.json`));
  const answer = await answers.get(loss);
  if (!answer.ok) answers.delete(loss);
  return answer.ok ? slopeFrom(answer.data, weights) : null;
}

/** @param {{grid: number[], terms: {key: string, player: string, logit: string, slopes: number[]}[]}} data @returns {Slope | null} */
export function slopeFrom({ grid, terms }, weights = {}) {
  const own = terms.filter((term) => term.player === 'g' && term.logit === 'fake');
  if (!own.length) return null;
  const slopes = grid.map((_, i) => own.reduce((sum, term) => sum + (weights[term.key] ?? 1) * term.slopes[i], 0));
  return { at: (s) => along(grid, slopes, s) };
}

/** Between grid points a straight line; beyond them the line goes on, but never through zero: a saturated loss stays so. */
function along(grid, values, s) {
  const last = grid.length - 1;
  const place = ((s - grid[0]) / (grid[last] - grid[0])) * last;
  const i = Math.max(0, Math.min(last - 1, Math.floor(place)));
  const value = values[i] + (place - i) * (values[i + 1] - values[i]);
  if (place >= 0 && place <= last) return value;
  const end = values[place < 0 ? 0 : last];
  return end === 0 || value * end < 0 ? 0 : value;
}
