// <aigc-paper-fading>: how progressive growing fades a larger picture in, on a real digit.

import { make } from './dom.js';
import { heldOutDigits } from './drawing-examples.js';
import { t } from './i18n.js';
import { choice, digits, PaperLive, picture, slider } from './papers-parts.js';
import { down, faded, largestDifference, moments, norm, up } from './papers-math.js';
import { SIDE } from './pixels.js';

const word = (key, values) => t(`papers.fading.${key}`, values);

export class PaperFading extends PaperLive {
  build() {
    Object.assign(this, { alpha: 0.5, stage: SIDE, digit: 3, turn: 0 });
    this.pictures = ['old', 'mixed', 'new'].map(() => picture());
    const stage = choice(word('stage'), [['28', '14 → 28'], ['14', '7 → 14']], (value) => this.set({ stage: Number(value) }));
    const digit = choice(word('digit'), digits(), (value) => this.set({ digit: Number(value) }));
    digit.select.value = String(this.digit);
    const another = make('button.aigc-quiet', { type: 'button', onclick: () => this.set({ turn: this.turn + 1 }) }, word('another'));
    const alpha = slider(word('alpha'), { min: 0, max: 1, step: 0.01, value: this.alpha, show: (value) => value.toFixed(2) }, (value) => this.set({ alpha: value }));
    return [make('div.aigc-actions', {}, stage.element, digit.element, another), alpha.element,
      make('div.aigc-paper-pictures', {}, ...this.pictures.map(({ element }) => element))];
  }

  async begin() {
    this.real = await heldOutDigits();
    if (!this.real) this.status.textContent = t('error.offline');
    return Boolean(this.real);
  }

  set(change) {
    Object.assign(this, change);
    this.update();
  }

  compute() {
    const of = this.real.labels.flatMap((label, i) => (label === this.digit ? [i] : []));
    const whole = Float32Array.from(this.real.images[of[this.turn % of.length]], (value) => value / 127.5 - 1);
    const image = this.stage === SIDE ? whole : down(whole, SIDE);
    const coarse = up(down(image, this.stage), this.stage / 2);
    const mixed = faded(image, this.stage, this.alpha);
    const names = [word('old'), word('mixed', { alpha: this.alpha.toFixed(2) }), word('new')];
    [coarse, mixed, image].forEach((values, i) => this.pictures[i].paint(values, -1, 1, names[i]));
    this.check([
      { key: 'mean', text: word('claim.mean'), predicted: moments(image).mean, measured: moments(mixed).mean, tolerance: 1e-5 },
      { key: 'distance', text: word('claim.distance'), predicted: (1 - this.alpha) * norm(image, coarse), measured: norm(image, mixed), tolerance: 1e-4 },
      { key: 'again', text: word('claim.again'), predicted: 0, measured: largestDifference(down(mixed, this.stage), down(image, this.stage)), tolerance: 1e-6 },
    ]);
  }
}
