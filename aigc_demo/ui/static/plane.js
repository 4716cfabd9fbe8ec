// <aigc-plane>: the two-dimensional laboratory. The engine trains in a Worker; this element asks it for what is shown, at
// most once a frame, and never while it is off the screen.

import { make, setText } from './dom.js';
import { catalogue, t } from './i18n.js';
import { count, short } from './numbers.js';
import { PlaneBar } from './plane-bar.js';
import { PlaneControls } from './plane-controls.js';
import { PlaneCurves } from './plane-curves.js';
import { PlaneDrawing } from './plane-drawing.js';
import { PlaneNumbers } from './plane-numbers.js';
import { PlanePresets } from './plane-presets.js';
import { PlaneSlow } from './plane-slow.js';
import { PlaneStage } from './plane-stage.js';
import { whileSeen } from './seen.js';


export class Plane extends HTMLElement {
  connectedCallback() {
    if (this.stage) return;
    this.stage = new PlaneStage();
    this.numbers = new PlaneNumbers();
    this.drawing = new PlaneDrawing(this);
    this.isPlaying = false;
    this.build();
    this.stage.addEventListener('change', () => !this.isPlaying && !this.slow.isOn && this.look(true));
    this.stage.canvas.addEventListener('keydown', (event) => this.bar.press(event));
    addEventListener('aigc:theme', () => this.paintAll());
    addEventListener('aigc:show', ({ detail }) => detail.chapter === 'lab' && detail.item && this.load(detail.item));
    whileSeen(this, { wake: () => this.wake(), rest: () => this.rest() });
  }

  build() {
    this.presets = new PlanePresets((key) => this.load(key));
    this.slow = new PlaneSlow(this);
    this.bar = new PlaneBar(this);
    this.status = make('p.aigc-status', { role: 'status' });
    this.curves = new PlaneCurves();
    this.side = make('div.aigc-plane-side');
    this.replaceChildren(this.presets.element, this.status,
      make('div.aigc-plane-grid', {}, this.stage.element,
        make('div.aigc-plane-panel', {}, this.bar.element, this.slow.element, this.side,
          this.curves.element, this.numbers.element)));
  }

  // -- engine ------------------------------------------------------------------------------------------------------

  async wake() {
    this.isSeen = true;
    if (!this.engine && !this.isBeginning) await this.load();
    this.paintAll();
    if (this.isPlaying) this.loop();
  }

  rest() {
    this.isSeen = false;
    this.presets.claims.stop();
    this.slow.end();
  }

  /** Begin a preset, or the laboratory as it opens. @param {string} [key] @returns {Promise<boolean>} whether it is there */
  async load(key) {
    this.isBeginning = true;
    const preset = await this.presets.find(key);
    this.isBeginning = false;
    if (!preset) return false;
    this.presets.mark(preset);
    const ok = await this.begin(preset.settings);
    if (ok && preset.look) this.stage.look(preset.look.ground, preset.look.layers);
    if (ok && key) this.start();
    return ok;
  }

  /** Another game, from its first step; one that is asked for meanwhile takes its place. @returns {Promise<boolean>} */
  begin(settings) {
    const turn = Symbol('turn');
    this.turn = turn;
    this.isBeginning = true;
    this.pause();
    this.slow.end();
    this.drawing.stop();
    setText(this.status, t('plane.loading'));
    const ready = (this.ready ?? Promise.resolve()).then(() => turn === this.turn && this.lay(settings));
    this.ready = ready;
    return ready;
  }

  async lay(settings) {
    try {
      const { PlaneEngine } = await import('./plane-engine.js');
      if (this.engine) {
        await this.engine.set(settings);
        await this.engine.reset(); // `set` goes on with the same networks where it can
      } else {
        this.engine = await PlaneEngine.create(settings);
      }
      this.perfect = await this.engine.perfect();
    } catch (error) {
      setText(this.status, t('plane.broken', { error: error.message }));
      if (this.engine) this.showSettings();
      return false;
    } finally {
      this.isBeginning = false;
    }
    setText(this.status, '');
    this.showSettings();
    this.curves.begin(this.engine.terms);
    this.numbers.show('perfect', this.perfect, this.engine.modes);
    await this.look(true);
    return true;
  }

  showSettings() {
    if (!this.controls) {
      this.controls = new PlaneControls(this.engine.distributions);
      this.controls.addEventListener('change', ({ detail }) => this.change(detail));
      this.side.replaceChildren(this.controls.element);
    }
    this.controls.show(this.engine.settings, this.engine.terms.filter((term) => term.symbol), this.engine.auxiliaries);
  }

