// <aigc-chart>: every loss term and total over the steps, and below them what D thinks or how strong the gradients are.

import { handle } from './chart-input.js';
import { legend, lowerSwitch, toolbar } from './chart-legend.js';
import { lossSpans, markAt, marksOf, stageMarks, tellMarks } from './chart-marks.js';
import { curveColour, curvesOf, lowerPanels } from './chart-model.js';
import { paint } from './chart-paint.js';
import { xOf } from './chart-scale.js';
import { layOut, LEFT, linesOf, RIGHT } from './chart-scene.js';
import { fillTable, Tip } from './chart-tip.js';
import { View } from './chart-view.js';
import { atMostEvery, make, setText } from './dom.js';
import { isFinal } from './feed.js';
import { gameOf, shapeOf } from './game.js';
import { t } from './i18n.js';
import { count, short } from './numbers.js';
import { store } from './run-store.js';
import { fitted } from './samples.js';
import { onTerm } from './term-light.js';

const REFINE_STEPS = 8000; // a zoom narrower than this is worth exact rows
const FRAME_MS = 190; // every second or third message: a curve flows at five a second, and the machine stays cool

export class Chart extends HTMLElement {
  connectedCallback() {
    if (this.canvas) return;
    this.off = new Set(); // keys of the curves switched off
    this.span = 20;
    this.lower = 'opinion';
    this.dataset.empty = t('chart.empty');
    this.view = new View();
    this.at = null; // the crosshair's step
    this.painted = Number(this.dataset.frame) || 0;
    this.build();
    store.on('run', () => this.restart());
    store.on('points cursor', () => this.schedule());
    store.on('state', () => this.remark());
    addEventListener('aigc:theme', () => this.restart());
    onTerm((lit) => this.change({ lit }));
    new ResizeObserver(() => this.schedule()).observe(this.surface);
    this.restart();
  }

  build() {
    this.tools = toolbar({
      smooth: (span) => this.change({ span }),
      table: (on) => this.showTable(on),
      reset: () => this.zoomTo(null),
    }, this.span);
    this.keys = make('div.aigc-legend');
    this.canvas = make('canvas', { role: 'img', tabindex: 0, 'aria-label': t('chart'), 'aria-describedby': 'train-chart-now' });
    this.switch = lowerSwitch((lower) => this.change({ lower, chosen: lower }));
    this.tip = new Tip();
    this.surface = make('div.aigc-surface', {}, this.canvas, this.switch.element, this.tip.line, this.tip.box);
    this.now = make('p.aigc-unseen', { id: 'train-chart-now', 'aria-live': 'polite' });
    this.table = make('table.aigc-table', { hidden: true });
    this.replaceChildren(this.keys, this.surface, this.tools.element, this.table, this.now);
    this.summarise = atMostEvery(5000, () => this.summariseNow());
    this.retable = atMostEvery(1000, () => this.table.hidden || this.showTable(true));
    this.schedule = atMostEvery(FRAME_MS, () => requestAnimationFrame(() => this.draw()));
    this.reaim = atMostEvery(220, () => this.aim());
    this.refine = atMostEvery(250, () => this.refineZoom());
    handle(this.surface, {
      left: () => LEFT,
      width: () => this.plotWidth(),
      hover: (x) => this.hover(x === null ? null : this.stepAt(x)),
      choose: (x) => this.look(this.stepAt(x)),
      zoom: (a, b) => this.zoomTo([this.stepAt(a), this.stepAt(b)]),
      scale: (x, factor) => this.moveView(() => this.view.scale(this.stepAt(x), factor)),
      shift: (share) => this.moveView(() => this.view.shift(share)),
      reset: () => this.zoomTo(null),
      key: (name, far) => this.key(name, far),
    });
  }

  /** Another run, a new snapshot of it, or other colours: all is made anew but the zoom of the same run. */
  restart() {
    const name = store.run?.run;
    this.dataset.run = store.isRecorded ? '' : name;
    if (name !== this.of) {
      this.of = name;
      this.view = new View();
      this.hover(null);
      this.markZoom();
    }
    const style = getComputedStyle(this);
    this.shape = shapeOf(store.run);
    this.game = gameOf(store.run);
    this.aimLower();
    this.mark();
    this.classList.toggle('aigc-empty', !this.game); // nothing was ever recorded, or the run's loss is none we know
    this.shown = this.game ? curvesOf(this.game, store.run.keys).map((curve) => ({ curve, colour: curveColour(curve, style) })) : [];
    const names = ['ink', 'muted', 'line', 'paper', 'd', 'g'];
    this.colours = Object.fromEntries(names.map((key) => [key, style.getPropertyValue(`--aigc-${key}`).trim()]));
    this.keys.replaceChildren(...legend(this.shown, this.off, (key) => {
      if (!this.off.delete(key)) this.off.add(key);
      this.change({});
    }));
    this.change({});
  }

  /** A setting may have been changed without the columns becoming others. */
  remark() {
    if (this.shape !== shapeOf(store.run)) return void this.restart();
    if ((store.run?.changes?.length ?? 0) !== this.changes) this.mark();
    this.schedule();
  }

  /** What was changed on the way, and where a stage began. */
  mark() {
    this.changes = store.run?.changes?.length ?? 0;
    this.marks = [...marksOf(store.run?.changes), ...stageMarks(store.run)].sort((a, b) => a.step - b.step);
    this.spans = this.game ? lossSpans(store.run) : [];
  }

  change(changes) {
    Object.assign(this, changes);
    this.aim();
    this.schedule();
  }

  aim() {
    if (!store.curves?.count || !this.game) return;
    const panels = ['loss', this.lower].map((name) => ({
      name, fixed: name === 'opinion' && this.game.readout === 'probability', visible: this.visible(name), lines: this.lines(name),
    }));
    this.view.aim(store.curves, { over: store.isRecorded || isFinal(store.run.state), span: this.span, panels });
  }

