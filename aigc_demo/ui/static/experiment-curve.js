// One figure of an experiment over its steps, both sides on one axis, with the predicted value as a dashed line.

import { tickStep, ticks } from './chart-scale.js';
import { tick } from './numbers.js';
import { fitted } from './samples.js';

const HEIGHT = 132;
const [LEFT, RIGHT, TOP, BOTTOM] = [46, 8, 10, 20];
const LEAST = 1e-8; // what a logarithmic axis shows of a zero

/**
 * @param {HTMLCanvasElement} canvas its parent gives the width
 * @param {{points: {written: [number, number][], corrected: [number, number][]}, level: number | null, logarithmic: boolean}} scene
 * @param {{ink: string, muted: string, line: string, watch: string, font: string}} look
 */
export function paintCurve(canvas, scene, look) {
  const width = canvas.parentElement.clientWidth;
  if (!width) return;
  const context = fitted(canvas, width, HEIGHT, devicePixelRatio || 1);
  const scaled = (value) => (scene.logarithmic ? Math.log10(Math.max(value, LEAST)) : value);
  const all = [...scene.points.written, ...scene.points.corrected];
  const values = all.map(([, value]) => scaled(value));
  if (scene.level !== null) values.push(scaled(scene.level));
  if (!values.length) return;
  let [low, high] = [Math.min(...values), Math.max(...values)];
  const room = Math.max(0.08 * (high - low), scene.logarithmic ? 0.15 : 0.02 * Math.abs(high) + 1e-6);
  [low, high] = [low - room, high + room];
  const to = Math.max(1, ...all.map(([step]) => step));
  const x = (step) => LEFT + (step / to) * (width - LEFT - RIGHT);
  const y = (value) => HEIGHT - BOTTOM - ((scaled(value) - low) / (high - low)) * (HEIGHT - BOTTOM - TOP);
  paintAxis(context, { low, high, to, width, y, x, logarithmic: scene.logarithmic }, look);
  if (scene.level !== null) stroke(context, [[0, scene.level], [to, scene.level]], x, y, look.muted, 1, [2, 4]);
  stroke(context, scene.points.written, x, y, look.watch, 2, [6, 3]);
  stroke(context, scene.points.corrected, x, y, look.ink, 2, []);
}

function paintAxis(context, { low, high, to, width, x, y, logarithmic }, look) {
  Object.assign(context, { font: `11px ${look.font}`, fillStyle: look.muted, strokeStyle: look.line, lineWidth: 1, textAlign: 'right' });
  const step = logarithmic ? Math.max(1, Math.ceil((high - low) / 4)) : tickStep(high - low, 3);
  for (const value of ticks(low, high, step)) {
    const at = Math.round(y(logarithmic ? 10 ** value : value)) + 0.5;
    context.beginPath();
    context.moveTo(LEFT, at);
    context.lineTo(width - RIGHT, at);
    context.stroke();
    context.fillText(logarithmic ? `1e${value}`.replace('-', '−') : tick(value, step), LEFT - 6, at + 4);
  }
  context.textAlign = 'center';
  const stride = Math.max(1, tickStep(to, width / 90));
  for (const value of ticks(0, to, stride)) context.fillText(tick(value, stride), Math.min(x(value), width - 16), HEIGHT - 4);
}

function stroke(context, points, x, y, colour, width, dash) {
  if (!points.length) return;
  context.setLineDash(dash);
  context.beginPath();
  points.forEach(([step, value], i) => context[i ? 'lineTo' : 'moveTo'](x(step), y(value)));
  if (points.length === 1) context.lineTo(x(points[0][0]) + 2, y(points[0][1]));
  Object.assign(context, { strokeStyle: colour, lineWidth: width, lineJoin: 'round' });
  context.stroke();
  context.setLineDash([]);
}
