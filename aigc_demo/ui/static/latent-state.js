// Where in which model's latent space the visitor is: the one point that the picture, the address and every panel share.

import { namesOf, widthOf } from './class-names.js';
import { asSingle, drawPoint, isPoint, resized, seeded } from './latent-points.js';
import { openRenderer, RenderError } from './render.js';

export const ALL = 'all';
export const MOST_TRUNCATION = 2;
export const MOST_NOISE = 4;
export const FAMILIES = ['named', 'output', 'pca', 'sefa', 'own', 'z']; // of axes; the last one is z's own coordinates
const FIRST_SEED = 7; // the first point is always the same, so the page opens on a digit we have seen
const FIRST_SIZE = 64;
/** What nobody has touched. */
export const untouched = Object.freeze({ label: 3, mix: null, truncation: 1, axes: FAMILIES[0], mixed: null, noise: { strength: 1, seed: 0 } });

/** @typedef {{z: number[], from: number}} Mixed another point, whose styles layers from `from` on have instead */
/** @typedef {{to: number, share: number}} Mix on the way from the state's digit to another one, share in 0..1 */
/** @typedef {null | number | Float32Array} Classes what a conditional model is to write: a digit, or ten weights */

export class LatentState extends EventTarget {
  /** @type {import('./model-list.js').Model | null} */
  model = null;
  /** @type {import('./render.js').Renderer | null} */
  renderer = null;
  z = firstPoint(FIRST_SIZE);
  /** @type {number | 'all'} */
  label = untouched.label;
  digit = untouched.label; // the last single digit asked for
  /** @type {Mix | null} */
  mix = untouched.mix;
  truncation = untouched.truncation;
  /** @type {Mixed | null} */
  mixed = untouched.mixed;
  /** @type {{strength: number, seed: number}} of a model with styles */
  noise = untouched.noise;
  axes = untouched.axes; // the family of axes whose sliders are shown
  #more = seeded(FIRST_SEED + 1); // coordinates that a larger space adds

  /** What the model's classes are called. */
  get names() {
    return namesOf(this.model);
  }

  /** How many weights a label has. */
  get width() {
    return widthOf(this.model);
  }

