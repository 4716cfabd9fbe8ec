// The figures of a run as columns: exact rows, or minimum and maximum over a bucket of steps where a run is long.

/** @typedef {{first: number, last: number, bucket: number, steps: number[], min: Object<string, (number|null)[]>,
 *             max: Object<string, (number|null)[]>}} CurveSnapshot */

/** Columns made of two others, wherever a run has both: what D tells apart, whatever the level of its scores. */
const DIFFERENCES = { score_gap: ['score_real', 'score_fake'] };

const nothing = (value) => (value === null || value === undefined ? NaN : value);

export class Curves {
  /** @param {string[]} keys @param {CurveSnapshot} snapshot */
  constructor(keys, snapshot) {
    const derived = Object.entries(DIFFERENCES).filter(([, pair]) => pair.every((key) => keys.includes(key)));
    this.derived = derived;
    this.keys = [...keys, ...derived.map(([key]) => key)];
    this.count = 0; // points, each covering the steps starts[i]..ends[i]
    this.version = 0; // grows when points already read have changed
    this.starts = new Int32Array(1024);
    this.ends = new Int32Array(1024);
    this.low = new Map(this.keys.map((key) => [key, new Float32Array(1024)]));
    this.high = new Map(this.keys.map((key) => [key, new Float32Array(1024)]));
    this.smooth = new Map();
    this.load(snapshot);
  }

  get last() {
    return this.count ? this.ends[this.count - 1] : 0;
  }

  /** @param {CurveSnapshot} snapshot */
  load(snapshot) {
    const { steps, last } = snapshot;
    this.reserve(steps.length);
    for (let i = 0; i < steps.length; i++) {
      this.starts[i] = steps[i];
      this.ends[i] = i + 1 < steps.length ? steps[i + 1] - 1 : last;
    }
    for (const key of this.keys) {
      this.low.get(key).set((snapshot.min[key] ?? []).map(nothing));
      this.high.get(key).set((snapshot.max[key] ?? snapshot.min[key] ?? []).map(nothing)); // one step a bucket: no max is sent
    }
    this.count = steps.length;
    this.derive(0, this.count);
  }

  /** Fill the differences of the points from..to, by the middles of what they are made of. */
  derive(from, to) {
    for (const [key, [plus, minus]] of this.derived) {
      const [low, high] = [this.low.get(key), this.high.get(key)];
      for (let i = from; i < to; i++) low[i] = high[i] = this.value(plus, i) - this.value(minus, i);
    }
  }

  /** Add the exact rows of steps `first`, `first + 1`, …; steps already here are skipped. */
  append(first, rows) {
    const skip = Math.max(0, this.last + 1 - first);
    this.reserve(this.count + rows.length);
    for (let row = skip; row < rows.length; row++) {
      const i = this.count++;
      this.starts[i] = this.ends[i] = first + row;
      this.keys.forEach((key, column) => {
        this.low.get(key)[i] = this.high.get(key)[i] = nothing(rows[row][column]);
      });
      this.derive(i, i + 1);
    }
  }

  /** Forget the steps after `step`: they are about to come again. */
  truncate(step) {
    while (this.count && this.ends[this.count - 1] > step) this.count--;
    this.version++;
    this.smooth.clear();
  }

  /** The point that covers `step`, or the nearest one. */
  indexAt(step) {
    let low = 0;
    let high = this.count - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.starts[middle] <= step) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** Whether every step in from..to is there as an exact row. */
  isExact(from, to) {
    if (!this.count) return true;
    for (let i = this.indexAt(from); i < this.count && this.starts[i] <= to; i++) {
      if (this.starts[i] !== this.ends[i]) return false;
    }
    return true;
  }

  /** The range from..to widened to whole points, as a request for exact rows has to be. */
  widened(from, to) {
    return [this.starts[this.indexAt(from)], this.ends[this.indexAt(to)]];
  }

  /** Put exact rows in the place of the buckets they cover; they must begin and end where points do. */
  replace(first, rows) {
    const last = first + rows.length - 1;
    const from = this.indexAt(first);
    const to = this.indexAt(last);
    if (!rows.length || this.starts[from] !== first || this.ends[to] !== last) return;
    const shift = rows.length - (to - from + 1);
    this.reserve(this.count + shift);
    const columns = [this.starts, this.ends, ...this.low.values(), ...this.high.values()];
    for (const column of columns) column.copyWithin(to + 1 + shift, to + 1, this.count);
    this.count += shift;
    rows.forEach((row, offset) => {
      this.starts[from + offset] = this.ends[from + offset] = first + offset;
      this.keys.forEach((key, place) => {
        this.low.get(key)[from + offset] = this.high.get(key)[from + offset] = nothing(row[place]);
      });
    });
    this.derive(from, from + rows.length);
    this.version++;
    this.smooth.clear();
  }

  /** The middle of a point: its value where it is exact. */
  value(key, i) {
    return (this.low.get(key)[i] + this.high.get(key)[i]) / 2;
  }

  /** The mean of `key` over the `span` steps that end at `step` (the newest where it is null). */
  mean(key, step = null, span = 20) {
    if (!this.count || !this.low.has(key)) return NaN;
    let sum = 0;
    let steps = 0;
    for (let i = step === null ? this.count - 1 : this.indexAt(step); i >= 0 && steps < span; i--) {
      const value = this.value(key, i);
      const width = this.ends[i] - this.starts[i] + 1;
      if (!Number.isNaN(value)) sum += value * width;
      if (!Number.isNaN(value)) steps += width;
      else if (steps) break;
    }
    return steps ? sum / steps : NaN;
  }

  /**
   * The exponential mean of `key` over about `span` steps at every point; only new points are computed.
   * @returns {Float32Array} valid up to `count`
   */
  smoothed(key, span) {
    let held = this.smooth.get(key);
    if (!held || held.span !== span) {
      held = { span, done: 0, sum: 0, mass: 0, values: new Float32Array(this.starts.length) };
      this.smooth.set(key, held);
    }
    if (held.values.length < this.count) {
      const wider = new Float32Array(this.starts.length);
      wider.set(held.values);
      held.values = wider;
    }
    const keep = 1 - 2 / (Math.max(1, span) + 1);
    for (let i = held.done; i < this.count; i++) {
      const value = this.value(key, i);
      if (!Number.isNaN(value)) {
        const share = keep ** (this.ends[i] - this.starts[i] + 1);
        held.sum = share * held.sum + (1 - share) * value;
        held.mass = share * held.mass + (1 - share);
      }
      held.values[i] = Number.isNaN(value) ? NaN : held.sum / held.mass;
    }
    held.done = this.count;
    return held.values;
  }

  reserve(count) {
    if (count <= this.starts.length) return;
    const size = Math.max(count, 2 * this.starts.length);
    const grown = (column) => {
      const wider = new column.constructor(size);
      wider.set(column.subarray(0, this.count));
      return wider;
    };
    this.starts = grown(this.starts);
    this.ends = grown(this.ends);
    for (const key of this.keys) {
      this.low.set(key, grown(this.low.get(key)));
      this.high.set(key, grown(this.high.get(key)));
    }
  }
}
