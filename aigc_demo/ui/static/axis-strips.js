// Keeps strips of pictures true: they are drawn anew once the point has come to rest, one after the other, behind
// everything that the visitor waits for.

import { rounded } from './latent-points.js';
import { RenderError } from './render.js';

const SETTLE_MS = 250; // after the last move
const LEARNING_MS = 2000; // at least so long between two drawings for a model whose weights keep changing

/**
 * @typedef {{points: number[][], classes?: any, truncation?: number | number[]}} Wish what a strip is to show
 * @typedef {{wish: () => Wish | null, paint: (pixels: Uint8Array) => void}} Strip
 */

export class AxisStrips {
  #timer = 0;
  #drawing = null;
  #shown = new WeakMap(); // a strip -> what it shows
  #weights = 0; // counts how often they changed
  #last = -Infinity;

  /** @param {import('./latent-state.js').LatentState} state @param {() => Strip[]} strips those on screen, in order */
  constructor(state, strips) {
    this.state = state;
    this.strips = strips;
    this.isAwake = false;
    for (const event of ['model', 'point', 'label', 'truncation']) state.addEventListener(event, () => this.soon());
    state.addEventListener('weights', () => this.learnt());
  }

  wake() {
    this.isAwake = true;
    this.soon(0);
  }

  rest() {
    this.isAwake = false;
    this.#stop();
  }

  /** Draw what has changed, after `ms` without another call. */
  soon(ms = SETTLE_MS) {
    this.#stop();
    if (this.isAwake) this.#timer = setTimeout(() => this.#draw(), ms);
  }

  learnt() {
    this.#weights += 1;
    if (!this.#timer && !this.#drawing) this.soon(Math.max(SETTLE_MS, this.#last + LEARNING_MS - performance.now()));
  }

  #stop() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    this.#drawing?.abort();
    this.#drawing = null;
  }

  async #draw() {
    this.#timer = 0;
    const drawing = new AbortController();
    const weights = this.#weights;
    this.#drawing = drawing;
    for (const strip of this.strips()) if (!(await this.#bring(strip, drawing.signal))) break;
    if (this.#drawing !== drawing) return;
    this.#drawing = null;
    this.#last = performance.now();
    if (weights !== this.#weights) this.soon(LEARNING_MS);
  }

  /** Let a strip show what it should. @returns {Promise<boolean>} whether to go on with the next one */
  async #bring(strip, signal) {
    const wish = strip.wish();
    const text = wish && this.#described(wish);
    if (!wish || this.#shown.get(strip) === text) return true;
    const pixels = await this.#pixels(wish, signal);
    if (signal.aborted || !pixels) return false;
    strip.paint(pixels);
    this.#shown.set(strip, text);
    return true;
  }

  /** Pictures, or null where there are none: why is said over the large one. */
  async #pixels({ points, classes = this.state.classes(), truncation = this.state.truncation }, signal) {
    try {
      return await this.#pixelsOf(points, classes, truncation, signal);
    } catch (error) {
      if (error.name === 'AbortError' || error instanceof RenderError) return null;
      throw error;
    }
  }

  /** One ψ for all points, or one for each. */
  async #pixelsOf(points, classes, truncation, signal) {
    const draw = (some, psi) => this.state.draw(some, { classes, truncation: psi, priority: 'later', signal });
    if (!Array.isArray(truncation)) return draw(points, truncation);
    const parts = await Promise.all(points.map((point, i) => draw([point], truncation[i])));
    return Uint8Array.from(parts.flatMap((part) => Array.from(part)));
  }

  #described({ points, classes = this.state.classes(), truncation = this.state.truncation }) {
    const { model } = this.state;
    const numbers = [points[0], points.at(-1)].map((point) => point.map(rounded));
    const wishes = Array.isArray(classes) ? classes : [classes];
    return JSON.stringify([model?.id, this.#weights, truncation, this.state.styling(), numbers, wishes.map((one) => (one?.length ? [...one] : one))]);
  }
}
