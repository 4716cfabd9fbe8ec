// The models that can be drawn with: one list for every tab, asked for again when a run begins or ends.

import { get } from './api.js';
import { lang } from './i18n.js';
import { ownIds, store } from './run-store.js';

/** @typedef {Object<string, number|null>} Figures */
/** @typedef {{id: string, title: string, kind: 'shipped'|'run'|'live'|'imported', recipe: string, conditional: boolean,
 *             latent_size: number, figures: Figures | null, seconds: number, step: number, name: string, made: string,
 *             card_figures: Figures | null, loss: string, auxiliaries: string[], data: string, date: number | null,
 *             g_parameters: number | null, d_parameters: number | null, class_names: string[], styles: number, codes: number,
 *             repo: string, commit: string}} Model
 *             styles: how many layers take one; codes: InfoGAN's, how many it has beside its category;
 *             repo and commit: where on the Hub it came from */

const FRESH_MS = 400;

class ModelList extends EventTarget {
  /** @type {Model[]} */
  list = [];
  /** How large an imported model may be, in MB. */
  megabytes = 0;
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
    const ids = knownIds().map(encodeURIComponent).join(',');
    const answer = await get(ids ? `models?runs=${ids}` : 'models');
    this.#asked = performance.now();
    const before = JSON.stringify([this.list, this.error, this.loaded]);
    if (answer.ok) {
      this.list = answer.data.models.map(inWords);
      this.megabytes = answer.data.import?.megabytes ?? 0;
      this.loaded = true;
    }
    this.error = answer.ok ? '' : answer.error;
    if (JSON.stringify([this.list, this.error, this.loaded]) !== before) this.dispatchEvent(new Event('change'));
  }
}

const WORDS = ['title', 'made', 'data'];

function inWords(model) {
  const words = WORDS.filter((key) => key in model).map((key) => [key, model[key]?.[lang] ?? String(model[key])]);
  return { class_names: [], auxiliaries: [], ...model, ...Object.fromEntries(words) };
}

/** What this browser has made or brought, and the run that it shows: a public server tells nobody of more than it asks for. */
export function knownIds() {
  const shown = store.isRecorded ? [] : [store.run.run];
  return [...new Set([...shown, ...ownIds().reverse()])].slice(0, MOST_IDS);
}

const MOST_IDS = 100; // the server reads no more

export const models = new ModelList();

/** The kinds in the order in which lists show them. */
export const KINDS = ['shipped', 'live', 'run', 'imported'];
