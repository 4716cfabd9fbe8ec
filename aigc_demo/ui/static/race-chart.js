// The racers' curves on shared axes: digit-FD (measured now and then, on a logarithmic axis) or any figure of every step.

import { tickStep, ticks as roundTicks } from './chart-scale.js';
import { distance } from './figures-list.js';
import { catalogue, t } from './i18n.js';
import { tick } from './numbers.js';

const MARGIN = { left: 56, right: 14, top: 12, bottom: 30 };
const DASHES = [[], [7, 4], [2, 3], [9, 3, 2, 3]];
const SMOOTHING = 20;
const MOST_POINTS = 400;

/** What can be drawn, and whether its axis is logarithmic. */
export const CURVES = { digit_fd: true, g_total: false, d_total: false, gap: false, grad_norm_g: true, grad_norm_d: true };

/**
 * Points [seconds, value] of one racer's curve.
 * @param {import('./run-model.js').RunModel} model @param {keyof CURVES} curve
 */
export function pointsOf(model, curve) {
  if (!model.run) return [];
  if (curve === 'digit_fd') {
    return model.probes.list.filter((probe) => probe.figures).map((probe) => [probe.seconds, probe.figures.digit_fd]);
  }
  const { curves, run } = model;
  const perStep = run.step ? run.seconds / run.step : 0; // a racer's steps take about equally long
  const stride = Math.max(1, Math.ceil(curves.count / MOST_POINTS));
  const keys = curve === 'gap' ? ['score_real', 'score_fake'] : [curve];
  const columns = keys.map((key) => curves.smoothed(key, SMOOTHING));
  const points = [];
  for (let i = 0; i < curves.count; i += stride) {
    points.push([curves.ends[i] * perStep, columns.length === 2 ? columns[0][i] - columns[1][i] : columns[0][i]]);
  }
  return points;
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {{colour: string, points: [number, number][]}[]} lines
 * @param {{curve: keyof CURVES, seconds: number, floor: number | null}} about `floor` is what real digits score
 * @param {{ink: string, line: string, font: string}} colours
 */
export function paintRace(canvas, lines, about, colours) {
  const ratio = devicePixelRatio || 1;
  const { clientWidth: width, clientHeight: height } = canvas;
  if (!width || !height) return;
  const size = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== size[0] || canvas.height !== size[1]) [canvas.width, canvas.height] = size;
  const context = canvas.getContext('2d');
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  const isLog = CURVES[about.curve];
  const usable = ([, value]) => Number.isFinite(value) && (!isLog || value > 0);
  const shown = lines.map((line) => ({ ...line, points: line.points.filter(usable) }));
  const box = { x: MARGIN.left, y: MARGIN.top, width: width - MARGIN.left - MARGIN.right, height: height - MARGIN.top - MARGIN.bottom };
  const scale = scaleOf(shown, about, isLog);
  const x = (seconds) => box.x + (box.width * seconds) / scale.seconds;
  const y = (value) => box.y + box.height * (1 - (scale.map(value) - scale.low) / (scale.high - scale.low));
  context.font = `12px ${colours.font}`;
  paintAxes(context, box, scale, x, y, colours);
  if (about.floor && isLog) paintFloor(context, box, y(about.floor), about.floor, colours);
  shown.forEach((line, place) => paintLine(context, line, x, y, DASHES[place % DASHES.length], about.curve === 'digit_fd'));
}

function scaleOf(lines, { seconds, floor }, isLog) {
  const map = isLog ? Math.log10 : (value) => value;
  const values = lines.flatMap((line) => line.points.map(([, value]) => map(value)));
  if (floor && isLog) values.push(map(floor));
  let low = Math.min(...values);
  let high = Math.max(...values);
  if (!values.length) [low, high] = [0, 1];
  if (isLog) [low, high] = [Math.floor(low), Math.max(Math.ceil(high), Math.floor(low) + 1)];
  else if (high - low < 1e-9) [low, high] = [low - 0.5, high + 0.5];
  else [low, high] = [low - 0.05 * (high - low), high + 0.05 * (high - low)];
  const last = Math.max(1, ...lines.flatMap((line) => line.points.map(([at]) => at)));
  return { map, low, high, isLog, seconds: Math.max(last, seconds || 0) };
}

function paintAxes(context, box, scale, x, y, { ink, line }) {
  context.strokeStyle = line;
  context.fillStyle = ink;
  context.lineWidth = 1;
  context.textAlign = 'right';
  context.textBaseline = 'middle';
  const step = tickStep(scale.high - scale.low, 5);
  const values = scale.isLog
    ? Array.from({ length: scale.high - scale.low + 1 }, (_, i) => 10 ** (scale.low + i))
    : roundTicks(scale.low, scale.high, step);
  for (const value of values) {
    const at = Math.round(y(value)) + 0.5;
    context.beginPath();
    context.moveTo(box.x, at);
    context.lineTo(box.x + box.width, at);
    context.stroke();
    context.fillText(tick(value, scale.isLog ? value : step), box.x - 8, at);
  }
  context.textAlign = 'center';
  context.textBaseline = 'top';
  for (const share of [0, 0.5, 1]) {
    context.textAlign = share === 0 ? 'left' : share === 1 ? 'right' : 'center';
    const label = share === 0.5 ? t('race.seconds.axis') : (share * scale.seconds).toFixed(0);
    context.fillText(label, x(share * scale.seconds), box.y + box.height + 8);
  }
}

function paintFloor(context, box, at, value, { ink }) {
  context.save();
  context.setLineDash([3, 4]);
  context.strokeStyle = context.fillStyle = ink;
  context.beginPath();
  context.moveTo(box.x, at);
  context.lineTo(box.x + box.width, at);
  context.stroke();
  context.textAlign = 'right';
  context.textBaseline = 'bottom';
  context.fillText(t('race.floor', { value: distance(value) }), box.x + box.width, at - 3);
  context.restore();
}

function paintLine(context, { colour, points }, x, y, dash, hasDots) {
  if (!points.length) return;
  context.save();
  context.strokeStyle = context.fillStyle = colour;
  context.lineWidth = 2.2;
  context.lineJoin = 'round';
  context.setLineDash(dash);
  context.beginPath();
  points.forEach(([seconds, value], i) => (i ? context.lineTo(x(seconds), y(value)) : context.moveTo(x(seconds), y(value))));
  context.stroke();
  if (hasDots) for (const [seconds, value] of points) context.fillRect(x(seconds) - 2, y(value) - 2, 4, 4);
  context.restore();
}

/** The name of a curve. @param {string} curve */
export const curveName = (curve) => catalogue.strings[`race.curve.${curve}`] ?? curve;
