// The class of a stop: its label's weights, and what the page's digit and mix say for them.

import { blend } from './latent-state.js';

/** @typedef {Float32Array} Weights one for each class, ≥ 0, adding up to 1 */

/** @param {import('./latent-state.js').LatentState} state @returns {Weights} of the digit that it shows */
export const weightsOf = ({ digit, mix, width }) => (mix ? blend(digit, mix.to, mix.share, width) : blend(digit, digit, 0, width));

/** @param {Weights} from @param {Weights} to @param {number} share @returns {Weights} */
export const between = (from, to, share) => from.map((weight, k) => (1 - share) * weight + share * to[k]);

/**
 * Show weights as well as a digit and one other can: the two heaviest classes.
 * @param {import('./latent-state.js').LatentState} state @param {Weights} weights
 */
export function show(state, weights) {
  const heaviest = [...weights.keys()].sort((a, b) => weights[b] - weights[a]).slice(0, 2);
  const [digit, to] = heaviest.filter((k) => weights[k] > 0).sort((a, b) => a - b);
  if (state.digit !== digit || state.label !== digit || to === undefined) state.setLabel(digit);
  if (to !== undefined) state.setMix({ to, share: weights[to] / (weights[digit] + weights[to]) });
}
