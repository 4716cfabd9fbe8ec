// What the chapter of losses looks at: a loss, perhaps a second one beside it, two logits, and a run's batch.
//   loss     another loss, or other terms of it      logits   another place on the axis
//   batch    another batch of the run                figures  the run's curves have grown

import { gameOf } from './game.js';
import { catalogue } from './i18n.js';
import { knownShapes, shapesOf } from './losses-shapes.js';
import { store } from './run-store.js';

/** @typedef {import('./game.js').Term & {shape: import('./losses-shapes.js').TermShape | null}} Act */

export const BOUND = 100; // the server's table goes no further

export class LossModel extends EventTarget {
  constructor() {
    super();
    this.loss = '';
    this.beside = '';
    this.logits = { real: 1, fake: -1 };
    /** @type {Act[]} */
    this.acts = [];
    /** @type {Act[]} */
    this.besideActs = [];
  }

  /** Whether the run on the page trains the chosen loss. */
  get isTrained() {
    return store.run?.loss === this.loss;
  }

  /** D's logits in the batch of the moment looked at, with its step. @returns {{scores: import('./probes.js').Scores, step: number} | null} */
  get batch() {
    return store.probes.find(store.cursor?.step ?? null, (probe) => probe.scores);
  }

  /** @param {string} key */
  async choose(key) {
    if (!catalogue.losses[key]) return;
    this.loss = key;
    this.take(knownShapes(key), false); // the formula needs no shapes: it stands there at once
    if (this.shapes) return;
    const shapes = await shapesOf(key);
    if (key === this.loss) this.take(shapes, !shapes);
  }

  take(shapes, hasFailed) {
    this.shapes = shapes;
    this.hasFailed = hasFailed;
    this.refresh();
  }

  /** The terms anew: the run may carry others than before. */
  refresh() {
    const name = JSON.stringify([this.loss, Boolean(this.shapes), this.hasFailed, this.isTrained && [store.run.auxiliaries, store.run.weights]]);
    if (name === this.built) return;
    this.built = name;
    this.acts = actsOf(this.isTrained ? store.run : { loss: this.loss }, this.shapes);
    this.emit('loss');
  }

  /** @param {string} key '' for none */
  async compare(key) {
    this.beside = catalogue.losses[key] ? key : '';
    const shapes = this.beside ? await shapesOf(this.beside) : null;
    if (this.beside !== (catalogue.losses[key] ? key : '')) return;
    this.besideActs = shapes ? actsOf({ loss: this.beside }, shapes) : [];
    this.emit('beside');
  }

  /** @param {Partial<{real: number, fake: number}>} logits */
  place(logits) {
    const inside = (s) => Math.max(-BOUND, Math.min(BOUND, s));
    Object.assign(this.logits, Object.fromEntries(Object.entries(logits).map(([which, s]) => [which, inside(s)])));
    this.emit('logits');
  }

  /** The terms of one player that logits determine. @param {'d'|'g'} player */
  onLogits(player) {
    return this.acts.filter((act) => act.player === player && act.shape);
  }

  /** The sum of weight times slope by `which` logit of one player's terms. @param {Act[]} acts */
  static slope(acts, player, which, logits) {
    const own = acts.filter(({ shape }) => shape?.player === player && shape.logit === which);
    return own.reduce((sum, { weight, shape }) => sum + weight * shape.at(logits).slope, 0);
  }

  emit(name) {
    this.dispatchEvent(new Event(name));
  }

  /** @param {string} names @param {() => void} listener */
  on(names, listener) {
    for (const name of names.split(' ')) this.addEventListener(name, listener);
  }
}

function actsOf(run, shapes) {
  const { sides } = gameOf(run);
  return sides.flatMap(({ terms }) => terms.map((term) => ({ ...term, shape: shapes?.get(term.key) ?? null })));
}
