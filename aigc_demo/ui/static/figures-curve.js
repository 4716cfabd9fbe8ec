// digit-FD over the steps on a logarithmic axis, between the lines that give it meaning: a pure function of its scene.

import { tickStep, ticks } from './chart-scale.js';
import { distance } from './figures-list.js';
import { tick } from './numbers.js';

/** @typedef {{points: [number, number][], best: [number, number] | null, cursor: number | null, to: number,
 *             lines: {value: number, label: string, strong: boolean}[], range: {low: number, high: number},
 *             colours: Object<string, string>, font: string, width: number, height: number, xTitle: string, bestLabel: string}} Scene
 *  points are [step, digit-FD]; the range is in decades */

const LEFT = 40;
const RIGHT = 8;
const TOP = 10;
const BOTTOM = 36;
const LABEL = 15; // the height of a line's name

/** Decades that hold every value given, in halves, so that the axis seldom moves. @param {number[]} values positive */
export function halfDecades(values) {
  const logs = values.filter((value) => value > 0).map(Math.log10);
  const low = Math.floor(2 * Math.min(...logs, 0.5) + 0.2) / 2;
  const high = Math.ceil(2 * Math.max(...logs, 1) - 0.05) / 2;
  return { low, high: Math.max(high, low + 1) };
}

/** @param {CanvasRenderingContext2D} context cleared @param {Scene} scene */
export function paintDistance(context, scene) {
  const { colours } = scene;
  const floor = scene.height - BOTTOM;
  const x = (step) => LEFT + (step / Math.max(1, scene.to)) * (scene.width - LEFT - RIGHT);
  const { low, high } = scene.range;
  const y = (value) => floor - ((Math.log10(Math.max(value, 1e-3)) - low) / (high - low)) * (floor - TOP);
  paintGrid(context, scene, x, y, floor);
  paintYardsticks(context, scene, y);
  const past = scene.cursor === null ? scene.points : scene.points.filter(([step]) => step <= scene.cursor);
  if (past.length < scene.points.length) {
    context.globalAlpha = 0.25;
    trace(context, scene.points, x, y, colours.ink);
    context.globalAlpha = 1;
  }
  trace(context, past, x, y, colours.ink);
  if (scene.best) paintBest(context, scene, x, y);
  if (scene.cursor !== null) {
    context.strokeStyle = colours.ink;
    context.lineWidth = 1;
    context.beginPath();
    context.moveTo(Math.round(x(scene.cursor)) + 0.5, TOP);
    context.lineTo(Math.round(x(scene.cursor)) + 0.5, floor);
    context.stroke();
  }
}

function paintGrid(context, scene, x, y, floor) {
  const { colours } = scene;
  context.font = `12px ${scene.font}`;
  context.lineWidth = 1;
  context.strokeStyle = colours.line;
  context.fillStyle = colours.muted;
  context.textAlign = 'right';
  for (let power = Math.ceil(scene.range.low); power <= scene.range.high + 1e-9; power++) {
    const at = Math.round(y(10 ** power)) + 0.5;
    context.beginPath();
    context.moveTo(LEFT, at);
    context.lineTo(scene.width - RIGHT, at);
    context.stroke();
    context.fillText(tick(10 ** power, 10 ** power), LEFT - 7, at + 4);
  }
  context.textAlign = 'center';
  const step = Math.max(1, tickStep(scene.to, scene.width / 80));
  for (const value of ticks(0, scene.to, step)) context.fillText(tick(value, step), Math.min(x(value), scene.width - 14), floor + 16);
  context.textAlign = 'right';
  context.fillText(scene.xTitle, scene.width - RIGHT, floor + 32);
}

/** The lines, and their names above their right ends; a name that would touch the last one goes to its left. */
function paintYardsticks(context, scene, y) {
  let [above, left] = [-Infinity, 0];
  for (const line of [...scene.lines].sort((a, b) => b.value - a.value)) {
    const at = Math.round(y(line.value)) + 0.5;
    const right = at - above < LABEL ? left - 14 : scene.width - RIGHT;
    paintYardstick(context, scene, line, at, right);
    above = at;
    left = right - context.measureText(line.label).width;
  }
}

function paintYardstick(context, scene, { label, strong }, at, right) {
  const { colours } = scene;
  context.strokeStyle = strong ? colours.good : colours.muted;
  context.lineWidth = strong ? 1.6 : 1;
  context.setLineDash(strong ? [7, 4] : [2, 4]);
  context.beginPath();
  context.moveTo(LEFT, at);
  context.lineTo(scene.width - RIGHT, at);
  context.stroke();
  context.setLineDash([]);
  context.font = `12px ${scene.font}`;
  context.textAlign = 'right';
  context.lineWidth = 3;
  context.strokeStyle = colours.paper;
  context.strokeText(label, right, at - 4);
  context.fillStyle = strong ? colours.good : colours.muted;
  context.fillText(label, right, at - 4);
}

function trace(context, points, x, y, colour) {
  if (!points.length) return;
  context.beginPath();
  points.forEach(([step, value], i) => context[i ? 'lineTo' : 'moveTo'](x(step), y(value)));
  context.strokeStyle = colour;
  context.lineWidth = 2;
  context.lineJoin = 'round';
  context.stroke();
  const [step, value] = points.at(-1);
  context.beginPath();
  context.arc(x(step), y(value), 3.2, 0, 2 * Math.PI);
  context.fillStyle = colour;
  context.fill();
}

function paintBest(context, scene, x, y) {
  const [step, value] = scene.best;
  const { colours } = scene;
  context.beginPath();
  context.arc(x(step), y(value), 6, 0, 2 * Math.PI);
  context.strokeStyle = colours.good;
  context.lineWidth = 2;
  context.stroke();
  const label = `${scene.bestLabel} ${distance(value)}`;
  context.font = `600 12px ${scene.font}`;
  context.textAlign = x(step) > scene.width - 110 ? 'right' : 'left';
  const at = x(step) + (context.textAlign === 'left' ? 10 : -10);
  const below = y(value) + 18 < scene.height - BOTTOM ? y(value) + 18 : y(value) - 10;
  context.lineWidth = 3;
  context.strokeStyle = colours.paper;
  context.strokeText(label, at, below);
  context.fillStyle = colours.good;
  context.fillText(label, at, below);
}
