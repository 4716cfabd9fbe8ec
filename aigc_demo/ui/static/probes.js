// What was measured of a run beside its losses: how D scores real and fake digits with every frame, and from time to
// time what the digits themselves are worth.

/** @typedef {{lo: number, hi: number, real: number[], fake: number[], mean_real: number, mean_fake: number, n: number}} Scores */
/** @typedef {{step: number, seconds: number, index: number, scores: Scores | null, figures: Object<string, any> | null}} Probe */

export class Probes {
  /** @param {Probe[]} [list] */
  constructor(list = []) {
    /** @type {Probe[]} in the order of their steps */
    this.list = [...list].sort((a, b) => a.step - b.step);
  }

  get last() {
    return this.list[this.list.length - 1] ?? null;
  }

  /** @param {Probe} probe of a newer step, or what was measured later of one that is here already */
  add(probe) {
    let place = this.list.length;
    while (place && this.list[place - 1].step >= probe.step) place--;
    const known = this.list[place]?.step === probe.step;
    this.list.splice(place, known ? 1 : 0, probe);
  }

  /** The newest probe at or before `step`, or the first of all where there is none; null is the end of the run. */
  at(step = null) {
    return this.find(step, () => true);
  }

  /** The newest probe at or before `step` in which the digits were measured. */
  figures(step = null) {
    return this.find(step, (probe) => probe.figures);
  }

  find(step, fits) {
    for (let i = this.list.length - 1; i >= 0; i--) {
      if ((step === null || this.list[i].step <= step) && fits(this.list[i])) return this.list[i];
    }
    return this.list.find(fits) ?? null;
  }
}
