// z itself, coordinate by coordinate, in a drawer that is filled when it is first opened.

import { REACH, sigmas } from './axis-row.js';
import { AxisSlider } from './axis-slider.js';
import { make, setText } from './dom.js';
import { t } from './i18n.js';

export class AxisRaw {
  /** @param {import('./latent-state.js').LatentState} state */
  constructor(state) {
    this.state = state;
    this.sliders = [];
    this.place = make('div.aigc-axes');
    this.summary = make('summary');
    this.element = make('details.aigc-more', { ontoggle: () => this.show() }, this.summary,
      make('p.aigc-note', {}, t('sliders.rawNote')), this.place);
    this.show();
  }

  show() {
    const { z } = this.state;
    setText(this.summary, t('sliders.raw', { n: z.length }));
    if (!this.element.open) return;
    if (this.sliders.length !== z.length) this.fill(z.length);
    this.sliders.forEach((slider, k) => slider.show(z[k]));
  }

  fill(size) {
    this.sliders = Array.from({ length: size }, (_, k) => new AxisSlider({
      min: -REACH, max: REACH, home: 0, step: 0.05, leap: 0.5, label: t('sliders.coordinate', { k }), jump: '',
      write: sigmas, slid: (value) => this.state.setCoordinate(k, value),
    }));
    this.place.replaceChildren(...this.sliders.map((slider, k) => make('div.aigc-axis', { id: `generate-z-${k}` },
      make('span', { 'aria-hidden': 'true' }, 'z', make('sub', {}, String(k))), slider.input, slider.output)));
  }
}
