// <aigc-scores>: how D scores a batch of real digits and one of generated ones, and how hard G's loss pulls there.

import { settled } from './chart-scale.js';
import { atMostEvery, make, setText } from './dom.js';
import { gameOf } from './game.js';
import { t } from './i18n.js';
import { count, short } from './numbers.js';
import { store } from './run-store.js';
import { fitted } from './samples.js';
import { paintScores } from './scores-paint.js';
import { isRelativistic, slopeOf } from './slopes.js';

const HEIGHT = 216;
const NO_PULL = 0.05; // a slope that hardly moves anything; the log losses' steepest is 1

export class Scores extends HTMLElement {
  connectedCallback() {
    if (this.canvas) return;
    this.canvas = make('canvas', { role: 'img', 'aria-label': t('scores') });
    this.means = { real: make('b', {}, '–'), fake: make('b', {}, '–'), overlap: make('b', {}, '–') };
    this.pull = make('p.aigc-caption.aigc-two-lines');
    const key = (name, player) => make('span', {}, make('i.aigc-patch', { 'data-player': player }), `${t(`scores.${name}`)} `, this.means[name]);
    this.legend = make('p.aigc-scores-legend', {}, key('real', 'd'), key('fake', 'g'), key('overlap', 'both'));
    this.replaceChildren(
      make('header', {}, make('h3', {}, t('scores')), make('p.aigc-caption', {}, t('scores.about'))),
      this.legend, make('div.aigc-plot', {}, this.canvas), this.pull,
    );
    this.painted = 0;
    this.update = atMostEvery(320, () => this.show());
    this.describe = atMostEvery(4000, () => this.describeNow());
    store.on('run', () => this.aim());
    store.on('run probe cursor', () => this.update());
    addEventListener('aigc:theme', () => this.update());
    new ResizeObserver(() => this.update()).observe(this);
    this.aim();
    this.update();
  }

  /** Another run, or another loss in it: the slope is another one, and the axis may move at once. */
  async aim() {
    const { run } = store;
    const name = run ? `${run.run} ${run.loss}` : '';
    if (name === this.of) return;
    this.of = name;
    this.range = this.top = null;
    this.slope = null;
    if (!run) return;
    const slope = await slopeOf(run.loss, run.weights);
    if (name !== this.of) return;
    this.slope = slope;
    this.update();
  }

  show() {
    // The very last measurement of a run may be of its digits alone.
    this.probe = store.probes.find(store.cursor?.step ?? null, (probe) => probe.scores);
    this.hidden = !this.probe;
    if (this.hidden) return;
    const { scores } = this.probe;
    this.scores = scores;
    this.settle(scores);
    const pull = this.slope && this.slopeAt();
    setText(this.means.real, short(scores.mean_real));
    setText(this.means.fake, short(scores.mean_fake));
    setText(this.means.overlap, `${Math.round(100 * overlap(scores))}%`);
    this.tellPull(pull);
    this.paint(pull);
    this.describe();
  }

  /** An axis that holds still: it widens when it must and shrinks only when most of it lies idle. */
  settle({ lo, hi, real, fake, n }) {
    const wide = Math.max(hi - lo, 0.5);
    this.range = settled({ low: lo - 0.04 * wide, high: lo + 1.04 * wide }, this.range);
    const tallest = Math.max(...real, ...fake) / Math.max(1, n);
    if (!this.top || tallest > this.top || tallest < 0.55 * this.top) this.top = Math.min(1, 1.15 * tallest);
  }

  /** The slope by a fake logit, in its place on the axis. */
  slopeAt() {
    const shift = isRelativistic(store.run.loss) ? this.scores.mean_real : 0;
    return (s) => this.slope.at(s - shift);
  }

  tellPull(slope) {
    this.pull.hidden = !slope;
    if (!slope) return;
    const { lo, hi, fake, n } = this.scores;
    const width = (hi - lo) / fake.length;
    const mean = fake.reduce((sum, many, i) => sum + many * slope(lo + (i + 0.5) * width), 0) / Math.max(1, n);
    const way = Math.abs(mean) < NO_PULL ? 'none' : mean < 0 ? 'up' : 'down';
    setText(this.pull, t(`scores.pull.${way}`, { value: Math.abs(mean) < 5e-4 ? '0.000' : short(Math.abs(mean)) }));
    this.pull.dataset.way = way;
  }

  paint(slope) {
    const width = this.canvas.parentElement.clientWidth;
    if (!width) return;
    const style = getComputedStyle(this);
    const names = ['ink', 'muted', 'line', 'edge', 'paper', 'd', 'g'];
    const { low, high } = this.range;
    const ends = slope ? [low, high, (low + high) / 2].map((s) => Math.abs(slope(s))) : [1];
    paintScores(fitted(this.canvas, width, HEIGHT, devicePixelRatio || 1), {
      scores: this.scores, low, high, top: this.top, slope, most: Math.max(...ends, 1), width, height: HEIGHT,
      colours: Object.fromEntries(names.map((key) => [key, style.getPropertyValue(`--aigc-${key}`).trim()])),
      font: style.fontFamily, xTitle: t('scores.axis'),
      half: gameOf(store.run)?.readout === 'probability' && !isRelativistic(store.run.loss) ? t('scores.half') : '',
    });
    this.painted += 1;
    this.dataset.frame = String(this.painted);
  }

  describeNow() {
    if (!this.probe) return; // another run has come meanwhile
    const { mean_real: real, mean_fake: fake, n } = this.scores;
    const step = count(this.probe.step);
    const words = t('scores.summary', { step, n, real: short(real), fake: short(fake), overlap: Math.round(100 * overlap(this.scores)) });
    this.canvas.setAttribute('aria-label', `${words} ${this.pull.hidden ? '' : this.pull.textContent}`);
  }
}

/** The share of the two histograms that lies over one another, 0..1. */
function overlap({ real, fake, n }) {
  return real.reduce((sum, many, i) => sum + Math.min(many, fake[i]), 0) / Math.max(1, n);
}
