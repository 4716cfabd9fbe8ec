// The sentence about the parts of somebody's point that could not be used; it stays until it is put away.

import { make, setText } from './dom.js';
import { t } from './i18n.js';

export class PointNote {
  /** @param {import('./point-address.js').PointAddress} address */
  constructor(address) {
    this.text = make('span');
    const away = make('button.aigc-quiet', {
      type: 'button', 'aria-label': t('close'), title: t('close'), onclick: () => this.say(''),
    }, '×');
    this.element = make('p.aigc-point-note', { id: 'generate-complaint', role: 'status' });
    this.parts = [this.text, away];
    address.addEventListener('complaint', () => this.say(address.complaint));
  }

  /** A live region that is empty takes no room, and one that is filled is read out. */
  say(text) {
    setText(this.text, text);
    this.element.replaceChildren(...(text ? this.parts : []));
  }
}
