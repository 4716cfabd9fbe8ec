// The words on the chart's canvas: the curves' names beside a panel's title, the dashed lines' names at their right ends.

import { yOf } from './chart-scale.js';

/** @typedef {import('./chart-paint.js').Panel} Panel */

/** The curves' names in their colours, beside the title; where room is short, only their symbols. */
export function paintNames(context, scene, panel, x) {
  const widthOf = (names) => names.reduce((sum, name) => sum + context.measureText(name).width + 35, x + 18);
  const names = panel.curves.map(({ curve }) => curve.label);
  const fits = widthOf(names) < scene.left + scene.width;
  let at = x + 18;
  panel.curves.forEach(({ colour }, place) => {
    const name = fits ? names[place] : names[place].split(' ')[0];
    context.fillStyle = colour;
    context.fillRect(at, panel.top - 15, 14, 2);
    context.fillText(name, at + 19, panel.top - 10);
    at += 35 + context.measureText(name).width;
  });
}

/** The names of the dashed lines, at the right end, kept apart where two lines are close. */
export function paintLabels(context, scene, panel) {
  context.font = `500 12px ${scene.font}`;
  context.textAlign = 'right';
  let above = -Infinity;
  for (const line of [...panel.lines].sort((a, b) => b.value - a.value)) {
    const y = yOf(panel, line.value);
    if (!line.label || y < panel.top - 1 || y > panel.top + panel.height + 1) continue;
    let base = y - 6;
    if (base - above < 15) base = y + 15;
    above = base;
    const x = scene.left + scene.width - 4;
    context.lineWidth = 4;
    context.strokeStyle = scene.paper;
    context.strokeText(line.label, x, base);
    context.fillStyle = line.colour;
    context.fillText(line.label, x, base);
  }
}
