// The models that can be drawn with: one list for every tab, asked for again when a run begins or ends.

import { get } from './api.js';
import { lang } from './i18n.js';
import { store } from './run-store.js';

/** @typedef {{id: string, title: string, kind: 'shipped'|'run'|'live', recipe: string, conditional: boolean,
 *             latent_size: number, figures: Object<string, number|null> | null, seconds: number, step: number}} Model */

const FRESH_MS = 400;

class ModelList extends EventTarget {
  /** @type {Model[]} */
  list = [];
  /** Why the list could not be had, or ''. */
  error = '';
  loaded = false;
  #asked = -Infinity;
  #answer = null;

  constructor() {
    super();
    let state = '';
    const look = () => {
      const now = `${store.run?.run} ${store.run?.state} ${Boolean(store.run?.metrics)}`;
      if (now === state) return;
      state = now;
      if (this.loaded) this.refresh(true);
    };
    store.on('run state', look);
  }

  /** @param {string} id @returns {Model | undefined} */
  find(id) {
    return this.list.find((model) => model.id === id);
  }

  /** Ask the server, unless it has just been asked. Emits `change` when the answer differs. */
  refresh(now = false) {
    if (!this.#answer && (now || performance.now() - this.#asked > FRESH_MS)) {
      this.#answer = this.#ask().finally(() => (this.#answer = null));
    }
    return this.#answer ?? Promise.resolve();
  }

  async #ask() {
    const answer = await get('models');
    this.#asked = performance.now();
    const before = JSON.stringify([this.list, this.error, this.loaded]);
    if (answer.ok) {
      this.list = answer.data.models.map((model) => ({ ...model, title: model.title?.[lang] ?? String(model.title) }));
      this.loaded = true;
    }
    this.error = answer.ok ? '' : answer.error;
    if (JSON.stringify([this.list, this.error, this.loaded]) !== before) this.dispatchEvent(new Event('change'));
  }
}

export const models = new ModelList();

/** The kinds in the order in which lists show them. */
export const KINDS = ['shipped', 'live', 'run'];
