// What the server says of a draft of one's own data, and how pictures come to it.

import { post } from './api.js';
import { lang, route, t } from './i18n.js';
import { jsonLines } from './json-lines.js';

/** A sentence for the visitor. */
export class OwnError extends Error {}

/** @param {'file' | 'pictures' | 'drawn'} kind @param {string} name @returns {Promise<string>} the draft's id */
export async function begin(kind, name) {
  const answer = await post('data/drafts', { kind, name });
  if (!answer.ok) throw new OwnError(answer.error);
  return answer.data.draft;
}

/** Nobody waits for the answer: a draft that is not wanted expires by itself as well. */
export const drop = (draft) => void post(`data/drafts/${draft}/drop`, {});

/**
 * Send bytes as they are. @param {string} path @param {Blob} content @param {AbortSignal} signal
 * @param {(share: number) => void} [progress] in 0..1
 */
export function send(path, content, signal, progress = () => {}) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest(); // fetch does not tell how much has been sent
    request.open('POST', route(path));
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.upload.addEventListener('progress', ({ loaded, total }) => progress(total ? loaded / total : 0));
    request.addEventListener('load', () => (request.status === 200 ? resolve() : reject(new OwnError(sentence(request.responseText)))));
    request.addEventListener('error', () => reject(new OwnError(t('error.offline'))));
    request.addEventListener('abort', () => reject(new DOMException('', 'AbortError')));
    signal.addEventListener('abort', () => request.abort(), { once: true });
    request.send(content);
  });
}

function sentence(text) {
  try {
    return JSON.parse(text).error ?? t('error.unknown');
  } catch {
    return t('error.unknown');
  }
}

/** What is heard of a draft, line by line. @returns {AsyncGenerator<any>} throws an OwnError, or an AbortError */
export async function* heard(path, body, signal) {
  const answer = await fetch(route(path), {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ ...body, lang }), signal,
  }).catch((error) => {
    throw signal.aborted ? error : new OwnError(t('error.offline'));
  });
  if (!answer.ok) throw new OwnError(sentence(await answer.text()));
  for await (const line of jsonLines(answer.body)) {
    if (typeof line?.error === 'string') throw new OwnError(line.error);
    yield line;
    if (line?.done) return;
  }
  throw new OwnError(t('error.offline'));
}
