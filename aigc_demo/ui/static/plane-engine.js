// The laboratory's engine as the page sees it: it fetches the graphs of a game and has a Worker play it.

import { get } from './api.js';
import { catalogue, t } from './i18n.js';
import { density, modesOf, NAMES } from './plane-data.js';
import { completed, graphAddress, isLive } from './plane-settings.js';

/** @typedef {import('./plane-table.js').Wish} Wish */

export class PlaneEngine extends EventTarget {
  #worker = null;
  #waiting = new Map();
  #asked = 0;
  /** @type {Map<string, object>} graphs that have been fetched, by address */
  #traced = new Map();

  /** @param {object} settings some of them; the rest are the usual ones @returns {Promise<PlaneEngine>} */
  static async create(settings) {
    const engine = new PlaneEngine();
    await engine.set(settings);
    return engine;
  }

  get distributions() {
    return NAMES.map((key) => ({ key, title: t(`plane.dist.${key}`) }));
  }

  /** Auxiliary terms that the present loss can carry. @returns {{key: string, title: string}[]} */
  get auxiliaries() {
    return this.traced.can_carry.map((key) => ({ key, title: catalogue.auxiliaries[key].title }));
  }

  /** The terms of the game in both players' losses, with their words, colours and present weights. */
  get terms() {
    const { loss, auxiliaries, weights } = this.settings;
    const holders = [catalogue.losses[loss], ...auxiliaries.map((key) => catalogue.auxiliaries[key])];
    const described = new Map(holders.flatMap((holder) => holder.terms).map((term) => [term.key, term]));
    return this.traced.terms.map(({ key, weight }) => ({ ...described.get(key), key, weight: weights[key] ?? weight }));
  }

  get modes() {
    return modesOf(this.settings.data, this.settings.drawn).centres.length;
  }

  /** p(x) on an n × n grid over the window. */
  get density() {
    const { data, drawn } = this.settings;
    return (n) => this.#kept(`${data} ${n}`, () => density(data, n, drawn));
  }

  #densities = new Map();

  #kept(key, make) {
    if (!this.#densities.has(key)) this.#densities.set(key, make());
    return this.#densities.get(key);
  }

  isLive(change) {
    return isLive(change);
  }

  /** Other settings: what is live takes effect at once, anything else begins anew. Rejects with a sentence. */
  async set(settings) {
    const next = completed(settings);
    const changed = Object.keys(next).filter((key) => JSON.stringify(next[key]) !== JSON.stringify(this.settings?.[key]));
    if (this.settings && changed.length && changed.every((key) => isLive({ [key]: null }))) {
      this.settings = next;
      await this.#ask({ kind: 'use', settings: next });
    } else {
      await this.#begin(next);
    }
    this.dispatchEvent(new Event('change'));
  }

  /** The same game with another seed. */
  reset(seed = this.settings.seed) {
    return this.#begin({ ...this.settings, seed });
  }

  async #begin(settings) {
    const traced = await this.#fetch(graphAddress(settings));
    this.#densities.clear();
    this.traced = traced;
    await this.#ask({ kind: 'begin', traced, settings });
    this.settings = { ...settings, auxiliaries: traced.auxiliaries };
  }

  async #fetch(address) {
    if (!this.#traced.has(address)) {
      const answer = await get(address);
      if (!answer.ok) throw new Error(answer.error);
      this.#traced.set(address, answer.data);
    }
    return this.#traced.get(address);
  }

  /** Play, then say how things stand. @param {Wish} wish @returns {Promise<object>} a snapshot */
  advance(wish) {
    return this.#ask({ kind: 'advance', wish });
  }

  step(who = 'both', count = 1) {
    return this.advance({ who, count });
  }

  /** How things stand. @param {Wish} wish */
  snapshot(wish = {}) {
    return this.advance({ ...wish, count: 0 });
  }

  /** What a perfect sampler of the present data would get. */
  perfect() {
    return this.#ask({ kind: 'perfect' });
  }

  close() {
    this.#worker?.terminate();
    this.#worker = null;
  }

  #ask(message) {
    this.#worker ??= this.#hired();
    const id = this.#asked++;
    this.#worker.postMessage({ ...message, id });
    return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
  }

  #hired() {
    const worker = new Worker(new URL('./plane-worker.js', import.meta.url), { type: 'module' });
    worker.onmessage = ({ data: { id, value, error } }) => {
      const { resolve, reject } = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (error) reject(new Error(error));
      else resolve(value);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      for (const { reject } of this.#waiting.values()) reject(new Error(event.message || t('error.unknown')));
      this.#waiting.clear();
    };
    return worker;
  }
}
