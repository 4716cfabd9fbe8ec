// The panel "draw" of the latent studio.

import { make } from './dom.js';

export class DrawPanel {
  /** @param {import('./latent-state.js').LatentState} state */
  constructor(state) {
    this.state = state;
    this.element = make('div.aigc-panel-draw');
  }

  opened() {}

  closed() {}
}
