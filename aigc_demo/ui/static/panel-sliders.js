// The panel "sliders" of the latent studio: the point's coordinates and the truncation.

import { make, setText } from './dom.js';
import { t } from './i18n.js';
import { LatentSliders } from './latent-sliders.js';

export class SlidersPanel {
  /** @param {import('./latent-state.js').LatentState} state */
  constructor(state) {
    this.state = state;
    this.sliders = new LatentSliders((k, value) => state.setCoordinate(k, value));
    this.psi = make('input', { type: 'range', min: 0, max: 1, step: 0.05, value: 1, 'aria-label': t('generate.truncation'),
      oninput: () => state.setTruncation(Number(this.psi.value)) });
    this.psiValue = make('output');
    this.element = make('div.aigc-panel-sliders', {},
      make('h3', {}, t('generate.axes')), make('p.aigc-note', {}, t('generate.axesNote')), this.sliders.element,
      make('div.aigc-axis.aigc-psi', { id: 'generate-truncation' },
        make('span', {}, t('generate.truncation')), this.psi, this.psiValue),
      make('p.aigc-note', {}, t('generate.truncationNote')));
    for (const event of ['model', 'point', 'truncation']) state.addEventListener(event, () => this.show());
    this.show();
  }

  show() {
    const { z, truncation } = this.state;
    this.sliders.show([...z]);
    this.psi.value = String(truncation);
    this.psi.style.setProperty('--aigc-share', String(truncation));
    setText(this.psiValue, truncation.toFixed(2));
  }

  opened() {
    this.show();
  }

  closed() {}
}
