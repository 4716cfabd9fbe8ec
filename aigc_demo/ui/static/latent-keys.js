// What the keyboard asks of the latent studio: a digit's key that digit, and R another point.

import { drawPoint } from './latent-points.js';

const WRITING = 'select, textarea, input:not([type=range], [type=radio], [type=checkbox])';

/** @param {KeyboardEvent} event left alone while somebody is writing @param {import('./latent-state.js').LatentState} state */
export function keyPressed(event, state) {
  const free = !event.ctrlKey && !event.metaKey && !event.altKey && !event.target.closest(WRITING);
  if (!free || !state.model) return;
  if (/^\d$/.test(event.key) && state.model.conditional) state.setLabel(Number(event.key));
  if (event.key.toLowerCase() === 'r' && !event.repeat) state.setPoint(drawPoint(state.z.length));
}
