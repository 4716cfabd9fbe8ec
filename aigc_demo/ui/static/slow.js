// One step of training in slow motion, as a dialog. A real batch is walked through z, G, D, the losses and the slope of
// each pixel; then D makes its half step and G makes its own. Without a run it begins one at rest.

import { begin } from './controls.js';
import { openDialog } from './dialog.js';
import { make, setText } from './dom.js';
import { isFinal } from './feed.js';
import { form, startBody } from './form.js';
import { t } from './i18n.js';
import { paintDigits } from './digits-canvas.js';
import { count } from './numbers.js';
import { isWatched, liveRun } from './owner.js';
import { race } from './race-store.js';
import { store } from './run-store.js';
import { decoded, difference } from './slow-pixels.js';
import { Scene } from './slow-scene.js';
import { BEATS, askedFor, sentence, withSubscripts } from './slow-story.js';
import { openTab } from './tabs.js';

const BEAT_MS = 1250; // the pace at which one follows a known flow; `slower` leaves time to read
const SLOWER = 4;
const CONFLICT = 409;
const READY = new Set(['training', 'paused']);

class Slow {
  open() {
    if (this.dialog || race.isOpen) return undefined;
    if (isWatched()) return store.say(t('spectator'), 'error');
    openTab('train');
    this.build();
    this.pick = 0;
    this.wasTraining = liveRun()?.state === 'training';
    return this.begin();
  }

  build() {
    this.scene = new Scene();
    this.heading = make('h3');
    this.text = make('p.aigc-slow-text');
    this.wait = make('p.aigc-slow-wait', { role: 'status' });
    this.picks = make('div.aigc-slow-picks', { role: 'radiogroup', 'aria-label': t('slow.pick') });
    this.back = make('button.aigc-plain', { type: 'button', onclick: () => this.go(-1) }, t('slow.back'));
    this.play = make('button.aigc-plain', { type: 'button', 'aria-pressed': 'false', onclick: () => this.toggle() }, t('slow.play'));
    this.next = make('button.aigc-primary', { type: 'button', onclick: () => this.go(1) }, t('slow.next'));
    this.slower = make('input', { type: 'checkbox' });
    this.dots = make('ol.aigc-slow-dots', { 'aria-label': t('slow.beats') }, ...BEATS.map(() => make('li')));
    const slower = make('label', {}, this.slower, t('slow.slower'));
    const nav = make('div.aigc-slow-nav', {}, this.back, this.play, this.next, slower, this.dots, make('span.aigc-hint', {}, t('slow.keys')));
    this.body = make('div.aigc-slow-body', { hidden: true }, this.scene.element,
      make('div.aigc-slow-story', { 'aria-live': 'polite' }, this.heading, this.text), nav);
    this.dialog = openDialog(t('slow.titlePlain'), this.wait, this.body);
    this.dialog.classList.add('aigc-slow');
    this.dialog.querySelector('h2').after(this.picks);
    this.dialog.addEventListener('close', () => this.closed());
    this.dialog.addEventListener('keydown', (event) => this.key(event));
  }

  closed() {
    this.stop();
    this.dialog = null;
    this.moments = null;
    if (this.wasTraining && store.run?.state === 'paused') store.control('resume');
  }

  /** Have a run that rests before its next step, and look at that step. */
  async begin() {
    this.say(t('slow.waiting'));
    let id = liveRun()?.run;
    if (!id) {
      id = await begin({ ...startBody(form.choices, form.settings), paused: true });
      if (!id) return this.say(store.notice);
    }
    if (await this.ready(id)) await this.look();
    return undefined;
  }

  /** Resolves once run `id` can be asked; false when it ended or the visitor left. */
  ready(id) {
    return new Promise((resolve) => {
      const check = () => {
        if (!this.dialog) return done(false);
        if (store.run?.run !== id) return undefined; // its first message is still to come
        const { state } = store.run;
        if (isFinal(state)) return done(false);
        if (READY.has(state)) return done(true);
        return this.say(t(state === 'compiling' ? 'slow.compiling' : state === 'queued' ? 'slow.queued' : 'slow.waiting'));
      };
      const off = store.on('run state', check);
      const done = (yes) => {
        off();
        if (!yes && this.dialog) this.say(store.error || t('error.unknown'));
        resolve(yes);
      };
      check();
    });
  }

