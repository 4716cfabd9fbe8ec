// A scalar of each player over the steps on a linear axis with 0 in it: a pure function of its scene.

import { tickStep, ticks } from './chart-scale.js';
import { tick, weight } from './numbers.js';

const [LEFT, RIGHT, TOP, BOTTOM] = [46, 8, 8, 36];

/**
 * @typedef {{lines: Object<string, [number, number][]>, range: {low: number, high: number}, cursor: number | null, to: number,
 *            colours: Object<string, string>, font: string, width: number, height: number, xTitle: string}} Scene
 *   lines are [step, value] by player
 */

/** @param {CanvasRenderingContext2D} context cleared @param {Scene} scene */
export function paintScalars(context, scene) {
  const { colours, range, width, height } = scene;
  const floor = height - BOTTOM;
  const x = (step) => LEFT + (step / Math.max(1, scene.to)) * (width - LEFT - RIGHT);
  const y = (value) => floor - ((value - range.low) / (range.high - range.low)) * (floor - TOP);
  paintAxes(context, scene, x, y, floor);
  context.setLineDash([6, 4]);
  level(context, y(0), colours.muted, width);
  context.setLineDash([]);
  for (const [player, points] of Object.entries(scene.lines)) {
    const past = scene.cursor === null ? points : points.filter(([step]) => step <= scene.cursor);
    context.globalAlpha = 0.25;
    if (past.length < points.length) trace(context, points, x, y, colours[player]);
    context.globalAlpha = 1;
    trace(context, past, x, y, colours[player]);
  }
}

function paintAxes(context, { colours, range, to, width, font, xTitle }, x, y, floor) {
  context.font = `12px ${font}`;
  context.fillStyle = colours.muted;
  context.lineWidth = 1;
  context.textAlign = 'right';
  const up = tickStep(range.high - range.low, 4);
  for (const value of ticks(range.low, range.high, up)) {
    level(context, y(value), colours.line, width);
    context.fillText(weight(value), LEFT - 7, y(value) + 4);
  }
  context.textAlign = 'center';
  const along = Math.max(1, tickStep(to, width / 80));
  for (const value of ticks(0, to, along)) context.fillText(tick(value, along), Math.min(x(value), width - 14), floor + 16);
  context.textAlign = 'right';
  context.fillText(xTitle, width - RIGHT, floor + 32);
}

function level(context, at, colour, width) {
  context.strokeStyle = colour;
  context.beginPath();
  context.moveTo(LEFT, Math.round(at) + 0.5);
  context.lineTo(width - RIGHT, Math.round(at) + 0.5);
  context.stroke();
}

function trace(context, points, x, y, colour) {
  if (!points.length) return;
  context.beginPath();
  points.forEach(([step, value], i) => context[i ? 'lineTo' : 'moveTo'](x(step), y(value)));
  Object.assign(context, { strokeStyle: colour, lineWidth: 2, lineJoin: 'round' });
  context.stroke();
  const [step, value] = points.at(-1);
  context.beginPath();
  context.arc(x(step), y(value), 3.2, 0, 2 * Math.PI);
  context.fillStyle = colour;
  context.fill();
}
