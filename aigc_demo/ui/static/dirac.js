// <aigc-dirac>: a whole GAN of two numbers. One starts anywhere; the flow, the steps and what the eigenvalues foretell of
// them stand side by side, and what was foretold turns red where the steps do otherwise.

import { get } from './api.js';
import { claims } from './dirac-claims.js';
import { DiracControls, lossFormulas, weightsOf } from './dirac-controls.js';
import { DiracField } from './dirac-field.js';
import { DiracGame, growth, nature, radius, trajectory } from './dirac-math.js';
import { PLAIN, PRESETS, REACHES, cleaned } from './dirac-presets.js';
import { claimWords, formulaWords, natureWords, pathWords } from './dirac-words.js';
import { atMostEvery, make, setText } from './dom.js';
import { paintCurve } from './experiment-curve.js';
import { catalogue, t } from './i18n.js';
import { Clock } from './moves-clock.js';
import { whileSeen } from './seen.js';

const LOOK = ['ink', 'muted', 'faint', 'line', 'edge', 'paper', 'd', 'g', 'bad', 'watch'];
const SECONDS = 4; // that a path takes to be drawn
const LOGARITHMIC = 30; // times that the distance changes before its axis is logarithmic
const NARROW = 0.3; // a slope penalty's weight here: with that of the catalogue most would happen out of sight
const stillness = matchMedia('(prefers-reduced-motion: reduce)');

/** loss -> its tables, or a promise of them */
const portraits = new Map();

export class Dirac extends HTMLElement {
  connectedCallback() {
    if (this.field) return;
    this.settings = { ...PLAIN };
    this.build();
    this.clock = new Clock((seconds) => this.advance(seconds));
    this.drawSoon = atMostEvery(40, () => this.draw());
    this.measureSoon = atMostEvery(250, () => this.measure());
    this.watching = whileSeen(this, { wake: () => this.wake(), rest: () => this.sleep() });
    addEventListener('aigc:theme', () => this.awake && this.drawSoon());
    addEventListener('aigc:show', ({ detail }) => detail.chapter === 'dirac' && this.choose(detail.item));
    new ResizeObserver(() => this.awake && this.drawSoon()).observe(this);
  }

  build() {
    const button = (id, word, action) => make('button.aigc-quiet', { type: 'button', id: `dirac-${id}`, onclick: action }, word);
    this.presets = Object.keys(PRESETS).map((key) => make('button.aigc-quiet', { type: 'button', 'data-preset': key, 'aria-pressed': 'false', onclick: () => this.choose(key) }, t(`dirac.preset.${key}`)));
    this.field = new DiracField({ start: (start, rests) => this.begin(start, rests), zoom: (by) => this.zoom(by), play: () => this.play() });
    this.controls = new DiracControls((changed) => this.load(changed));
    this.formulas = make('div.aigc-dirac-formulas');
    this.nature = make('p', { id: 'dirac-nature' });
    this.closed = make('p', { id: 'dirac-formula' });
    this.told = make('p', { id: 'dirac-path', role: 'status' });
    this.note = make('p.aigc-note');
    this.rows = make('tbody');
    this.plot = make('canvas', { id: 'dirac-distance', role: 'img' });
    const heads = ['number', 'predicted', 'measured'].map((name) => make('th', { scope: 'col' }, t(`experiment.${name}`)));
    this.table = make('table.aigc-dirac-claims', {}, make('thead', {}, make('tr', {}, ...heads)), this.rows);
    this.replaceChildren(
      make('div.aigc-actions', { role: 'group', 'aria-label': t('dirac.presets') }, ...this.presets),
      make('div.aigc-dirac-parts', {},
        make('div.aigc-dirac-left', {}, this.field.element,
          make('div.aigc-actions', {}, button('play', t('dirac.play'), () => this.play()), button('out', '−', () => this.zoom(1)), button('in', '+', () => this.zoom(-1))),
          make('p.aigc-caption', {}, t('dirac.caption'))),
        make('div.aigc-dirac-right', {}, this.controls.element, this.note, this.formulas, this.nature, this.closed, this.table, this.told,
          make('figure', {}, make('figcaption.aigc-caption', {}, t('dirac.distance')), make('div', {}, this.plot)))));
    for (const [id, word] of [['out', 'dirac.zoomOut'], ['in', 'dirac.zoomIn']]) this.querySelector(`#dirac-${id}`).setAttribute('aria-label', t(word));
  }

  // -- what is set -------------------------------------------------------------------------------------------------------

  /** A preset, or a loss with everything else as it stands. @param {string} item */
  choose(item) {
    if (item in PRESETS) this.load({ ...PLAIN, ...PRESETS[item] });
    else if (item in catalogue.losses) this.load({ loss: item });
  }

  /**
   * Change what is named; resolves when it is on the screen. Unknown names and values out of range are left out.
   * @param {Partial<import('./dirac-presets.js').Settings>} changed @returns {Promise<void>}
   */
  async load(changed) {
    const wish = cleaned(changed);
    if (wish.loss && !(wish.loss in catalogue.losses)) delete wish.loss;
    if (wish.loss && wish.loss !== this.settings.loss) Object.assign(wish, { lambda: wish.lambda ?? null, clip: wish.clip ?? null });
    Object.assign(this.settings, wish);
    await this.renew();
  }

