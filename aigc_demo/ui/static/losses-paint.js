// The big graph: the terms, their slopes and the batch's logits, one above the other over one axis. It only paints.

import { tickStep, ticks } from './chart-scale.js';
import { tick } from './numbers.js';

/** @typedef {{key: string, colour: string, at: (s: number) => {value: number, slope: number}}} Curve */
/** @typedef {{top: number, height: number, low: number, high: number}} Band */
/** @typedef {{which: 'real'|'fake', colour: string, strength: (s: number) => number, bars: {from: number, to: number, share: number}[]}} Histogram */
/** @typedef {{width: number, low: number, high: number, curves: (Curve & {s: number, logit: 'real'|'fake'})[], beside: Curve[], besideName: string,
 *             histograms: Histogram[], top: number, most: number, lit: string | null, colours: Object<string, string>, font: string,
 *             words: Object<string, string>, bands: {value: Band, slope: Band, batch: Band}, logits: {real: number, fake: number}}} Scene */

export const MARGIN = 12;
const PIXELS = 3; // between two points of a curve

export const xOn = (scene, s) => MARGIN + ((s - scene.low) / (scene.high - scene.low)) * (scene.width - 2 * MARGIN);
export const sOn = (scene, x) => scene.low + ((x - MARGIN) / (scene.width - 2 * MARGIN)) * (scene.high - scene.low);
export const yOn = (band, value) => band.top + band.height * (1 - (value - band.low) / (band.high - band.low));

/** @param {CanvasRenderingContext2D} context cleared @param {Scene} scene */
export function paintLosses(context, scene) {
  const { bands, words } = scene;
  paintGrid(context, scene);
  paintBatch(context, scene);
  title(context, scene, bands.value, words.value);
  title(context, scene, bands.slope, words.slope);
  if (scene.histograms.length) title(context, scene, bands.batch, words.batch);
  paintLogits(context, scene);
  paintBeside(context, scene);
  // What is lit comes last, above the others. Two terms may be one function: the later one is thinner, and both are seen.
  const order = scene.curves.map((curve, i) => ({ ...curve, thick: 2 + 1.6 * (scene.curves.length - 1 - i) }));
  for (const curve of order.sort((a, b) => (a.key === scene.lit) - (b.key === scene.lit))) paintCurve(context, scene, curve);
}

function paintGrid(context, scene) {
  const { colours, bands } = scene;
  const bottom = bands.batch.top + bands.batch.height;
  const step = tickStep(scene.high - scene.low, scene.width / 90);
  context.font = `12px ${scene.font}`;
  context.textAlign = 'center';
  for (const s of ticks(scene.low, scene.high, step)) {
    stroke(context, [[xOn(scene, s), bands.value.top], [xOn(scene, s), bottom]], colours.line, 1);
    context.fillStyle = colours.muted;
    context.fillText(tick(s, step), Math.min(Math.max(xOn(scene, s), 14), scene.width - 14), bottom + 16);
  }
  for (const band of [bands.value, bands.slope]) {
    stroke(context, [[MARGIN, yOn(band, 0)], [scene.width - MARGIN, yOn(band, 0)]], colours.faint, 1);
    const gap = tickStep(band.high - band.low, band.height / 46);
    context.textAlign = 'left';
    for (const value of ticks(band.low, band.high, gap)) {
      context.fillStyle = colours.muted;
      context.fillText(tick(value, gap), MARGIN + 2, yOn(band, value) - 3);
    }
  }
  stroke(context, [[MARGIN, bottom], [scene.width - MARGIN, bottom]], colours.edge, 1);
}

function title(context, scene, band, words) {
  context.font = `600 12px ${scene.font}`;
  context.textAlign = 'right';
  context.fillStyle = scene.colours.muted;
  context.fillText(words, scene.width - MARGIN, band.top - 6);
}

/** Outlines are the batch; what is filled of a bar is the part that the loss takes up: the bar times the slope there. */
function paintBatch(context, scene) {
  const { bands: { batch } } = scene;
  const floor = batch.top + batch.height;
  const y = (share) => floor - Math.min(1, share / scene.top) * batch.height;
  for (const { bars, colour, strength } of scene.histograms) {
    context.globalAlpha = 0.5;
    context.fillStyle = colour;
    for (const { from, to, share } of bars) {
      const height = floor - y(share * Math.min(1, strength((from + to) / 2) / scene.most));
      context.fillRect(xOn(scene, from), floor - height, xOn(scene, to) - xOn(scene, from), height);
    }
    context.globalAlpha = 1;
    const outline = bars.flatMap(({ from, to, share }) => [[xOn(scene, from), y(share)], [xOn(scene, to), y(share)]]);
    if (outline.length) stroke(context, [[outline[0][0], floor], ...outline, [outline.at(-1)[0], floor]], colour, 1.6);
  }
}

/** The two chosen logits, through all three bands. */
function paintLogits(context, scene) {
  const { bands, colours, logits } = scene;
  for (const [which, colour] of [['real', colours.d], ['fake', colours.g]]) {
    const x = xOn(scene, logits[which]);
    stroke(context, [[x, bands.value.top], [x, bands.batch.top + bands.batch.height]], colour, 1.2, [2, 3]);
  }
}

function paintBeside(context, scene) {
  for (const { at, isG } of scene.beside) {
    stroke(context, sampled(scene, scene.bands.slope, (s) => at(s).slope), scene.colours.ink, isG ? 2 : 1, [9, 4, 2, 4]);
  }
  if (!scene.beside.length) return;
  context.font = `12px ${scene.font}`;
  context.textAlign = 'left';
  context.fillStyle = scene.colours.ink;
  context.fillText(scene.besideName, MARGIN + 30, scene.bands.slope.top - 6, 0.55 * scene.width);
}

function paintCurve(context, scene, curve) {
  const { value, slope } = scene.bands;
  context.globalAlpha = scene.lit && scene.lit !== curve.key ? 0.22 : 1;
  const width = scene.lit === curve.key ? Math.max(5, curve.thick + 1) : curve.thick;
  stroke(context, sampled(scene, value, (s) => curve.at(s).value), curve.colour, width);
  stroke(context, sampled(scene, slope, (s) => curve.at(s).slope), curve.colour, width, [6, 4]);
  const here = curve.at(curve.s);
  dot(context, xOn(scene, curve.s), yOn(value, here.value), curve.colour, curve.colour);
  dot(context, xOn(scene, curve.s), yOn(slope, here.slope), curve.colour, scene.colours.paper);
  context.globalAlpha = 1;
}

/** Points of a function across a band; what leaves it is held at its edge. */
function sampled(scene, band, f) {
  const points = [];
  for (let x = MARGIN; x <= scene.width - MARGIN; x += PIXELS) {
    points.push([x, Math.min(band.top + band.height + 1, Math.max(band.top - 1, yOn(band, f(sOn(scene, x)))))]);
  }
  return points;
}

function stroke(context, points, colour, width, dash = []) {
  context.beginPath();
  points.forEach(([x, y], i) => context[i ? 'lineTo' : 'moveTo'](x, y));
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.lineJoin = 'round';
  context.setLineDash(dash);
  context.stroke();
  context.setLineDash([]);
}

function dot(context, x, y, colour, fill) {
  context.beginPath();
  context.arc(x, y, 4.5, 0, 2 * Math.PI);
  context.fillStyle = fill;
  context.fill();
  context.strokeStyle = colour;
  context.lineWidth = 1.8;
  context.stroke();
}