  /** @param {object} change of the settings: what is live takes effect at once, anything else begins anew */
  async change(change, plays = this.isPlaying) {
    if (change.data === 'drawn' && !change.drawn && !this.engine.settings.drawn) {
      this.controls.data.value = this.engine.settings.data;
      this.drawing.toggle();
      return;
    }
    const settings = { ...this.engine.settings, ...change, ...(change.weights && { weights: { ...this.engine.settings.weights, ...change.weights } }) };
    if (this.engine.isLive(change)) {
      this.presets.leave();
      await this.engine.set(settings);
      if (!this.isPlaying) await this.look();
      return;
    }
    if (change.loss) Object.assign(settings, { weights: {}, auxiliaries: [] }); // those of another loss
    if (!(await this.begin(settings))) return;
    this.presets.mark(null);
    if (plays) this.start();
  }

  async reset() {
    if (!this.engine) return;
    if (await this.begin({ ...this.engine.settings })) this.presets.restart();
  }

  // -- playing -----------------------------------------------------------------------------------------------------

  async toggle() {
    if (this.isPlaying) this.pause();
    else if (this.engine || (await this.load())) this.start();
  }

  start() {
    if (!this.engine || this.isPlaying) return;
    this.slow.end();
    this.drawing.stop();
    this.isPlaying = true;
    this.bar.showPlaying(true);
    this.loop();
  }

  pause() {
    this.isPlaying = false;
    this.bar.showPlaying(false);
  }

  async loop() {
    if (this.isLooping) return;
    this.isLooping = true;
    let [from, since] = [this.snapshot?.step ?? 0, performance.now()];
    while (this.isPlaying && this.isSeen) {
      const [snapshot] = await Promise.all([this.advance('both', this.bar.pace), new Promise(requestAnimationFrame)]);
      if (!snapshot?.finite) break;
      const now = performance.now();
      if (now - since > 1000) {
        this.rate = ((snapshot.step - from) * 1000) / (now - since);
        [from, since] = [snapshot.step, now];
      }
    }
    this.isLooping = false;
  }

  /** @param {'both' | 'd' | 'g'} who */
  async step(who) {
    this.pause();
    this.slow.end();
    if (!this.engine) return;
    if (who !== 'both') this.presets.claims.leave();
    await this.advance(who, 1, { metrics: true });
  }

  /** Steps, at most up to where the preset's claims are to be looked at. @returns {Promise<object | null>} a snapshot */
  async advance(who, steps, { metrics = false, again = false } = {}) {
    const left = this.presets.claims.left(this.snapshot?.step ?? 0);
    const wantsMetrics = metrics || steps >= left || performance.now() - (this.measured ?? 0) > this.stage.patience;
    if (wantsMetrics) this.measured = performance.now();
    if (again) this.presets.claims.leave();
    return this.ask({ who, count: Math.min(steps, left), again, metrics: wantsMetrics }, steps >= left);
  }

  /** What there is now, without a step. */
  async look(metrics = false) {
    if (this.engine) await this.ask({ count: 0, metrics });
  }

  /** @param {object} wish @param {boolean} [isJudged] whether the preset's claims are to be held against it */
  async ask(wish, isJudged = false) {
    let snapshot = null;
    try {
      snapshot = await this.engine.advance({ ...wish, ...this.stage.needs(this.isPlaying), ...(isJudged && { field: 50, slope: true }) });
    } catch (error) {
      this.pause();
      setText(this.status, t('plane.broken', { error: error.message }));
      return null;
    }
    this.take(snapshot);
    return snapshot;
  }

  take(snapshot) {
    this.snapshot = snapshot;
    if (!snapshot.finite) {
      this.pause();
      setText(this.status, t('plane.notFinite', { n: count(snapshot.step) }));
    }
    if (snapshot.metrics) this.numbers.show('now', snapshot.metrics, this.engine.modes);
    this.presets.claims.look(snapshot);
    this.curves.add(snapshot.step, snapshot.terms);
    this.bar.showStep(snapshot.step, this.isPlaying ? this.rate : null);
    this.dataset.step = snapshot.step;
    this.paintAll();
  }

  paintAll() {
    if (!this.snapshot) return;
    this.stage.show(this.snapshot, { density: this.engine.density, readout: catalogue.losses[this.engine.settings.loss]?.readout ?? 'score', spoken: this.spoken() });
    this.curves.paint();
  }

  spoken() {
    const { logitsReal, logitsFake, step } = this.snapshot;
    return t('plane.spoken', { step, real: short(mean(logitsReal)), fake: short(mean(logitsFake)) });
  }
}

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
