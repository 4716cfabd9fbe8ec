// What a visitor may do to a model of his own: give it a name, delete it, have it back for some minutes.

import { post } from './api.js';
import { t } from './i18n.js';
import { models } from './model-list.js';
import { isOwner, noteRefusal } from './owner.js';
import { tokenOf } from './run-store.js';

const MEMORY = 'aigc-undo'; // for as long as the browser's tab lives
const KEPT = 5;

/** A run's best model belongs to the run. */
const ownerOf = (id) => id.replace(/-best$/, '');

/** The token to act on a model with, or ''. @param {string} id */
export const modelToken = (id) => tokenOf(ownerOf(id));

/** Whether it is worth offering this browser to change the model. @param {import('./model-list.js').Model} model */
export const isMine = (model) => model.kind !== 'shipped' && isOwner(ownerOf(model.id));

async function act(model, action, body = {}) {
  const answer = await post(`models/${encodeURIComponent(model.id)}/${action}`, { token: modelToken(model.id), ...body });
  if (answer.status === 403) noteRefusal(ownerOf(model.id));
  return answer;
}

/** Deleted models that can be had back. Emits `change`. */
class Bin extends EventTarget {
  /** @type {{id: string, key: string, title: string, until: number}[]} the newest first */
  list = recall();
  /** What happened last, to be told; `level` is 'error' for what did not. */
  said = { text: '', level: '' };

  /** @param {import('./model-list.js').Model} model @returns {Promise<boolean>} */
  async delete(model) {
    const answer = await act(model, 'delete');
    if (answer.ok) {
      const until = Date.now() + 1000 * answer.data.seconds;
      this.#keep([{ id: model.id, key: answer.data.undo, title: model.title, until }, ...this.list]);
      this.say(t('models.deleted', { title: model.title, minutes: Math.round(answer.data.seconds / 60) }));
      await models.refresh(true);
    } else this.say(answer.error, 'error');
    return answer.ok;
  }

  /** @returns {Promise<string>} the id of the model that is back, or '' */
  async undo(entry) {
    const answer = await post('models/undo', { undo: entry.key });
    if (answer.ok || answer.status === 409) this.#keep(this.list.filter(({ key }) => key !== entry.key));
    this.say(answer.ok ? t('models.restored', { title: entry.title }) : answer.error, answer.ok ? '' : 'error');
    if (answer.ok) await models.refresh(true);
    return answer.ok ? answer.data.id : '';
  }

  /** Those whose time is not over. */
  present() {
    return this.list.filter(({ until }) => until > Date.now());
  }

  say(text, level = '') {
    this.said = { text, level };
    this.dispatchEvent(new Event('change'));
  }

  #keep(list) {
    this.list = list.filter(({ until }) => until > Date.now()).slice(0, KEPT);
    try {
      sessionStorage.setItem(MEMORY, JSON.stringify(this.list));
    } catch {
      // it can be had back until the page is left
    }
  }
}

function recall() {
  try {
    const kept = JSON.parse(sessionStorage.getItem(MEMORY) ?? '[]');
    return Array.isArray(kept) ? kept.filter((entry) => typeof entry?.key === 'string' && entry.until > Date.now()) : [];
  } catch {
    return [];
  }
}

export const bin = new Bin();

/** @param {import('./model-list.js').Model} model @param {string} name '' gives it its own title again @returns {Promise<string>} what is wrong, or '' */
export async function rename(model, name) {
  const answer = await act(model, 'rename', { name });
  if (answer.ok) await models.refresh(true);
  return answer.ok ? '' : answer.error;
}
