// <aigc-replay>: the timeline. It moves the samples, the chart's cursor and the ledger to one moment of the run.

import { atMostEvery, make, setText } from './dom.js';
import { t } from './i18n.js';
import { count } from './numbers.js';
import { isPlaying, play } from './playback.js';
import { store } from './run-store.js';

export class Replay extends HTMLElement {
  connectedCallback() {
    if (this.range) return;
    /** The frames under the slider. While the past is looked at they stay as they were, so the thumb does not move. */
    this.frames = [];
    this.range = make('input.aigc-range', {
      type: 'range', min: 0, max: 0, value: 0, step: 1, disabled: true, 'aria-label': t('replay'),
      oninput: () => this.scrub(),
      onchange: () => this.release(),
    });
    this.label = make('output');
    this.button = make('button.aigc-quiet', { type: 'button', onclick: () => this.press() });
    this.append(this.range, make('div.aigc-replay-row', {}, this.label, this.button));
    this.soon = atMostEvery(200, () => this.update());
    store.on('run cursor', () => this.update());
    store.on('frame state', () => this.soon());
    this.update();
  }

  scrub() {
    if (store.isRecorded) play(false);
    const frame = this.frames[Number(this.range.value)];
    if (frame) store.look(frame.step);
  }

  release() {
    const atEnd = Number(this.range.value) === this.frames.length - 1;
    if (atEnd && !store.isRecorded) store.look(null);
  }

  press() {
    if (store.isRecorded) play(!isPlaying());
    else store.look(null);
    this.update();
  }

  update() {
    const { cursor } = store;
    this.hidden = !store.run;
    if (!cursor || cursor.playing || !this.frames.length || this.of !== store.frames?.run) {
      this.frames = store.frames?.list ?? [];
      this.of = store.frames?.run;
    }
    const last = Math.max(0, this.frames.length - 1);
    const place = cursor ? this.frames.findIndex((frame) => frame.index === cursor.index) : last;
    this.range.disabled = this.frames.length < 2;
    this.range.max = String(last);
    if (place >= 0) this.range.value = String(place);
    this.range.style.setProperty('--aigc-filled', `${last ? (100 * place) / last : 0}%`);
    const step = cursor?.step ?? (store.isRecorded ? store.frames?.last?.step : store.run?.step) ?? 0;
    const text = t('replayAt', { step: count(step) });
    setText(this.label, this.range.disabled && store.isRecorded ? '' : text);
    this.range.setAttribute('aria-valuetext', text);
    const name = store.isRecorded ? t(isPlaying() ? 'pause' : 'play') : t('live');
    setText(this.button, name);
    this.button.style.visibility = (store.isRecorded ? this.frames.length > 1 : cursor) ? 'visible' : 'hidden';
  }
}
