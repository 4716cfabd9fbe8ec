// Painting the chart on a canvas: a pure function of what it is given.

import { paintMarks } from './chart-marks.js';
import { paintLabels, paintNames } from './chart-names.js';
import { tickStep, ticks, xOf, yOf } from './chart-scale.js';
import { tick } from './numbers.js';

/** @typedef {{top: number, height: number, range: {low: number, high: number}, log: boolean, title: string, named: boolean,
 *             curves: {curve: import('./chart-model.js').Curve, colour: string}[],
 *             lines: {value: number, colour: string, label: string, from?: number, to?: number}[]}} Panel
 *  a line of a panel may hold for some steps only */
/** @typedef {{data: import('./curves.js').Curves, panels: Panel[], left: number, width: number, bottom: number, from: number,
 *             to: number, span: number, cursor: number | null, marks: import('./chart-marks.js').Mark[], xTitle: string, ink: string, muted: string, line: string,
 *             font: string}} Scene */

const FADED = 0.25; // the other curves while one is lit
const LINE_PIXELS = 1.25;
const SPREAD_PIXELS = 4;

/** @param {CanvasRenderingContext2D} context cleared @param {Scene} scene */
export function paint(context, scene) {
  context.lineJoin = 'bevel'; // the round ones cost the software renderer most of its time
  paintSteps(context, scene);
  for (const panel of scene.panels) {
    paintGrid(context, scene, panel);
    context.save();
    context.beginPath();
    context.rect(scene.left, panel.top - 1, scene.width, panel.height + 2);
    context.clip();
    for (const line of panel.lines) paintLine(context, scene, panel, line);
    const beyond = scene.cursor === null ? 1 : 0.22;
    paintCurves(context, scene, panel, beyond);
    context.restore();
    if (scene.cursor !== null) paintPast(context, scene, panel);
    paintLabels(context, scene, panel);
  }
  paintMarks(context, scene);
}

function paintSteps(context, scene) {
  const step = Math.max(1, tickStep(scene.to - scene.from, scene.width / 90));
  context.font = `12px ${scene.font}`;
  context.textAlign = 'center';
  context.fillStyle = scene.muted;
  const end = scene.left + scene.width;
  for (const value of ticks(scene.from, scene.to, step)) {
    const x = xOf(scene, value);
    context.fillText(tick(value, step), Math.min(x, end - 12), scene.bottom + 18);
  }
  context.textAlign = 'right';
  context.fillText(scene.xTitle, end, scene.bottom + 36);
}

function paintGrid(context, scene, panel) {
  const { low, high } = panel.range;
  const step = panel.log ? 1 : tickStep(high - low, panel.height / 44);
  context.font = `12px ${scene.font}`;
  context.textAlign = 'right';
  context.lineWidth = 1;
  for (const value of ticks(low, high, step)) {
    const y = Math.round(panel.top + panel.height * (1 - (value - low) / (high - low))) + 0.5;
    context.strokeStyle = scene.line;
    context.beginPath();
    context.moveTo(scene.left, y);
    context.lineTo(scene.left + scene.width, y);
    context.stroke();
    context.fillStyle = scene.muted;
    context.fillText(panel.log ? tick(10 ** value, 10 ** value) : tick(value, step), scene.left - 10, y + 4);
  }
  context.textAlign = 'left';
  context.font = `500 12px ${scene.font}`;
  context.fillText(panel.title, scene.left, panel.top - 10);
  if (panel.named) paintNames(context, scene, panel, scene.left + context.measureText(panel.title).width);
}

function paintLine(context, scene, panel, line) {
  const y = Math.round(yOf(panel, line.value)) + 0.5;
  const from = Math.max(scene.left, xOf(scene, line.from ?? scene.from));
  const to = Math.min(scene.left + scene.width, line.to === undefined ? Infinity : xOf(scene, line.to));
  if (to <= from) return;
  context.save();
  context.strokeStyle = line.colour;
  context.globalAlpha = 0.75;
  context.lineWidth = 1.2;
  context.setLineDash([2, 5]);
  context.beginPath();
  context.moveTo(from, y);
  context.lineTo(to, y);
  context.stroke();
  context.restore();
}

