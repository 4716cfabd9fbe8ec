// What the panel says: where one is, to those who cannot see it and only once things rest; and what went wrong, to all.

import { make, setText } from './dom.js';

const REST_MS = 700;

export class Voice {
  constructor() {
    this.place = make('p.aigc-unseen', { role: 'status' });
    this.trouble = make('p.aigc-trouble', { role: 'alert' });
    this.elements = [this.trouble, this.place];
  }

  /** @param {string} sentence where one is, heard once nothing has been said for a moment */
  say(sentence) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => setText(this.place, sentence), REST_MS);
  }

  /** @param {string} sentence '' takes the last one away */
  complain(sentence) {
    setText(this.trouble, sentence);
  }

  rest() {
    clearTimeout(this.timer);
  }
}
