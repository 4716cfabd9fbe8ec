// The server's search for a drawing's z, heard line by line while it goes on.

import { lang, route, t } from './i18n.js';
import { jsonLines } from './json-lines.js';

/** @typedef {{progress: number, z: number[], label: number | null, error: number}} Step the best so far */
/** @typedef {{done: true, z: number[], label: number | null, error: number, image: string, seconds: number,
 *             by_label: {label: number, error: number}[],
 *             nearest: {image: string, label: number, error: number, index: number}}} Found */

/** Why there is no z, in the page's language; `status` 0 means that nobody answered, or not to the end. */
export class SearchError extends Error {
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}

/**
 * @param {string} model @param {Uint8Array} image 784 bytes @param {number | null} label the digit to look for, or any
 * @param {AbortSignal} signal the server notices and stops
 * @returns {AsyncGenerator<Step | Found | {waiting: number}>} the last one is `Found`; throws a SearchError, or an AbortError
 */
export async function* search(model, image, label, signal) {
  const answer = await ask(model, { image: [...image], label, lang }, signal);
  if (!answer.ok) {
    const { error } = await answer.json().catch(() => ({}));
    throw new SearchError(typeof error === 'string' ? error : t('error.unknown'), answer.status);
  }
  try {
    for await (const news of jsonLines(answer.body)) {
      if (typeof news?.error === 'string') throw new SearchError(news.error, answer.status);
      yield news;
      if (news?.done) return;
    }
  } catch (error) {
    if (signal.aborted || error instanceof SearchError) throw error;
  }
  throw new SearchError(t('draw.broken'), 0);
}

async function ask(model, body, signal) {
  try {
    return await fetch(route(`models/${encodeURIComponent(model)}/invert`), {
      method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body), signal,
    });
  } catch (error) {
    if (signal.aborted) throw error;
    throw new SearchError(t('error.offline'), 0);
  }
}
