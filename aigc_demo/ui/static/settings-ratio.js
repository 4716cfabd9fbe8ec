// The ratio of the two learning rates, D to G: from 1:8 to 8:1, even in the middle. It moves D's rate; G's stays.

import { make, setText } from './dom.js';
import { t } from './i18n.js';

const REACH = 3; // powers of two
const STEP = 0.25;

/** 2 as "2 : 1", 1/3 as "1 : 3". @param {number} ratio */
export function ratioText(ratio) {
  if (!Number.isFinite(ratio) || ratio <= 0) return '–';
  const short = (value) => String(Number(value.toPrecision(value < 10 ? 2 : 3)));
  return ratio >= 1 ? `${short(ratio)} : 1` : `1 : ${short(1 / ratio)}`;
}

export class Ratio {
  /** @param {import('./settings-additions.js').Desk} desk */
  constructor(desk) {
    this.desk = desk;
    this.value = make('output.aigc-setting-value');
    this.slider = make('input.aigc-range.aigc-ratio', {
      type: 'range', min: -REACH, max: REACH, step: STEP, 'aria-label': t('lab.ratio'), oninput: () => this.moved(),
    });
    this.element = make('div.aigc-setting', { 'data-setting': 'ratio' },
      make('div.aigc-setting-head', {}, make('label', {}, t('lab.ratio')), this.value),
      this.slider,
      make('p.aigc-ratio-ends', { 'aria-hidden': 'true' }, make('span', {}, '1 : 8'), make('span', {}, '1 : 1'), make('span', {}, '8 : 1')),
      make('p.aigc-setting-about', {}, t('lab.ratioAbout')));
  }

  moved() {
    const rate = this.desk.value('lr.g') * 2 ** Number(this.slider.value);
    this.desk.set({ 'lr.d': Number(rate.toPrecision(3)) });
  }

  show() {
    const ratio = this.desk.value('lr.d') / this.desk.value('lr.g');
    setText(this.value, ratioText(ratio));
    const place = Math.min(REACH, Math.max(-REACH, Math.log2(ratio)));
    if (!this.slider.matches(':active')) this.slider.value = String(Math.round(place / STEP) * STEP);
    this.slider.setAttribute('aria-valuetext', ratioText(ratio));
  }
}
