// <aigc-experiment data-key="C4">: the reader predicts, both sides run on the server, and every claim is held against the run.

import { atMostEvery, make, setText } from './dom.js';
import { ExperimentClaims } from './experiment-claims.js';
import { paintCurve } from './experiment-curve.js';
import { ExperimentSide } from './experiment-side.js';
import { experimentOf, runExperiment } from './experiment-store.js';
import { t } from './i18n.js';
import { prose } from './prose.js';
import { whileSeen } from './seen.js';

const SIDES = ['written', 'corrected'];
const LOOK = ['ink', 'muted', 'line', 'watch'];
let asked = 0;

export class ExperimentElement extends HTMLElement {
  connectedCallback() {
    if (this.stopWatching) return;
    this.seed = 0;
    this.draw = atMostEvery(60, () => this.drawNow());
    addEventListener('aigc:theme', () => this.draw());
    this.stopWatching = whileSeen(this, { wake: () => this.build(), margin: '600px' });
  }

  disconnectedCallback() {
    this.stop();
  }

  /** @returns {Promise<boolean>} whether the experiment is there to be run */
  build() {
    this.built ??= this.buildOnce().then((there) => {
      if (!there) this.built = null;
      return there;
    });
    return this.built;
  }

  async buildOnce() {
    const experiment = await experimentOf(this.dataset.key);
    if (!experiment) return false;
    this.experiment = experiment;
    this.sides = Object.fromEntries(SIDES.map((key) => [key, new ExperimentSide(key, experiment.sides[key])]));
    this.claims = new ExperimentClaims(experiment.claims, experiment.sides);
    this.claims.element.hidden = true; // it would give the answer away
    this.curves = experiment.series.map((series) => ({ series, points: { written: [], corrected: [] }, canvas: make('canvas', { role: 'img' }) }));
    this.runButton = make('button.aigc-quiet', { type: 'button', 'data-run': '', onclick: () => this.toggle() }, t('experiment.run'));
    this.progress = make('progress', { max: 1, value: 0, hidden: true });
    this.status = make('p.aigc-status', { role: 'status' });
    this.stage = make('div.aigc-experiment-stage', { hidden: true }, ...SIDES.map((key) => this.sides[key].element));
    this.plots = make('div.aigc-experiment-plots', { hidden: true }, ...this.curves.map(({ series, canvas }) =>
      make('figure', {}, make('figcaption', {}, prose(series.name)), make('div', {}, canvas))));
    this.replaceChildren(this.ask(), make('div.aigc-actions', {}, this.runButton, make('span.aigc-caption', {}, t('experiment.about', { n: Math.ceil(experiment.seconds) })), this.progress),
      this.status, this.stage, this.plots, this.claims.element);
    new ResizeObserver(() => this.draw()).observe(this.plots);
    return true;
  }

  ask() {
    const name = `predict-${this.dataset.key}-${(asked += 1)}`; // one may stand in two chapters
    const choices = this.experiment.choices.map((choice, place) =>
      make('label', {}, make('input', { type: 'radio', name, value: place, onchange: () => { this.choice = place; } }), make('span', {}, prose(choice.text))));
    return make('fieldset.aigc-experiment-choices', {},
      make('legend', {}, make('b', {}, t('experiment.predict')), ' ', prose(this.experiment.question)), ...choices);
  }

  toggle() {
    if (this.going) this.stop();
    else this.run();
  }

  stop() {
    this.going?.abort();
  }

  /** Run both sides; resolves when all is over. @returns {Promise<boolean>} whether every claim holds */
  async run() {
    if (this.going || !(await this.build()) || this.going) return false;
    if ('predict' in this.dataset && this.choice === undefined) {
      setText(this.status, t('quiz.choose'));
      return false;
    }
    const going = (this.going = new AbortController());
    this.begin();
    let holds = false;
    try {
      for await (const line of runExperiment(this.dataset.key, this.seed, going.signal)) {
        if (line.waiting) setText(this.status, t('experiment.waiting', { n: line.waiting }));
        else if (line.frame) this.take(line.frame);
        else if (line.done) holds = this.conclude(line);
      }
    } catch (error) {
      setText(this.status, going.signal.aborted ? t('experiment.stopped') : error.message);
    } finally {
      this.end();
    }
    return holds;
  }

  begin() {
    this.dataset.state = 'running';
    delete this.dataset.holds;
    setText(this.runButton, t('experiment.stop'));
    setText(this.status, t('experiment.compiling'));
    this.progress.hidden = false;
    this.progress.removeAttribute('value');
    this.parts = { written: 0, corrected: 0 };
    for (const side of Object.values(this.sides)) side.clear();
    for (const curve of this.curves) curve.points = { written: [], corrected: [] };
    this.claims.clear();
    this.stage.hidden = this.claims.element.hidden = false;
  }

  end() {
    this.going = null;
    this.dataset.state = 'done';
    this.progress.hidden = true;
    setText(this.runButton, t('experiment.again'));
    this.seed += 1;
    this.drawNow();
  }

  take(frame) {
    this.sides[frame.side]?.show(frame);
    this.parts[frame.side] = frame.progress;
    this.progress.value = (this.parts.written + this.parts.corrected) / 2;
    setText(this.status, '');
    for (const { series, points } of this.curves) {
      const value = frame.figures[series.key];
      if (Number.isFinite(value)) points[frame.side].push([frame.step, value]);
    }
    this.plots.hidden = !this.curves.some(({ points }) => points.written.length + points.corrected.length);
    this.draw();
  }

  conclude({ claims, seconds }) {
    const failed = this.claims.show(claims);
    this.dataset.holds = failed === 0;
    const verdict = t(failed ? 'experiment.someFail' : 'experiment.allHold', { n: claims.length, m: failed });
    const chosen = this.experiment.choices[this.choice];
    const guess = chosen ? [t(chosen.right ? 'experiment.right' : 'experiment.wrong', { choice: chosen.text }), ' '] : [];
    this.status.replaceChildren(...guess.map((piece) => prose(piece)), `${verdict} ${t('experiment.done', { n: seconds.toFixed(1), seed: this.seed })}`);
    for (const [place, label] of [...this.querySelectorAll('.aigc-experiment-choices label')].entries()) {
      label.dataset.right = this.experiment.choices[place].right;
    }
    this.dispatchEvent(new CustomEvent('aigc:concluded', { bubbles: true, detail: { right: chosen?.right ?? null, holds: failed === 0 } }));
    return failed === 0;
  }

  drawNow() {
    const style = getComputedStyle(this);
    const look = Object.fromEntries(LOOK.map((name) => [name, style.getPropertyValue(`--aigc-${name}`)]));
    for (const { series, points, canvas } of this.curves ?? []) {
      if (points.written.length + points.corrected.length === 0) continue;
      paintCurve(canvas, { points, level: series.level, logarithmic: series.logarithmic }, { ...look, font: style.fontFamily });
      const ends = SIDES.filter((side) => points[side].length).map((side) =>
        t('experiment.curve', { name: series.name, side: this.experiment.sides[side], value: points[side].at(-1)[1].toPrecision(3) }));
      canvas.setAttribute('aria-label', ends.join('; '));
    }
  }
}
