// Drawing on the server: for generators that the page cannot evaluate, and to compare with.

import { widthOf } from './class-names.js';
import { lang, route, t } from './i18n.js';
import { PLAIN_STYLING } from './net-styling.js';
import { PIXELS } from './pixels.js';
import { RenderError } from './render-error.js';

const MOST_ROWS = 64; // of a request

/**
 * @param {import('./model-list.js').Model} model @param {ArrayLike<number>[]} points
 * @param {import('./latent-state.js').Classes | import('./latent-state.js').Classes[]} classes
 * @param {number} truncation
 * @param {{signal?: AbortSignal, styling?: import('./net-styling.js').Styling | null}} [options]
 * @returns {Promise<Uint8Array>} n × 784 bytes
 */
export async function drawOnServer(model, points, classes, truncation, { signal, styling = null } = {}) {
  const labels = classes === null || !model.conditional ? null : labelsOf(points, classes, widthOf(model));
  const styles = model.styles ? stylesOf(styling ?? PLAIN_STYLING) : undefined;
  const pixels = new Uint8Array(points.length * PIXELS);
  for (let start = 0; start < points.length; start += MOST_ROWS) {
    const part = (list) => list.slice(start, start + MOST_ROWS);
    const rows = part(points).map((row) => Array.from(row));
    pixels.set(await ask(model, { z: rows, labels: labels && part(labels), truncation, styles, lang }, signal), start * PIXELS);
  }
  return pixels;
}

/** As the server reads it: without another point nothing is mixed. */
export function stylesOf({ z, from, noise, seed }) {
  return { ...(z && { z: Array.from(z), from }), noise, seed };
}

/** Digits where every point has one, else the weights of all classes for each. */
function labelsOf(points, classes, width) {
  const wishes = points.map((_, i) => (Array.isArray(classes) ? classes[i] : classes));
  if (wishes.every((wish) => typeof wish === 'number')) return wishes;
  return wishes.map((wish) => (typeof wish === 'number' ? Array.from({ length: width }, (_, digit) => Number(digit === wish)) : Array.from(wish)));
}

async function ask(model, wish, signal) {
  let answer;
  try {
    answer = await fetch(route(`models/${encodeURIComponent(model.id)}/render`), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(wish),
      signal,
    });
  } catch (error) {
    if (error.name === 'AbortError') throw error;
    throw new RenderError(t('error.offline'), 0);
  }
  if (!answer.ok) {
    const { error } = await answer.json().catch(() => ({}));
    throw new RenderError(typeof error === 'string' ? error : t('error.unknown'), answer.status);
  }
  const pixels = new Uint8Array(await answer.arrayBuffer());
  if (pixels.length !== wish.z.length * PIXELS) throw new RenderError(t('error.unknown'), answer.status);
  return pixels;
}
