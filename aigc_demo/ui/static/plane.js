// <aigc-plane>: the two-dimensional laboratory. The engine trains in a Worker; this element asks it for what is shown, at
// most once a frame, and never while it is off the screen.

import { make, setText } from './dom.js';
import { formula } from './formula.js';
import { catalogue, t } from './i18n.js';
import { count, short } from './numbers.js';
import { PlaneHistory, paintHistory } from './plane-chart.js';
import { planeLook } from './plane-colours.js';
import { PlaneControls } from './plane-controls.js';
import { PlaneNumbers } from './plane-numbers.js';
import { PlanePresets } from './plane-presets.js';
import { PlaneSlow } from './plane-slow.js';
import { PlaneStage } from './plane-stage.js';
import { whileSeen } from './seen.js';

const METRICS_MS = 700;
const PACES = [1, 2, 5, 10, 20];
const LEAST_DRAWN = 20;

export class Plane extends HTMLElement {
  connectedCallback() {
    if (this.stage) return;
    this.history = new PlaneHistory();
    this.stage = new PlaneStage();
    this.numbers = new PlaneNumbers();
    this.pace = 1;
    this.isPlaying = false;
    this.build();
    this.stage.addEventListener('change', () => this.lookSoon());
    addEventListener('aigc:theme', () => this.paintAll());
    addEventListener('aigc:show', ({ detail }) => detail.chapter === 'lab' && detail.item && this.load(detail.item));
    whileSeen(this, { wake: () => this.wake(), rest: () => this.rest() });
  }

  build() {
    this.presets = new PlanePresets((key) => this.load(key));
    this.slow = new PlaneSlow(this);
    this.play = make('button.aigc-primary', { id: 'plane-play', type: 'button', onclick: () => this.toggle() }, t('plane.play'));
    const small = (id, act) => make('button.aigc-quiet', { id: `plane-${id}`, type: 'button', onclick: act }, t(`plane.${id.replace(/-(.)/g, (_, letter) => letter.toUpperCase())}`));
    this.paceSelect = make('select', { id: 'plane-pace', onchange: ({ target }) => { this.pace = Number(target.value); } }, ...PACES.map((pace) => make('option', { value: pace }, pace)));
    this.where = make('output.aigc-plane-where');
    this.status = make('p.aigc-status', { role: 'status' });
    this.chart = make('canvas', { role: 'img', 'aria-label': t('plane.terms') });
    this.ledger = make('div.aigc-plane-ledger');
    this.side = make('div.aigc-plane-side');
    this.drawButton = small('draw', () => this.draw());
    this.replaceChildren(this.presets.element, this.status,
      make('div.aigc-plane-grid', {},
        make('div', {}, this.stage.element),
        make('div.aigc-plane-panel', {},
          make('div.aigc-actions', {}, this.play, small('step-d', () => this.step('d')), small('step-g', () => this.step('g')), small('step-both', () => this.step('both')),
            small('slow', () => this.slow.begin()), small('reset', () => this.reset()), this.drawButton,
            make('label.aigc-plane-pace', {}, t('plane.pace'), this.paceSelect), this.where),
          this.slow.element, this.side,
          make('figure', {}, make('figcaption', {}, t('plane.terms')), make('div', {}, this.chart), this.ledger),
          this.numbers.element)));
  }

  // -- engine ------------------------------------------------------------------------------------------------------

  async wake() {
    this.isSeen = true;
    if (!this.engine) await this.load();
    this.paintAll();
    if (this.isPlaying) this.loop();
  }

  rest() {
    this.isSeen = false;
  }

  /** Begin a preset, or the laboratory as it opens. @param {string} [key] @returns {Promise<boolean>} whether it is there */
  async load(key) {
    const preset = await this.presets.find(key);
    if (!preset) return false;
    this.presets.mark(preset);
    const ok = await this.begin(preset.settings);
    if (ok && preset.look) this.stage.look(preset.look.ground, preset.look.layers);
    if (ok && key) this.start();
    return ok;
  }

  /** Another game, from its first step. @returns {Promise<boolean>} */
  async begin(settings) {
    this.pause();
    setText(this.status, t('plane.loading'));
    try {
      const { PlaneEngine } = await import('./plane-engine.js');
      if (!this.engine) this.engine = await PlaneEngine.create(settings);
      else await this.engine.set(settings);
    } catch (error) {
      setText(this.status, t('plane.broken', { error: error.message }));
      return false;
    }
    setText(this.status, '');
    this.history.clear();
    this.showSettings();
    this.perfect = await this.engine.perfect();
    this.numbers.show('perfect', this.perfect, this.engine.modes);
    await this.look(true);
    return true;
  }

  showSettings() {
    const { settings } = this.engine;
    this.terms = this.engine.terms;
    if (!this.controls) {
      this.controls = new PlaneControls(this.engine.distributions);
      this.controls.addEventListener('change', ({ detail }) => this.change(detail));
      this.side.replaceChildren(this.controls.element);
    }
    this.controls.show(settings, this.terms.filter((term) => term.symbol).map((term) => ({ ...term, weight: settings.weights?.[term.key] ?? term.weight })));
    this.ledger.replaceChildren(...this.terms.map((term) => {
      term.cell = make('b', {}, '–');
      return make('span.aigc-coloured', { style: `--term-light:${term.colour};--term-dark:${term.colour_dark}`, title: term.text }, formula(term.latex), ' ', term.cell);
    }));
  }

