// From one digit to another: a share of each in the label, which no generator was ever trained with.

import { AxisSlider } from './axis-slider.js';
import { make } from './dom.js';
import { t } from './i18n.js';
import { blend } from './latent-state.js';

const STEP = 0.01;
const LEAP = 0.1;

export class AxisMix {
  /** @param {import('./latent-state.js').LatentState} state @param {() => void} changed the strip needs drawing anew */
  constructor(state, changed) {
    this.state = state;
    this.changed = changed;
    this.to = (state.digit + 5) % state.names.length;
    this.slider = new AxisSlider({
      min: 0, max: 1, home: 0, step: STEP, leap: LEAP, label: t('sliders.share'), jump: t('sliders.jump'),
      write: (share) => `${Math.round(100 * share)} %`, slid: (share) => this.slid(share),
    });
    const choice = (word, chosen) => make('select', { 'aria-label': t(word), onchange: (event) => chosen(Number(event.target.value)) });
    this.first = choice('sliders.mixFrom', (digit) => this.choose(digit, this.to));
    this.second = choice('sliders.mixTo', (digit) => this.choose(state.digit, digit));
    this.element = make('section.aigc-slide', { id: 'generate-mix' },
      make('header', {},
        make('span.aigc-name', {}, t('sliders.mix')), this.first, make('span', { 'aria-hidden': 'true' }, '↔'), this.second,
        this.slider.output),
      this.slider.input, this.slider.canvas,
      make('p.aigc-note', {}, t('sliders.mixNote')));
    this.show();
  }

  slid(share) {
    this.state.setMix(share > 0 ? { to: this.to, share } : null);
  }

  choose(from, to) {
    const share = this.state.mix?.share;
    this.to = to;
    this.state.setLabel(from);
    this.state.setMix(share ? { to, share } : null);
    this.show();
    this.changed();
  }

  show() {
    const { model, mix, digit, names } = this.state;
    if (this.names !== names) this.list(names);
    this.element.hidden = !(model?.conditional ?? true);
    if (mix) this.to = mix.to;
    this.first.value = String(digit);
    this.second.value = String(this.to);
    this.slider.show(mix?.share ?? 0);
  }

  list(names) {
    this.names = names;
    this.to %= names.length;
    for (const select of [this.first, this.second]) {
      select.replaceChildren(...names.map((name, value) => make('option', { value }, name)));
    }
  }

  /** @returns {import('./axis-strips.js').Wish | null} */
  wish() {
    if (this.element.hidden) return null;
    const { z, digit, width } = this.state;
    const stops = this.slider.stops();
    return { points: stops.map(() => z), classes: stops.map((share) => blend(digit, this.to, share, width)) };
  }

  paint(pixels) {
    this.slider.paint(pixels);
  }
}
