// InfoGAN's uniform codes: a slider each, over the range that training has seen and a little beyond.

import { AxisSlider } from './axis-slider.js';
import { make } from './dom.js';
import { t } from './i18n.js';
import { uniformCode } from './net-codes.js';

const FARTHEST = 4; // standard deviations: a code of ±2, where training has seen ±1
const STEP = 0.1;
const LEAP = 0.5;

/** One code, which is a coordinate of z. */
export class AxisCode {
  /** @param {import('./latent-state.js').LatentState} state @param {number} number 1 for the first @param {number} back coordinates from the end */
  constructor(state, number, back) {
    this.state = state;
    this.back = back;
    const label = t('sliders.code', { n: number });
    this.slider = new AxisSlider({
      min: -FARTHEST, max: FARTHEST, home: 0, step: STEP, leap: LEAP, label, jump: t('sliders.jump'),
      write: (z) => `u = ${uniformCode(z).toFixed(2)}`, slid: (z) => state.setCoordinate(this.place, z),
    });
    this.element = make('section.aigc-slide', { 'data-code': number },
      make('header', {}, make('span.aigc-name', {}, label), this.slider.output), this.slider.input, this.slider.canvas,
      make('p.aigc-note', {}, t('sliders.codeNote')));
    this.show();
  }

  get place() {
    return this.state.z.length - this.back;
  }

  show() {
    this.element.hidden = (this.state.model?.codes ?? 0) < this.back;
    if (!this.element.hidden) this.slider.show(this.state.z[this.place]);
  }

  /** @returns {import('./axis-strips.js').Wish | null} */
  wish() {
    if (this.element.hidden) return null;
    const { z } = this.state;
    return { points: this.slider.stops().map((value) => z.map((old, k) => (k === this.place ? value : old))) };
  }

  paint(pixels) {
    this.slider.paint(pixels);
  }
}

/** The most codes that a network has. */
const MOST = 2;

/** @param {import('./latent-state.js').LatentState} state @returns {AxisCode[]} */
export const codeSliders = (state) => Array.from({ length: MOST }, (_, i) => new AxisCode(state, i + 1, MOST - i));
