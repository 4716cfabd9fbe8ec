// What turns a point of the latent space into pixels: the page itself where it can, else the server.

import { t } from './i18n.js';
import { NetError } from './net-error.js';
import { fetchNetwork } from './net-fetch.js';
import { PageGenerator } from './net-generator.js';
import { pool } from './net-pool.js';
import { PIXELS, SIDE } from './pixels.js';
import { inWords, RenderError, whyUnusable } from './render-error.js';
import { drawOnServer } from './render-server.js';
import { readWish } from './render-wish.js';

export { PIXELS, RenderError, SIDE };

const AT_ONCE_MS = 8; // what the visitor waits for and takes less than this is drawn on the spot
const AGAIN_MS = 3000; // how often a file that could not be had is asked for again while its model is learning

/** Draws with one model. Emits `weights` when its numbers, or who draws with them, have changed. */
export class Renderer extends EventTarget {
  /** @type {'' | 'page' | 'server'} who draws; '' until that is known */
  where = '';
  step = 0;
  bytes = 0;
  #why = '';
  #tag = '';
  /** @type {import('./net-pool.js').Loaded | null} */
  #loaded = null;
  /** @type {Promise<void> | null} */
  #opening = null;
  #asked = -Infinity;
  #byChoice;

  /** @param {import('./model-list.js').Model} model @param {{server?: boolean}} [options] `server`: leave it to the server */
  constructor(model, { server = false } = {}) {
    super();
    this.model = model;
    this.#byChoice = server;
    this.#opened().catch(() => {}); // whoever draws is told
  }

  /** Why the page does not draw by itself, or not as well as it could; '' where all is well. */
  get why() {
    const slower = this.where === 'page' && pool.alone && !window.aigcFrozen; // a file never has Workers
    return this.#why || (slower ? t('net.alone') : '');
  }

  /**
   * @param {ArrayLike<number>[]} points
   * @param {import('./latent-state.js').Classes | import('./latent-state.js').Classes[]} classes
   * @param {number} truncation
   * @param {{priority?: 'now' | 'later', signal?: AbortSignal, styling?: import('./net-styling.js').Styling | null}} [options]
   *   'now' is what a visitor waits for; the rest is drawn after it
   * @returns {Promise<Uint8Array>} n × 784 bytes, row by row, 0 = black. Rejects with a RenderError, or as `signal` says.
   */
  async render(points, classes, truncation = 1, { priority = 'now', signal, styling = null } = {}) {
    const wish = readWish(this.model, points, classes, truncation, styling);
    await this.#opened();
    signal?.throwIfAborted();
    if (this.where === 'server') return drawOnServer(this.model, points, classes, truncation, { signal, styling });
    try {
      if (priority === 'now' && wish.n * this.#loaded.ms < AT_ONCE_MS) return this.#drawNow(wish);
      return await pool.draw(this.#loaded, wish, priority, signal);
    } catch (error) {
      throw inWords(error);
    }
  }

  #drawNow({ z, label, n, style }) {
    const started = performance.now();
    const pixels = this.#loaded.generator.draw(z, label, n, style);
    if (n) this.#loaded.ms = Math.max(0.02, 0.8 * this.#loaded.ms + 0.2 * ((performance.now() - started) / n));
    return pixels;
  }

  /**
   * Every stage from z to the picture; null where the server draws.
   * @returns {Promise<{name: string, shape: [number, number, number], data: Float32Array, image: boolean}[] | null>}
   */
  async maps(point, classes, truncation = 1, styling = null) {
    const { z, label, style } = readWish(this.model, [point], classes, truncation, styling);
    await this.#opened();
    return this.#loaded?.generator.stages(z, label, style) ?? null;
  }

  /** Ask for newer weights. @returns {Promise<boolean>} whether there are any. Rejects with a RenderError. */
  async refresh() {
    await this.#opened();
    if (this.#loaded) {
      const found = await fetchNetwork(this.#path, this.#tag);
      if (!found) return false;
      await this.#use(found);
    } else if (!this.#byChoice && performance.now() - this.#asked > AGAIN_MS) {
      this.#opening = null;
      await this.#opened();
    }
    this.dispatchEvent(new Event('weights'));
    return true;
  }

  close() {
    if (this.#loaded) pool.drop(this.#loaded);
  }

  get #path() {
    return `models/${encodeURIComponent(this.model.id)}/generator.net`;
  }

  /** Resolves when it is known who draws; where nobody answers, the next wish asks again. */
  #opened() {
    this.#opening ??= this.#open().catch((error) => {
      this.#opening = null;
      throw error;
    });
    return this.#opening;
  }

  async #open() {
    if (this.#byChoice) return void (this.where = 'server');
    this.#asked = performance.now();
    try {
      await this.#use(await fetchNetwork(this.#path));
    } catch (error) {
      if (!(error instanceof RenderError) || error.status === 0) throw error;
      this.#leaveToServer(error.message);
    }
  }

  /** Draw with this file from now on, or leave it to the server where the file is of no use. */
  async #use({ buffer, tag }) {
    const before = this.#loaded;
    try {
      const generator = await PageGenerator.open(buffer);
      const { latent_size: size, conditional, styles = 0 } = this.model;
      if (generator.latentSize !== size || generator.conditional !== conditional || generator.styles !== styles) throw new NetError('net.sizes');
      this.#loaded = pool.add(buffer, generator);
      if (before) this.#loaded.ms = before.ms;
      Object.assign(this, { where: 'page', step: generator.network.step, bytes: buffer.byteLength });
      this.#why = '';
      this.#tag = tag;
    } catch (error) {
      if (!(error instanceof NetError)) throw error;
      this.#leaveToServer(whyUnusable(error));
    }
    if (before) pool.drop(before);
  }

  #leaveToServer(why) {
    this.where = 'server';
    this.#why = why;
    this.#loaded = null;
  }
}

/** @param {import('./model-list.js').Model} model @param {{server?: boolean}} [options] @returns {Renderer} */
export const openRenderer = (model, options) => new Renderer(model, options);
