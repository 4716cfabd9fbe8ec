// Settings of the portrait worth seeing; what one does not name is as in `PLAIN`.

/**
 * @typedef {{loss: string, gamma: number, lambda: number | null, step: number, order: 'simultaneous' | 'alternating',
 *            momentum: number, clip: number | null, count: number, reach: number, start: [number, number]}} Settings
 * `gamma` and `lambda` are the weights that go by these symbols; null is the loss's own. `start` is [psi, theta].
 */

export const REACHES = [1.25, 2.5, 5, 10, 20, 40];

/** @type {Settings} */
export const PLAIN = {
  loss: 'minimax', gamma: 0, lambda: null, step: 0.1, order: 'simultaneous', momentum: 0, clip: null, count: 400, reach: 2.5, start: [0, 1],
};

/** @type {Object<string, Partial<Settings>>} */
export const PRESETS = {
  outward: {},
  turns: { order: 'alternating', step: 0.5 },
  burst: { order: 'alternating', step: 4.1, count: 60, reach: 5, start: [0, 0.5] },
  spiral: { loss: 'non_saturating', gamma: 0.3 },
  critical: { loss: 'non_saturating', gamma: 1 },
  sluggish: { loss: 'non_saturating', gamma: 4 },
  wgan: { loss: 'wgan', order: 'alternating' },
  cycle: { loss: 'wgan_gp', lambda: 0.3, step: 0.02, count: 1500 },
  stuck: { loss: 'wgan_gp', lambda: 1.5, step: 0.02, count: 1500, reach: 5 },
  momentum: { loss: 'non_saturating', momentum: 0.9 },
  words: { loss: 'doc_literal_words', start: [0.1, 0.3], reach: 5 },
};

/** Only what is known, in its range; anything else is left out. @param {object} given @returns {Partial<Settings>} */
export function cleaned(given) {
  const within = (value, low, high) => (Number.isFinite(value) ? Math.min(high, Math.max(low, value)) : undefined);
  const { loss, order, start, clip, lambda } = given;
  const found = {
    loss: typeof loss === 'string' ? loss : undefined,
    order: ['simultaneous', 'alternating'].includes(order) ? order : undefined,
    gamma: within(given.gamma, 0, 10), step: within(given.step, 0.005, 5), momentum: within(given.momentum, 0, 0.99),
    count: within(given.count, 20, 2000), reach: REACHES.includes(given.reach) ? given.reach : undefined,
    lambda: lambda === null ? null : within(lambda, 0, 10), clip: clip === null ? null : within(clip, 1e-3, 10),
    start: Array.isArray(start) && start.length === 2 && start.every(Number.isFinite) ? [...start] : undefined,
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}
