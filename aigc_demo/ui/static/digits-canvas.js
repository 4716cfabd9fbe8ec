// Digits as bytes, onto canvases and into PNG files.

import { PIXELS, SIDE } from './pixels.js';

/**
 * Paint `count` digits, `columns` in a row, one canvas pixel each.
 * @param {HTMLCanvasElement} canvas @param {Uint8Array} pixels n × 784 bytes @param {number} [first] the first digit
 */
export function paintDigits(canvas, pixels, first = 0, count = 1, columns = 1) {
  const [width, height] = [columns * SIDE, Math.ceil(count / columns) * SIDE];
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  const context = canvas.getContext('2d');
  const image = context.createImageData(width, height);
  for (let n = 0; n < count; n++) {
    const corner = Math.floor(n / columns) * SIDE * width + (n % columns) * SIDE;
    for (let i = 0; i < PIXELS; i++) {
      const value = pixels[(first + n) * PIXELS + i];
      const place = 4 * (corner + Math.floor(i / SIDE) * width + (i % SIDE));
      image.data[place] = image.data[place + 1] = image.data[place + 2] = value;
      image.data[place + 3] = 255;
    }
  }
  context.putImageData(image, 0, 0);
}

/** Save what a canvas shows as a PNG, every pixel enlarged to a square of `factor`. */
export async function downloadPng(canvas, factor, name) {
  const copy = document.createElement('canvas');
  Object.assign(copy, { width: canvas.width * factor, height: canvas.height * factor });
  const context = copy.getContext('2d');
  context.imageSmoothingEnabled = false;
  context.drawImage(canvas, 0, 0, copy.width, copy.height);
  const blob = await new Promise((resolve) => copy.toBlob(resolve, 'image/png'));
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
