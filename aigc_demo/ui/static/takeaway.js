// <aigc-takeaway>: what one can do with the digits before one's eyes: play against D, take the run
// away, read its code, make more with its generator.

import { make } from './dom.js';
import { playDuel } from './duel.js';
import { openCode, openExports } from './exports-menu.js';
import { t } from './i18n.js';
import { store } from './run-store.js';
import { openTab } from './tabs.js';

export class Takeaway extends HTMLElement {
  connectedCallback() {
    if (this.firstChild) return;
    const button = (id, word, press) => make('button.aigc-quiet', { id, type: 'button', onclick: () => press() }, t(word));
    this.use = button('run-use', 'takeaway.use', () => this.openModel());
    this.use.title = t('openModel');
    this.append(
      button('share-game', 'game.open', playDuel), button('run-exports', 'exports.open', openExports), button('run-code', 'code.open', openCode), this.use);
    store.on('run state', () => this.update());
    this.update();
  }

  update() {
    this.hidden = !store.run || Boolean(window.aigcFrozen);
    this.use.disabled = !store.run?.checkpoint;
  }

  openModel() {
    openTab('generate');
    dispatchEvent(new CustomEvent('aigc:model', { detail: { id: store.run.run } }));
  }
}
