// What is foretold of a Dirac-GAN and what then happens: every claim is measured on the game that is on the screen.

import { eigenvalues, flowLine, growth, nature, radius, stepped, turns } from './dirac-math.js';

const NEAR = 1e-3; // the distance from rest at which steps are measured: only the linear part of the game is felt there
const STEPS = 20_000;
const SHARE = 0.02; // of the logarithm of growth that may differ ...
const LEAST = 1e-5; // ... and what may differ where it is 0
const FLOW = { start: [1.6, 1.2], time: 0.02, count: 2500 };
const KEPT = 1e-4;
const REACH = 3;
const EDGE = { starts: [[0.2, 0.2], [2.5, -2]], time: 0.02, count: 12_000, tail: 3000, tolerance: 0.02, patience: 5 };

/** @typedef {{key: string, relation: '=' | '≈' | '<' | '>', predicted: number, measured: number, digits: number, holds: boolean}} Claim */

/** @param {import('./dirac-math.js').DiracGame} game @param {import('./dirac-math.js').Rule} rule @returns {Claim[]} */
export function claims(game, rule) {
  if (rule.clip) return [];
  if (game.isPushed) return edgeClaim(game);
  const kind = nature(game.jacobian());
  const found = kind === 'silent' ? [] : [growthClaim(game, rule)];
  const flow = flowClaim(game);
  return flow ? [...found, flow] : found;
}

/** The factor of the linearised step beside what the real steps do, very near to rest. */
function growthClaim(game, rule) {
  const predicted = growth(game.jacobian(), rule);
  const measured = measuredGrowth(game, rule);
  const off = Math.abs(Math.log(measured / predicted));
  return { key: 'growth', relation: '=', predicted, measured, digits: 5, holds: off <= SHARE * Math.abs(Math.log(predicted)) + LEAST };
}

/**
 * The mean growth a step of many real ones, each brought back to the same small distance: how fast the mean logarithm of
 * the distance rises from the third to the last quarter, when the slowest direction has won and turns average out.
 */
export function measuredGrowth(game, rule) {
  let state = [0.6 * NEAR, 0.8 * NEAR, 0, 0];
  let logarithm = 0;
  const sums = [0, 0];
  const quarter = STEPS / 4;
  for (let i = 0; i < STEPS; i++) {
    state = stepped(game, state, rule);
    const size = radius(state) / NEAR;
    if (size === 0) return 0;
    state = state.map((value) => value / size);
    logarithm += Math.log(size);
    const part = Math.floor(i / quarter) - 2;
    if (part >= 0) sums[part] += logarithm;
  }
  return Math.exp((sums[1] - sums[0]) / quarter / quarter);
}

/** What the flow does to the distance wherever one looks, and what it does from one start; null where that depends. */
function flowClaim(game) {
  let [least, most] = [0, 0];
  for (let psi = -REACH; psi <= REACH; psi += 0.25) {
    for (let theta = -REACH; theta <= REACH; theta += 0.25) {
      const outward = game.outward(psi, theta);
      [least, most] = [Math.min(least, outward), Math.max(most, outward)];
    }
  }
  const line = flowLine(game, FLOW.start, FLOW.time, FLOW.count);
  const measured = radius(line.at(-1)) / radius(line[0]);
  const shared = { predicted: 1, measured, digits: 4 };
  if (Math.max(-least, most) < KEPT) return { key: 'kept', relation: '≈', ...shared, holds: Math.abs(measured - 1) < KEPT };
  if (most < KEPT) return { key: 'shrinks', relation: '<', ...shared, holds: measured < 1 - KEPT };
  if (least > -KEPT) return { key: 'grows', relation: '>', ...shared, holds: measured > 1 + KEPT };
  return null;
}

/**
 * Where a penalty pushes D off psi = 0: if the flow turns around the edge, two starts, inside and outside, end on one
 * cycle; else it stops at the edge. Nothing is claimed of a stop that is too slow to be waited for.
 */
function edgeClaim(game) {
  const { where, matrix } = game.edge();
  const [slowest] = eigenvalues(matrix);
  const ends = EDGE.starts.map((start) => flowLine(game, start, EDGE.time, EDGE.count).slice(-EDGE.tail));
  const [inner, outer] = ends.map((states) => Math.max(...states.map(radius)));
  const near = (a, b) => Math.abs(a - b) <= EDGE.tolerance * b;
  if (turns(matrix)) {
    const moves = ends.every((states) => states.some(([, theta]) => theta > 0) && states.some(([, theta]) => theta < 0));
    return [{ key: 'cycle', relation: '≈', predicted: inner, measured: outer, digits: 3, holds: moves && near(inner, outer) }];
  }
  if (-slowest.re * EDGE.time * EDGE.count < EDGE.patience) return [];
  return [{ key: 'stuck', relation: '≈', predicted: where, measured: inner, digits: 3, holds: near(inner, where) && near(outer, where) }];
}
