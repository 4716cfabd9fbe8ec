// <aigc-status>: the run in one line: state, step, pace, time spent and left, or its place in the queue.

import { atMostEvery, make, setText } from './dom.js';
import { isFinal } from './feed.js';
import { gameOf, recipeTitle } from './game.js';
import { stateName, t } from './i18n.js';
import { count, rate } from './numbers.js';
import { ownRun } from './owner.js';
import { store } from './run-store.js';

const time = (seconds) => t('seconds', { n: Math.max(0, seconds).toFixed(1) });

export class Status extends HTMLElement {
  connectedCallback() {
    if (this.word) return;
    this.word = make('span');
    this.about = make('p.aigc-about');
    this.figures = {};
    const figure = (key) => {
      this.figures[key] = make('dd', {}, '–');
      return make('div', {}, make('dt', {}, t(key)), this.figures[key]);
    };
    this.bar = make('div.aigc-progress', { role: 'progressbar', 'aria-valuemin': 0, 'aria-valuemax': 100, 'aria-label': t('elapsed') }, make('i'));
    this.list = make('dl', {}, figure('steps'), figure('rate'), figure('elapsed'), figure('remaining'));
    this.replaceChildren(
      make('div.aigc-state', {}, make('p.aigc-word', { role: 'status' }, make('i.aigc-dot'), this.word), this.about),
      this.list,
      this.bar,
    );
    this.often = atMostEvery(200, () => this.show());
    this.seldom = atMostEvery(500, () => this.showPace());
    store.on('run state points', () => this.update());
    this.update();
  }

  /** The attributes tell every message; what people read changes a few times a second. */
  update() {
    const own = store.isRecorded ? null : store.run;
    const state = own?.state ?? 'idle';
    const facts = { state, run: own?.run ?? '', step: String(own?.step ?? 0), seconds: String(own?.seconds ?? 0) };
    for (const [name, value] of Object.entries(facts)) if (this.dataset[name] !== value) this.dataset[name] = value;
    if (state !== this.state) this.show();
    else this.often();
    this.state = state;
    this.seldom();
  }

  show() {
    const own = store.isRecorded ? null : store.run;
    setText(this.word, store.connected || !own ? stateName(own?.state ?? 'idle') : t('reconnecting'));
    const [words, isCaption] = own ? this.describe(own) : [t('hint'), false];
    setText(this.about, words);
    this.about.title = isCaption ? words : '';
    this.about.classList.toggle('aigc-one-line', isCaption);
    this.classList.toggle('aigc-idle', !own);
    const spent = this.share(own);
    this.bar.firstElementChild.style.transform = `scaleX(${spent})`;
    this.bar.setAttribute('aria-valuenow', String(Math.round(100 * spent)));
    setText(this.figures.steps, own ? count(own.step) : '–');
    setText(this.figures.elapsed, own ? time(own.seconds) : '–');
  }

  /** @returns {[string, boolean]} the words under the state, and whether they only name the run */
  describe(run) {
    if (store.error) return [store.error, false];
    if (run.state === 'queued' && run.queue) return [queueWords(run), false];
    if (run.state === 'compiling') return [t('compiling'), false];
    if (!isFinal(run.state) && !ownRun()) return [t('spectator'), false];
    return [[recipeTitle(run), gameOf(run)?.title ?? run.loss, t('seed', { n: run.seed })].join(' · '), true];
  }

  /** How much of the budget is spent, 0..1. */
  share(run) {
    const { seconds, steps } = run?.budget ?? {};
    const spent = Math.max(seconds ? run.seconds / seconds : 0, steps ? run.step / steps : 0);
    return run && isFinal(run.state) && run.state === 'finished' ? 1 : Math.min(1, spent);
  }

  showPace() {
    const own = store.isRecorded ? null : store.run;
    setText(this.figures.rate, own ? rate(own.steps_per_second) : '–');
    setText(this.figures.remaining, own && !isFinal(own.state) ? this.left(own) : '–');
  }

  left(run) {
    const { seconds, steps } = run.budget ?? {};
    const byTime = seconds ? seconds - run.seconds : Infinity;
    const bySteps = steps && run.steps_per_second ? (steps - run.step) / run.steps_per_second : Infinity;
    const left = Math.min(byTime, bySteps);
    return Number.isFinite(left) ? time(left) : '–';
  }
}

/** The place in the queue, and how long that is likely to take. */
function queueWords({ queue, queue_seconds: seconds }) {
  if (!Number.isFinite(seconds)) return t('queued', { n: queue });
  return t('queuedFor', { n: queue, wait: seconds < 90 ? t('seconds', { n: Math.ceil(seconds) }) : t('minutes', { n: Math.ceil(seconds / 60) }) });
}
