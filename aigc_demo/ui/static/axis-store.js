// What a visitor has called the axes of a model, and directions of their own: kept by the browser, for each model.

import { cleaned, MOST_DIRECTIONS, read, written } from './axis-file.js';
import { dot } from './axis-math.js';

const PREFIX = 'aigc-axes:';
const SAME = 1 - 1e-6; // the cosine of two directions that are one

/** @typedef {{key: string, title: string, direction: import('./axis-math.js').Direction}} Own */

export class AxisStore {
  /** @type {Own[]} */
  own = [];
  names = {};
  keeps = true; // whether the browser keeps what is written; a private window may not
  #model = '';
  #made = 0;

  /** Take up what is known of a model. @param {string} model its id @param {number} size of its latent space */
  open(model, size) {
    this.#model = model;
    this.size = size;
    const { names, own } = this.#kept();
    this.names = names;
    this.own = [];
    for (const { title, direction } of own) this.#push(title, direction);
  }

  /** The visitor's name for an axis, or ''. */
  nameOf = (key) => this.names[key] ?? '';

  /** @param {string} key @param {string} title '' gives an axis its first name back */
  rename(key, title) {
    const name = cleaned(title);
    const own = this.own.find((axis) => axis.key === key);
    if (own) own.title = name || own.title;
    else if (name) this.names[key] = name;
    else delete this.names[key];
    this.#keep();
  }

  /** @returns {boolean} false where it was there already, or where there are as many as one can have */
  add(title, direction) {
    if (this.own.length >= MOST_DIRECTIONS || this.own.some((axis) => dot(axis.direction, direction) > SAME)) return false;
    this.#push(title, direction);
    this.#keep();
    return true;
  }

  remove(key) {
    this.own = this.own.filter((axis) => axis.key !== key);
    this.#keep();
  }

  #push(title, direction) {
    this.own.push({ key: `own.${this.#made++}`, title, direction });
  }

  #kept() {
    try {
      const data = JSON.parse(localStorage.getItem(PREFIX + this.#model) ?? '{}');
      const names = Object.entries(data.names ?? {}).map(([key, name]) => [key, cleaned(name)]).filter(([, name]) => name);
      return { names: Object.fromEntries(names), own: data.own ? read(data.own, this.size).directions : [] };
    } catch {
      return { names: {}, own: [] }; // no storage, or what is in it is none of ours
    }
  }

  #keep() {
    const own = this.own.length ? written(this.#model, this.size, this.own) : null;
    try {
      if (own || Object.keys(this.names).length) localStorage.setItem(PREFIX + this.#model, JSON.stringify({ names: this.names, own }));
      else localStorage.removeItem(PREFIX + this.#model);
      this.keeps = true;
    } catch {
      this.keeps = false;
    }
  }
}
