// What became of a game, in the figures in which presets make their claims: played to its end, looked at as it goes.

import { PlaneTable } from './plane-table.js';

const EVERY = 50; // steps between two looks
const FIELD = 25;

/**
 * @param {object} traced @param {object} settings complete ones @param {number} steps @param {(step: number) => void} [tell] how far it is
 * @returns {Object<string, number | null>} the metrics at the end; `finite`; `arrow`, the mean length of −∂L_G/∂x; `radius`
 *   and `spread` of the fakes around 0 and around their mean; `d_total`, `g_total`; `d_fake`, the mean of D(G(z)); `slope`,
 *   the mean ‖∇s‖ over the window; `travel`, how far the fakes' mean went in the second half; `moves`, how often their
 *   fullest mode changed then
 */
export function outcome(traced, settings, steps, tell = () => {}) {
  const table = new PlaneTable(traced, settings);
  const path = [];
  let last = table.advance({ metrics: true });
  while (last.step < steps && last.finite) {
    last = table.advance({ count: Math.min(EVERY, steps - last.step), metrics: true });
    path.push(look(last.cloud, table.judge.modes));
    tell(last.step);
  }
  const late = path.slice(Math.floor(path.length / 2));
  const { slope } = table.probe.field(FIELD);
  const end = late.at(-1) ?? look(last.cloud, table.judge.modes);
  return {
    ...last.metrics, finite: last.finite ? 1 : 0, arrow: meanLength(last.arrows), radius: end.radius, spread: end.spread,
    d_total: last.dTotal, g_total: last.gTotal, d_fake: mean(last.logitsFake.map((s) => 1 / (1 + Math.exp(-s)))), slope: mean(slope),
    travel: between(late, (one, other) => Math.hypot(one.x - other.x, one.y - other.y)),
    moves: between(late, (one, other) => (one.fullest === other.fullest ? 0 : 1)),
  };
}

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

function between(states, measure) {
  return states.slice(1).reduce((sum, state, k) => sum + measure(states[k], state), 0);
}

function meanLength(arrows) {
  let sum = 0;
  for (let i = 0; i < arrows.length; i += 2) sum += Math.hypot(arrows[i], arrows[i + 1]);
  return (2 * sum) / arrows.length;
}

/** Mean, spread (root mean square) and fullest mode of points. */
function look(points, { centres }) {
  const count = points.length / 2;
  const counts = centres.map(() => 0);
  let [x, y, squares] = [0, 0, 0];
  for (let i = 0; i < points.length; i += 2) {
    x += points[i] / count;
    y += points[i + 1] / count;
    squares += (points[i] ** 2 + points[i + 1] ** 2) / count;
    if (counts.length) counts[nearest(points[i], points[i + 1], centres)] += 1;
  }
  return { x, y, radius: Math.sqrt(squares), spread: Math.sqrt(Math.max(0, squares - x * x - y * y)), fullest: counts.indexOf(Math.max(...counts)) };
}

function nearest(x, y, centres) {
  let [best, least] = [0, Infinity];
  centres.forEach(([cx, cy], k) => {
    const distance = (x - cx) ** 2 + (y - cy) ** 2;
    if (distance < least) [best, least] = [k, distance];
  });
  return best;
}
