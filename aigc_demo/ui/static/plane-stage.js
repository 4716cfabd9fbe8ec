// The picture of the plane: which layers are shown, and a pad for a distribution of one's own.

import { make } from './dom.js';
import { isDark } from './game.js';
import { t } from './i18n.js';
import { planeLook, rgb } from './plane-colours.js';
import { kernelDensity, optimum } from './plane-optimum.js';
import { dataAt, paintArrows, paintContour, paintField, paintManifold, paintPoints, paintTrail, viewOf } from './plane-paint.js';
import { fitted } from './samples.js';

export const GROUNDS = ['d', 'optimum', 'difference', 'slope', 'none'];
export const LAYERS = ['real', 'fake', 'arrows', 'manifold', 'trail'];
const FIRST_LAYERS = new Set(['real', 'fake', 'arrows']);
const SCORE_SPREAD = 2.5; // standard deviations of a score that the colours reach
const GROUND_MS = 60; // between two grounds while it trains: one takes the Worker longer than a step
const PEN = 0.09; // data units between two points that a stroke leaves

const sigmoid = (s) => 1 / (1 + Math.exp(-s));

export class PlaneStage extends EventTarget {
  constructor() {
    super();
    this.ground = 'd';
    this.layers = new Set(FIRST_LAYERS);
    this.canvas = make('canvas', { id: 'plane-canvas', role: 'img', tabindex: 0, 'aria-keyshortcuts': 'Space D G B', title: t('plane.keys') });
    this.frame = make('div.aigc-plane-canvas', {}, this.canvas);
    this.legend = make('p.aigc-plane-legend');
    this.arrowLegend = make('p.aigc-plane-legend', {}, t('plane.arrowScale'));
    this.element = make('div.aigc-plane-stage', {}, this.frame, this.choices(), this.legend, this.arrowLegend);
    new ResizeObserver(([{ contentRect }]) => this.resize(contentRect.width)).observe(this.frame);
    this.canvas.addEventListener('pointerdown', (event) => this.penDown(event));
    this.canvas.addEventListener('pointermove', (event) => this.penMoves(event));
    for (const name of ['pointerup', 'pointercancel']) this.canvas.addEventListener(name, () => this.penUp());
  }

  resize(width) {
    if (width === this.width) return;
    this.width = width;
    this.paint();
  }

  choices() {
    const grounds = GROUNDS.map((name) => make('label', { title: t(`plane.ground.${name}.about`) },
      make('input', { type: 'radio', name: 'plane-ground', value: name, checked: name === this.ground, onchange: () => { this.ground = name; this.changed(); } }),
      make('span', {}, t(`plane.ground.${name}`))));
    const layers = LAYERS.map((name) => make('label', { title: t(`plane.layer.${name}.about`) },
      make('input', { type: 'checkbox', id: `plane-layer-${name}`, checked: this.layers.has(name), onchange: ({ target }) => { this.toggle(name, target.checked); } }),
      make('span', {}, t(`plane.layer.${name}`))));
    return make('div.aigc-plane-layers', {},
      make('fieldset', {}, make('legend', {}, t('plane.ground')), ...grounds),
      make('fieldset', {}, make('legend', {}, t('plane.layers')), ...layers));
  }

  toggle(name, on) {
    if (on) this.layers.add(name);
    else this.layers.delete(name);
    const box = this.element.querySelector(`#plane-layer-${name}`);
    if (box) box.checked = on;
    this.changed();
  }

  /** @param {string} ground one of `GROUNDS` @param {string[]} [layers] all that are to be shown */
  look(ground, layers) {
    this.ground = ground;
    const radio = this.element.querySelector(`input[value="${ground}"]`);
    if (radio) radio.checked = true;
    if (layers) for (const name of LAYERS) this.toggle(name, layers.includes(name));
    this.changed();
  }

  changed() {
    this.paint();
    this.dispatchEvent(new Event('change'));
  }

  /** Milliseconds between two looks at many fakes: D* is estimated from them. */
  get patience() {
    return this.ground === 'optimum' || this.ground === 'difference' ? 200 : 700;
  }

  /** What a snapshot must hold for what is shown. @param {boolean} isHurried the ground and G's grid not at every frame */
  needs(isHurried) {
    const now = performance.now();
    if (isHurried && now - this.groundAt < GROUND_MS) return {};
    this.groundAt = now;
    return { field: this.ground === 'none' ? 0 : 50, slope: this.ground === 'slope', manifold: this.layers.has('manifold') ? 20 : 0 };
  }

  /**
   * @param {object} snapshot of the engine @param {{density: ((n: number) => Float32Array) | null, readout: 'probability' | 'score', spoken: string}} about
   */
  show(snapshot, about) {
    this.snapshot = { ...snapshot, field: snapshot.field ?? this.snapshot?.field, manifold: snapshot.manifold ?? this.snapshot?.manifold };
    this.cloud = snapshot.cloud ?? this.cloud ?? snapshot.fake;
    this.about = about;
    this.paint();
  }

