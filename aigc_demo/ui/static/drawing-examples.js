// Real digits that no training has seen: examples for the pad, and what D's scores are compared with.

import { get } from './api.js';
import { fromBase64 } from './base64.js';
import { PIXELS } from './pixels.js';

/** @typedef {{images: Uint8Array[], labels: number[]}} Digits */

let digits = null;

/** Fetched once a page. @returns {Promise<Digits | null>} null where they cannot be had now */
export async function heldOutDigits() {
  digits ??= get('digits.json').then(({ ok, data }) => (ok ? unpack(data) : null));
  const found = await digits;
  if (!found) digits = null;
  return found;
}

function unpack({ images, labels }) {
  const bytes = fromBase64(images);
  return { labels, images: labels.map((_, i) => bytes.subarray(i * PIXELS, (i + 1) * PIXELS)) };
}