/** First what smoothing hides, then the terms, and the totals on top. */
function paintCurves(context, scene, panel, alpha) {
  const totals = panel.curves.filter(({ curve }) => curve.total);
  const terms = panel.curves.filter(({ curve }) => !curve.total);
  if (scene.span > 1) for (const { curve, colour } of totals) paintSpread(context, scene, panel, curve, colour, alpha);
  const hasLit = panel.curves.some(({ curve }) => curve.key === scene.lit);
  for (const { curve, colour } of [...terms, ...totals]) {
    const isLit = hasLit && curve.key === scene.lit;
    context.globalAlpha = hasLit && !isLit ? FADED * alpha : alpha;
    context.strokeStyle = colour;
    context.lineWidth = isLit ? 2 * curve.width : curve.width;
    context.setLineDash(curve.dash);
    const clipped = trace(context, scene, panel, curve);
    context.setLineDash([]);
    context.fillStyle = colour;
    for (const [x, isHigh] of clipped) marker(context, x, isHigh ? panel.top : panel.top + panel.height, isHigh);
  }
  context.globalAlpha = 1;
}

/** The curves up to the moment looked at, in full colour, and a line that marks it. */
function paintPast(context, scene, panel) {
  const x = xOf(scene, scene.cursor);
  context.save();
  context.beginPath();
  context.rect(scene.left, panel.top - 1, Math.max(0, x - scene.left), panel.height + 2);
  context.clip();
  paintCurves(context, scene, panel, 1);
  context.restore();
  if (x < scene.left || x > scene.left + scene.width) return;
  context.strokeStyle = scene.ink;
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(Math.round(x) + 0.5, panel.top);
  context.lineTo(Math.round(x) + 0.5, panel.top + panel.height);
  context.stroke();
}

/** What the smoothing hides: a band from the least to the greatest value of every few pixels. */
function paintSpread(context, scene, panel, curve, colour, alpha) {
  const { data } = scene;
  const low = data.low.get(curve.key);
  const high = data.high.get(curve.key);
  const under = [];
  context.beginPath();
  eachColumn(scene, SPREAD_PIXELS, (from, to, x) => {
    const [least, most] = extremes(low, high, from, to);
    if (most < least) return;
    context.lineTo(x, yOf(panel, curve.factor * most));
    under.push([x, yOf(panel, curve.factor * least)]);
  });
  for (const [x, y] of under.reverse()) context.lineTo(x, y);
  context.fillStyle = colour;
  context.globalAlpha = 0.1 * alpha;
  context.fill();
}

function extremes(low, high, from, to) {
  let [least, most] = [Infinity, -Infinity];
  for (let i = from; i <= to; i++) {
    if (low[i] < least) least = low[i];
    if (high[i] > most) most = high[i];
  }
  return [least, most];
}

/** Draw one curve; gives where it leaves the panel, as [x, whether at the top]. */
function trace(context, scene, panel, curve) {
  const { data, span } = scene;
  const smooth = span > 1 ? data.smoothed(curve.key, span) : null;
  const low = data.low.get(curve.key);
  const high = data.high.get(curve.key);
  const clipped = [];
  let pen = false;
  const put = (x, value) => {
    if (Number.isNaN(value)) {
      pen = false;
      return;
    }
    const y = yOf(panel, curve.factor * value);
    const limited = Math.min(Math.max(y, panel.top - 40), panel.top + panel.height + 40);
    if (pen) context.lineTo(x, limited);
    else context.moveTo(x, limited);
    pen = true;
    const isHigh = y < panel.top - 1;
    if ((isHigh || y > panel.top + panel.height + 1) && x - (clipped.at(-1)?.[0] ?? -99) > 14) clipped.push([x, isHigh]);
  };
  context.beginPath();
  eachColumn(scene, LINE_PIXELS, (from, to, x) => {
    if (smooth) return put(x, smooth[to]);
    if (from === to && low[to] === high[to]) return put(x, low[to]);
    const [least, most] = extremes(low, high, from, to);
    if (most < least) return put(x, NaN);
    put(x, least);
    return put(x, most);
  });
  context.stroke();
  return clipped;
}

/** Call `visit(first, last, x)` for the points that share a column of `pixels`, and one point on either side of the view. */
function eachColumn(scene, pixels, visit) {
  const { data } = scene;
  if (!data.count) return;
  const first = Math.max(0, data.indexAt(scene.from) - 1);
  const last = Math.min(data.count - 1, data.indexAt(scene.to) + 1);
  const factor = scene.width / Math.max(1, scene.to - scene.from);
  let from = first;
  let column = NaN;
  let x = 0;
  for (let i = first; i <= last; i++) {
    const here = scene.left + ((data.starts[i] + data.ends[i]) / 2 - scene.from) * factor;
    const place = Math.round(here / pixels);
    if (place !== column && i > first) {
      visit(from, i - 1, x);
      from = i;
    }
    column = place;
    x = here;
  }
  visit(from, last, x);
}

function marker(context, x, y, isHigh) {
  const way = isHigh ? 1 : -1;
  context.beginPath();
  context.moveTo(x, y);
  context.lineTo(x - 4, y + 6 * way);
  context.lineTo(x + 4, y + 6 * way);
  context.fill();
}
