// The portrait: psi upwards, theta to the right, the flow as arrows and lines, and the path of the steps over it.

import { flowLine } from './dirac-math.js';
import { fitted } from './samples.js';

const ARROWS = 15; // a side
const [SEEDS, TURN] = [10, 2 * Math.PI];
const LINE = { time: 0.05, count: 260 };
const TICKS = { 1.25: 0.5, 2.5: 1, 5: 2, 10: 5, 20: 10, 40: 20 };

/** @typedef {{ink: string, muted: string, faint: string, line: string, edge: string, paper: string, d: string, g: string, bad: string, font: string}} Look */

/** What turns a state into pixels of a square of `side`. @param {number} side @param {number} reach of both numbers */
export function scaleOf(side, reach) {
  const scale = side / (2 * reach);
  return {
    side, reach,
    pixel: ([psi, theta]) => [(theta + reach) * scale, (reach - psi) * scale],
    state: (x, y) => [reach - y / scale, x / scale - reach],
  };
}

/** The ground: axes, arrows, flow lines. @param {HTMLCanvasElement} canvas @param {import('./dirac-math.js').DiracGame} game @param {Look} look */
export function paintFlow(canvas, game, to, look) {
  const context = fitted(canvas, to.side, to.side, devicePixelRatio || 1);
  paintAxes(context, to, look);
  for (let k = 0; k < SEEDS; k++) {
    const far = to.reach * (k % 2 ? 0.45 : 0.95);
    const start = [far * Math.cos((TURN * k) / SEEDS), far * Math.sin((TURN * k) / SEEDS)];
    stroke(context, flowLine(game, start, LINE.time, LINE.count, 1.5 * to.reach), to, look.edge, 1.5);
  }
  const gap = (2 * to.reach) / ARROWS;
  const places = Array.from({ length: ARROWS }, (_, i) => -to.reach + (i + 0.5) * gap);
  const found = places.flatMap((psi) => places.map((theta) => ({ at: [psi, theta], flow: game.velocity(psi, theta) })));
  const most = Math.max(1e-9, ...found.map(({ flow }) => Math.hypot(...flow)));
  Object.assign(context, { strokeStyle: look.muted, lineWidth: 1.2 });
  for (const { at, flow } of found) {
    const speed = Math.hypot(...flow);
    if (speed < 1e-6 * most) continue;
    const length = gap * (0.25 + 0.55 * Math.sqrt(speed / most)); // by the root, or slow places would show nothing
    arrow(context, to.pixel(at), to.pixel([at[0] + (length * flow[0]) / speed, at[1] + (length * flow[1]) / speed]));
  }
}

function paintAxes(context, to, look) {
  const { side, reach, pixel } = to;
  Object.assign(context, { strokeStyle: look.line, lineWidth: 1, font: `12px ${look.font}`, fillStyle: look.muted });
  for (let at = -Math.floor(reach / TICKS[reach]) * TICKS[reach]; at <= reach; at += TICKS[reach]) {
    segment(context, pixel([at, -reach]), pixel([at, reach]));
    segment(context, pixel([-reach, at]), pixel([reach, at]));
    if (at === 0) continue;
    const [x, y] = pixel([at, at]);
    context.textAlign = 'center';
    context.fillText(signed(at), x, side / 2 + 14);
    context.textAlign = 'right';
    context.fillText(signed(at), side / 2 - 5, y + 4);
  }
  Object.assign(context, { strokeStyle: look.g, lineWidth: 1.5 });
  segment(context, pixel([0, -reach]), pixel([0, reach]));
  context.strokeStyle = look.d;
  segment(context, pixel([-reach, 0]), pixel([reach, 0]));
  Object.assign(context, { font: `italic 16px Georgia, serif`, fillStyle: look.g, textAlign: 'right' });
  context.fillText('θ', side - 6, side / 2 - 8);
  Object.assign(context, { fillStyle: look.d, textAlign: 'left' });
  context.fillText('ψ', side / 2 + 8, 16);
}

/** The path up to its step `shown`. @param {HTMLCanvasElement} canvas @param {number[][]} path @param {Look} look */
export function paintPath(canvas, path, shown, to, look) {
  const context = fitted(canvas, to.side, to.side, devicePixelRatio || 1);
  const seen = path.slice(0, shown + 1);
  stroke(context, seen, to, look.ink, 1.8);
  if (seen.length <= 160) for (const state of seen) dot(context, to.pixel(state), 2, look.ink);
  const [x, y] = to.pixel(path[0]);
  Object.assign(context, { strokeStyle: look.ink, lineWidth: 2, fillStyle: look.paper });
  context.beginPath();
  context.arc(x, y, 6, 0, TURN);
  context.fill();
  context.stroke();
  dot(context, to.pixel(seen.at(-1)), 5, look.bad);
}

function stroke(context, states, to, colour, width) {
  context.beginPath();
  states.forEach((state, i) => context[i ? 'lineTo' : 'moveTo'](...to.pixel(state)));
  Object.assign(context, { strokeStyle: colour, lineWidth: width, lineJoin: 'round' });
  context.stroke();
}

function arrow(context, [x0, y0], [x1, y1]) {
  const angle = Math.atan2(y1 - y0, x1 - x0);
  segment(context, [x0, y0], [x1, y1]);
  for (const side of [-2.6, 2.6]) segment(context, [x1, y1], [x1 + 4.5 * Math.cos(angle + side), y1 + 4.5 * Math.sin(angle + side)]);
}

function segment(context, from, to) {
  context.beginPath();
  context.moveTo(...from);
  context.lineTo(...to);
  context.stroke();
}

function dot(context, [x, y], size, colour) {
  context.fillStyle = colour;
  context.beginPath();
  context.arc(x, y, size, 0, TURN);
  context.fill();
}

const signed = (value) => String(value).replace('-', '−');