  visible(panel) {
    return this.shown.filter(({ curve }) => curve.panel === panel && !this.off.has(curve.key));
  }

  lines(panel) {
    return linesOf(panel, { game: this.game, run: store.run, spans: this.spans, colours: this.colours });
  }

  /** Which panels may stand below; a panel that the visitor has chosen stays while the run has it. */
  aimLower() {
    const panels = lowerPanels(this.game);
    this.lower = panels.includes(this.chosen) ? this.chosen : panels[0];
    const name = `${panels} ${this.lower}`;
    if (name !== this.switched) this.switch.show(panels, this.lower);
    this.switched = name;
  }

  /** Take the whole page to a step; at the newest one it follows the run again. */
  look(step) {
    const last = store.curves?.last ?? 0;
    if (!last) return;
    store.look(step >= last && !store.isRecorded ? null : Math.min(last, Math.max(1, Math.round(step))));
  }

  plotWidth() {
    return Math.max(50, this.surface.clientWidth - LEFT - RIGHT);
  }

  stepAt(x) {
    const [from, to] = this.view.bounds;
    return from + ((x - LEFT) / this.plotWidth()) * (to - from);
  }

  draw() {
    const [width, height] = [this.surface.clientWidth, this.surface.clientHeight];
    if (!width || !height) return;
    const context = fitted(this.canvas, width, height, devicePixelRatio || 1);
    const isEmpty = !store.curves?.count || !this.game;
    this.switch.element.style.visibility = isEmpty ? 'hidden' : ''; // between two panels that are not there yet
    if (isEmpty) return;
    // The first figures of a run may come just after the last aim, which then knew of none.
    if (this.view.ranges.loss && this.view.targets[this.lower]) this.reaim();
    else this.aim();
    const moving = this.view.ease();
    this.scene = this.layOut(width, height);
    paint(context, this.scene);
    this.painted += 1;
    this.dataset.frame = String(this.painted);
    if (this.at !== null) this.showTip();
    this.summarise();
    this.retable();
    if (moving) this.schedule();
  }

  layOut(width, height) {
    const [from, to] = this.view.bounds;
    const isPast = store.cursor && store.cursor.step < store.curves.last;
    const places = layOut(width, height, {
      lower: this.lower, readout: this.game.readout, ranges: this.view.ranges,
      visible: (panel) => this.visible(panel), lines: (panel) => this.lines(panel),
    });
    this.switch.element.style.top = `${places.switchTop}px`;
    return {
      ...this.colours, ...places, font: getComputedStyle(this).fontFamily,
      data: store.curves, marks: this.marks, lit: this.lit, span: this.span, from, to, cursor: isPast ? store.cursor.step : null,
    };
  }

  zoomTo(wanted) {
    this.moveView(() => this.view.zoomTo(wanted));
  }

  moveView(move) {
    move();
    this.markZoom();
    this.refine();
    this.change({});
  }

  markZoom() {
    const { zoom } = this.view;
    this.tools.reset.style.visibility = zoom ? 'visible' : 'hidden';
    this.dataset.zoom = zoom ? zoom.map(Math.round).join('-') : '';
  }

  refineZoom() {
    const { zoom } = this.view;
    if (zoom && zoom[1] - zoom[0] < REFINE_STEPS) store.refine(Math.max(1, Math.floor(zoom[0])), Math.ceil(zoom[1]));
  }

  key(name, far) {
    const last = store.curves?.last ?? 1;
    const here = this.at ?? Math.min(last, this.view.bounds[1]);
    const moved = this.view.moved(name, here, last, far);
    if (moved !== undefined) this.hover(moved, true);
    else if (name === 'Escape') this.hover(null);
    else if (name === 'Enter') this.look(here);
    else if (name === '+' || name === '=') this.moveView(() => this.view.scale(here, 0.7));
    else if (name === '-') this.moveView(() => this.view.scale(here, 1 / 0.7));
    else if (name === '0') this.zoomTo(null);
    else return false;
    return true;
  }

  /** @param {number | null} step where the crosshair stands @param {boolean} spoken whether to say the values */
  hover(step, spoken = false) {
    const { curves } = store;
    if (step === null || !curves?.count || !this.scene) {
      this.at = null;
      this.tip.hide();
      return;
    }
    this.at = Math.min(Math.max(1, Math.round(step)), curves.last);
    this.showTip();
    clearTimeout(this.refining);
    this.refining = setTimeout(() => this.at && store.refine(Math.max(1, this.at - 150), Math.min(curves.last, this.at + 150)), 120);
    if (spoken) setText(this.now, this.tip.sentence);
  }

  showTip() {
    const shown = [...this.visible('loss'), ...this.visible(this.lower)];
    const mark = markAt(this.scene, this.at);
    this.tip.show(store.curves, store.curves.indexAt(this.at), shown, xOf(this.scene, this.at), this.surface.clientWidth, mark?.labels ?? []);
  }

  showTable(on) {
    this.table.hidden = !on;
    const list = this.shown.map(({ curve }) => curve);
    if (on && store.curves) fillTable(this.table, store.curves, list, (key) => store.mean(key));
  }

  summariseNow() {
    const told = this.shown.filter(({ curve }) => curve.total || curve.panel === lowerPanels(this.game)[0]);
    const values = told.map(({ curve }) => `${curve.label} ${short(curve.factor * store.mean(curve.key))}`).join(', ');
    const summary = t('chart.summary', { step: count(store.cursor?.step ?? store.curves.last), values });
    setText(this.now, `${summary} ${tellMarks(this.marks.filter(({ step }) => step <= store.run.step))}`);
  }
}
