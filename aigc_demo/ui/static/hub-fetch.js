// The fetches of sets from the Hub that this page follows: each goes on at the server, whatever becomes of the dialog.
// `change` is sent with every news.

import { post } from './api.js';
import { refreshDatasets } from './dataset-list.js';
import { lang, route, t } from './i18n.js';
import { jsonLines } from './json-lines.js';

/** @typedef {{going: boolean, line: object | null, words: string, level: '' | 'error'}} Fetch */

class HubFetches extends EventTarget {
  /** @type {Map<string, Fetch>} by the set's key */
  all = new Map();

  /** @param {string} key @returns {Fetch | undefined} */
  of(key) {
    return this.all.get(key);
  }

  /** Fetch a set, or follow the fetch that is going. @param {string} key @returns {Promise<boolean>} whether it is there now */
  async follow(key) {
    if (this.of(key)?.going) return false;
    this.note(key, { going: true, line: null, words: '', level: '' });
    const end = await this.hear(key);
    if (end.line) await refreshDatasets();
    this.note(key, { going: false, ...end });
    return Boolean(end.line);
  }

  /** @returns {Promise<{line: object | null, words: string, level: string}>} how it ended */
  async hear(key) {
    try {
      const answer = await fetch(route(`datasets/${encodeURIComponent(key)}/fetch`), {
        method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ lang }),
      });
      if (!answer.ok) return failure((await answer.json()).error);
      for await (const line of jsonLines(answer.body)) {
        if (line.error) return failure(line.error);
        if (line.cancelled) return { line: null, words: t('hub.cancelled'), level: '' };
        if (line.done) return { line, words: line.changes.join(' '), level: '' };
        this.note(key, { going: true, line, words: '', level: '' });
      }
    } catch {
      // the connection, or an answer that is none
    }
    return failure(t('error.offline'));
  }

  /** @param {string} key */
  async cancel(key) {
    const answer = await post(`datasets/${encodeURIComponent(key)}/cancel`, {});
    if (!answer.ok) this.note(key, { ...this.of(key), ...failure(answer.error) });
  }

  note(key, news) {
    this.all.set(key, news);
    this.dispatchEvent(new CustomEvent('change', { detail: key }));
  }
}

const failure = (words) => ({ line: null, words: words ?? t('error.unknown'), level: 'error' });

export const hubFetches = new HubFetches();
