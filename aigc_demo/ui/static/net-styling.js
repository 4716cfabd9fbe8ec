// What a generator with styles is given beyond z: how far w is drawn to the mean one, another point's styles, and noise.

import { noiseMap } from './net-noise.js';

/**
 * @typedef {{z: ArrayLike<number> | null, from: number, noise: number, seed: number}} Styling layers from `from` on have
 *   the style of the point `z`; the noise is multiplied by `noise`, and its pattern follows from `seed`
 * @typedef {Styling & {psi: number}} StyleWish with the truncation, which for such a network acts on w
 */

/** @type {Styling} what such a network does by itself */
export const PLAIN_STYLING = Object.freeze({ z: null, from: 0, noise: 1, seed: 0 });

export class StylingRoom {
  /** @param {import('./net.js').Network} network @returns {StylingRoom | null} null for a network without styles */
  static of(network) {
    const find = (op) => network.nodes.find((node) => node.op === op);
    return find('styles') && find('style_average') ? new StylingRoom(network, find('styles'), find('style_average')) : null;
  }

  constructor(network, styles, average) {
    Object.assign(this, { network, styles, average });
    this.size = average.size;
    this.count = styles.size / average.size;
    this.noises = network.nodes.filter(({ op }) => op === 'noise');
  }

  /**
   * The values that stand in for the network's own: of its styles, and of its noise where that is another.
   * @param {Float32Array} z n points @param {number} n @param {StyleWish} wish @returns {Object<string, Float32Array>}
   */
  given(z, n, { psi, z: other, from, noise, seed }) {
    const own = this.#truncated(z, n, psi);
    const mixed = other && this.#truncated(Float32Array.from(other), 1, psi);
    const styles = new Float32Array(n * this.count * this.size);
    for (let i = 0; i < n * this.count; i++) {
      const [sample, layer] = [Math.floor(i / this.count), i % this.count];
      const style = mixed && layer >= from ? mixed : own.subarray(sample * this.size, (sample + 1) * this.size);
      styles.set(style, i * this.size);
    }
    return { [this.styles.name]: styles, ...this.#noise(n, noise, seed) };
  }

  #truncated(z, n, psi) {
    const w = this.network.run({ z }, n, this.average.name).slice();
    const { mean } = this.average.work;
    return w.map((value, i) => mean[i % this.size] + psi * (value - mean[i % this.size]));
  }

  #noise(n, strength, seed) {
    if (strength === 1 && seed === 0) return {};
    return Object.fromEntries(this.noises.map((node) => {
      const [height, width] = this.network.shapes.get(node.name);
      const map = noiseMap(seed, node.place, height, width).map((value) => value * strength);
      const maps = new Float32Array(n * map.length);
      for (let i = 0; i < n; i++) maps.set(map, i * map.length);
      return [node.name, maps];
    }));
  }
}
