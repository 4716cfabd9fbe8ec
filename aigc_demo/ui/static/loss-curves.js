// The shape of every term of a loss, from the server. Most losses have one shape, asked for once; a term that sees both
// logits is drawn along its own, with the other one held where the reader put it, so it is asked for anew.

import { get } from './api.js';

/** loss -> its curves with the other logit at 0, or a promise of them */
const atRest = new Map();

/** @param {string} loss @param {{real: number, fake: number}} logits @returns {Promise<{ok: boolean, data?: object}>} */
export async function curvesOf(loss, { real, fake }) {
  const path = `explain/${encodeURIComponent(loss)}/curves.json`;
  if (!atRest.has(loss)) atRest.set(loss, get(path));
  const answer = await atRest.get(loss);
  if (!answer.ok) atRest.delete(loss);
  if (!answer.ok || !answer.data.terms.some((term) => term.sees_both)) return answer;
  return get(`${path}?s_real=${real}&s_fake=${fake}`);
}
