// A small picture of one term along its logit: its value, its slope, and the point that the reader has chosen.

import { fitted } from './samples.js';

const HEIGHT = 96;
const PAD = 8;
const FLAT = 0.5; // the least height of the value axis, so that a flat term looks flat

/** @typedef {{grid: number[], values: number[], slopes: number[]}} Curve */

/**
 * @param {HTMLCanvasElement} canvas @param {Curve} curve @param {number} s the chosen logit
 * @param {{curve: string, line: string, muted: string, font: string}} look
 */
export function drawTerm(canvas, curve, s, look) {
  const width = canvas.parentElement.clientWidth;
  if (!width) return;
  const context = fitted(canvas, width, HEIGHT, devicePixelRatio || 1);
  const all = [...curve.values, ...curve.slopes, 0];
  let [low, high] = [Math.min(...all), Math.max(...all)];
  if (high - low < FLAT) [low, high] = [low - FLAT / 2, high + FLAT / 2];
  const [left, right] = [curve.grid[0], curve.grid.at(-1)];
  const x = (logit) => PAD + ((logit - left) / (right - left)) * (width - 2 * PAD);
  const y = (value) => HEIGHT - PAD - ((value - low) / (high - low)) * (HEIGHT - 2 * PAD);
  const line = (points, colour, thickness, dash = []) => {
    context.beginPath();
    points.forEach(([logit, value], i) => context[i ? 'lineTo' : 'moveTo'](x(logit), y(value)));
    Object.assign(context, { strokeStyle: colour, lineWidth: thickness, lineJoin: 'round' });
    context.setLineDash(dash);
    context.stroke();
  };
  line([[left, 0], [right, 0]], look.line, 1);
  line([[0, low], [0, high]], look.line, 1);
  line([[s, low], [s, high]], look.muted, 1, [2, 3]);
  context.globalAlpha = 0.65;
  line(curve.grid.map((logit, i) => [logit, curve.slopes[i]]), look.curve, 1.4, [5, 4]);
  context.globalAlpha = 1;
  line(curve.grid.map((logit, i) => [logit, curve.values[i]]), look.curve, 2.2);
  const [value, slope] = [between(curve, curve.values, s), between(curve, curve.slopes, s)];
  context.setLineDash([]);
  for (const [place, filled] of [[slope, false], [value, true]]) {
    context.beginPath();
    context.arc(x(s), y(place), filled ? 5 : 3.5, 0, 2 * Math.PI);
    Object.assign(context, { fillStyle: filled ? look.curve : look.paper, strokeStyle: look.curve, lineWidth: 1.6 });
    context.fill();
    context.stroke();
  }
}

/** The column of a curve at a logit between its grid points. */
function between({ grid }, column, s) {
  const place = Math.max(0, Math.min(grid.length - 1, ((s - grid[0]) / (grid.at(-1) - grid[0])) * (grid.length - 1)));
  const i = Math.min(grid.length - 2, Math.floor(place));
  return column[i] + (place - i) * (column[i + 1] - column[i]);
}
