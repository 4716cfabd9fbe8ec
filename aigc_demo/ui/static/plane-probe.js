// Looking at a game without playing: the logit and its slope over the window, G's map of a grid, and fakes in number.

import { normalQuantile } from './plane-random.js';

const REACH = 3;

export class PlaneProbe {
  /** @param {import('./plane-game.js').PlaneGame} game */
  constructor(game) {
    this.game = game;
    this.judging = game.laid(game.traced.field, (name) => name === 's');
    this.steepness = game.laid(game.traced.field);
    this.mapping = game.laid(game.traced.draw);
    this.drawing = game.laid(game.traced.draw, (name) => name === 'points');
    this.rows = game.traced.probe;
  }

  /**
   * s on an n × n grid over the window, row by row from its lower left corner, and, where it is asked for, ‖∇s‖, which
   * costs twice as much again.
   */
  field(n, withSlope = true) {
    const place = (k) => -REACH + (2 * REACH * k) / (n - 1);
    const [s, slope] = [new Float32Array(n * n), withSlope ? new Float32Array(n * n) : null];
    const graph = withSlope ? this.steepness : this.judging;
    this.pieces(n * n, (from, count) => {
      const { points } = graph.inputs;
      for (let k = 0; k < count; k++) {
        points[2 * k] = place((from + k) % n);
        points[2 * k + 1] = place(Math.floor((from + k) / n));
      }
      const { s: logit, ds } = graph.run();
      s.set(logit.subarray(0, count), from);
      for (let k = 0; slope && k < count; k++) slope[from + k] = Math.sqrt(ds[2 * k] ** 2 + ds[2 * k + 1] ** 2);
    });
    return { n, s, slope };
  }

  /**
   * Where G takes a grid of z (its first two numbers, the rest 0), and how much area becomes of area there: det < 0
   * where the plane is folded over. With z of one number: a line of n² points, and how much it is stretched.
   */
  manifold(n) {
    const { latent } = this.game.settings;
    const [points, det] = [new Float32Array(2 * n * n), new Float32Array(n * n)];
    this.pieces(n * n, (from, count) => {
      for (let k = 0; k < count; k++) this.place(this.mapping.inputs.z, k, from + k, n);
      const { points: drawn, dx, dy } = this.mapping.run();
      points.set(drawn.subarray(0, 2 * count), 2 * from);
      for (let k = 0; k < count; k++) {
        const at = k * latent;
        det[from + k] = latent === 1 ? Math.hypot(dx[at], dy[at]) : dx[at] * dy[at + 1] - dx[at + 1] * dy[at];
      }
    });
    return { n, points, det };
  }

  /** Write the grid's point `which` into row k of z: equally likely steps of the law of z. */
  place(z, k, which, n) {
    const { latent, latent_law: law } = this.game.settings;
    const quantile = (p) => (law === 'uniform' ? 2 * p - 1 : normalQuantile(p));
    z.fill(0, k * latent, (k + 1) * latent);
    if (latent === 1) z[k] = quantile((which + 0.5) / (n * n));
    else {
      z[k * latent] = quantile(((which % n) + 0.5) / n);
      z[k * latent + 1] = quantile((Math.floor(which / n) + 0.5) / n);
    }
  }

  /** Fakes of these z. @param {Float32Array} z [count, latent] @returns {Float32Array} x, y, x, y … */
  draw(z) {
    const { latent } = this.game.settings;
    const points = new Float32Array((2 * z.length) / latent);
    this.pieces(z.length / latent, (from, count) => {
      this.drawing.inputs.z.set(z.subarray(from * latent, (from + count) * latent));
      points.set(this.drawing.run().points.subarray(0, 2 * count), 2 * from);
    });
    return points;
  }

  pieces(total, work) {
    for (let from = 0; from < total; from += this.rows) work(from, Math.min(this.rows, total - from));
  }
}
