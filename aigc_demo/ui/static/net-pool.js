// Who draws what takes long: one or two Workers, or the page itself in slices where there are none.
//
// Jobs wait in line, 'now' before 'later'. Whoever is free takes a few digits of the first job, so a large job is shared
// between the Workers, and what a visitor waits for never stands behind more than a few milliseconds of other work.

import { NetError } from './net-error.js';
import { PIXELS } from './pixels.js';

const MOST_WORKERS = 2;
const PIECE_MS = 12; // what is taken at a time of a job that nobody waits for
const SLICE_MS = 6; // what the page itself takes at a time: the rest of a frame belongs to the visitor
const BRISK = 1e6; // multiplications a millisecond, until they have been timed

/**
 * @typedef {{id: number, buffer: ArrayBuffer, generator: import('./net-generator.js').PageGenerator, ms: number}} Loaded
 *   a network, and the milliseconds that a digit takes
 * @typedef {{z: Float32Array, label: Float32Array, n: number, style: import('./net-styling.js').StyleWish | null}} Wish n points,
 *   ten weights for each, and of a network with styles what else is asked of them all
 */

/** One Worker, which draws one piece at a time. */
class WorkerLane {
  lost = false;
  #known = new Set();
  #answer = null;

  /** @param {() => void} failed called when the Worker cannot be used (any more) */
  constructor(failed) {
    this.worker = new Worker(new URL('./net-worker.js', import.meta.url), { type: 'module' });
    this.worker.onmessage = ({ data }) => this.#answer?.(data);
    this.worker.onerror = (event) => {
      event.preventDefault(); // the page says so in a sentence of its own
      this.lost = true;
      failed();
      this.#answer?.(null);
    };
  }

