// Every complete trial by its two objectives, with the Pareto front; what was given up stands where it was left.

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

export class ScatterChart extends SearchCanvas {
  draw(context, width, height, colours) {
    const { study } = this;
    const shown = study.trials.map((trial) => [trial, pointOf(trial)]).filter(([, point]) => point && point[1] > 0);
    const complete = shown.filter(([trial]) => trial.state === 'complete');
    this.canvas.setAttribute('aria-label', t('search.chart', { n: complete.length, best: short(Math.min(...complete.map(([, point]) => point[1]))) }));
    const logs = shown.map(([, [, fd]]) => Math.log10(fd));
    const [low, high] = shown.length ? [Math.min(...logs) - 0.05, Math.max(...logs) + 0.05] : [0, 3];
    const most = Math.max(1e-3, ...shown.map(([, [seconds]]) => seconds)) * 1.06;
    const x = (seconds) => BOX.left + ((width - BOX.left - BOX.right) * seconds) / most;
    const y = (fd) => BOX.top + (height - BOX.top - BOX.bottom) * (1 - (Math.log10(fd) - low) / (high - low));
    this.axes(context, { width, height, most, low, high, x, y }, colours);
    this.front(context, complete, x, y, colours);
    this.dots = shown.map(([trial, [seconds, fd]]) => ({ trial, at: [x(seconds), y(fd)] }));
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
    const step = tickStep(most, 5);
    for (const value of ticks(0, most, step)) context.fillText(tick(value, step), x(value), height - BOX.bottom + 6);
    context.textAlign = 'right';
    context.fillText(t('search.seconds'), width - BOX.right, height - 15);
  }

  /** The front as stairs: what can be had in so many seconds. */
  front(context, complete, x, y, { ink }) {
    const members = complete.filter(([trial]) => this.study.front.includes(trial.number)).map(([, point]) => point).sort((a, b) => a[0] - b[0]);
    const stairs = members.flatMap(([seconds, fd], place) => (place ? [[x(seconds), y(members[place - 1][1])], [x(seconds), y(fd)]] : [[x(seconds), y(fd)]]));
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
