// What a screen reader is told of the picture: politely, and only once the hand rests.

import { make } from './dom.js';
import { t } from './i18n.js';

const REST_MS = 900;
const GAP_MS = 60; // an empty moment, so that the same sentence counts as new

export class LatentVoice {
  /** @param {import('./latent-state.js').LatentState} state @param {HTMLCanvasElement} canvas its `aria-label` says what it shows */
  constructor(state, canvas) {
    this.canvas = canvas;
    this.element = make('p.aigc-unseen', { id: 'generate-voice', role: 'status' });
    for (const event of ['model', 'label']) state.addEventListener(event, () => this.wait(''));
    state.addEventListener('point', () => this.moved());
  }

  /** A slider says its own value while it is moved; a point that was drawn anew says nothing by itself. */
  moved() {
    if (document.activeElement?.type !== 'range') this.wait(t('point.moved'));
  }

  wait(before) {
    this.before = before || this.before || '';
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.say(), REST_MS);
  }

  say() {
    const name = this.canvas.getAttribute('aria-label');
    if (!name || !this.canvas.checkVisibility()) return;
    const sentence = `${this.before}${name}`;
    this.before = '';
    this.element.textContent = '';
    this.timer = setTimeout(() => (this.element.textContent = sentence), GAP_MS);
  }
}
