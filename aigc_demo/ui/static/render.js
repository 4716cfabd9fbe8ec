// What turns a point of the latent space into pixels. The only file that knows who computes them.

import { lang, route, t } from './i18n.js';

export const SIDE = 28;
export const PIXELS = SIDE * SIDE;
export const MAX_ROWS = 64;

/** A refusal in the page's language; `status` 0 means that nobody answered. */
export class RenderError extends Error {
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}

/** Draws with one model. Emits `weights` when its numbers, or who draws with them, have changed. */
export class Renderer extends EventTarget {
  where = 'server';
  why = '';
  step = 0;
  bytes = 0;

  /** @param {import('./model-list.js').Model} model */
  constructor(model) {
    super();
    this.model = model;
  }

  /**
   * @param {ArrayLike<number>[]} points @param {import('./latent-state.js').Classes | import('./latent-state.js').Classes[]} classes
   * @param {number} truncation @param {{priority?: 'now' | 'later', signal?: AbortSignal}} [options]
   * @returns {Promise<Uint8Array>} n × 784 bytes, row by row, 0 = black
   */
  async render(points, classes, truncation = 1, { signal } = {}) {
    const labels = classes === null ? null : points.map((_, i) => classOf(classes, i));
    const parts = [];
    for (let start = 0; start < points.length; start += MAX_ROWS) {
      const rows = points.slice(start, start + MAX_ROWS).map((row) => Array.from(row));
      parts.push(await this.ask(rows, labels?.slice(start, start + MAX_ROWS) ?? null, truncation, signal));
    }
    const pixels = new Uint8Array(points.length * PIXELS);
    parts.forEach((part, i) => pixels.set(part, i * MAX_ROWS * PIXELS));
    return pixels;
  }

  async ask(z, labels, truncation, signal) {
    let answer;
    try {
      answer = await fetch(route(`models/${encodeURIComponent(this.model.id)}/render`), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ z, labels, truncation, lang }),
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
    if (pixels.length !== z.length * PIXELS) throw new RenderError(t('error.unknown'), answer.status);
    return pixels;
  }

  async maps() {
    return null;
  }

  async refresh() {
    this.dispatchEvent(new Event('weights'));
    return true;
  }

  close() {}
}

/** What the i-th point is to show: a list holds a wish for each, anything else is the wish for all. */
function classOf(classes, i) {
  const wish = Array.isArray(classes) ? classes[i] : classes;
  return typeof wish === 'number' ? wish : Array.from(wish);
}

/** @param {import('./model-list.js').Model} model @returns {Renderer} */
export const openRenderer = (model) => new Renderer(model);
