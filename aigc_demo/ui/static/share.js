// <aigc-share>: ways on from the run before one's eyes: other runs, a race, its address for everybody, the stage.

import { showAddress } from './address.js';
import { make } from './dom.js';
import { t } from './i18n.js';
import { proposeRace } from './race-form.js';
import { openRuns } from './runs-list.js';
import { enterStage } from './stage.js';

export class Share extends HTMLElement {
  connectedCallback() {
    if (this.firstChild) return;
    const button = (id, word, press) => make('button.aigc-quiet', { id, type: 'button', onclick: () => press() }, t(word));
    this.append(
      button('share-runs', 'runs', openRuns),
      button('share-race', 'race.open', proposeRace),
      button('share-open', 'share.open', showAddress),
      button('share-stage', 'stage.enter', enterStage));
  }
}
