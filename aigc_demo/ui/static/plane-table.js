// A game with all that is shown of it: what the Worker keeps, and what tests play without one.

import { PlaneGame } from './plane-game.js';
import { PlaneJudge, POINTS } from './plane-metrics.js';
import { PlaneProbe } from './plane-probe.js';
import { normalDraws, uniformDraws } from './plane-random.js';

const JUDGED_SEED = 424242; // the same z are judged every time, so that figures move only when G does
const TRAIL_POINTS = 400;

/** @typedef {{who?: 'both' | 'd' | 'g', count?: number, again?: boolean, field?: number, slope?: boolean, manifold?: number, metrics?: boolean}} Wish */

export class PlaneTable {
  /** @param {object} traced as the route /plane/<loss>.json answers @param {object} settings complete ones */
  constructor(traced, settings) {
    this.game = new PlaneGame(traced, settings);
    this.probe = new PlaneProbe(this.game);
    this.judge = new PlaneJudge(settings.data, settings.drawn);
    this.judged = this.noise(JUDGED_SEED, POINTS);
    this.followed = this.noise(JUDGED_SEED + 1, 1);
    this.trail = [];
  }

  noise(seed, count) {
    const { latent, latent_law: law } = this.game.settings;
    const uniform = uniformDraws(seed);
    const draw = law === 'uniform' ? () => 2 * uniform() - 1 : normalDraws(uniform);
    return Float32Array.from({ length: count * latent }, draw);
  }

  /** Settings that may change while it is played. */
  use(settings) {
    this.game.use(settings);
  }

  /**
   * Play `count` steps, then say how things stand. After single steps both players are evaluated anew on the last batch;
   * while it runs, what is shown of the batch is what the last update saw. A single player may learn `again` from the last
   * batch, so that before and after are the same points. @param {Wish} wish
   */
  advance({ who = 'both', count = 0, again = false, field = 0, slope = true, manifold = 0, metrics = false }) {
    const { game, probe } = this;
    for (let k = 0; k < count && game.isFinite; k++) game.play(who, again);
    if (count === 0 || who !== 'both') game.look();
    const cloud = metrics ? probe.draw(this.judged) : null;
    this.follow();
    return {
      step: game.step, finite: game.isFinite, ...game.figures(), ...game.points(),
      field: field ? probe.field(field, slope) : null,
      manifold: manifold ? probe.manifold(manifold) : null,
      trail: Float32Array.from(this.trail),
      cloud, metrics: cloud ? this.judge.judge(cloud) : null,
    };
  }

  follow() {
    const [x, y] = this.probe.draw(this.followed);
    if (x !== this.trail.at(-2) || y !== this.trail.at(-1)) this.trail.push(x, y);
    if (this.trail.length > 2 * TRAIL_POINTS) this.trail = this.trail.slice(-2 * TRAIL_POINTS);
  }

  perfect() {
    return this.judge.perfect();
  }
}