  /** @param {object} change of the settings: what is live takes effect at once, anything else begins anew */
  async change(change) {
    const wasPlaying = this.isPlaying;
    const settings = { ...this.engine.settings, ...change, ...(change.weights && { weights: { ...this.engine.settings.weights, ...change.weights } }) };
    if (this.engine.isLive(change)) {
      await this.engine.set(settings);
      return;
    }
    if (change.loss) settings.weights = {};
    this.presets.mark(null);
    if ((await this.begin(settings)) && wasPlaying) this.start();
  }

  async reset() {
    if (!this.engine) return;
    await this.begin({ ...this.engine.settings });
  }

  // -- playing -----------------------------------------------------------------------------------------------------

  toggle() {
    if (this.isPlaying) this.pause();
    else this.start();
  }

  start() {
    if (!this.engine || this.isPlaying) return;
    this.isPlaying = true;
    setText(this.play, t('plane.pause'));
    this.loop();
  }

  pause() {
    this.isPlaying = false;
    if (this.play) setText(this.play, t('plane.play'));
  }

  async loop() {
    if (this.isLooping) return;
    this.isLooping = true;
    let [from, since] = [this.snapshot?.step ?? 0, performance.now()];
    while (this.isPlaying && this.isSeen) {
      const snapshot = await this.advance('both', this.pace);
      if (!snapshot || !snapshot.finite) break;
      const now = performance.now();
      if (now - since > 1000) {
        this.rate = ((snapshot.step - from) * 1000) / (now - since);
        [from, since] = [snapshot.step, now];
      }
      await new Promise(requestAnimationFrame);
    }
    this.isLooping = false;
  }

  /** @param {'both' | 'd' | 'g'} who */
  async step(who) {
    this.pause();
    if (this.engine) await this.advance(who, 1, true);
  }

  async advance(who, steps, metrics = false) {
    const wantsMetrics = metrics || performance.now() - (this.measured ?? 0) > METRICS_MS;
    if (wantsMetrics) this.measured = performance.now();
    const snapshot = await this.engine.advance({ who, count: steps, metrics: wantsMetrics, ...this.stage.needs });
    this.take(snapshot);
    return snapshot;
  }

  /** What there is now, without a step. */
  async look(metrics = false) {
    if (!this.engine) return;
    this.take(await this.engine.advance({ who: 'both', count: 0, metrics, ...this.stage.needs }));
  }

  /** Fetch what a changed choice of layers needs, once for all that change at a time; while it plays it comes by itself. */
  lookSoon() {
    if (this.isPlaying || this.isLookingSoon || !this.engine) return;
    this.isLookingSoon = true;
    queueMicrotask(() => {
      this.isLookingSoon = false;
      this.look();
    });
  }

  take(snapshot) {
    this.snapshot = snapshot;
    if (!snapshot.finite) {
      this.pause();
      setText(this.status, t('plane.notFinite', { n: count(snapshot.step) }));
    }
    if (snapshot.metrics) this.numbers.show('now', snapshot.metrics, this.engine.modes);
    if (snapshot.terms) this.history.add(snapshot.step, snapshot.terms);
    const rate = this.isPlaying && this.rate ? ` · ${t('plane.rate', { n: count(this.rate) })}` : '';
    setText(this.where, t('plane.step', { n: count(snapshot.step) }) + rate);
    for (const term of this.terms) setText(term.cell, short(snapshot.terms?.[term.key]));
    this.dataset.step = snapshot.step;
    this.paintAll();
  }

  paintAll() {
    if (!this.snapshot) return;
    this.stage.show(this.snapshot, { density: this.engine.density, readout: catalogue.losses[this.engine.settings.loss]?.readout ?? 'score', spoken: this.spoken() });
    paintHistory(this.chart, this.history, this.terms, planeLook(this));
  }

  spoken() {
    const { logitsReal, logitsFake, step } = this.snapshot;
    return t('plane.spoken', { step, real: short(mean(logitsReal)), fake: short(mean(logitsFake)) });
  }

  // -- a distribution of one's own ------------------------------------------------------------------------------------

  async draw() {
    if (!this.stage.strokes) {
      this.pause();
      this.stage.beginDrawing();
      setText(this.status, t('plane.drawing'));
      setText(this.drawButton, t('plane.useDrawing'));
      return;
    }
    if (this.stage.strokes.length / 2 < LEAST_DRAWN) {
      setText(this.status, t('plane.tooFew', { n: LEAST_DRAWN }));
      return;
    }
    const points = this.stage.endDrawing();
    setText(this.drawButton, t('plane.draw'));
    if (await this.begin({ ...this.engine.settings, data: 'drawn', drawn: [...points] })) this.start();
  }
}

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
