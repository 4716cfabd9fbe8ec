// The panel "inside" of the latent studio: the generator opened up, the nearest training digits, and another model's answer.

import { Compare } from './compare.js';
import { make } from './dom.js';
import { FeatureMaps } from './feature-maps.js';
import { Neighbours } from './neighbours.js';

export class InsidePanel {
  /** @param {import('./latent-state.js').LatentState} state */
  constructor(state) {
    this.parts = [new FeatureMaps(state), new Neighbours(state), new Compare(state)];
    this.element = make('div.aigc-panel-inside', {}, ...this.parts.map((part) => part.element));
  }

  opened() {
    for (const part of this.parts) part.start();
  }

  closed() {
    for (const part of this.parts) part.stop();
  }
}
