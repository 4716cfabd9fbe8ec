// A picture file as ink: whether it is dark on light or light on dark is found out, and noise of the paper is left out.

import { SIDE } from './pixels.js';

const MOST_BYTES = 5_000_000;
const MOST_PIXELS = 60_000_000; // what a browser unpacks from a small file may be far too large to hold
const LONGEST = 560; // pixels of the side that is kept
const FLAT = 24; // of 255: a picture whose greys differ by less shows nothing
const TYPES = ['image/png', 'image/jpeg'];

/** @typedef {{canvas: HTMLCanvasElement, digit: Uint8Array | null}} Picture white ink on black */

/** Why a file cannot be used: `key` names the page's sentence. */
export class FileRefused extends Error {
  /** @param {'type' | 'large' | 'damaged' | 'flat'} key */
  constructor(key) {
    super(key);
    this.key = key;
  }
}

/** @param {File} file @returns {Promise<Picture>} rejects with `FileRefused` */
export async function readPicture(file) {
  if (!TYPES.includes(file.type)) throw new FileRefused('type');
  if (file.size > MOST_BYTES) throw new FileRefused('large');
  const bitmap = await createImageBitmap(file).catch(() => null);
  if (!bitmap) throw new FileRefused('damaged');
  try {
    if (bitmap.width * bitmap.height > MOST_PIXELS) throw new FileRefused('large');
    return inked(bitmap);
  } finally {
    bitmap.close();
  }
}

function inked(bitmap) {
  const factor = Math.min(1, LONGEST / Math.max(bitmap.width, bitmap.height));
  const size = [bitmap.width, bitmap.height].map((side) => Math.max(1, Math.round(side * factor)));
  // What is transparent is paper: white, unless the ink itself is.
  for (const paper of ['#fff', '#000']) {
    const canvas = Object.assign(document.createElement('canvas'), { width: size[0], height: size[1] });
    const context = canvas.getContext('2d', { willReadFrequently: true });
    context.fillStyle = paper;
    context.fillRect(0, 0, ...size);
    context.drawImage(bitmap, 0, 0, ...size);
    const image = context.getImageData(0, 0, ...size);
    const ink = inkOf(greys(image.data), ...size);
    if (!ink) continue;
    ink.forEach((value, i) => (image.data[4 * i] = image.data[4 * i + 1] = image.data[4 * i + 2] = value));
    context.putImageData(image, 0, 0);
    return { canvas, digit: asDigit(ink, ...size) };
  }
  throw new FileRefused('flat');
}

const greys = (data) => Float32Array.from({ length: data.length / 4 }, (_, i) =>
  0.299 * data[4 * i] + 0.587 * data[4 * i + 1] + 0.114 * data[4 * i + 2]);

/**
 * How far each pixel is from the paper, which is what most of the rim shows.
 * @param {Float32Array} grey in 0..255 @returns {Uint8Array | null} 0..255; null where there is nothing to see
 */
export function inkOf(grey, width, height) {
  const rim = [];
  for (let x = 0; x < width; x++) rim.push(grey[x], grey[(height - 1) * width + x]);
  for (let y = 0; y < height; y++) rim.push(grey[y * width], grey[y * width + width - 1]);
  const paper = middle(rim);
  const noise = 4 * middle(rim.map((value) => Math.abs(value - paper)));
  const range = grey.reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)], [255, 0]);
  const darker = paper - range[0] > range[1] - paper; // ink is what differs most from the paper
  const most = darker ? paper - range[0] : range[1] - paper;
  if (most < Math.max(FLAT, 2 * noise)) return null;
  return Uint8Array.from(grey, (value) => {
    const ink = (darker ? paper - value : value - paper) - noise;
    return Math.round(255 * Math.min(1, Math.max(0, ink / (most - noise))));
  });
}

const middle = (values) => values.sort((a, b) => a - b)[values.length >> 1];

/** A picture that already is as MNIST's are needs no fitting. */
function asDigit(ink, width, height) {
  const isRim = (i) => i % SIDE < 2 || i % SIDE > SIDE - 3 || i < 2 * SIDE || i >= (SIDE - 2) * SIDE;
  return width === SIDE && height === SIDE && ink.every((value, i) => !value || !isRim(i)) ? ink : null;
}
