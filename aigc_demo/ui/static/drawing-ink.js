// The ink of a drawing: strokes and pictures in the order in which they came, painted white on black, and undone.

const NEAR = 0.004; // of the side: points closer together than this are one
const PEN = 0.075; // of the side: a pen's stroke, which fitted into 20 pixels is about as wide as MNIST's
const LIGHT = 0.45; // of a stroke's width without any pressure

/** @typedef {{x: number, y: number, width: number}} Spot in shares of the pad's side */
/** @typedef {{spots: Spot[]} | {picture: CanvasImageSource, box: number[], digit: Uint8Array | null}} Item */

export const SIZE = 448; // pixels of the canvas

export class Ink {
  /** @type {Item[]} */
  items = [];

  constructor(canvas) {
    this.canvas = Object.assign(canvas, { width: SIZE, height: SIZE });
    this.context = canvas.getContext('2d', { willReadFrequently: true });
    this.context.lineCap = this.context.lineJoin = 'round';
    this.repaint();
  }

  get isEmpty() {
    return !this.items.length;
  }

  /** The picture of 28 × 28 that lies on the pad untouched, or null. @returns {Uint8Array | null} */
  get digit() {
    return this.items.length === 1 ? this.items[0].digit ?? null : null;
  }

  /** @param {number} pressure in 0..1 */
  begin(x, y, pressure) {
    this.items.push({ spots: [spot(x, y, pressure)] });
    this.#paintEnd(this.items.at(-1).spots);
  }

  /** @returns {boolean} whether that made a difference */
  extend(x, y, pressure) {
    const spots = this.items.at(-1)?.spots;
    if (!spots || Math.hypot(x - spots.at(-1).x, y - spots.at(-1).y) < NEAR) return false;
    spots.push(spot(x, y, pressure));
    this.#paintEnd(spots);
    return true;
  }

  /**
   * A picture instead of everything that was there.
   * @param {CanvasImageSource} picture white ink on black @param {number} width @param {number} height
   * @param {Uint8Array | null} [digit] the same as 784 bytes, where it already is as the networks see it
   */
  put(picture, width, height, digit = null) {
    const scale = SIZE / Math.max(width, height);
    const size = [width * scale, height * scale];
    this.items = [{ picture, box: [...size.map((side) => (SIZE - side) / 2), ...size], digit }];
    this.repaint();
  }

  undo() {
    this.items.pop();
    this.repaint();
  }

  clear() {
    this.items = [];
    this.repaint();
  }

  repaint() {
    this.context.fillStyle = '#000';
    this.context.fillRect(0, 0, SIZE, SIZE);
    for (const { spots, picture, box } of this.items) {
      if (picture) this.context.drawImage(picture, ...box);
      else for (let n = 1; n <= spots.length; n++) this.#paintEnd(spots, n);
    }
  }

  /** @returns {import('./mnist-fit.js').Ink} */
  read() {
    const { data } = this.context.getImageData(0, 0, SIZE, SIZE);
    const ink = new Float32Array(SIZE * SIZE);
    for (let i = 0; i < ink.length; i++) ink[i] = data[4 * i] / 255;
    return { width: SIZE, height: SIZE, ink };
  }

  /** The last part of a stroke of `n` spots: a curve from the middle between two spots to the next middle. */
  #paintEnd(spots, n = spots.length) {
    const [before, from, to] = [spots[n - 3], spots[n - 2], spots[n - 1]];
    const { context } = this;
    context.strokeStyle = context.fillStyle = '#fff';
    context.beginPath();
    if (!from) {
      context.arc(to.x * SIZE, to.y * SIZE, (to.width * SIZE) / 2, 0, 2 * Math.PI);
      return context.fill();
    }
    const start = before ? between(before, from) : from;
    const middle = between(from, to);
    context.lineWidth = ((from.width + to.width) / 2) * SIZE;
    context.moveTo(start.x * SIZE, start.y * SIZE);
    context.quadraticCurveTo(from.x * SIZE, from.y * SIZE, middle.x * SIZE, middle.y * SIZE);
    context.lineTo(to.x * SIZE, to.y * SIZE);
    return context.stroke();
  }
}

const spot = (x, y, pressure) => ({ x, y, width: PEN * (LIGHT + (1 - LIGHT) * Math.min(1, 2 * pressure)) });
const between = (one, other) => ({ x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 });
