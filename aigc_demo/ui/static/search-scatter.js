// Every measured trial: by its two objectives, with the Pareto front, or one after another, with the best so far. What
// was given up stands where it was left.

import { tickStep, ticks } from './chart-scale.js';
import { t } from './i18n.js';
import { short, tick } from './numbers.js';
import { SearchCanvas } from './search-canvas.js';

const BOX = { left: 52, right: 16, top: 12, bottom: 38 };
const NEAR = 16; // pixels from a dot that still mean it

/** Where a trial stands: [seconds, digit-FD]; null for one that was never measured. */
export function pointOf(trial) {
  if (trial.digit_fd !== null) return [trial.seconds, trial.digit_fd];
  const last = trial.rungs.at(-1);
  return last ? [last[2], last[1]] : null;
}

/** @typedef {'seconds' | 'number'} By */

export class ScatterChart extends SearchCanvas {
  /** @type {By} what is told from left to right */
  by = 'seconds';

  /** The trial's place from left to right. */
  across(trial) {
    return this.by === 'seconds' ? pointOf(trial)[0] : trial.number;
  }

  draw(context, width, height, colours) {
    const { study } = this;
    const shown = study.trials.map((trial) => [trial, pointOf(trial)]).filter(([, point]) => point && point[1] > 0);
    const complete = shown.filter(([trial]) => trial.state === 'complete');
    this.canvas.setAttribute('aria-label', t('search.chart', { n: complete.length, best: short(Math.min(...complete.map(([, point]) => point[1]))) }));
    const logs = shown.map(([, [, fd]]) => Math.log10(fd));
    const [low, high] = shown.length ? [Math.min(...logs) - 0.05, Math.max(...logs) + 0.05] : [0, 3];
    const most = Math.max(1e-3, ...shown.map(([trial]) => this.across(trial))) * 1.06;
    const x = (value) => BOX.left + ((width - BOX.left - BOX.right) * value) / most;
    const y = (fd) => BOX.top + (height - BOX.top - BOX.bottom) * (1 - (Math.log10(fd) - low) / (high - low));
    this.axes(context, { width, height, most, low, high, x, y }, colours);
    this.stairs(context, this.by === 'seconds' ? this.front(complete) : bestSoFar(complete), x, y, colours);
    this.dots = shown.map(([trial, [, fd]]) => ({ trial, at: [x(this.across(trial)), y(fd)] }));
    for (const dot of this.dots) this.dot(context, dot, colours);
  }

  axes(context, { width, height, most, low, high, x, y }, { line, muted }) {
    context.strokeStyle = line;
    context.fillStyle = muted;
    context.lineWidth = 1;
    context.textBaseline = 'middle';
    context.textAlign = 'right';
    for (const value of roundValues(10 ** low, 10 ** high)) {
      const at = Math.round(y(value)) + 0.5;
      stroke(context, [[BOX.left, at], [width - BOX.right, at]]);
      context.fillText(short(value), BOX.left - 6, at);
    }
    context.textAlign = 'center';
    context.textBaseline = 'top';
    const step = this.by === 'seconds' ? tickStep(most, 5) : Math.max(1, tickStep(most, 5));
    for (const value of ticks(0, most, step)) context.fillText(tick(value, step), x(value), height - BOX.bottom + 6);
    context.textAlign = 'right';
    context.fillText(t(this.by === 'seconds' ? 'search.seconds' : 'search.number'), width - BOX.right, height - 15);
  }

  /** The front: what can be had in so many seconds. @returns {[number, number][]} */
  front(complete) {
    return complete.filter(([trial]) => this.study.front.includes(trial.number)).map(([, point]) => point).sort((a, b) => a[0] - b[0]);
  }

  /** What falls from corner to corner: stairs. */
  stairs(context, corners, x, y, { ink }) {
    const stairs = corners.flatMap(([at, fd], place) => (place ? [[x(at), y(corners[place - 1][1])], [x(at), y(fd)]] : [[x(at), y(fd)]]));
    context.strokeStyle = ink;
    context.lineWidth = 1.5;
    stroke(context, stairs);
  }

  dot(context, { trial, at }, { ink, faint, paper }) {
    const isComplete = trial.state === 'complete';
    const isFront = this.study.front.includes(trial.number);
    context.beginPath();
    if (trial.is_default) context.rect(at[0] - 5, at[1] - 5, 10, 10);
    else context.arc(at[0], at[1], isFront ? 5 : 4, 0, 7);
    context.fillStyle = isFront ? ink : isComplete ? faint : paper;
    context.strokeStyle = isFront ? ink : faint;
    context.lineWidth = 1.5;
    context.fill();
    context.stroke();
    if (trial.number !== this.chosen) return;
    context.beginPath();
    context.arc(at[0], at[1], 10, 0, 7);
    context.strokeStyle = ink;
    context.lineWidth = 2;
    context.stroke();
  }

  trialAt(x, y) {
    const near = (this.dots ?? []).map(({ trial, at }) => [Math.hypot(at[0] - x, at[1] - y), trial.number]).sort((a, b) => a[0] - b[0]);
    return near.length && near[0][0] <= NEAR ? near[0][1] : null;
  }
}

/** The corners [number, digit-FD] of the lowest digit-FD among the trials up to each. */
function bestSoFar(complete) {
  const corners = [];
  for (const [trial, [, fd]] of complete) {
    if (!corners.length || fd < corners.at(-1)[1]) corners.push([trial.number, fd]);
  }
  if (complete.length && corners.length) corners.push([complete.at(-1)[0].number, corners.at(-1)[1]]);
  return corners;
}

/** Round values of a logarithmic axis: 1, 2 and 5 of every decade, or finer where the span is narrow. */
function roundValues(low, high) {
  const found = [];
  for (let decade = Math.floor(Math.log10(low)); decade <= Math.log10(high); decade++) {
    for (const factor of [1, 2, 5]) found.push(factor * 10 ** decade);
  }
  const inside = found.filter((value) => value >= low && value <= high);
  return inside.length >= 2 ? inside : ticks(low, high, tickStep(high - low, 4));
}

export function stroke(context, points) {
  context.beginPath();
  points.forEach(([x, y], place) => (place ? context.lineTo(x, y) : context.moveTo(x, y)));
  context.stroke();
}
