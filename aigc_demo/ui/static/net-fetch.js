// Fetching a network file: once for a new page, and again only where its numbers have changed.

import { fromBase64 } from './base64.js';
import { route, t } from './i18n.js';
import { RenderError } from './render-error.js';

const PATIENCE_MS = 60_000; // half a megabyte takes this long where nobody would stay anyway

/**
 * @param {string} path of the file
 * @param {string} [tag] the ETag of the one that we have
 * @returns {Promise<{buffer: ArrayBuffer, tag: string} | null>} null where ours is still the newest
 */
export async function fetchNetwork(path, tag = '') {
  const held = window.aigcFrozen?.networks?.[path];
  if (held) return { buffer: fromBase64(held).buffer, tag: '' };
  let answer;
  let buffer;
  try {
    const headers = tag ? { 'if-none-match': tag } : {};
    answer = await fetch(route(path), { headers, signal: AbortSignal.timeout(PATIENCE_MS) });
    buffer = answer.ok ? await answer.arrayBuffer() : null;
  } catch {
    throw new RenderError(t('error.offline'), 0);
  }
  if (answer.status === 304) return null;
  if (buffer) return { buffer, tag: answer.headers.get('etag') ?? '' };
  const { error } = await answer.json().catch(() => ({}));
  throw new RenderError(typeof error === 'string' ? error : t('error.unknown'), answer.status);
}
