// The panel "inside" of the latent studio.

import { make } from './dom.js';

export class InsidePanel {
  /** @param {import('./latent-state.js').LatentState} state */
  constructor(state) {
    this.state = state;
    this.element = make('div.aigc-panel-inside');
  }

  opened() {}

  closed() {}
}
