// Many small digits on one hidden canvas, each under a key; the oldest make room for new ones.

import { PIXELS, SIDE } from './render.js';

const COLUMNS = 48;
const MOST = COLUMNS * COLUMNS;

export class Atlas {
  constructor() {
    this.sheet = document.createElement('canvas');
    Object.assign(this.sheet, { width: COLUMNS * SIDE, height: COLUMNS * SIDE });
    this.context = this.sheet.getContext('2d');
    this.image = this.context.createImageData(SIDE, SIDE);
    this.forget();
  }

  /** Nothing is kept. */
  forget() {
    /** @type {Map<string, {place: number, edition: number}>} in the order in which they came */
    this.kept = new Map();
    this.edition = 0;
  }

  /** What is kept may still be shown, but is not what would be drawn now. */
  age() {
    this.edition += 1;
  }

  has(key) {
    return this.kept.has(key);
  }

  isFresh(key) {
    return this.kept.get(key)?.edition === this.edition;
  }

  /** @param {string} key @param {Uint8Array} pixels @param {number} n which digit of them */
  keep(key, pixels, n) {
    const place = this.kept.get(key)?.place ?? this.room();
    this.kept.delete(key);
    this.kept.set(key, { place, edition: this.edition });
    const { data } = this.image;
    for (let i = 0; i < PIXELS; i++) {
      data[4 * i] = data[4 * i + 1] = data[4 * i + 2] = pixels[n * PIXELS + i];
      data[4 * i + 3] = 255;
    }
    this.context.putImageData(this.image, (place % COLUMNS) * SIDE, Math.floor(place / COLUMNS) * SIDE);
  }

  room() {
    if (this.kept.size < MOST) return this.kept.size;
    const [oldest, { place }] = this.kept.entries().next().value;
    this.kept.delete(oldest);
    return place;
  }

  /** @param {CanvasRenderingContext2D} context @returns {boolean} whether there is such a digit */
  paint(context, key, x, y, side) {
    const found = this.kept.get(key);
    if (!found) return false;
    const [left, top] = [(found.place % COLUMNS) * SIDE, Math.floor(found.place / COLUMNS) * SIDE];
    context.drawImage(this.sheet, left, top, SIDE, SIDE, x, y, side, side);
    return true;
  }
}
