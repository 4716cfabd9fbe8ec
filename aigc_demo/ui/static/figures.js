// <aigc-figures>: what the digits themselves are worth while the run trains, held against real digits and yardsticks.

import { roomFor } from './chart-scale.js';
import { atMostEvery, make, setText } from './dom.js';
import { isFinal } from './feed.js';
import { halfDecades, paintDistance } from './figures-curve.js';
import { distance, figuresOf, provenance } from './figures-list.js';
import { catalogue, t } from './i18n.js';
import { count } from './numbers.js';
import { store } from './run-store.js';
import { fitted } from './samples.js';

const HEIGHT = 208;

export class Figures extends HTMLElement {
  connectedCallback() {
    if (this.canvas) return;
    this.asked = null; // the figure whose words are open
    this.build();
    this.update = atMostEvery(250, () => this.show());
    this.describe = atMostEvery(5000, () => this.describeNow());
    store.on('run', () => this.forget());
    store.on('run cursor', () => this.update());
    store.on('probe state', () => this.facts() !== this.told && this.update());
    addEventListener('aigc:theme', () => this.update());
    new ResizeObserver(() => this.update()).observe(this);
    this.update();
  }

  build() {
    this.value = make('b', {}, '–');
    this.against = make('span');
    this.canvas = make('canvas', { role: 'img', 'aria-label': t('figures.curve') });
    this.plot = make('div.aigc-plot', {}, this.canvas);
    this.list = make('div.aigc-figure-list', { role: 'group', 'aria-label': t('figures') });
    this.words = make('p.aigc-figure-words', { 'aria-live': 'polite', hidden: true });
    this.source = make('p.aigc-caption');
    this.waiting = make('p.aigc-caption', {}, t('figures.waiting'));
    const title = this.asker('digit_fd', t('figures.digit_fd'));
    this.body = make('div.aigc-figures-body', {},
      make('div.aigc-fd', {}, title, make('div.aigc-fd-value', {}, this.value, this.against)),
      this.plot,
      this.list, this.words, this.source);
    this.replaceChildren(make('header', {}, make('h3', {}, t('figures')), make('p.aigc-caption', {}, t('figures.about'))), this.waiting, this.body);
  }

  /** A figure's name, which tells what it means when pressed. */
  asker(key, name) {
    const button = make('button.aigc-ask', {
      type: 'button', title: t(`figures.${key}.text`), 'aria-expanded': false, 'data-figure': key, onclick: () => this.tell(key),
    }, name);
    return button;
  }

  tell(key) {
    this.asked = this.asked === key ? null : key;
    for (const button of this.querySelectorAll('[data-figure]')) button.setAttribute('aria-expanded', button.dataset.figure === this.asked);
    this.words.hidden = !this.asked;
    setText(this.words, this.asked ? t(`figures.${this.asked}.text`) : '');
  }

  forget() {
    if (store.run?.run === this.of) return;
    this.of = store.run?.run;
    this.range = null;
  }

  show() {
    const probe = store.probe(true);
    const { run } = store;
    this.told = this.facts();
    this.hidden = !run || (!probe && (isFinal(run.state) || store.isRecorded));
    this.waiting.hidden = Boolean(probe);
    this.body.hidden = !probe;
    if (!probe) return;
    const { figures } = probe;
    setText(this.value, distance(figures.digit_fd));
    this.plot.hidden = run?.is_digits === false;
    setText(this.against, run?.is_digits === false ? t('own.noDigitFd')
      : t('figures.against', { floor: distance(figures.digit_fd_floor), n: count(figures.n) }));
    this.fill(figuresOf(figures));
    setText(this.source, provenance(probe, run));
    this.paint(figures);
    this.describe();
  }

  /** The cells are made once for a set of figures; afterwards only their numbers change. */
  fill(list) {
    const name = list.map(({ key }) => key).join();
    if (name !== this.listed) {
      this.listed = name;
      this.cells = list.map(({ key, aim }) => {
        const cell = make('b');
        this.list.append(make('div', {}, this.asker(key, t(`figures.${key}`)), cell, make('small', {}, t('figures.aim', { value: aim }))));
        return cell;
      });
      this.list.replaceChildren(...[...this.list.children].slice(-list.length));
    }
    list.forEach(({ value }, place) => setText(this.cells[place], value));
  }

  /** What of the run's news shows here: most of its messages change nothing. */
  facts() {
    return `${store.run?.state} ${store.run?.best?.step} ${store.probe(true)?.step} ${roomFor(store.curves?.last ?? 0)}`;
  }

  /** Every measured moment as [step, digit-FD]. */
  points() {
    return store.probes.list.filter((probe) => Number.isFinite(probe.figures?.digit_fd)).map((probe) => [probe.step, probe.figures.digit_fd]);
  }

  lowest() {
    return this.points().reduce((least, point) => (point[1] < least[1] ? point : least), [0, Infinity]);
  }

  bestStep() {
    if (store.run?.best) return store.run.best.step;
    const [step, value] = this.lowest();
    return Number.isFinite(value) ? step : null;
  }

  paint({ digit_fd_floor: floor }) {
    const width = this.canvas.parentElement.clientWidth;
    if (!width) return;
    const points = this.points();
    const step = this.bestStep();
    const best = step === null ? null : [step, store.run.best?.digit_fd ?? this.lowest()[1]];
    const yardsticks = Object.entries(catalogue.yardsticks ?? {}).filter(([, value]) => Number.isFinite(value));
    const lines = yardsticks.map(([key, value]) => ({ value, label: t(`figures.yardstick.${key}`), strong: false }));
    if (Number.isFinite(floor)) lines.push({ value: floor, label: t('figures.floor', { value: distance(floor) }), strong: true });
    const wanted = halfDecades([...points.map(([, value]) => value), ...lines.map(({ value }) => value)]);
    this.range = this.range ? { low: Math.min(this.range.low, wanted.low), high: Math.max(this.range.high, wanted.high) } : wanted;
    const style = getComputedStyle(this);
    const names = ['ink', 'muted', 'line', 'paper', 'good'];
    const last = Math.max(store.curves?.last ?? 0, points.at(-1)?.[0] ?? 0);
    const isPast = store.cursor && store.cursor.step < last;
    paintDistance(fitted(this.canvas, width, HEIGHT, devicePixelRatio || 1), {
      points, best, lines, range: this.range, cursor: isPast ? store.cursor.step : null,
      to: store.isRecorded || isFinal(store.run.state) ? Math.max(1, last) : roomFor(last),
      colours: Object.fromEntries(names.map((key) => [key, style.getPropertyValue(`--aigc-${key}`).trim()])),
      font: style.fontFamily, width, height: HEIGHT, xTitle: t('chart.steps'), bestLabel: t('figures.bestMark'),
    });
    this.dataset.frame = String(Number(this.dataset.frame ?? 0) + 1);
  }

  describeNow() {
    const probe = store.probe(true);
    if (!probe) return; // another run has come meanwhile
    const { figures, step } = probe;
    const values = { step: count(step), value: distance(figures.digit_fd), floor: distance(figures.digit_fd_floor), n: count(figures.n) };
    this.canvas.setAttribute('aria-label', t('figures.summary', values));
  }
}
