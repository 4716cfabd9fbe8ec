// Our own JSON routes: one function that never throws.

import { lang, route, t } from './i18n.js';

/** @typedef {{ok: true, data: any, status: number} | {ok: false, error: string, status: number}} Answer */

/**
 * POST `body` as JSON; a refusal comes back as the server's own sentence.
 * @param {string} path @param {object} body @param {AbortSignal} [signal] ends the request; who aborts does not read the answer
 * @returns {Promise<Answer>}
 */
export async function post(path, body, signal) {
  if (window.aigcFrozen) return { ok: false, error: '', status: 0 };
  try {
    const answer = await fetch(route(path), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...body, lang }),
      signal,
    });
    return await read(answer);
  } catch {
    return { ok: false, error: t('error.offline'), status: 0 };
  }
}

/** @param {string} path @param {{signal?: AbortSignal}} [options] @returns {Promise<Answer>} */
export async function get(path, options) {
  if (window.aigcFrozen) return answerInFile(path);
  try {
    return await read(await fetch(route(path), options));
  } catch {
    return { ok: false, error: t('error.offline'), status: 0 };
  }
}

/** A page that is a file has nobody to ask but itself. @returns {Answer} */
function answerInFile(path) {
  const data = window.aigcFrozen.answers?.[path];
  return data ? { ok: true, data, status: 200 } : { ok: false, error: '', status: 0 };
}

/** @param {Response} answer @returns {Promise<Answer>} */
async function read(answer) {
  const data = await answer.json().catch(() => ({}));
  if (answer.ok) return { ok: true, data, status: answer.status };
  return { ok: false, error: typeof data.error === 'string' ? data.error : t('error.unknown'), status: answer.status };
}
