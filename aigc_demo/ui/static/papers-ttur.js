// <aigc-paper-ttur>: the ratio of the two learning rates, to train with; and the distance of two Gaussians, by the page's
// formula and by the code that measures models.

import { post } from './api.js';
import { begin, choose } from './controls.js';
import { atMostEvery, make, setText } from './dom.js';
import { form, startBody } from './form.js';
import { catalogue, t } from './i18n.js';
import { short } from './numbers.js';
import { paintGaussians } from './papers-gaussians.js';
import { PaperLive, slider } from './papers-parts.js';
import { expectedBias, frechet, normals, sampled } from './papers-math.js';
import { race } from './race-store.js';
import { ratesAt, ratesText, ratioRange, ratioText } from './settings-ratio.js';
import { openTab } from './tabs.js';

const RECIPE = 'fast';
const SECONDS = 20;
const REPEATS = 400;
const STANDARD = { mean: [0, 0], covariance: [[1, 0], [0, 1]] };
const KNOBS = { dx: [-3, 3, 1.5], dy: [-3, 3, 0.5], sx: [0.1, 3, 1.6], sy: [0.1, 3, 0.7], rho: [-0.99, 0.99, 0.5] };
const word = (key, values) => t(`papers.ttur.${key}`, values);

export class PaperTtur extends PaperLive {
  build() {
    Object.assign(this, { power: 1, seed: 0, n: 200, theirs: null });
    this.ask = atMostEvery(150, () => this.measure());
    for (const [key, [, , value]] of Object.entries(KNOBS)) this[key] = value;
    this.canvas = make('canvas', { role: 'img' });
    this.caption = make('figcaption');
    this.parts = make('p.aigc-note');
    addEventListener('aigc:theme', () => this.awake && this.update());
    const knobs = Object.entries(KNOBS).map(([key, [min, max, value]]) =>
      slider(word(key), { min, max, step: 0.01, value, show: short }, (now) => this.set({ [key]: now })).element);
    const samples = slider(word('samples'), { min: 20, max: 1000, step: 10, value: this.n, show: String }, (value) => this.drawAgain({ n: value }));
    return [...this.rates(), make('div.aigc-paper-plane', {}, make('figure', {}, this.canvas, this.caption), make('div', {}, ...knobs, this.parts)),
      make('p', {}, word('bias')), samples.element,
      make('div.aigc-actions', {}, make('button.aigc-quiet', { type: 'button', onclick: () => this.drawAgain({}) }, word('again')))];
  }

  rates() {
    const note = make('p.aigc-caption');
    const say = () => setText(note, ratesText(ratesAt(2 ** this.power, base('lr.g'), base('lr.d'))));
    const { title } = catalogue.settings['lr.ratio'];
    const ratio = slider(title, { ...ratioRange(), value: this.power, show: (power) => ratioText(2 ** power) }, (power) => {
      this.power = power;
      say();
    });
    say();
    return [ratio.element, note, make('div.aigc-actions', {},
      make('button.aigc-quiet', { type: 'button', 'data-ratio-run': '', onclick: () => this.train() }, `▶ ${word('run')}`),
      make('button.aigc-quiet', { type: 'button', 'data-ratio-race': '', onclick: () => this.race() }, `▶ ${word('race')}`))];
  }

  train() {
    const settings = { 'lr.ratio': 2 ** this.power };
    openTab('train');
    scrollTo({ top: 0 });
    choose({ recipe: RECIPE, loss: catalogue.recipes[RECIPE].loss }, settings);
    return begin(startBody(form.choices, settings));
  }

  race() {
    const runner = (ratio) => ({
      title: `D : G = ${ratioText(ratio)}`, recipe: RECIPE, loss: catalogue.recipes[RECIPE].loss, settings: { 'lr.ratio': ratio },
    });
    openTab('train');
    scrollTo({ top: 0 });
    return race.start([runner(1), runner(2 ** this.power)], SECONDS, 0);
  }

  set(change) {
    Object.assign(this, change);
    this.theirs = null;
    this.update();
    this.ask();
  }

  async begin() {
    this.drawAgain({});
    this.ask();
    return true;
  }

  drawAgain(change) {
    Object.assign(this, change);
    const draw = normals(this.seed++);
    let sum = 0;
    for (let i = 0; i < REPEATS; i++) sum += frechet(sampled(draw, this.n), sampled(draw, this.n)).distance;
    this.biased = sum / REPEATS;
    this.update();
  }

  gaussian() {
    const across = this.rho * this.sx * this.sy;
    return { mean: [this.dx, this.dy], covariance: [[this.sx ** 2, across], [across, this.sy ** 2]] };
  }

  /** The same two by the server's code. */
  async measure() {
    const second = this.gaussian();
    const answer = await post('papers/frechet', { first: STANDARD, second });
    setText(this.status, answer.ok ? '' : answer.error);
    if (!answer.ok || JSON.stringify(second) !== JSON.stringify(this.gaussian())) return;
    this.theirs = answer.data.distance;
    this.update();
  }

  compute() {
    const mine = this.gaussian();
    const { mean, spread, distance } = frechet(STANDARD, mine);
    const style = getComputedStyle(this);
    paintGaussians(this.canvas, [STANDARD, mine], Object.fromEntries(['d', 'g', 'line'].map((name) => [name, style.getPropertyValue(`--aigc-${name}`)])));
    const words = word('plane', { distance: distance.toFixed(3) });
    setText(this.caption, words);
    this.canvas.setAttribute('aria-label', words);
    setText(this.parts, word('parts', { mean: mean.toFixed(3), spread: spread.toFixed(3) }));
    const expected = expectedBias(2, this.n);
    const server = this.theirs === null ? [] : [{ key: 'code', text: word('claim.code'), predicted: distance, measured: this.theirs, tolerance: 1e-6 }];
    this.check([
      ...server,
      { key: 'self', text: word('claim.self'), predicted: 0, measured: frechet(mine, mine).distance, tolerance: 1e-6 },
      { key: 'both', text: word('claim.both'), predicted: 0, measured: Math.abs(frechet(mine, STANDARD).distance - distance), tolerance: 1e-9 },
      { key: 'bias', text: word('claim.bias', { repeats: REPEATS }), predicted: expected, measured: this.biased, tolerance: 0.2 * expected },
    ]);
  }
}

/** What the recipe sets. */
const base = (key) => catalogue.recipes[RECIPE].defaults[key];
