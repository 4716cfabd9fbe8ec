// Who walks: along great circles through random points, without end or round three of them.

import { drawPoint, slerp } from './latent-points.js';
import { angleBetween, turned } from './moves-points.js';

const ROUND = 3; // points of a loop
const LEAST_ANGLE = 0.05;
const SAME = 1e-4;

export class Walker {
  /** @param {number[]} start @param {'endless' | 'loop'} kind @param {() => number} [uniform] */
  constructor(start, kind, uniform = undefined) {
    this.kind = kind;
    this.uniform = uniform;
    this.leg = 0; // of a loop: which of its three
    this.legs = 0; // gone so far
    this.share = 0; // of the leg
    this.stops = [[...start]];
    this.aim();
  }

  /** Where this leg ends, and by what angle it turns. */
  aim() {
    const size = this.stops[0].length;
    const fresh = this.kind === 'endless' || this.stops.length < ROUND;
    if (fresh) this.stops.push(drawPoint(size, this.uniform));
    [this.from, this.to] = this.kind === 'endless'
      ? this.stops.slice(-2)
      : [this.stops[this.leg], this.stops[(this.leg + 1) % ROUND]];
    if (this.kind === 'endless') this.stops = [this.to];
    this.angle = Math.max(LEAST_ANGLE, angleBetween(this.from, this.to));
  }

  /** @param {number} angle radians to walk on */
  go(angle) {
    this.share += angle / this.angle;
    while (this.share >= 1) {
      const beyond = (this.share - 1) * this.angle;
      this.legs += 1;
      this.leg = this.kind === 'loop' ? (this.leg + 1) % ROUND : this.leg + 1;
      this.aim();
      this.share = beyond / this.angle;
    }
  }

  get point() {
    return slerp(this.from, this.to, this.share);
  }

  isAt(point) {
    return this.point.every((value, k) => Math.abs(value - point[k]) < SAME);
  }
}

/** Another one who walks the same way from a start of its own: in each leg as far, and in the same direction. */
export class Companion {
  /** @param {number[]} start */
  constructor(start) {
    this.start = start;
    this.legs = -1;
    this.stops = [];
  }

  /** @param {Walker} walker @returns {number[]} where this one is when the walker is there */
  at(walker) {
    if (walker.legs !== this.legs) this.turn(walker);
    return slerp(this.from, this.to, walker.share);
  }

  turn(walker) {
    const from = this.legs >= 0 && this.to ? this.to : this.start;
    this.legs = walker.legs;
    this.from = from;
    if (walker.kind === 'loop' && walker.leg === ROUND - 1) this.to = this.start;
    else this.to = turned(from, walker.to, walker.angle);
  }
}
