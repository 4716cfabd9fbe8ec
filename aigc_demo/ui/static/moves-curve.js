// Small curves over a row of pictures: each point stands under its picture.

import { fitted } from './samples.js';

const HEIGHT = 76;
const PAD = 10;

/**
 * @param {HTMLCanvasElement} canvas as wide as the row
 * @param {{values: ArrayLike<number>, dashed?: boolean}[]} curves
 * @param {{low: number, high: number, lines?: number[]}} range with heights at which a line is drawn
 */
export function paintCurves(canvas, curves, { low, high, lines = [] }) {
  const width = canvas.parentElement.clientWidth;
  if (!width) return;
  const context = fitted(canvas, width, HEIGHT, devicePixelRatio || 1);
  const style = getComputedStyle(canvas);
  const colour = (name) => style.getPropertyValue(`--aigc-${name}`);
  const y = (value) => HEIGHT - PAD - ((value - low) / (high - low)) * (HEIGHT - 2 * PAD);
  const stroke = (points, name, thickness, dash) => {
    context.beginPath();
    points.forEach(([right, down], i) => context[i ? 'lineTo' : 'moveTo'](right, down));
    Object.assign(context, { strokeStyle: colour(name), lineWidth: thickness, lineJoin: 'round' });
    context.setLineDash(dash);
    context.stroke();
  };
  for (const line of lines) stroke([[0, y(line)], [width, y(line)]], 'edge', 1, []);
  for (const { values, dashed = false } of curves) {
    const points = Array.from(values, (value, i) => [((i + 0.5) / values.length) * width, y(value)]);
    stroke(points, 'ink', 2, dashed ? [5, 4] : []);
    context.setLineDash([]);
    for (const [right, down] of points) {
      context.beginPath();
      context.arc(right, down, 3, 0, 2 * Math.PI);
      Object.assign(context, { fillStyle: colour(dashed ? 'page' : 'ink'), strokeStyle: colour('ink'), lineWidth: 1.4 });
      context.fill();
      context.stroke();
    }
  }
}
