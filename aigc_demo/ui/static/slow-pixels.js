// The pictures of slow motion: digits out of PNGs, and what each pixel should do as a map in two colours.

import { PIXELS, SIDE } from './render.js';

const SHADOW = 0.32; // how much of the digit is seen under a map
const GAMMA = 0.6; // lifts small slopes into sight

/** The 784 bytes of a digit in a base64 PNG. @param {string} png @returns {Promise<Uint8Array>} */
export async function pixelsOf(png) {
  const image = new Image();
  image.src = `data:image/png;base64,${png}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width: SIDE, height: SIDE });
  const context = canvas.getContext('2d', { willReadFrequently: true });
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, SIDE, SIDE);
  return Uint8Array.from({ length: PIXELS }, (_, place) => data[4 * place]);
}

/** The signed bytes in base64, as shares of the largest: 784 numbers in [-1, 1]. @param {string} coded */
export function sharesOf(coded) {
  const bytes = Uint8Array.from(atob(coded), (letter) => letter.charCodeAt(0));
  return Float32Array.from(new Int8Array(bytes.buffer), (value) => value / 127);
}

/** `after` − `before` as shares of the largest difference, and that difference. */
export function difference(before, after) {
  const raw = Float32Array.from(after, (value, place) => value - before[place]);
  const most = raw.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  return { shares: raw.map((value) => (most ? value / most : 0)), most: Math.round(most) };
}

/** The parts of a colour that the style sheet names, as `#rrggbb`. */
function colourOf(name) {
  const text = getComputedStyle(document.body).getPropertyValue(name).trim();
  return [1, 3, 5].map((place) => parseInt(text.slice(place, place + 2), 16));
}

/**
 * Paint shares over a faint digit: above 0 brighter's colour, below 0 darker's.
 * @param {HTMLCanvasElement} canvas @param {ArrayLike<number>} shares @param {ArrayLike<number>} digit its bytes
 */
export function paintShares(canvas, shares, digit) {
  Object.assign(canvas, { width: SIDE, height: SIDE });
  const context = canvas.getContext('2d');
  const image = context.createImageData(SIDE, SIDE);
  const [brighter, darker] = [colourOf('--aigc-brighter'), colourOf('--aigc-darker')];
  for (let place = 0; place < PIXELS; place++) {
    const share = shares[place];
    const colour = share > 0 ? brighter : darker;
    const strength = Math.abs(share) ** GAMMA;
    const ground = SHADOW * digit[place];
    for (let part = 0; part < 3; part++) image.data[4 * place + part] = ground + strength * (colour[part] - ground);
    image.data[4 * place + 3] = 255;
  }
  context.putImageData(image, 0, 0);
}

/** Make the answer of the server drawable. @param {object} moment a phase of slow motion */
export async function decoded(moment) {
  const samples = await Promise.all(moment.samples.map(async (sample) => ({
    ...sample,
    realPixels: await pixelsOf(sample.real),
    fakePixels: await pixelsOf(sample.fake),
    beforePixels: sample.before ? await pixelsOf(sample.before) : null,
    // The way down the slope: where L_G would fall if the pixel were brighter.
    wishes: sharesOf(sample.gradient).map((share) => -share),
  })));
  return { ...moment, samples };
}
