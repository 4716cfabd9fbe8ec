// The big graph as a part of the page: what it shows, which range, and which curve the pointer is at.

import { settled } from './chart-scale.js';
import { make } from './dom.js';
import { colourOf } from './game.js';
import { catalogue, t } from './i18n.js';
import { barsOf, meansOf } from './losses-batch.js';
import { Axis } from './losses-axis.js';
import { MARGIN, paintLosses, sOn, xOn, yOn } from './losses-paint.js';
import { LossModel } from './losses-model.js';
import { fitted } from './samples.js';

const HEIGHT = 540;
const LOW_HEIGHT = 460; // on a phone
const NARROW = 560;
const NEAR = 14; // pixels: a pointer this close to a curve is at it
const USUAL = { low: -6, high: 6 };
const BATCH_ROOM = 0.08;

export class Graph {
  /** @param {LossModel} model @param {import('./losses-light.js').Lights} lights */
  constructor(model, lights) {
    this.model = model;
    this.lights = lights;
    this.isFitted = false;
    this.isHeld = false;
    this.canvas = make('canvas', { role: 'img', 'aria-label': t('explain.graph') });
    this.surface = make('div.aigc-graph', {
      onpointermove: (event) => this.hover(event),
      onpointerleave: () => lights.point(null),
      onclick: (event) => {
        const key = this.keyAt(event);
        if (!key) return;
        event.stopPropagation();
        lights.pin(key);
      },
    }, this.canvas);
    this.axis = new Axis(model, (isHeld) => {
      this.isHeld = isHeld;
      if (!isHeld) this.schedule();
    });
    this.element = make('div.aigc-losses-graph', { style: `--aigc-margin:${MARGIN}px` }, this.surface, this.axis.element);
    this.painted = 0;
  }

  build() {
    this.axis.build();
    this.schedule();
  }

  /** Show only the span of the batch, or all that is usual. @param {boolean} isFitted */
  fit(isFitted) {
    this.isFitted = isFitted;
    this.range = null;
    this.schedule();
  }

  /** Draw in the next frame, once, if anybody sees it. */
  schedule() {
    if (this.due || !this.isAwake) return;
    this.due = requestAnimationFrame(() => {
      this.due = 0;
      this.draw();
    });
  }

  wake() {
    this.isAwake = true;
    this.schedule();
  }

  rest() {
    this.isAwake = false;
    cancelAnimationFrame(this.due);
    this.due = 0;
  }

  draw() {
    const width = this.surface.clientWidth;
    if (!width || !this.model.acts.length) return;
    if (!this.isHeld || !this.range) this.range = this.rangeNow();
    const scene = this.scene(width);
    paintLosses(fitted(this.canvas, width, scene.height, devicePixelRatio || 1), scene);
    this.axis.show(this.range);
    this.shown = scene;
    this.painted += 1;
    this.canvas.dataset.frame = String(this.painted);
  }

  rangeNow() {
    const { logits, batch } = this.model;
    const scores = batch?.scores;
    const wanted = this.isFitted && scores
      ? { low: Math.min(scores.lo, logits.real, logits.fake), high: Math.max(scores.hi, logits.real, logits.fake) }
      : { low: Math.min(USUAL.low, scores?.lo ?? 0, logits.real, logits.fake), high: Math.max(USUAL.high, scores?.hi ?? 0, logits.real, logits.fake) };
    const room = this.isFitted ? BATCH_ROOM * Math.max(wanted.high - wanted.low, 1e-3) : 0;
    return settled({ low: wanted.low - room, high: wanted.high + room }, this.range);
  }

