// Which steps and which values the chart shows, and how it gets there: the visitor's zoom, and axes that ease and rest.

import { sampled } from './chart-model.js';
import { approach, decades, robustRange, roomFor, same, settled } from './chart-scale.js';

const EASE = 0.45; // of the way left, at each frame
const LEAST_STEPS = 2;
const stillness = matchMedia('(prefers-reduced-motion: reduce)');

export class View {
  constructor() {
    /** @type {[number, number] | null} where the visitor has zoomed; new data never touches it */
    this.zoom = null;
    this.end = 0; // the axis's end without zoom, on its way to `endTarget`
    this.endTarget = 1;
    this.ranges = {};
    this.targets = {};
  }

  get bounds() {
    return this.zoom ?? [0, Math.max(1, this.end)];
  }

  /**
   * Decide where the axes should be.
   * @param {import('./curves.js').Curves} curves
   * @param {{over: boolean, span: number, panels: {name: string, fixed: boolean, visible: {curve: object}[], lines: {value: number}[]}[]}} what
   */
  aim(curves, { over, span, panels }) {
    this.endTarget = over ? Math.max(1, curves.last) : roomFor(curves.last);
    const [from, to] = this.zoom ?? [0, curves.last];
    const targets = {};
    for (const { name, fixed, visible, lines } of panels) {
      const values = visible.flatMap(({ curve }) => sampled(curves, curve, span, from, to, 260));
      const newest = this.zoom ? [] : visible.map(({ curve }) => curve.factor * curves.mean(curve.key));
      if (name === 'norms') targets[name] = decades(values);
      else if (fixed) targets[name] = { low: 0, high: 1 };
      else targets[name] = settled(robustRange(values, [...lines.map((line) => line.value), ...newest]), this.targets[name]);
    }
    this.targets = targets;
  }

  /** Move axis and ranges towards their aims; gives whether there is still way to go. */
  ease() {
    const share = stillness.matches || !this.end ? 1 : EASE;
    this.end = Math.abs(this.endTarget - this.end) < 1 ? this.endTarget : this.end + share * (this.endTarget - this.end);
    let moving = this.end !== this.endTarget;
    for (const [name, target] of Object.entries(this.targets)) {
      this.ranges[name] = approach(this.ranges[name], target, share);
      moving ||= !same(this.ranges[name], target);
    }
    return moving;
  }

  /** @param {[number, number] | null} wanted null shows everything again */
  zoomTo(wanted) {
    if (!wanted) this.zoom = null;
    else if (wanted[1] - wanted[0] >= LEAST_STEPS) this.zoom = [Math.max(0, wanted[0]), wanted[1]];
  }

  /** Enlarge around `step`: a factor below 1 shows fewer steps. */
  scale(step, factor) {
    const [from, to] = this.bounds;
    const wanted = [Math.max(0, step - (step - from) * factor), Math.min(this.end, step + (to - step) * factor)];
    this.zoomTo(wanted[0] <= 0 && wanted[1] >= this.end ? null : wanted);
  }

  /** Move a zoomed view sideways by a share of its width. */
  shift(share) {
    if (!this.zoom) return;
    const [from, to] = this.zoom;
    const by = Math.min(Math.max(-from, share * (to - from)), Math.max(0, this.end - to));
    this.zoomTo([from + by, to + by]);
  }

  /** Where a key takes the crosshair from `here`; undefined for a key that does not move it. */
  moved(name, here, last, far) {
    const [from, to] = this.bounds;
    const stride = Math.max(1, Math.round((to - from) / (far ? 12 : 120)));
    const places = { ArrowLeft: here - stride, ArrowRight: here + stride, Home: from, End: Math.min(to, last) };
    return name in places ? Math.min(to, last, Math.max(1, from, places[name])) : undefined;
  }
}
