// One way of moving: it listens to the point only while it is open, and whatever it has under way ends when it closes.

import { atMostEvery } from './dom.js';
import { RenderError } from './render.js';

const LEARNING_MS = 2000; // many pictures of a model that is learning are renewed no more often, for it needs the processors

export class Piece {
  #open = null;

  /** @param {import('./latent-state.js').LatentState} state @param {import('./moves-voice.js').Voice} voice */
  constructor(state, voice) {
    this.state = state;
    this.voice = voice;
  }

  /** Ends when the piece closes. @returns {AbortSignal} */
  get signal() {
    return this.#open?.signal ?? AbortSignal.abort();
  }

  get isOpen() {
    return this.#open !== null;
  }

  opened() {
    this.#open = new AbortController();
    this.begin();
  }

  closed() {
    this.#open?.abort();
    this.#open = null;
    this.end();
  }

  /** For the piece itself: it has been opened; what changed meanwhile is to be caught up with. */
  begin() {}

  /** For the piece itself: stop what moves. */
  end() {}

  /** @param {string} events names of the state's events, with spaces between @param {() => void} action while open */
  on(events, action) {
    for (const event of events.split(' ')) this.state.addEventListener(event, action, { signal: this.signal });
  }

  /** @param {() => void} action once in a while when the numbers that draw have changed */
  onWeights(action) {
    this.on('weights', atMostEvery(LEARNING_MS, () => this.isOpen && action()));
  }

  /**
   * The pictures of `points`; null where they came too late or cannot be had, which is then said.
   * @param {number[][]} points @param {object} [options] as `LatentState.draw` takes them
   * @returns {Promise<Uint8Array | null>}
   */
  async draw(points, options = {}) {
    const { signal } = this;
    if (signal.aborted || !this.state.model) return null;
    try {
      const pixels = await this.state.draw(points, { priority: 'later', signal, ...options });
      this.voice.complain('');
      return signal.aborted ? null : pixels;
    } catch (error) {
      if (error.name === 'AbortError' || signal.aborted) return null;
      if (!(error instanceof RenderError)) throw error;
      this.voice.complain(error.message);
      return null;
    }
  }
}
