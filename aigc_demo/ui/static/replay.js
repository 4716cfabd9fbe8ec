// <aigc-replay>: the timeline. It takes grid, chart, ledger, histograms and figures to one moment of the run, or plays
// them all from there. What comes from the server never moves it.

import { atMostEvery, make, setText } from './dom.js';
import { t } from './i18n.js';
import { count } from './numbers.js';
import { isPlaying, play, setSpeed, speedOf, SPEEDS } from './playback.js';
import { store } from './run-store.js';

const THUMB = 16; // the slider's knob in pixels: its middle never reaches the ends of the line

export class Replay extends HTMLElement {
  connectedCallback() {
    if (this.range) return;
    /** The frames under the slider. While the past is looked at they stay as they were, so the thumb does not move. */
    this.frames = [];
    this.build();
    this.soon = atMostEvery(200, () => this.update());
    store.on('run cursor', () => this.update());
    store.on('frame state', () => this.soon());
    this.update();
  }

  build() {
    this.range = make('input.aigc-range', {
      type: 'range', min: 0, max: 0, value: 0, step: 1, disabled: true, 'aria-label': t('replay'),
      oninput: () => this.scrub(), onchange: () => this.release(), onkeydown: (event) => this.press(event),
    });
    this.mark = make('i.aigc-best-mark', { hidden: true, 'aria-hidden': true });
    this.toggle = make('button.aigc-quiet.aigc-play', { id: 'replay-play', type: 'button', onclick: () => this.playOrRest() }, make('i', { 'aria-hidden': true }));
    this.speed = make('select.aigc-select', { id: 'replay-speed', 'aria-label': t('replay.speed'), title: t('replay.speed') },
      ...SPEEDS.map((speed) => make('option', { value: speed }, `${speed}×`)));
    this.speed.value = String(speedOf());
    this.speed.addEventListener('change', () => setSpeed(Number(this.speed.value)));
    this.label = make('output');
    this.best = make('button.aigc-quiet', { id: 'replay-best', type: 'button', hidden: true, onclick: () => this.goTo(store.run.best.step) }, t('replay.best'));
    this.latest = make('button.aigc-quiet', { id: 'replay-latest', type: 'button', onclick: () => this.follow() }, t('live'));
    this.append(
      make('div.aigc-replay-line', {}, this.toggle, make('div.aigc-track', {}, this.range, this.mark), this.speed),
      make('div.aigc-replay-row', {}, this.label, make('span.aigc-replay-ways', {}, this.best, this.latest)));
  }

  scrub() {
    play(false);
    const frame = this.frames[Number(this.range.value)];
    if (frame) store.look(frame.step);
  }

  release() {
    if (Number(this.range.value) === this.frames.length - 1) this.follow();
  }

  /** Space plays, as everywhere; the arrows are the slider's own. */
  press(event) {
    if (event.key !== ' ' || document.body.classList.contains('aigc-stage')) return;
    event.preventDefault();
    this.playOrRest();
  }

  playOrRest() {
    play(!isPlaying());
    this.update();
  }

  goTo(step) {
    play(false);
    store.look(step);
  }

  follow() {
    play(false);
    store.look(null);
  }

  update() {
    const { cursor } = store;
    this.hidden = !store.run;
    if (!cursor || !this.frames.length || this.of !== store.frames?.run || (cursor.playing && store.isRecorded)) {
      this.frames = store.frames?.list ?? [];
      this.of = store.frames?.run;
    }
    const last = Math.max(0, this.frames.length - 1);
    const place = cursor ? this.frames.findIndex((frame) => frame.index === cursor.index) : last;
    this.range.disabled = this.toggle.disabled = this.frames.length < 2;
    this.range.max = String(last);
    if (place >= 0) this.range.value = String(place);
    this.range.style.setProperty('--aigc-filled', `${last ? (100 * place) / last : 0}%`);
    const step = cursor?.step ?? (store.isRecorded ? store.frames?.last?.step : store.run?.step) ?? 0;
    const text = t('replayAt', { step: count(step) });
    setText(this.label, this.range.disabled && store.isRecorded ? '' : text);
    this.range.setAttribute('aria-valuetext', text);
    const word = t(isPlaying() ? 'pause' : 'play');
    this.toggle.dataset.playing = String(isPlaying());
    this.toggle.setAttribute('aria-label', word);
    this.toggle.title = word;
    this.latest.style.visibility = cursor && !cursor.playing ? 'visible' : 'hidden';
    this.showBest(last);
  }

  /** Where the generator was at its best so far. */
  showBest(last) {
    const step = store.run?.best?.step;
    const at = step === undefined || !last ? -1 : nearest(this.frames, step);
    this.best.hidden = this.mark.hidden = at < 0;
    if (at < 0) return;
    this.mark.style.left = `calc(${THUMB / 2}px + (100% - ${THUMB}px) * ${(at / last).toFixed(4)})`;
    this.best.title = t('replayAt', { step: count(step) });
  }
}

/** The place of the frame drawn nearest to `step`. */
function nearest(frames, step) {
  let best = 0;
  frames.forEach((frame, place) => Math.abs(frame.step - step) <= Math.abs(frames[best].step - step) && (best = place));
  return best;
}