  async look() {
    const before = this.moments;
    this.moments = { look: null, d: null, g: null };
    if (!(await this.fetch('look'))) {
      this.moments = before;
      return;
    }
    this.body.hidden = false;
    this.beat = 0;
    this.showPicks();
    this.show();
    this.next.focus();
  }

  /** Ask the server for a phase of the step. @returns {Promise<boolean>} */
  async fetch(phase) {
    if (this.asking) return false;
    this.asking = true;
    const answer = await store.control('slow', { phase });
    this.asking = false;
    if (!this.dialog) return false;
    this.isStale = !answer.ok && answer.status === CONFLICT; // the run has gone on, or rests at another place
    this.say(answer.ok ? '' : answer.error);
    if (answer.ok) await this.take(answer.data);
    return answer.ok;
  }

  async take(data) {
    const moment = await decoded(data);
    for (const sample of moment.samples) {
      if (sample.beforePixels) sample.moved = difference(sample.beforePixels, sample.fakePixels).most;
    }
    this.moments[moment.phase] = moment;
    setText(this.dialog.querySelector('h2'), t('slow.title', { step: count(moment.step) }));
  }

  /** Forwards or backwards; a beat that belongs to a phase not played yet plays it first. */
  async go(by) {
    if (!this.moments?.look || this.asking) return;
    if (this.beat + by >= BEATS.length || this.isStale) {
      await this.look();
      return;
    }
    const beat = Math.max(0, this.beat + by);
    const { phase } = BEATS[beat];
    if (!this.moments[phase] && !(await this.fetch(phase))) return this.stop();
    this.beat = beat;
    this.show();
  }

  show() {
    const { key } = BEATS[this.beat];
    const { run } = store;
    this.scene.show(this.beat, this.moments, this.pick, run);
    setText(this.heading, t(`slow.heading.${key}`));
    this.text.replaceChildren(...withSubscripts(sentence(key, this.moments, this.pick, run)));
    this.back.disabled = this.beat === 0;
    const isLast = this.beat === BEATS.length - 1;
    setText(this.next, t(isLast ? 'slow.again' : 'slow.next'));
    this.dialog.dataset.beat = key;
    [...this.dots.children].forEach((dot, n) => {
      dot.classList.toggle('aigc-here', n === this.beat);
      if (n === this.beat) dot.setAttribute('aria-current', 'step');
      else dot.removeAttribute('aria-current');
    });
    if (isLast) this.stop();
  }

  showPicks() {
    const { samples } = this.moments.look;
    this.pick = Math.min(this.pick, samples.length - 1);
    this.picks.replaceChildren(...samples.map((sample, n) => this.pickButton(sample, n)));
  }

  pickButton(sample, n) {
    const canvas = make('canvas');
    paintDigits(canvas, sample.fakePixels);
    const label = t('slow.sample', { n: n + 1, label: askedFor(store.run, sample) });
    return make('button', {
      type: 'button', role: 'radio', 'aria-checked': String(n === this.pick), 'aria-label': label, title: label,
      onclick: () => this.choose(n),
    }, canvas);
  }

  choose(n) {
    this.pick = n;
    [...this.picks.children].forEach((button, place) => button.setAttribute('aria-checked', String(place === n)));
    this.show();
  }

  toggle() {
    if (this.timer) return this.stop();
    this.play.setAttribute('aria-pressed', 'true');
    setText(this.play, t('slow.pause'));
    const tick = async () => {
      await this.go(1);
      if (this.timer) this.timer = setTimeout(tick, this.pace);
    };
    this.timer = setTimeout(tick, this.pace);
    return undefined;
  }

  get pace() {
    return BEAT_MS * (this.slower.checked ? SLOWER : 1);
  }

  stop() {
    clearTimeout(this.timer);
    this.timer = 0;
    this.play?.setAttribute('aria-pressed', 'false');
    if (this.play) setText(this.play, t('slow.play'));
  }

  key(event) {
    const act = { ArrowRight: () => this.go(1), ArrowLeft: () => this.go(-1) }[event.key];
    const isPlay = event.key === ' ' && !event.target.closest('button, input');
    if (!act && !isPlay) return;
    event.preventDefault();
    if (act) {
      this.stop();
      act();
    } else this.toggle();
  }

  say(words) {
    if (!this.dialog) return;
    this.wait.hidden = !words;
    setText(this.wait, words);
  }
}

const slow = new Slow();

export const openSlow = () => slow.open();
