// The loss terms of the laboratory over its steps, each in its own colour.

import { tickStep, ticks } from './chart-scale.js';
import { colourOf } from './game.js';
import { tick } from './numbers.js';
import { fitted } from './samples.js';

const HEIGHT = 150;
const [LEFT, RIGHT, TOP, BOTTOM] = [44, 8, 8, 20];
const KEPT = 600; // points a curve: older ones are thinned

export class PlaneHistory {
  constructor() {
    this.clear();
  }

  clear() {
    this.steps = [];
    this.values = [];
    this.stride = 1;
  }

  /** @param {number} step @param {Object<string, number>} terms */
  add(step, terms) {
    if (step < this.steps.at(-1)) this.clear();
    if (step === this.steps.at(-1)) this.values[this.values.length - 1] = terms;
    if (step - this.steps.at(-1) < this.stride) return;
    this.steps.push(step);
    this.values.push(terms);
    if (this.steps.length <= KEPT) return;
    this.steps = this.steps.filter((_, i) => i % 2 === 0);
    this.values = this.values.filter((_, i) => i % 2 === 0);
    this.stride = Math.max(1, (this.steps.at(-1) - this.steps[0]) / this.steps.length);
  }
}

/**
 * @param {HTMLCanvasElement} canvas @param {PlaneHistory} history
 * @param {{key: string, colour: string, colour_dark: string}[]} terms @param {{css: Object<string, string>, font: string}} look
 */
export function paintHistory(canvas, history, terms, look) {
  const width = canvas.parentElement?.clientWidth;
  if (!width) return;
  const context = fitted(canvas, width, HEIGHT, devicePixelRatio || 1);
  const all = history.values.flatMap((row) => terms.map(({ key }) => row[key])).filter(Number.isFinite).sort((a, b) => a - b);
  if (!all.length) return;
  let [low, high] = [all[Math.floor(0.02 * all.length)], all[Math.floor(0.98 * (all.length - 1))]];
  const room = Math.max(0.08 * (high - low), 0.05);
  [low, high] = [low - room, high + room];
  const to = Math.max(20, history.steps.at(-1));
  const x = (step) => LEFT + (step / to) * (width - LEFT - RIGHT);
  const y = (value) => HEIGHT - BOTTOM - ((value - low) / (high - low)) * (HEIGHT - BOTTOM - TOP);
  Object.assign(context, { font: `11px ${look.font}`, fillStyle: look.css.muted, strokeStyle: look.css.line, lineWidth: 1, textAlign: 'right' });
  const step = tickStep(high - low, 3);
  for (const value of ticks(low, high, step)) {
    const at = Math.round(y(value)) + 0.5;
    context.beginPath();
    context.moveTo(LEFT, at);
    context.lineTo(width - RIGHT, at);
    context.stroke();
    context.fillText(tick(value, step), LEFT - 6, at + 4);
  }
  context.textAlign = 'center';
  const stride = tickStep(to, width / 90);
  for (const value of ticks(0, to, stride)) context.fillText(tick(value, stride), Math.min(x(value), width - 18), HEIGHT - 5);
  context.save();
  context.beginPath();
  context.rect(LEFT, TOP, width - LEFT - RIGHT, HEIGHT - BOTTOM - TOP);
  context.clip();
  for (const term of terms) {
    context.beginPath();
    history.values.forEach((row, i) => context[i ? 'lineTo' : 'moveTo'](x(history.steps[i]), y(row[term.key])));
    Object.assign(context, { strokeStyle: colourOf(term), lineWidth: 1.8, lineJoin: 'round' });
    context.stroke();
  }
  context.restore();
}
