// A generator in the page: points and wishes in, pixels out. Used by the page itself and by its Workers.

import { demand } from './net-error.js';
import { StylingRoom } from './net-styling.js';
import { Network } from './net.js';
import { PIXELS } from './pixels.js';

export const CLASSES = 10; // of digits

export class PageGenerator {
  /** @param {Network} network */
  constructor(network) {
    const { z, label } = network.inputs;
    const image = network.shapes.get(network.outputs.image);
    demand(z?.length === 1 && String(image) === '28,28,1' && (!label || (label.length === 1 && label[0] >= CLASSES)), 'net.sizes');
    this.network = network;
    this.latentSize = z[0];
    this.conditional = Boolean(label);
    this.styling = StylingRoom.of(network);
    this.styles = this.styling?.count ?? 0;
  }

  /** @param {ArrayBuffer} buffer a generator's network file */
  static async open(buffer) {
    return new PageGenerator(await Network.open(buffer));
  }

  /**
   * @param {Float32Array} z n points, one after the other @param {Float32Array} label the weights of its classes for each @param {number} n
   * @param {import('./net-styling.js').StyleWish | null} [style] of a network with styles
   * @returns {Uint8Array} n × 784 bytes. Throws a NetError where the numbers overflow.
   */
  draw(z, label, n, style = null) {
    const image = this.network.run(this.#inputs(z, label, n, style), n)('image');
    const pixels = new Uint8Array(n * PIXELS);
    for (let i = 0; i < n * PIXELS; i++) {
      const value = image[i] * 127.5 + 127.5;
      demand(value === value, 'net.overflow');
      pixels[i] = value <= 0 ? 0 : value >= 255 ? 255 : Math.round(value);
    }
    return pixels;
  }

  /** Every stage between this point and its picture. */
  stages(z, label, style = null) {
    return this.network.stages(this.#inputs(z, label, 1, style));
  }

  #inputs(z, label, n, style) {
    return { z, label, ...(style && this.styling?.given(z, n, style)) };
  }
}
