// Two overlaid histograms of logits with the slope of G's loss above them: a pure function of what it is given.

import { tickStep, ticks } from './chart-scale.js';
import { tick } from './numbers.js';

/** @typedef {import('./probes.js').Scores} Scores */
/** @typedef {{scores: Scores, low: number, high: number, top: number, slope: ((s: number) => number) | null, most: number,
 *             colours: Object<string, string>, font: string, width: number, height: number, xTitle: string, half: string}} Scene
 *  `top` is the tallest bar's share of its digits, `most` the steepest slope drawn */

const LEFT = 8;
const RIGHT = 8;
const TOP = 22;
const BOTTOM = 34;

/** @param {CanvasRenderingContext2D} context cleared @param {Scene} scene */
export function paintScores(context, scene) {
  const { colours, scores } = scene;
  const x = (s) => LEFT + ((s - scene.low) / (scene.high - scene.low)) * (scene.width - LEFT - RIGHT);
  const floor = scene.height - BOTTOM;
  const y = (share) => floor - (Math.min(1, share / scene.top)) * (floor - TOP);
  paintAxis(context, scene, x, floor);
  const bars = steps(scores);
  fill(context, bars(scores.real), x, y, floor, colours.d, 0.55);
  fill(context, bars(scores.fake), x, y, floor, colours.g, 0.28);
  // The fakes are hatched and outlined as well, so that no colour is needed to tell them from the real ones.
  hatch(context, bars(scores.fake), x, y, floor, colours.g);
  outline(context, bars(scores.fake), x, y, floor, colours.g);
  mark(context, x(scores.mean_real), floor, colours.d, scene);
  mark(context, x(scores.mean_fake), floor, colours.g, scene);
  if (scene.slope) paintSlope(context, scene, x, floor);
}

/** A histogram's corners as [s from, s to, share]. */
function steps({ lo, hi, n }) {
  return (counts) => counts.map((count, i) => {
    const width = (hi - lo) / counts.length;
    return [lo + i * width, lo + (i + 1) * width, count / Math.max(1, n)];
  });
}

function paintAxis(context, scene, x, floor) {
  const { colours } = scene;
  context.font = `12px ${scene.font}`;
  context.textAlign = 'center';
  const step = tickStep(scene.high - scene.low, scene.width / 80);
  for (const value of ticks(scene.low, scene.high, step)) {
    context.strokeStyle = colours.line;
    context.lineWidth = 1;
    line(context, Math.round(x(value)) + 0.5, TOP, floor);
    context.fillStyle = colours.muted;
    context.fillText(tick(value, step), Math.min(Math.max(x(value), 14), scene.width - 14), floor + 15);
  }
  context.textAlign = 'right';
  context.fillText(scene.xTitle, scene.width - RIGHT, floor + 30);
  if (scene.half && scene.low < 0 && scene.high > 0) {
    context.strokeStyle = colours.muted;
    context.setLineDash([2, 4]);
    line(context, Math.round(x(0)) + 0.5, TOP, floor);
    context.setLineDash([]);
    context.textAlign = 'left';
    context.fillText(scene.half, LEFT, floor + 30);
  }
  context.strokeStyle = colours.edge;
  context.beginPath();
  context.moveTo(LEFT, floor + 0.5);
  context.lineTo(scene.width - RIGHT, floor + 0.5);
  context.stroke();
}

function line(context, x, top, bottom) {
  context.beginPath();
  context.moveTo(x, top);
  context.lineTo(x, bottom);
  context.stroke();
}

function boxes(context, bars, x, y, floor) {
  context.beginPath();
  for (const [from, to, share] of bars) if (share > 0) context.rect(x(from), y(share), x(to) - x(from), floor - y(share));
}

function fill(context, bars, x, y, floor, colour, alpha) {
  boxes(context, bars, x, y, floor);
  context.globalAlpha = alpha;
  context.fillStyle = colour;
  context.fill();
  context.globalAlpha = 1;
}

function hatch(context, bars, x, y, floor, colour) {
  const [left, right] = [x(bars[0][0]), x(bars.at(-1)[1])];
  context.save();
  boxes(context, bars, x, y, floor);
  context.clip();
  context.strokeStyle = colour;
  context.globalAlpha = 0.55;
  context.lineWidth = 1;
  context.beginPath();
  for (let at = left - (floor - TOP); at < right; at += 6) {
    context.moveTo(at, floor);
    context.lineTo(at + floor - TOP, TOP);
  }
  context.stroke();
  context.restore();
}

function outline(context, bars, x, y, floor, colour) {
  context.beginPath();
  context.moveTo(x(bars[0][0]), floor);
  for (const [from, to, share] of bars) {
    context.lineTo(x(from), y(share));
    context.lineTo(x(to), y(share));
  }
  context.lineTo(x(bars.at(-1)[1]), floor);
  context.strokeStyle = colour;
  context.lineWidth = 1.8;
  context.lineJoin = 'bevel';
  context.stroke();
}

/** A wedge on the axis at a mean. */
function mark(context, x, floor, colour, scene) {
  const at = Math.min(Math.max(x, LEFT), scene.width - RIGHT);
  context.beginPath();
  context.moveTo(at, floor - 7);
  context.lineTo(at - 6, floor + 4);
  context.lineTo(at + 6, floor + 4);
  context.closePath();
  context.fillStyle = colour;
  context.fill();
  context.strokeStyle = scene.colours.paper;
  context.lineWidth = 1.2;
  context.stroke();
}

/** |dL_G/ds| over the same axis, by its own scale. */
function paintSlope(context, scene, x, floor) {
  const y = (value) => floor - (Math.min(1, value / scene.most)) * (floor - TOP);
  context.beginPath();
  for (let pixel = LEFT; pixel <= scene.width - RIGHT; pixel += 3) {
    const s = scene.low + ((pixel - LEFT) / (scene.width - LEFT - RIGHT)) * (scene.high - scene.low);
    context[pixel === LEFT ? 'moveTo' : 'lineTo'](x(s), y(Math.abs(scene.slope(s))));
  }
  context.strokeStyle = scene.colours.ink;
  context.lineWidth = 1.4;
  context.setLineDash([6, 3]);
  context.stroke();
  context.setLineDash([]);
  context.fillStyle = scene.colours.ink;
  context.textAlign = 'left';
  context.font = `12px ${scene.font}`;
  context.fillText(`|∂L_G/∂s|  0 … ${tick(scene.most, scene.most)}`, LEFT, TOP - 9);
}