  paint() {
    const { width } = this;
    this.arrowLegend.style.visibility = this.layers.has('arrows') ? 'visible' : 'hidden';
    if (!width || !this.snapshot) return;
    const context = fitted(this.canvas, width, width, devicePixelRatio || 1);
    const view = viewOf(width);
    const look = planeLook(this.element);
    const colours = { ...look.css, fold: isDark() ? '#e8e8e8' : '#3c3c3c' };
    context.fillStyle = look.css.paper;
    context.fillRect(0, 0, width, width);
    this.paintGround(context, view, look);
    const { real, fake, arrows, manifold, trail } = this.snapshot;
    if (this.layers.has('manifold') && manifold) paintManifold(context, view, manifold, colours);
    if (this.layers.has('real')) paintPoints(context, view, real, colours.d, 2.1);
    if (this.layers.has('fake')) paintPoints(context, view, fake, colours.g, 2.1);
    if (this.layers.has('arrows')) paintArrows(context, view, fake, arrows, colours.ink);
    if (this.layers.has('trail') && trail) paintTrail(context, view, trail, colours.ink);
    if (this.strokes) paintPoints(context, view, Float32Array.from(this.strokes), colours.ink, 2.4);
    this.canvas.dataset.frame = Number(this.canvas.dataset.frame ?? 0) + 1;
    this.canvas.setAttribute('aria-label', this.about.spoken);
  }

  paintGround(context, view, look) {
    const { field } = this.snapshot;
    if (this.ground === 'none') this.legend.textContent = '';
    if (this.ground === 'none' || !field || (this.ground === 'slope' && !field.slope)) return;
    const { n } = field;
    if (this.ground === 'slope') {
      const top = Math.max(1, ...field.slope);
      this.tell('slope', top);
      return paintField(context, view, { n, values: field.slope }, (value) => value / top, look.rising);
    }
    const isScore = this.about.readout === 'score';
    const [middle, spread] = isScore ? spreadOf(field.s) : [0, 1];
    const judged = isScore ? field.s.map((s) => sigmoid((2 * (s - middle)) / spread)) : field.s.map(sigmoid);
    if (this.ground === 'd') {
      this.tell(isScore ? 'score' : 'd', 0);
      paintField(context, view, { n, values: judged }, (value) => value, look.players);
      return paintContour(context, view, { n, values: judged }, 0.5, look.css.muted);
    }
    const p = this.about.density?.(n);
    if (!p) return this.tell('noDensity', 0);
    const best = this.bestAgainst(p, n);
    this.tell(this.ground, 0);
    if (this.ground === 'optimum') {
      paintField(context, view, { n, values: best }, (value) => value, look.players);
      return paintContour(context, view, { n, values: best }, 0.5, look.css.muted);
    }
    return paintField(context, view, { n, values: judged.map((value, i) => value - best[i]) }, (value) => 0.5 + value / 2, look.differences);
  }

  /** D* against the fakes that were judged last: many, and not at every frame. */
  bestAgainst(p, n) {
    const { cloud } = this;
    if (this.best?.p !== p || this.best.cloud !== cloud) this.best = { p, cloud, values: optimum(p, kernelDensity(cloud, n)) };
    return this.best.values;
  }

  tell(key, top) {
    const text = t(`plane.legend.${key}`, { top: top.toFixed(top < 10 ? 1 : 0) });
    if (this.legend.textContent !== text) this.legend.textContent = text;
  }

  // -- drawing a distribution ------------------------------------------------------------------------------------

  /** Take strokes on the canvas for points, until `drawn` is called with what is there. */
  beginDrawing() {
    this.strokes = [];
    this.canvas.classList.add('aigc-plane-pad');
    this.paint();
  }

  endDrawing() {
    const points = Float32Array.from(this.strokes ?? []);
    this.strokes = null;
    this.canvas.classList.remove('aigc-plane-pad');
    this.paint();
    return points;
  }

  penDown(event) {
    if (!this.strokes) return;
    event.preventDefault();
    this.canvas.setPointerCapture(event.pointerId);
    this.last = null;
    this.penMoves(event, true);
  }

  penMoves(event, first = false) {
    if (!this.strokes || (!first && !this.last)) return;
    const box = this.canvas.getBoundingClientRect();
    const at = dataAt(viewOf(box.width), event.clientX - box.left, event.clientY - box.top);
    const from = this.last ?? at;
    const length = Math.hypot(at[0] - from[0], at[1] - from[1]);
    if (this.last && length < PEN) return;
    const parts = Math.max(1, Math.round(length / PEN));
    for (let i = 1; i <= parts; i++) this.strokes.push(from[0] + ((at[0] - from[0]) * i) / parts, from[1] + ((at[1] - from[1]) * i) / parts);
    this.last = at;
    this.paint();
  }

  penUp() {
    this.last = null;
  }
}

function spreadOf(values) {
  let [sum, squares] = [0, 0];
  for (const value of values) {
    sum += value;
    squares += value * value;
  }
  const mean = sum / values.length;
  return [mean, Math.max(1e-6, SCORE_SPREAD * Math.sqrt(Math.max(0, squares / values.length - mean * mean)))];
}
