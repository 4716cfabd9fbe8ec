// What is asked of a renderer, checked: points of the latent space and what each is to show, as arrays of numbers.

import { widthOf } from './class-names.js';
import { t } from './i18n.js';
import { PLAIN_STYLING } from './net-styling.js';
import { RenderError } from './render-error.js';

const MOST = 100; // beyond this a coordinate is a mistake
const MOST_TRUNCATION = 2;
const ADD_UP = 1e-3; // how far from 1 the sum of a label's weights may be
const REFUSED = 400;

/**
 * @param {import('./model-list.js').Model} model
 * @param {ArrayLike<number>[]} points
 * @param {import('./latent-state.js').Classes | import('./latent-state.js').Classes[]} classes a list holds a wish for each point,
 *   anything else is the wish for all
 * @param {number} truncation
 * @param {import('./net-styling.js').Styling | null} [styling] read for a model with styles alone
 * @returns {import('./net-pool.js').Wish} the points already drawn towards the middle, unless that is done to their w.
 *   Throws a RenderError.
 */
export function readWish(model, points, classes, truncation, styling = null) {
  const { latent_size: size, conditional, styles } = model;
  const n = points.length;
  const width = conditional ? widthOf(model) : 0;
  const psi = styles ? 1 : Math.fround(truncation);
  const style = styles ? { ...(styling ?? PLAIN_STYLING), psi: truncation } : null;
  refuseUnless(!style?.z || style.z.length === size, 'net.point', { size });
  refuseUnless(typeof truncation === 'number' && truncation >= 0 && truncation <= MOST_TRUNCATION, 'net.truncation');
  const [z, label] = [new Float32Array(n * size), new Float32Array(n * width)];
  for (let i = 0; i < n; i++) {
    refuseUnless(points[i]?.length === size, 'net.point', { size });
    for (let k = 0; k < size; k++) {
      const value = points[i][k];
      refuseUnless(Math.abs(value) <= MOST, 'net.point', { size }); // which is false for NaN
      z[i * size + k] = Math.fround(value) * psi;
    }
    if (conditional) setWeights(label, i, Array.isArray(classes) ? classes[i] : classes, width);
  }
  return { z, label, n, style };
}

function setWeights(label, i, wish, width) {
  const isDigit = Number.isInteger(wish) && wish >= 0 && wish < width;
  if (isDigit) return void (label[i * width + wish] = 1);
  refuseUnless(wish?.length === width, 'net.classes');
  const sum = wish.reduce((total, weight) => (weight >= 0 ? total + weight : NaN), 0);
  refuseUnless(Math.abs(sum - 1) <= ADD_UP, 'net.classes');
  label.set(wish, i * width);
}

function refuseUnless(right, key, values) {
  if (!right) throw new RenderError(t(key, values), REFUSED);
}
