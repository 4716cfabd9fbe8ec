// One study as it goes on: where it stands, its trials in two charts, and what can be done with the trial one looks at.

import { post } from './api.js';
import { begin, choose } from './controls.js';
import { make, setText } from './dom.js';
import { form, startBody } from './form.js';
import { t } from './i18n.js';
import { short } from './numbers.js';
import { settingTitle, valueText } from './search-names.js';
import { ParallelChart } from './search-parallel.js';
import { pointOf, ScatterChart } from './search-scatter.js';
import { store } from './run-store.js';

const MORE = 10;

export class SearchStudy {
  /** @param {string} name @param {{back: () => void, say: (words: string) => void, close: () => void, ask: () => void}} host */
  constructor(name, host) {
    this.name = name;
    this.host = host;
    this.chosen = null; // the number of the trial that is looked at; null: the best
    const look = (number) => this.look(number);
    this.state = make('p.aigc-search-state', { role: 'status' });
    this.stop = make('button.aigc-plain', { type: 'button', onclick: () => this.act('stop', {}) }, t('search.stop'));
    this.more = make('button.aigc-plain', { type: 'button', onclick: () => this.act('resume', { trials: MORE }) }, t('search.more', { n: MORE }));
    this.scatter = new ScatterChart(look);
    this.parallel = new ParallelChart(look);
    this.picker = make('select', { 'aria-label': t('search.choose'), onchange: () => look(Number(this.picker.value)) });
    this.about = make('p');
    this.values = make('dl.aigc-search-values');
    const act = (words, action) => make('button.aigc-plain', { type: 'button', onclick: action }, t(words));
    this.use = act('search.use', () => this.fill());
    this.run = act('search.run', () => this.train());
    this.copy = act('search.copy', () => this.copyCommand());
    const back = make('button.aigc-quiet', { type: 'button', onclick: host.back }, `← ${t('search.back')}`);
    this.element = make('div.aigc-search-study', {},
      make('div.aigc-row', {}, back, make('h3', {}, name), this.stop, this.more), this.state,
      figure('search.history', 'search.historyAbout', this.scatter.canvas, this.switch()),
      figure('search.parallel', 'search.parallelAbout', make('div.aigc-search-scroller', { tabindex: 0, role: 'region', 'aria-label': t('search.parallel') }, this.parallel.canvas)),
      make('section.aigc-search-trial', {}, make('div.aigc-row', {}, this.picker, this.use, this.run, this.copy), this.about, this.values));
  }

  /** Whether the first chart goes by seconds or by trials. */
  switch() {
    const buttons = ['seconds', 'number'].map((by) => make('button', {
      type: 'button', 'data-by': by, 'aria-pressed': by === this.scatter.by, onclick: () => {
        this.scatter.by = by;
        for (const button of buttons) button.setAttribute('aria-pressed', String(button.dataset.by === by));
        this.scatter.paint();
      },
    }, t(by === 'seconds' ? 'search.bySeconds' : 'search.byNumber')));
    return make('div.aigc-search-by', { role: 'group', 'aria-label': t('search.history') }, ...buttons);
  }

  async act(action, body) {
    this.host.say('');
    const answer = await post(`studies/${encodeURIComponent(this.name)}/${action}`, body);
    if (!answer.ok) this.host.say(answer.error);
    this.host.ask();
  }

  /** @param {object} study as `GET /studies/<name>` tells it */
  show(study) {
    this.study = study;
    this.showState(study);
    const told = JSON.stringify([study.trials, study.front]);
    if (told === this.told) return;
    this.told = told;
    this.showPicker();
    this.paint();
  }

  showState({ counts, search, going, steps, error }) {
    const mine = search && !search.over;
    this.stop.hidden = !mine;
    this.more.hidden = going;
    this.stop.disabled = Boolean(search?.stopping);
    const now = search?.stopping ? t('search.stopping')
      : mine && search.number !== null ? t('search.present', { number: search.number, step: search.step, steps })
        : mine ? t('search.waiting') : going ? t('search.elsewhere') : '';
    setText(this.state, [error, now, t('search.counts', counts)].filter(Boolean).join(' · '));
  }

  /** The trial that is looked at: the chosen one, else the best, else the first. */
  get trial() {
    const { trials, front } = this.study;
    const number = this.chosen ?? front[0] ?? trials[0]?.number;
    return trials.find((trial) => trial.number === number) ?? null;
  }

  showPicker() {
    const { trials } = this.study;
    const entries = trials.filter((trial) => trial.state !== 'waiting');
    this.picker.replaceChildren(...entries.map((trial) => make('option', { value: trial.number }, this.nameOf(trial))));
  }

  nameOf(trial) {
    const { front } = this.study;
    const marks = [trial.is_default && t('search.default'), front.includes(trial.number) && t('search.front')];
    const result = trial.digit_fd === null ? [] : [`digit-FD ${short(trial.digit_fd)}`];
    return [t('search.trial', { number: trial.number }), ...result, ...marks.filter(Boolean)].join(' · ');
  }

  look(number) {
    if (this.study.trials.some((trial) => trial.number === number)) this.chosen = number;
    this.paint();
  }

  paint() {
    const { trial, study } = this;
    const isEmpty = !study.trials.some(pointOf); // axes without anything on them would only puzzle
    for (const chart of this.element.querySelectorAll('figure')) chart.hidden = isEmpty;
    this.scatter.show(study, trial?.number);
    this.parallel.show(study, trial?.number);
    for (const button of [this.use, this.run]) button.disabled = !trial;
    this.copy.disabled = !trial || !study.commands[trial.number];
    if (!trial) return;
    this.picker.value = String(trial.number);
    setText(this.about, this.outcome(trial));
    this.values.replaceChildren(...Object.entries(trial.settings).flatMap(([key, value]) => [
      make('dt', {}, settingTitle(key, study.loss)), make('dd', {}, valueText(value)),
    ]));
  }

  outcome(trial) {
    if (trial.digit_fd !== null) return t('search.came', { step: trial.step, fd: short(trial.digit_fd), seconds: short(trial.seconds) });
    const last = trial.rungs.at(-1);
    if (trial.why) return t('search.givenUp', { step: last?.[0] ?? 0, why: trial.why });
    return last ? t('search.came', { step: last[0], fd: short(last[1]), seconds: short(last[2]) }) : t('search.noRung');
  }

  /** What the Train form needs to hold for this trial. */
  choices() {
    const { recipe, loss, dataset, seed } = this.study;
    return { recipe, loss, dataset, seed };
  }

  fill() {
    choose(this.choices(), this.trial.settings);
    this.host.close();
    store.say(t('search.used', { number: this.trial.number }));
  }

  async train() {
    choose(this.choices(), this.trial.settings);
    this.host.close();
    await begin(startBody({ ...form.choices, ...this.choices() }, this.trial.settings));
  }

  async copyCommand() {
    try {
      await navigator.clipboard.writeText(this.study.commands[this.trial.number]);
      setText(this.copy, t('search.copied'));
      setTimeout(() => setText(this.copy, t('search.copy')), 1500);
    } catch {
      this.host.say(this.study.commands[this.trial.number]); // to be copied by hand
    }
  }
}

const figure = (title, about, canvas, ...more) =>
  make('figure', {}, make('figcaption', {}, make('b', {}, t(title)), make('span', {}, t(about)), ...more), canvas);
