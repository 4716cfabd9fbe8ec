// What was changed while a run trained: where it stands on the chart, and what it says.

import { xOf } from './chart-scale.js';
import { beginsAt, growthOf } from './growth-stages.js';
import { catalogue, t } from './i18n.js';
import { count } from './numbers.js';

/** @typedef {{step: number, key: string, from: any, to: any}} Change */
/** @typedef {{step: number, labels: string[]}} Mark */

const NEAR = 5; // pixels within which the crosshair stands on a mark
const LINES = 3; // labels beside or below one another before the rest keep to their ticks

/** A setting's value as it is typed: 0.003, two names of losses, 1e-4. */
function shown(key, value) {
  if (value === null || value === undefined) return '–';
  if (key === 'loss') return catalogue.losses[value]?.title ?? String(value);
  return typeof value === 'number' ? String(Number(value.toPrecision(4))).replace('-', '−') : String(value);
}

/** `lr.g 0.003→0.001`; a loss goes by its title. @param {Change} change */
export function changeLabel({ key, from, to }) {
  const name = key === 'loss' ? t('chart.lossChange') : key;
  return `${name} ${shown(key, from)}→${shown(key, to)}`;
}

/** The changes gathered by their steps. @param {Change[] | undefined} changes @returns {Mark[]} */
export function marksOf(changes) {
  const marks = new Map();
  for (const change of changes ?? []) {
    if (!marks.has(change.step)) marks.set(change.step, { step: change.step, labels: [] });
    marks.get(change.step).labels.push(changeLabel(change));
  }
  return [...marks.values()].sort((a, b) => a.step - b.step);
}

/** Where each stage of networks that grow begins. @param {object | null} run @returns {Mark[]} */
export function stageMarks(run) {
  const growth = growthOf(run, catalogue.generators);
  return growth ? growth.sizes.slice(1).map((size, i) => ({ step: beginsAt(growth, i + 1), labels: [t('growth.begins', { size })] })) : [];
}

/** The losses of a run in their order, each with the steps it was played. @returns {{loss: string, from: number, to: number}[]} */
export function lossSpans(run) {
  const changes = (run.changes ?? []).filter(({ key }) => key === 'loss').sort((a, b) => a.step - b.step);
  const spans = [{ loss: changes[0]?.from ?? run.loss, from: 0, to: Infinity }];
  for (const { step, to } of changes) {
    spans.at(-1).to = step;
    spans.push({ loss: to, from: step, to: Infinity });
  }
  return spans;
}

/** A line through both panels at each mark, and its words where there is room. */
export function paintMarks(context, scene) {
  const placed = []; // [right end of the last label] by line
  context.save();
  context.font = `500 12px ${scene.font}`;
  context.textAlign = 'left';
  for (const { step, labels } of scene.marks) {
    const x = Math.round(xOf(scene, step)) + 0.5;
    if (x < scene.left || x > scene.left + scene.width) continue;
    for (const panel of scene.panels) paintTick(context, scene, panel, x);
    paintLabel(context, scene, labels.join(', '), x, placed);
  }
  context.restore();
}

function paintTick(context, scene, panel, x) {
  context.strokeStyle = scene.muted;
  context.lineWidth = 1;
  context.setLineDash([4, 3]);
  context.beginPath();
  context.moveTo(x, panel.top);
  context.lineTo(x, panel.top + panel.height);
  context.stroke();
  context.setLineDash([]);
  context.fillStyle = scene.muted;
  context.beginPath();
  context.moveTo(x - 4, panel.top);
  context.lineTo(x + 4, panel.top);
  context.lineTo(x, panel.top + 6);
  context.fill();
}

function paintLabel(context, scene, label, x, placed) {
  const width = context.measureText(label).width;
  const right = scene.left + scene.width;
  const start = x + 7 + width > right ? x - 7 - width : x + 7;
  if (start < scene.left) return;
  const line = Array.from({ length: LINES }, (_, i) => i).find((i) => (placed[i] ?? -Infinity) < start - 8);
  if (line === undefined) return;
  placed[line] = start + width;
  const y = scene.panels[0].top + 14 + 16 * line;
  context.lineWidth = 4;
  context.strokeStyle = scene.paper;
  context.strokeText(label, start, y);
  context.fillStyle = scene.ink;
  context.fillText(label, start, y);
}

/** The mark under the crosshair, or null. @returns {Mark | null} */
export function markAt(scene, step) {
  const x = xOf(scene, step);
  return scene.marks.find((mark) => Math.abs(xOf(scene, mark.step) - x) <= NEAR) ?? null;
}

/** All changes in one sentence, for those who cannot see the marks. @param {Mark[]} marks */
export function tellMarks(marks) {
  return marks.length ? t('chart.changes', { list: marks.map(({ step, labels }) => `${count(step)}: ${labels.join(', ')}`).join('; ') }) : '';
}
