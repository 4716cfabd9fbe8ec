// D's scores on a line: real digits above it, this G's below it, and where the drawing stands among them.

import { tickStep, ticks } from './chart-scale.js';
import { tick } from './numbers.js';

const PAD = 14;
const BAND = 22; // pixels of either band
const TOP = 18;
export const HEIGHT = TOP + 2 * BAND + 24;

/** @typedef {{real: number[], fake: number[]}} Scale sorted scores of known digits */

/** @param {number[]} sorted @param {number} share in 0..1 */
export const quantile = (sorted, share) => sorted[Math.round(share * (sorted.length - 1))];

/** The share of `sorted` below `value`. @param {number[]} sorted @param {number} value */
export const shareBelow = (sorted, value) => sorted.filter((other) => other < value).length / sorted.length;

/**
 * Whom a score is like: the shares of both kinds that score lower, and what follows from them.
 * @param {number} score @param {Scale} scale
 * @returns {{real: number, fake: number, verdict: 'real' | 'edge' | 'fake' | 'neither'}}
 */
export function standing(score, scale) {
  const [real, fake] = [shareBelow(scale.real, score), shareBelow(scale.fake, score)];
  const verdict = real >= 0.25 ? 'real' : real >= 0.05 ? 'edge' : fake >= 0.05 ? 'fake' : 'neither';
  return { real, fake, verdict };
}

/** How often a real digit scores higher than one of G's: 0.5 is a guess, 1 never fails. @param {Scale} scale */
export const tellsApart = ({ real, fake }) => real.reduce((sum, score) => sum + shareBelow(fake, score), 0) / real.length;

/**
 * @param {CanvasRenderingContext2D} context cleared
 * @param {{scale: Scale, score: number | null, width: number, colours: Object<string, string>, font: string, words: Object<string, string>}} scene
 */
export function paintRuler(context, { scale, score, width, colours, font, words }) {
  const [low, high] = range(scale);
  const x = (value) => PAD + ((Math.min(high, Math.max(low, value)) - low) / (high - low)) * (width - 2 * PAD);
  const line = TOP + BAND;
  context.font = `12px ${font}`;
  marks(context, scale.real, x, line - BAND + 3, line - 2, colours.d);
  marks(context, scale.fake, x, line + 2, line + BAND - 3, colours.g);
  context.fillStyle = colours.edge;
  context.fillRect(PAD, line, width - 2 * PAD, 1);
  context.textAlign = 'center';
  context.fillStyle = colours.muted;
  const step = tickStep(high - low, width / 90);
  for (const value of ticks(low, high, step)) context.fillText(tick(value, step), x(value), line + BAND + 16);
  if (score === null) return;
  context.fillStyle = colours.ink;
  context.fillRect(x(score) - 1, TOP - 2, 2, 2 * BAND + 4);
  context.textAlign = x(score) > width - 60 ? 'right' : x(score) < 60 ? 'left' : 'center';
  context.fillText(words.you, x(score), TOP - 7);
}

/** From the lowest known score to the highest, without the farthest; what lies beyond is drawn at the end. */
function range({ real, fake }) {
  const low = Math.min(quantile(real, 0.01), quantile(fake, 0.01));
  const high = Math.max(quantile(real, 0.99), quantile(fake, 0.99));
  const room = 0.12 * Math.max(high - low, 1e-3);
  return [low - room, high + room];
}

function marks(context, scores, x, from, to, colour) {
  context.fillStyle = colour;
  context.globalAlpha = 0.6;
  for (const score of scores) context.fillRect(x(score) - 0.75, from, 1.5, to - from);
  context.globalAlpha = 1;
}
