// The two points A and B that one can walk between. Several pieces go by them.

import { drawPoint, resized, seeded } from './latent-points.js';

const SEED = 19; // B at first: another digit's worth away from where the page opens
const more = seeded(SEED + 1);

/** Emits `change`. */
export class Ends extends EventTarget {
  /** @param {import('./latent-state.js').LatentState} state */
  constructor(state) {
    super();
    this.a = [...state.z];
    this.b = drawPoint(state.z.length, seeded(SEED));
    state.addEventListener('model', () => this.fit(state.z.length));
  }

  /** @param {'a' | 'b'} end @param {number[]} point */
  set(end, point) {
    this[end] = [...point];
    this.dispatchEvent(new Event('change'));
  }

  fit(size) {
    if (this.a.length === size) return;
    [this.a, this.b] = [this.a, this.b].map((point) => resized(point, size, more));
    this.dispatchEvent(new Event('change'));
  }
}
