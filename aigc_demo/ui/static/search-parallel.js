// Parallel coordinates: an axis for every setting that is searched and for what came of it, a line for every trial.

import { t } from './i18n.js';
import { short } from './numbers.js';
import { SearchCanvas } from './search-canvas.js';
import { settingTitle, valueText } from './search-names.js';
import { pointOf, stroke } from './search-scatter.js';

const BOX = { left: 34, right: 34, top: 46, bottom: 26 };
const NEAR = 12;

/** @typedef {{title: string, place: (trial: object) => number | null, ends: [string, string]}} Axis `place` is 0 at the bottom, 1 at the top */

/** @returns {Axis[]} */
export function axesOf(study) {
  const results = study.trials.map(pointOf).filter(Boolean);
  const settings = study.ranges.map((range) => settingAxis(range, study.loss));
  return [...settings, resultAxis('digit-FD', 1, results, true), resultAxis(t('search.seconds'), 0, results, false)];
}

function settingAxis(range, loss) {
  const title = settingTitle(range.key, loss);
  if (range.scale === 'choice') {
    const { choices } = range;
    const last = Math.max(1, choices.length - 1);
    const place = (trial) => (choices.includes(trial.settings[range.key]) ? choices.indexOf(trial.settings[range.key]) / last : null);
    return { title, place, ends: [valueText(choices[0]), valueText(choices.at(-1))] };
  }
  const map = range.scale === 'log' ? Math.log : (value) => value;
  const [low, high] = [map(range.least), map(range.most)];
  const place = (trial) => (typeof trial.settings[range.key] === 'number' ? inside((map(trial.settings[range.key]) - low) / (high - low)) : null);
  return { title, place, ends: [valueText(range.least), valueText(range.most)] };
}

function resultAxis(title, at, results, isLog) {
  const map = isLog ? Math.log : (value) => value;
  const values = results.map((point) => point[at]).filter((value) => !isLog || value > 0);
  const [low, high] = values.length ? [Math.min(...values), Math.max(...values)] : [1, 2];
  const span = map(high) - map(low) || 1;
  const place = (trial) => {
    const point = pointOf(trial);
    return point && (!isLog || point[at] > 0) ? inside((map(point[at]) - map(low)) / span) : null;
  };
  return { title, place, ends: values.length ? [short(low), short(high)] : ['–', '–'] };
}

const inside = (place) => Math.min(1, Math.max(0, place));

export class ParallelChart extends SearchCanvas {
  draw(context, width, height, colours) {
    const axes = axesOf(this.study);
    this.canvas.setAttribute('aria-label', `${t('search.parallel')}: ${axes.map((axis) => axis.title).join(', ')}`);
    const x = (place) => BOX.left + ((width - BOX.left - BOX.right) * place) / Math.max(1, axes.length - 1);
    const y = (place) => height - BOX.bottom - (height - BOX.top - BOX.bottom) * place;
    this.lines = this.study.trials.filter((trial) => trial.state !== 'waiting').map((trial) => ({
      trial, points: axes.map((axis, place) => [x(place), axis.place(trial)]).filter(([, value]) => value !== null).map(([at, value]) => [at, y(value)]),
    }));
    const quality = axes.at(-2);
    const worst = [...this.lines].sort((a, b) => (quality.place(b.trial) ?? 2) - (quality.place(a.trial) ?? 2));
    for (const line of worst) this.line(context, line, quality.place(line.trial), colours);
    const chosen = this.lines.find(({ trial }) => trial.number === this.chosen);
    if (chosen) {
      Object.assign(context, { globalAlpha: 1, strokeStyle: colours.ink, lineWidth: 3 });
      stroke(context, chosen.points);
    }
    this.axes(context, axes, x, y, width, colours);
  }

  line(context, { trial, points }, place, { ink, faint }) {
    const isComplete = trial.state === 'complete';
    context.strokeStyle = isComplete ? ink : faint;
    context.globalAlpha = place === null ? 0.25 : 0.15 + 0.65 * (1 - place) ** 2;
    context.lineWidth = isComplete ? 1.5 : 1;
    stroke(context, points);
    context.globalAlpha = 1;
  }

  axes(context, axes, x, y, width, { edge, muted }) {
    context.strokeStyle = edge;
    context.fillStyle = muted;
    context.lineWidth = 1;
    const room = (width - BOX.left - BOX.right) / Math.max(1, axes.length - 1) - 8;
    axes.forEach((axis, place) => {
      const at = Math.round(x(place)) + 0.5;
      stroke(context, [[at, y(0)], [at, y(1)]]);
      context.textAlign = place === 0 ? 'left' : place === axes.length - 1 ? 'right' : 'center';
      const edgeAt = place === 0 ? 4 : place === axes.length - 1 ? width - 4 : at;
      context.textBaseline = 'top';
      // Neighbours take turns between two lines, so that names have twice the room.
      context.fillText(fitted(context, axis.title, 2 * room), edgeAt, place % 2 ? 16 : 0);
      context.textBaseline = 'bottom';
      context.fillText(axis.ends[1], edgeAt, y(1) - 1);
      context.textBaseline = 'top';
      context.fillText(axis.ends[0], edgeAt, y(0) + 4);
    });
  }

  trialAt(x, y) {
    let [best, found] = [NEAR, null];
    for (const { trial, points } of this.lines ?? []) {
      for (let place = 1; place < points.length; place++) {
        const distance = fromSegment(x, y, points[place - 1], points[place]);
        if (distance < best) [best, found] = [distance, trial.number];
      }
    }
    return found;
  }
}

/** How far a point is from the stretch a–b. */
function fromSegment(x, y, [ax, ay], [bx, by]) {
  const [dx, dy] = [bx - ax, by - ay];
  const share = inside(((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1));
  return Math.hypot(ax + share * dx - x, ay + share * dy - y);
}

/** `text`, cut where it does not fit. */
function fitted(context, text, width) {
  if (context.measureText(text).width <= width) return text;
  let cut = text.length;
  while (cut > 1 && context.measureText(`${text.slice(0, cut)}…`).width > width) cut -= 1;
  return `${text.slice(0, cut)}…`;
}
