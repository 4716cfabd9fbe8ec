// The panel "styles" of the latent studio, for models whose layers each take a style: mixing two points, and noise.

import { make } from './dom.js';
import { t } from './i18n.js';
import { Voice } from './moves-voice.js';
import { StylesGrid } from './styles-grid.js';
import { StylesMix } from './styles-mix.js';
import { StylesNoise } from './styles-noise.js';

export class StylesPanel {
  /** @param {import('./latent-state.js').LatentState} state */
  constructor(state) {
    this.voice = new Voice();
    this.mix = new StylesMix(state, this.voice);
    this.pieces = [this.mix, new StylesGrid(state, this.voice, this.mix), new StylesNoise(state, this.voice)];
    this.element = make('div.aigc-panel-move.aigc-panel-styles', {},
      make('p.aigc-note', {}, t('styles.about')), ...this.pieces.map(({ element }) => element), ...this.voice.elements);
  }

  opened() {
    for (const piece of this.pieces) piece.opened();
  }

  closed() {
    this.voice.rest();
    for (const piece of this.pieces) piece.closed();
  }
}
