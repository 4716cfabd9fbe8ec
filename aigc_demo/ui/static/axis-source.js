// The axes that the server finds for the model in use. It may take seconds, and whoever leaves stops waiting.

import { get } from './api.js';
import { unit } from './axis-math.js';
import { say, t } from './i18n.js';

/** @typedef {{key: string, title: string, direction: import('./axis-math.js').Direction, r2: number | null,
 *             energy: number | null, dead: boolean}} Axis */

export const FOUND = ['named', 'output', 'pca', 'sefa'];

/** Emits `change` whenever it begins to wait, has got the axes, or cannot get them. */
export class AxisSource extends EventTarget {
  /** @type {Object<string, Axis[]> | null} of the present model, by family */
  families = null;
  step = 0; // of training, whose weights they belong to
  why = ''; // they cannot be had
  #model = '';
  #waiting = null;
  #known = new Map(); // what was found for other models

  get isWaiting() {
    return this.#waiting !== null;
  }

  /** These are the axes that are wanted from now on. @param {import('./model-list.js').Model} model */
  open(model) {
    if (model.id === this.#model && (this.families || this.#waiting)) return;
    this.leave();
    this.#model = model.id;
    const known = model.kind === 'live' ? null : this.#known.get(model.id);
    this.#take(known ?? { families: null, step: 0 });
    if (!known) this.ask(model);
  }

  /** Ask the server, whether or not there are some already; those stay until there are new ones. */
  async ask(model) {
    this.leave();
    const waiting = new AbortController();
    this.#waiting = waiting;
    this.why = '';
    this.#tell();
    const answer = await get(`models/${encodeURIComponent(model.id)}/axes.json`, { signal: waiting.signal });
    if (this.#waiting !== waiting) return;
    this.#waiting = null;
    const found = answer.ok ? understood(answer.data, model.latent_size) : null;
    if (found) {
      this.#known.set(model.id, found);
      this.#take(found);
    } else {
      this.why = answer.ok ? t('error.unknown') : answer.error;
    }
    this.#tell();
  }

  /** Stop waiting. */
  leave() {
    this.#waiting?.abort();
    this.#waiting = null;
  }

  #take({ families, step }) {
    Object.assign(this, { families, step, why: '' });
  }

  #tell() {
    this.dispatchEvent(new Event('change'));
  }
}

/** The server's answer in the page's language; null where it is none for a latent space of `size`. */
function understood(data, size) {
  const { families, step } = data ?? {};
  const rows = FOUND.map((family) => families?.[family]);
  const fits = ({ direction }) => Array.isArray(direction) && direction.length === size && unit(direction);
  if (!rows.every((axes) => Array.isArray(axes) && axes.every(fits))) return null;
  const said = rows.map((axes) => axes.map((axis) => ({
    ...axis, title: say(axis.title), direction: unit(axis.direction),
  })));
  return { families: Object.fromEntries(FOUND.map((family, i) => [family, said[i]])), step: Number(step) || 0 };
}
