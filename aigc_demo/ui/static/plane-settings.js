// What a game in the plane is set to, and the address of the graphs that it needs.

export const DEFAULTS = {
  loss: 'non_saturating', data: 'ring8', drawn: null, auxiliaries: [], weights: {},
  lr_d: 0.001, lr_g: 0.001, beta_1: 0.5, beta_2: 0.9, optimiser: 'adam', d_steps: 1, order: 'alternating', clip: null,
  latent: 2, latent_law: 'normal', width: 64, width_d: null, width_g: null, activation: 'relu', batch: 256, seed: 0,
};

// These are read at each step: changing them goes on with the same networks.
const LIVE = ['lr_d', 'lr_g', 'beta_1', 'beta_2', 'd_steps', 'order', 'weights', 'clip'];

/** @param {object} change of settings */
export const isLive = (change) => Object.keys(change).every((key) => LIVE.includes(key));

/** @param {object} settings some of them @returns {object} all of them */
export const completed = (settings) => ({ ...DEFAULTS, ...Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)) });

/** @param {object} settings complete ones @returns {string} where the graphs are */
export function graphAddress({ loss, latent, width, width_d, width_g, batch, activation, auxiliaries }) {
  const query = new URLSearchParams({ latent, width_d: width_d ?? width, width_g: width_g ?? width, batch, activation });
  if (auxiliaries?.length) query.set('auxiliaries', auxiliaries.join(','));
  return `plane/${encodeURIComponent(loss)}.json?${query}`;
}