  /** Draw with another model from now on; the point keeps the coordinates that its space has. */
  setModel(model) {
    const isOther = this.model?.id !== model.id;
    this.model = model;
    if (!isOther) return;
    this.renderer?.close();
    this.renderer = openRenderer(model);
    this.renderer.addEventListener('weights', () => this.#tell('weights'));
    if (this.mixed?.z.length !== model.latent_size || this.mixed.from > model.styles) this.mixed = null;
    this.#keepToClasses();
    if (this.z.length !== model.latent_size) this.z = resized(this.z, model.latent_size, this.#more);
    this.#tell('model');
  }

  /** A model may have fewer classes than the last one. */
  #keepToClasses() {
    const known = (label) => isDigit(label, this.names.length);
    if (!known(this.digit)) this.digit = 0;
    if (this.label !== ALL && !known(this.label)) this.label = this.digit;
    if (this.mix && !known(this.mix.to)) this.mix = null;
  }

  /** @param {number[]} z @returns {boolean} false for what is no point of this model's space, which changes nothing */
  setPoint(z) {
    if (!isPoint(z, this.z.length)) return false;
    const point = asSingle(z);
    if (point.every((value, k) => value === this.z[k])) return true;
    this.z = point;
    this.#tell('point');
    return true;
  }

  setCoordinate(k, value) {
    return this.setPoint(this.z.map((old, place) => (place === k ? value : old)));
  }

  /** @param {number | 'all'} label a digit, which also ends a mix, or all ten at once */
  setLabel(label) {
    if (label !== ALL && !isDigit(label, this.names.length)) return;
    if (label === this.label && !this.mix) return;
    this.label = label;
    this.mix = null;
    if (label !== ALL) this.digit = label;
    this.#tell('label');
  }

  /** @param {Mix | null} mix from the present digit towards another; a mix is one picture, never all ten */
  setMix(mix) {
    if (mix && !(isDigit(mix.to, this.names.length) && mix.share >= 0 && mix.share <= 1)) return;
    if (this.mix?.to === mix?.to && this.mix?.share === mix?.share) return;
    this.mix = mix && { to: mix.to, share: mix.share };
    if (mix) this.label = this.digit;
    this.#tell('label');
  }

  setTruncation(psi) {
    if (!(psi >= 0 && psi <= MOST_TRUNCATION) || psi === this.truncation) return;
    this.truncation = psi;
    this.#tell('truncation');
  }

  /** @param {Mixed | null} mixed whose styles to take for some layers; only a model with styles heeds it */
  setMixed(mixed) {
    if (mixed && !(isPoint(mixed.z, this.z.length) && Number.isInteger(mixed.from) && mixed.from >= 0)) return;
    this.mixed = mixed && { z: asSingle(mixed.z), from: mixed.from };
    this.#tell('styling');
  }

  /** @param {{strength: number, seed: number}} noise the pattern of seed 0 is the one that a network has by itself */
  setNoise({ strength, seed }) {
    if (!(strength >= 0 && strength <= MOST_NOISE && seed >= 0)) return;
    this.noise = { strength, seed };
    this.#tell('styling');
  }

  /** @param {string} family one of FAMILIES */
  setAxes(family) {
    if (!FAMILIES.includes(family) || family === this.axes) return;
    this.axes = family;
    this.#tell('axes');
  }

  /** What to draw now. @returns {Classes} */
  classes() {
    if (!this.model?.conditional) return null;
    return this.mix ? blend(this.digit, this.mix.to, this.mix.share, this.width) : this.digit;
  }

  /** What a model with styles is asked for beyond the point; null for any other. @returns {import('./net-styling.js').Styling | null} */
  styling() {
    if (!this.model?.styles) return null;
    const { z, from } = this.mixed ?? { z: null, from: 0 };
    return { z, from, noise: this.noise.strength, seed: this.noise.seed };
  }

  /**
   * The pictures of `points`, drawn as this state says unless told otherwise.
   * @param {ArrayLike<number>[]} points
   * @param {{classes?: Classes | Classes[], truncation?: number, priority?: 'now' | 'later', signal?: AbortSignal,
   *   styling?: import('./net-styling.js').Styling | null}} [options]
   * @returns {Promise<Uint8Array>} n × 784 bytes; rejects with a RenderError, or an AbortError once `signal` says so
   */
  draw(points, { classes = this.classes(), truncation = this.truncation, styling = this.styling(), priority = 'now', signal } = {}) {
    if (!this.renderer) return Promise.reject(new RenderError('', 0));
    return this.renderer.render(points, this.model.conditional ? classes : null, truncation, { styling, priority, signal });
  }

  /** Every stage between z and the picture; null where the page cannot look inside. */
  maps() {
    return this.renderer?.maps(this.z, this.classes(), this.truncation, this.styling()) ?? Promise.resolve(null);
  }

  #tell(what) {
    this.dispatchEvent(new Event(what));
    if (what === 'styling') this.dispatchEvent(new Event('truncation')); // both change every picture and move no point
  }
}

/** The weights of a label on the way from one class to another. @returns {Float32Array} */
export function blend(from, to, share, width) {
  const weights = new Float32Array(width);
  weights[from] += 1 - share;
  weights[to] += share;
  return weights;
}

/** The point that a page opens on, in a space of `size` dimensions. @returns {number[]} */
export function firstPoint(size) {
  return resized(drawPoint(FIRST_SIZE, seeded(FIRST_SEED)), size, seeded(FIRST_SEED + 1));
}

/** Whether `value` is one of so many classes. */
export const isDigit = (value, count) => Number.isInteger(value) && value >= 0 && value < count;

export const state = new LatentState();
