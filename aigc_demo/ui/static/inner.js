// <aigc-inner>: single numbers that the networks tell of themselves while they learn, such as attention's gate, over the steps.

import { roomFor, settled } from './chart-scale.js';
import { atMostEvery, make, setText } from './dom.js';
import { isFinal } from './feed.js';
import { catalogue, t } from './i18n.js';
import { paintScalars } from './inner-paint.js';
import { PLAYERS, seriesOf } from './inner-series.js';
import { count, short } from './numbers.js';
import { store } from './run-store.js';
import { fitted } from './samples.js';

const HEIGHT = 150;

export class Inner extends HTMLElement {
  connectedCallback() {
    if (this.plots) return;
    this.plots = new Map();
    this.update = atMostEvery(320, () => this.show());
    store.on('run', () => this.forget());
    store.on('run probe cursor', () => this.update());
    addEventListener('aigc:theme', () => this.update());
    new ResizeObserver(() => this.update()).observe(this);
    this.update();
  }

  forget() {
    if (store.run?.run === this.of) return;
    this.of = store.run?.run;
    this.plots.clear();
    this.replaceChildren();
  }

  show() {
    const series = store.run ? seriesOf(store.probes.list) : new Map();
    this.hidden = !series.size;
    if (this.hidden) return;
    for (const [key, lines] of series) {
      if (!this.plots.has(key)) this.plots.set(key, this.plot(key));
      this.draw(this.plots.get(key), lines);
    }
    this.dataset.frame = String(Number(this.dataset.frame ?? 0) + 1);
  }

  plot(key) {
    const title = catalogue.strings[`inner.${key}`] ?? key;
    const about = catalogue.strings[`inner.${key}.text`] ?? '';
    const canvas = make('canvas', { role: 'img', 'aria-label': title });
    const values = Object.fromEntries(PLAYERS.map((player) => [player, make('b', {}, '–')]));
    const names = PLAYERS.map((player) => make('span', { 'data-of': player }, make('i.aigc-line-of', { 'data-player': player }), `${t(`inner.${player}`)} `, values[player]));
    this.append(make('section', { 'data-scalar': key },
      make('header', {}, make('h3', {}, title), about ? make('p.aigc-caption', {}, about) : ''),
      make('p.aigc-scores-legend', {}, ...names), make('div.aigc-plot', {}, canvas)));
    return { title, canvas, values, names, range: null };
  }

  draw(plot, lines) {
    const { canvas, values, names } = plot;
    const cursor = store.cursor?.step ?? null;
    const now = (points) => (cursor === null ? points : points.filter(([step]) => step <= cursor)).at(-1) ?? points[0];
    PLAYERS.forEach((player, i) => {
      names[i].hidden = !lines[player];
      if (lines[player]) setText(values[player], short(now(lines[player])[1]));
    });
    const width = canvas.parentElement.clientWidth;
    if (!width) return;
    const all = Object.values(lines).flat();
    const [low, high] = all.reduce(([a, b], [, value]) => [Math.min(a, value), Math.max(b, value)], [0, 0]); // 0 is always in sight
    plot.range = settled({ low, high: Math.max(high, low + 0.01) }, plot.range);
    const last = Math.max(store.curves?.last ?? 0, ...all.map(([step]) => step));
    const style = getComputedStyle(this);
    const colours = Object.fromEntries(['muted', 'line', 'ink', 'g', 'd'].map((name) => [name, style.getPropertyValue(`--aigc-${name}`).trim()]));
    paintScalars(fitted(canvas, width, HEIGHT, devicePixelRatio || 1), {
      lines, range: plot.range, cursor: cursor !== null && cursor < last ? cursor : null, width, height: HEIGHT, colours,
      to: store.isRecorded || isFinal(store.run.state) ? Math.max(1, last) : roomFor(last), font: style.fontFamily, xTitle: t('chart.steps'),
    });
    const told = PLAYERS.filter((player) => lines[player]).map((player) => `${t(`inner.${player}`)} ${short(now(lines[player])[1])}`);
    canvas.setAttribute('aria-label', t('inner.summary', { title: plot.title, step: count(cursor ?? last), values: told.join(', ') }));
  }
}