  /** Everything anew from the settings; the tables of a loss are asked for once. */
  async renew() {
    const { loss } = this.settings;
    if (!portraits.has(loss)) portraits.set(loss, get(`dirac/${encodeURIComponent(loss)}.json`));
    const answer = await portraits.get(loss);
    if (!answer.ok) portraits.delete(loss);
    if (loss !== this.settings.loss) return;
    if (!answer.ok) {
      setText(this.told, answer.error);
      return;
    }
    this.portrait = answer.data;
    this.clock.stop();
    this.resume();
    this.compute();
    this.draw();
    this.measureSoon();
  }

  /** The loss's own R1 and slope penalties take their places on the sliders. */
  resume() {
    const { settings, portrait } = this;
    const own = portrait.penalties.find(({ symbol, weight }) => symbol === '\\gamma' && weight > 0);
    if (own && this.shown !== settings.loss && settings.gamma === 0) settings.gamma = own.weight;
    const steep = portrait.penalties.find(({ symbol }) => symbol !== '\\gamma');
    if (steep && settings.lambda === null) settings.lambda = Math.min(NARROW, steep.weight);
    setText(this.note, steep ? t('dirac.lambdaNote', { own: String(steep.weight), here: settings.lambda.toFixed(2) }) : portrait.rest ? t('dirac.restNote', { rest: String(portrait.rest) }) : '');
    if (this.shown !== settings.loss) this.formulas.replaceChildren(...lossFormulas(settings.loss));
    this.shown = settings.loss;
    this.dataset.loss = settings.loss;
  }

  begin(start, rests) {
    if (!this.portrait) return;
    this.settings.start = start;
    this.compute();
    if (rests) this.play();
    else this.drawSoon();
  }

  zoom(by) {
    const place = REACHES.indexOf(this.settings.reach) + by;
    if (REACHES[place]) this.load({ reach: REACHES[place] });
  }

  // -- what follows from it ----------------------------------------------------------------------------------------------

  get rule() {
    const { step, order, momentum, clip } = this.settings;
    return { step, alternating: order === 'alternating', momentum, clip };
  }

  compute() {
    const { settings, portrait } = this;
    this.game = new DiracGame(portrait, weightsOf(portrait, settings));
    this.path = trajectory(this.game, settings.start, this.rule, settings.count);
    this.at = this.path.length - 1;
    this.controls.show(settings, portrait);
    setText(this.nature, natureWords(this.game, this.rule));
    setText(this.closed, formulaWords(this.game, this.rule));
    setText(this.told, pathWords(this.path, settings.count));
    const same = (preset) => Object.entries({ ...PLAIN, ...preset }).every(([key, value]) => String(value) === String(settings[key]) || (key === 'lambda' && value === null));
    for (const button of this.presets) button.setAttribute('aria-pressed', String(same(PRESETS[button.dataset.preset])));
  }

  /** Hold what is foretold against the game itself; it takes some ten milliseconds. */
  measure() {
    if (!this.awake || !this.game) return;
    const found = claims(this.game, this.rule);
    this.table.hidden = !found.length;
    this.rows.replaceChildren(...found.map(row));
    this.dataset.holds = String(found.every(({ holds }) => holds));
  }

  // -- what is seen --------------------------------------------------------------------------------------------------------

  wake() {
    this.awake = true;
    if (this.portrait) this.draw();
    else this.renew();
  }

  sleep() {
    this.awake = false;
    this.clock.stop();
    if (this.path) this.at = this.path.length - 1;
  }

  play() {
    if (!this.path) return;
    this.at = stillness.matches ? this.path.length - 1 : 0;
    this.draw();
    if (this.at === 0) this.clock.start();
  }

  advance(seconds) {
    this.at = Math.min(this.path.length - 1, this.at + Math.max(1, Math.round(((this.path.length - 1) * seconds) / SECONDS)));
    if (this.at === this.path.length - 1) this.clock.stop();
    this.field.reveal(this.at);
    this.drawPlot();
  }

  draw() {
    if (!this.awake || !this.game) return;
    const style = getComputedStyle(this);
    this.look = { ...Object.fromEntries(LOOK.map((name) => [name, style.getPropertyValue(`--aigc-${name}`)])), font: style.fontFamily };
    this.field.show(this.game, this.path, this.settings.reach, this.look);
    this.field.reveal(this.at);
    this.drawPlot();
  }

  drawPlot() {
    const from = radius(this.path[0]);
    const corrected = this.path.slice(0, this.at + 1).map((state, step) => [step, radius(state)]);
    const foretold = !this.rule.clip && !this.game.isPushed && from > 0 && nature(this.game.jacobian()) !== 'silent';
    const pace = foretold ? growth(this.game.jacobian(), this.rule) : 1;
    const written = foretold ? corrected.map(([step]) => [step, from * pace ** step]).filter(([, value]) => value < 1e6) : [];
    const values = [...corrected, ...written].map(([, value]) => value);
    const logarithmic = Math.max(...values) > LOGARITHMIC * Math.max(1e-8, Math.min(...values));
    paintCurve(this.plot, { points: { written, corrected }, level: null, logarithmic }, this.look);
    this.plot.setAttribute('aria-label', this.told.textContent);
  }
}

function row(claim) {
  const { name, predicted, measured } = claimWords(claim);
  const verdict = t(`experiment.${claim.holds ? 'holds' : 'fails'}`);
  return make('tr', { 'data-claim': claim.key, 'data-holds': String(claim.holds) }, make('th', { scope: 'row' }, name), make('td', {}, predicted),
    make('td', {}, measured, ' ', make('span.aigc-mark-of-claim', { role: 'img', 'aria-label': verdict, title: verdict }, claim.holds ? '✓' : '✗')));
}
