// One axis on the screen: its name, which can be changed in place, what is known of it, its slider and its strip.

import { LONGEST_TITLE } from './axis-file.js';
import { dot, moved } from './axis-math.js';
import { AxisSlider } from './axis-slider.js';
import { make, setText } from './dom.js';
import { t } from './i18n.js';

export const REACH = 3; // σ; the prior hardly ever goes further
const STEP = 0.05;
const LEAP = 0.5;

/** A coordinate with its sign; nothing has a sign of its own at 0. @param {number} value */
export function signed(value) {
  const digits = Math.abs(value).toFixed(2);
  return digits === '0.00' ? digits : `${value < 0 ? '−' : '+'}${digits}`;
}

export const sigmas = (value) => `${signed(value)} σ`;

/** @typedef {import('./axis-source.js').Axis & {family: string}} Shown an axis with the name that it goes by here */

export class AxisRow {
  /**
   * @param {number} place on screen, from 0 @param {Shown} axis @param {import('./latent-state.js').LatentState} state
   * @param {{rename: Function, adopt: Function, remove: Function}} acts what can be done with an axis, by its key
   */
  constructor(place, axis, state, acts) {
    Object.assign(this, { axis, state, acts });
    this.slider = new AxisSlider({
      min: -REACH, max: REACH, home: 0, step: STEP, leap: LEAP,
      label: axis.title, jump: t('sliders.jump'), write: sigmas,
      slid: (value) => state.setPoint(moved(state.z, axis.direction, value)),
    });
    this.name = make('button.aigc-name', { type: 'button', title: t('sliders.edit'), onclick: () => this.edit() }, axis.title);
    this.head = make('header', {}, ...this.heading());
    this.element = make('div.aigc-slide', { id: `generate-slider-${place}`, 'data-axis': axis.key },
      this.head, this.slider.input, this.slider.canvas);
    this.show();
  }

  get isRaw() {
    return this.axis.family === 'z';
  }

  /** Show where the point lies along this axis. */
  show() {
    if (this.axis.direction.length === this.state.z.length) this.slider.show(dot(this.state.z, this.axis.direction));
  }

  /** The pictures along this axis, through the present point. @returns {import('./axis-strips.js').Wish} */
  wish() {
    const { z } = this.state;
    return { points: this.slider.stops().map((stop) => moved(z, this.axis.direction, stop)) };
  }

  paint(pixels) {
    this.slider.paint(pixels);
  }

  heading() {
    const { r2, energy } = this.axis;
    const facts = [
      r2 === null ? null : make('small', { title: t('sliders.r2Title', { share: percent(Math.max(0, r2)) }) }, t('sliders.r2', { value: r2.toFixed(2) })),
      energy === null ? null : make('small', { title: t('sliders.energyTitle') }, t('sliders.energy', { share: percent(energy) })),
    ];
    return [this.isRaw ? make('span.aigc-name', {}, this.axis.title) : this.name, ...facts.filter(Boolean).slice(0, 1), this.slider.output];
  }

  // -- renaming --------------------------------------------------------------------------------------------------

  edit() {
    const isOwn = this.axis.family === 'own';
    this.field = make('input', {
      type: 'text', maxlength: LONGEST_TITLE, value: this.axis.title, 'aria-label': t('sliders.name'),
      onkeydown: (event) => this.written(event),
    });
    const button = (word, act) => make('button.aigc-quiet', { type: 'button', onclick: act }, t(word));
    this.head.replaceChildren(this.field, button('sliders.save', () => this.save()),
      isOwn
        ? button('sliders.remove', () => this.acts.remove(this.axis.key))
        : button('sliders.adopt', () => this.acts.adopt(this.axis, this.field.value)));
    this.field.focus();
    this.field.select();
  }

  get isEdited() {
    return Boolean(this.field);
  }

  written(event) {
    if (event.key === 'Enter' && !event.isComposing) this.save();
    else if (event.key === 'Escape') this.leave();
    else return;
    event.preventDefault();
  }

  save() {
    const title = this.acts.rename(this.axis, this.field.value);
    this.axis = { ...this.axis, title };
    setText(this.name, title);
    this.slider.input.setAttribute('aria-label', title);
    this.leave();
  }

  leave() {
    this.field = null;
    this.head.replaceChildren(...this.heading());
    this.name.focus();
  }
}

/** A share as a percentage of two digits at most. */
const percent = (share) => (share >= 0.0995 ? (100 * share).toFixed(0) : (100 * share).toFixed(1));
