// Every set there is to train on: bundled, fetched, one's own. On somebody else's server one's own are those that this
// browser remembers. Sends
//   change   the list is another, or (detail: a key) a set is to be chosen

import { get } from './api.js';
import { catalogue, t } from './i18n.js';

const PREFIX = 'aigc-own:';
const LOCAL = new Set(['localhost', '127.0.0.1', '[::1]']);
const MOST_IDS = 100;

/** @typedef {{key: string, title: string, about: string, kind: 'bundled' | 'hub' | 'own', ready: boolean, count: number | null,
 *             held_out: number | null, class_names: string[], is_digits: boolean}} Entry */

class Datasets extends EventTarget {
  /** @type {Entry[]} */
  entries = [];

  limits = { megabytes: 0, images: 0 };

  /** Ask the server what there is. @returns {Promise<string>} what is wrong, or '' */
  async refresh() {
    const own = LOCAL.has(location.hostname) ? '' : `?own=${ownIds().slice(-MOST_IDS).map(encodeURIComponent).join(',')}`;
    const answer = await get(`datasets${own}`);
    if (!answer.ok) return answer.error;
    this.entries = answer.data.datasets;
    this.limits = answer.data.limits;
    for (const key of Object.keys(catalogue.datasets)) if (key.startsWith('own:')) delete catalogue.datasets[key];
    for (const { key, title, about } of this.entries) catalogue.datasets[key] = { title, about };
    this.dispatchEvent(new CustomEvent('change', { detail: null }));
    return '';
  }

  /** @param {string} key @returns {Entry | undefined} */
  of(key) {
    return this.entries.find((entry) => entry.key === key);
  }

  get own() {
    return this.entries.filter(({ kind }) => kind === 'own');
  }

  choose(key) {
    this.dispatchEvent(new CustomEvent('change', { detail: key }));
  }

  /** What Gradio's list is to show, and `value` chosen in it; before the server has answered it stays as it is. */
  update(value) {
    if (!this.entries.length) return value;
    const choices = this.entries.map(({ key, title, ready, bytes }) => [ready ? title : t('hub.marked', { title, mb: Math.round(bytes / 1e6) }), key]);
    return { __type__: 'update', choices, value };
  }
}

export const datasets = new Datasets();
export const refreshDatasets = () => datasets.refresh();
export const chooseDataset = (key) => datasets.choose(key);

/** Keep the token of a set that this browser has made. */
export function rememberOwn(key, token) {
  try {
    localStorage.setItem(PREFIX + key, token);
  } catch {
    session.set(key, token); // a browser that stores nothing
  }
}

export function forgetOwn(key) {
  session.delete(key);
  try {
    localStorage.removeItem(PREFIX + key);
  } catch {
    // nothing was stored
  }
}

export function ownToken(key) {
  try {
    return localStorage.getItem(PREFIX + key) ?? session.get(key) ?? '';
  } catch {
    return session.get(key) ?? '';
  }
}

function ownIds() {
  try {
    const stored = Object.keys(localStorage).filter((key) => key.startsWith(PREFIX)).map((key) => key.slice(PREFIX.length));
    return [...stored, ...session.keys()].map((key) => key.replace('own:', ''));
  } catch {
    return [...session.keys()].map((key) => key.replace('own:', ''));
  }
}

const session = new Map();
