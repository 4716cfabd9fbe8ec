// The panel "move" of the latent studio.

import { make } from './dom.js';

export class MovePanel {
  /** @param {import('./latent-state.js').LatentState} state */
  constructor(state) {
    this.state = state;
    this.element = make('div.aigc-panel-move');
  }

  opened() {}

  closed() {}
}