  scene(width) {
    const { model, range } = this;
    const style = getComputedStyle(this.element);
    const names = ['ink', 'muted', 'faint', 'line', 'edge', 'paper', 'd', 'g'];
    const colours = Object.fromEntries(names.map((name) => [name, style.getPropertyValue(`--aigc-${name}`).trim()]));
    const curves = curvesOf(model.acts, model.logits);
    const beside = curvesOf(model.besideActs, model.logits).map((curve) => ({ ...curve, isG: curve.player === 'g' }));
    const histograms = histogramsOf(model, colours);
    const height = width < NARROW ? LOW_HEIGHT : HEIGHT;
    return {
      width, height, ...range, curves, beside, histograms, colours, lit: this.lights.key, logits: model.logits, font: style.fontFamily,
      bands: bandsOf(height, range, curves, beside, histograms.length > 0),
      top: 1.1 * Math.max(0.02, ...histograms.flatMap(({ bars }) => bars.map(({ share }) => share))),
      most: Math.max(1, ...histograms.flatMap(({ bars, strength }) => bars.map(({ from, to }) => strength((from + to) / 2)))),
      besideName: model.beside ? t('explain.besideName', { loss: catalogue.losses[model.beside].title }) : '',
      words: { value: t('explain.band.value'), slope: t('explain.band.slope'), batch: t('explain.band.batch') },
    };
  }

  hover(event) {
    if (event.pointerType === 'touch') return;
    this.lights.point(this.keyAt(event));
    this.surface.style.cursor = this.lights.over ? 'pointer' : '';
  }

  /** The term whose curve, slope or chosen point lies nearest to the pointer. */
  keyAt(event) {
    if (!this.shown) return null;
    const box = this.canvas.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    const s = sOn(this.shown, x);
    const { value, slope } = this.shown.bands;
    const reach = this.shown.curves.map((curve) => {
      const here = curve.at(s);
      return { key: curve.key, away: Math.min(Math.abs(y - yOn(value, here.value)), Math.abs(y - yOn(slope, here.slope))) };
    });
    const nearest = reach.sort((a, b) => a.away - b.away)[0];
    return nearest && nearest.away < NEAR ? nearest.key : null;
  }

  /** Where a logit stands in the graph, in CSS pixels; for tests. @param {number} s */
  xOf(s) {
    return xOn(this.shown, s);
  }
}

/** @param {import('./losses-model.js').Act[]} acts each term times its weight, along its own logit */
function curvesOf(acts, logits) {
  return acts.filter((act) => act.shape).map((act) => {
    const { weight, shape } = act;
    const other = logits[shape.logit === 'real' ? 'fake' : 'real'];
    const at = (s) => {
      const found = shape.along(s, other);
      return { value: weight * found.value, slope: weight * found.slope };
    };
    return { key: act.key, player: act.player, logit: shape.logit, colour: colourOf(act), s: logits[shape.logit], at };
  });
}

/** The batch's two histograms, with how strongly this loss takes each logit up: D's slope at the real ones, G's at the fakes. */
function histogramsOf(model, colours) {
  const scores = model.batch?.scores;
  if (!scores) return [];
  const means = meansOf(scores);
  const strength = (player, which) => (s) => Math.abs(LossModel.slope(model.acts, player, which, { ...means, [which]: s }));
  return [
    { which: 'real', colour: colours.d, bars: barsOf(scores, 'real'), strength: strength('d', 'real') },
    { which: 'fake', colour: colours.g, bars: barsOf(scores, 'fake'), strength: strength('g', 'fake') },
  ];
}

function bandsOf(height, range, curves, beside, hasBatch) {
  const [gap, foot] = [26, 22];
  const room = height - foot - 3 * gap;
  const shares = hasBatch ? [0.4, 0.3, 0.3] : [0.58, 0.42, 0];
  const tops = [gap, 2 * gap + shares[0] * room, (hasBatch ? 3 : 2) * gap + (shares[0] + shares[1]) * room];
  const band = (i, limits) => ({ top: tops[i], height: Math.max(hasBatch || i < 2 ? 1 : 0, shares[i] * room), ...limits });
  return {
    value: band(0, span(range, curves, 'value')),
    slope: band(1, span(range, [...curves, ...beside], 'slope')),
    batch: band(2, { low: 0, high: 1 }),
  };
}

/** The least and the greatest value over the axis, zero with them, and a little room. */
function span({ low, high }, curves, name) {
  let [least, most] = [0, 0.25];
  for (const { at } of curves) {
    for (let i = 0; i <= 24; i++) {
      const value = at(low + ((high - low) * i) / 24)[name];
      if (value < least) least = value;
      if (value > most) most = value;
    }
  }
  const room = 0.06 * (most - least);
  return { low: least - room, high: most + room };
}
