// Truncation: how far from the middle of the latent space the point is taken to lie.

import { AxisSlider } from './axis-slider.js';
import { make, setText } from './dom.js';
import { t } from './i18n.js';

const MOST = 1.5;

export class AxisPsi {
  /** @param {import('./latent-state.js').LatentState} state */
  constructor(state) {
    this.state = state;
    this.slider = new AxisSlider({
      min: 0, max: MOST, home: 1, step: 0.05, leap: 0.25, label: t('generate.truncation'), jump: t('sliders.jump'),
      write: (psi) => psi.toFixed(2), slid: (psi) => state.setTruncation(psi),
    });
    this.element = make('section.aigc-slide', { id: 'generate-truncation' },
      make('header', {}, make('span.aigc-name', {}, t('generate.truncation')), this.slider.output),
      this.slider.input, this.slider.canvas,
      (this.note = make('p.aigc-note')));
    this.show();
  }

  show() {
    this.slider.show(this.state.truncation);
    setText(this.note, t(this.state.model?.styles ? 'styles.truncationNote' : 'generate.truncationNote'));
  }

  /** What is drawn is ψ·z, so the strip needs no ψ of its own, unless it acts on w. @returns {import('./axis-strips.js').Wish} */
  wish() {
    const { z, model } = this.state;
    if (model?.styles) return { points: this.slider.stops().map(() => z), truncation: this.slider.stops() };
    return { points: this.slider.stops().map((psi) => z.map((value) => psi * value)), truncation: 1 };
  }

  paint(pixels) {
    this.slider.paint(pixels);
  }
}