  /** @param {Loaded} loaded @param {Wish} wish @returns {Promise<{pixels: Uint8Array, took: number} | null>} null: lost */
  async draw(loaded, { z, label, n, style }) {
    if (!this.#known.has(loaded.id)) this.worker.postMessage({ kind: 'load', id: loaded.id, buffer: loaded.buffer });
    this.#known.add(loaded.id);
    this.worker.postMessage({ kind: 'draw', id: loaded.id, z, label, n, style }, [z.buffer, label.buffer]);
    const answer = await new Promise((resolve) => (this.#answer = resolve));
    if (answer?.key) throw new NetError(answer.key, answer.values);
    return answer;
  }

  /** How many digits of a job this takes at a time. */
  size({ priority, wish, loaded }, lanes) {
    return priority === 'now' ? Math.ceil(wish.n / lanes) : Math.floor(PIECE_MS / loaded.ms);
  }

  drop(id) {
    if (this.#known.delete(id)) this.worker.postMessage({ kind: 'drop', id });
  }
}

/** The page itself, between two of its other tasks. */
class PageLane {
  lost = false;

  async draw(loaded, { z, label, n, style }) {
    await new Promise((resolve) => setTimeout(resolve));
    const started = performance.now();
    return { pixels: loaded.generator.draw(z, label, n, style), took: performance.now() - started };
  }

  size({ loaded }) {
    return Math.floor(SLICE_MS / loaded.ms);
  }

  drop() {}
}

class Pool {
  /** Whether this page has to do without Workers. */
  alone = false;
  #lanes = [];
  #free = [];
  #jobs = [];
  #ids = 0;

  /** @param {ArrayBuffer} buffer its network file @param {import('./net-generator.js').PageGenerator} generator @returns {Loaded} */
  add(buffer, generator) {
    return { id: ++this.#ids, buffer, generator, ms: generator.network.macs / BRISK };
  }

  /** Nobody will draw with this any more. @param {Loaded} loaded */
  drop({ id }) {
    for (const lane of this.#lanes) lane.drop(id);
  }

  /**
   * @param {Loaded} loaded @param {Wish} wish @param {'now' | 'later'} priority @param {AbortSignal} [signal]
   * @returns {Promise<Uint8Array>} rejects with a NetError, or as soon as `signal` says so with its reason
   */
  draw(loaded, wish, priority, signal) {
    this.#begin();
    return new Promise((resolve, reject) => {
      const job = { loaded, wish, priority, rest: [[0, wish.n]], left: wish.n, pixels: new Uint8Array(wish.n * PIXELS), over: false };
      job.end = (tell) => {
        job.over = true;
        this.#jobs = this.#jobs.filter((other) => other !== job);
        tell();
      };
      job.resolve = () => job.end(() => resolve(job.pixels));
      job.reject = (error) => job.end(() => reject(error));
      signal?.addEventListener('abort', () => job.reject(signal.reason), { once: true });
      this.#queue(job);
    });
  }

  #queue(job) {
    const behind = job.priority === 'now' ? this.#jobs.findIndex(({ priority }) => priority === 'later') : -1;
    this.#jobs.splice(behind < 0 ? this.#jobs.length : behind, 0, job);
    this.#deal();
  }

  #begin() {
    if (this.#lanes.length) return;
    const count = Math.max(1, Math.min(MOST_WORKERS, navigator.hardwareConcurrency || 1));
    try {
      for (let i = 0; i < count; i++) {
        const lane = new WorkerLane(() => this.#lose(lane));
        this.#lanes.push(lane);
      }
    } catch {
      // There are no Workers here, or they are forbidden.
    }
    this.#free = [...this.#lanes];
    if (!this.#lanes.length) this.#doAlone();
  }

  #doAlone() {
    this.alone = true;
    this.#lanes = [new PageLane()];
    this.#free = [...this.#lanes];
  }

  #lose(lane) {
    lane.worker.terminate();
    this.#lanes = this.#lanes.filter((other) => other !== lane);
    this.#free = this.#free.filter((other) => other !== lane);
    if (!this.#lanes.length) this.#doAlone();
    this.#deal();
  }

  /** Give free lanes a piece of the first job: all for a visitor who waits, else not so many that the page has no core left. */
  #deal() {
    const cores = navigator.hardwareConcurrency || 1;
    const spared = this.#lanes.length > 1 && this.#lanes.length >= cores ? 1 : 0;
    while (this.#jobs.length && this.#free.length > (this.#jobs[0].priority === 'now' ? 0 : spared)) {
      this.#work(this.#free.shift(), this.#jobs[0]);
    }
  }

  async #work(lane, job) {
    const [first, count] = job.rest.shift();
    const n = Math.min(Math.max(1, lane.size(job, this.#lanes.length)), count);
    if (n < count) job.rest.unshift([first + n, count - n]);
    if (!job.rest.length) this.#jobs = this.#jobs.filter((other) => other !== job);
    try {
      const answer = await lane.draw(job.loaded, cut(job.wish, first, n));
      if (answer) this.#take(job, first, n, answer);
      else if (!job.over) this.#again(job, first, n);
    } catch (error) {
      job.reject(error);
    }
    if (!lane.lost) this.#free.push(lane);
    this.#deal();
  }

  #take(job, first, n, { pixels, took }) {
    job.loaded.ms = Math.max(0.02, 0.7 * job.loaded.ms + 0.3 * (took / n));
    job.pixels.set(pixels, first * PIXELS);
    job.left -= n;
    if (job.left === 0) job.resolve();
  }

  /** A piece whose Worker was lost goes back in line. */
  #again(job, first, n) {
    job.rest.unshift([first, n]);
    if (!this.#jobs.includes(job)) this.#queue(job);
  }
}

/** A part of a wish in arrays of its own, which may be given away. @returns {Wish} */
function cut({ z, label, n, style }, first, count) {
  const part = (all) => all.slice((first * all.length) / n, ((first + count) * all.length) / n);
  return { z: part(z), label: part(label), n: count, style };
}

export const pool = new Pool();
