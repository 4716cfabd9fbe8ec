// The setting lr.ratio: D's learning rate over G's, on a slider that is even in the middle, with both rates below it.

import { make, setText } from './dom.js';
import { catalogue, t } from './i18n.js';

const KEY = 'lr.ratio';
const STEP = 0.25; // of a power of two

/** 2 as "2 : 1", 1/3 as "1 : 3". @param {number} ratio */
export function ratioText(ratio) {
  if (!Number.isFinite(ratio) || ratio <= 0) return '–';
  const short = (value) => String(Number(value.toPrecision(value < 10 ? 2 : 3)));
  return ratio >= 1 ? `${short(ratio)} : 1` : `1 : ${short(1 / ratio)}`;
}

/** The two rates at another ratio: their geometric mean stays. @param {number} ratio @param {number} g @param {number} d */
export function ratesAt(ratio, g, d) {
  const tidy = (rate, digits = 6) => Number(rate.toPrecision(digits));
  const middle = tidy(Math.sqrt(g * d), 4); // or the roundings of many small moves would add up
  return { 'lr.g': tidy(middle / Math.sqrt(ratio)), 'lr.d': tidy(middle * Math.sqrt(ratio)) };
}

/** Both rates in one line. @param {{'lr.g': number, 'lr.d': number}} rates */
export const ratesText = (rates) => t('lab.rates', { d: short(rates['lr.d']), g: short(rates['lr.g']) });

/** What a slider of ratios needs to know: its ends and steps are powers of two. */
export function ratioRange() {
  const { least, most } = catalogue.settings[KEY];
  return { min: Math.log2(least), max: Math.log2(most), step: STEP };
}

export class Ratio {
  /** @param {import('./settings-additions.js').Desk} desk */
  constructor(desk) {
    this.desk = desk;
    const { title, about, least, most } = catalogue.settings[KEY];
    this.range = ratioRange();
    this.value = make('output.aigc-setting-value');
    this.rates = make('p.aigc-ratio-rates');
    this.slider = make('input.aigc-range.aigc-ratio', { type: 'range', ...this.range, 'aria-label': title, oninput: () => this.moved() });
    this.element = make('div.aigc-setting', { 'data-setting': KEY },
      make('div.aigc-setting-head', {}, make('label', {}, title), this.value),
      this.slider,
      make('p.aigc-ratio-ends', { 'aria-hidden': 'true' }, ...[least, 1, most].map((ratio) => make('span', {}, ratioText(ratio)))),
      this.rates,
      make('p.aigc-setting-about', {}, about));
  }

  /** Both rates are set, since each has a row of its own: what those show then is what was asked for, and at once. */
  moved() {
    const { desk } = this;
    desk.set(ratesAt(2 ** Number(this.slider.value), desk.value('lr.g'), desk.value('lr.d')));
  }

  show() {
    const [g, d] = ['lr.g', 'lr.d'].map((key) => this.desk.value(key));
    const ratio = d / g;
    setText(this.value, ratioText(ratio));
    setText(this.rates, ratesText({ 'lr.g': g, 'lr.d': d }));
    const { min, max, step } = this.range;
    const place = Math.min(max, Math.max(min, Math.log2(ratio)));
    if (!this.slider.matches(':active')) this.slider.value = String(Math.round(place / step) * step);
    this.slider.setAttribute('aria-valuetext', `${ratioText(ratio)}, ${this.rates.textContent}`);
  }
}

function short(rate) {
  const digits = Number(Number(rate).toPrecision(2));
  return digits >= 1e-3 ? String(digits) : digits.toExponential();
}
