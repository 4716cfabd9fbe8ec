// The families of axes that there are for a model, under the names that the visitor gave them.

import { beside, energyAlong, ownAxis } from './axis-math.js';
import { t } from './i18n.js';

export const SHOWN = ['named', 'output', 'pca', 'sefa', 'own'];
export const RAW = 'z'; // z's own coordinates: what there is while nothing better is known
const BESIDE = 2; // output-aware axes that stand beside the named ones

/** @typedef {import('./axis-row.js').Shown} Shown */

export class AxisFamilies {
  #beside = new WeakMap(); // families of a model -> axes found beside its named ones

  /** @param {import('./axis-source.js').AxisSource} source @param {import('./axis-store.js').AxisStore} store */
  constructor(source, store) {
    Object.assign(this, { source, store });
  }

  /** Which family can be shown for the one that is wanted. */
  shown(wanted) {
    return wanted === 'own' || this.source.families ? wanted : RAW;
  }

  /** @param {string} family @param {number} size of the latent space @returns {Shown[]} */
  axes(family, size) {
    if (family === RAW) return Array.from({ length: size }, (_, k) => raw(k, size));
    const listed = family === 'own' ? this.#own() : family === 'named' ? this.#named() : this.source.families[family];
    return listed.map((axis) => ({ ...axis, family, title: this.store.nameOf(axis.key) || axis.title }));
  }

  #own() {
    const measured = this.source.families?.output;
    const energy = (direction) => (measured ? energyAlong(direction, measured) : null);
    return this.store.own.map((axis) => ({ ...axis, r2: null, energy: energy(axis.direction), dead: false }));
  }

  /** The named axes, and what changes the picture most beside them. */
  #named() {
    const { families } = this.source;
    if (!this.#beside.has(families)) this.#beside.set(families, found(families));
    return [...families.named, ...this.#beside.get(families)];
  }
}

function found({ named, output }) {
  const taken = named.map(({ direction }) => direction);
  return beside(output, taken, BESIDE).map((direction, i) => ({
    key: `beside.${i}`, title: t('sliders.beside', { n: i + 1 }), direction, r2: null, energy: energyAlong(direction, output), dead: false,
  }));
}

const raw = (k, size) => ({
  key: `z.${k}`, family: RAW, title: t('sliders.coordinate', { k }), direction: ownAxis(k, size), r2: null, energy: null, dead: false,
});
