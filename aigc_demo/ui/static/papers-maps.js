// Feature maps of 14 x 14 that the shipped model had while drawing digits.

import { post } from './api.js';
import { fromBase64 } from './base64.js';
import { PIXELS } from './pixels.js';

export const PLACES = 14;

/**
 * @param {number[]} labels @param {number} [seed]
 * @returns {Promise<{error: string} | {layer: string, channels: number, maps: Float32Array[], images: Uint8Array[]}>} each map [196, channels]
 */
export async function featureMaps(labels, seed = 0) {
  const answer = await post('networks/maps', { labels, seed });
  if (!answer.ok) return { error: answer.error };
  const { layer, shape, maps, images } = answer.data;
  const numbers = new Float32Array(fromBase64(maps).buffer);
  const bytes = fromBase64(images);
  const size = PLACES * PLACES * shape[3];
  return {
    layer,
    channels: shape[3],
    maps: labels.map((_, i) => numbers.subarray(i * size, (i + 1) * size)),
    images: labels.map((_, i) => bytes.subarray(i * PIXELS, (i + 1) * PIXELS)),
  };
}

/** One channel of a map. @param {Float32Array} map [196, channels] */
export const channelOf = (map, channels, channel) => Float32Array.from({ length: PLACES * PLACES }, (_, i) => map[i * channels + channel]);
