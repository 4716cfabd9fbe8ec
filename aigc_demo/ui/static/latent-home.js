// Taking the present point home: its picture as a file, itself as JSON.

import { copyText } from './clipboard.js';
import { downloadPng } from './digits-canvas.js';
import { stylesOf } from './render-server.js';

export const LARGE = 20; // screen pixels of a pixel in the large picture

/**
 * @param {import('./latent-state.js').LatentState} state @param {HTMLCanvasElement} canvas its picture @param {number} factor
 */
export function savePicture({ model, label }, canvas, factor) {
  if (!model) return;
  const name = `${model.id}-${model.conditional ? label : 'z'}`.replace(/[^\w-]+/g, '_');
  downloadPng(canvas, factor, `${name}${factor > 1 ? `-x${factor}` : ''}.png`);
}

/** @param {import('./latent-state.js').LatentState} state */
export async function copyPoint(state) {
  const { model, label, mix, truncation, z } = state;
  const styles = model?.styles ? stylesOf(state.styling()) : undefined;
  await copyText(JSON.stringify({ model: model?.id, label: model?.conditional ? label : null, mix, truncation, styles, z }));
}
