// What uses the disk, in the Models tab: each kind's share, what stays and why, what would go first, and making room.

import { get, post } from './api.js';
import { make, setText } from './dom.js';
import { lang, t } from './i18n.js';
import { models } from './model-list.js';
import { size } from './numbers.js';
import { openFree } from './storage-free.js';

/** @typedef {{kind: string, id: string, title: string, bytes: number, used: number, order: ?number, pinned: boolean, may_pin: boolean, why: string, undo: string}} Item */

const SHOWN = 12;

/** @param {Object<string, {bytes: number}>} kinds @returns {[string, number][]} the largest first, nothing empty */
export const shares = (kinds) => Object.entries(kinds).map(([kind, { bytes }]) => [kind, bytes]).filter(([, bytes]) => bytes > 0)
  .sort(([, one], [, other]) => other - one);

export class Storage {
  /** Whoever looks elsewhere has not agreed; later, since the button may lose the focus by being taken away. */
  forget = () => queueMicrotask(() => this.show(this.report));

  constructor() {
    this.summary = make('summary', {}, make('h2', { id: 'models-storage-title' }, t('storage.title')), (this.used = make('span')));
    this.bar = make('div.aigc-storage-bar', { role: 'img', 'aria-label': t('storage.bar') });
    this.legend = make('ul.aigc-storage-legend');
    this.about = make('p.aigc-note');
    this.rows = make('tbody');
    this.more = make('button.aigc-quiet', { type: 'button', hidden: true, onclick: () => this.showAll() });
    this.news = make('p.aigc-status', { role: 'status' });
    this.after = make('div.aigc-row', { hidden: true });
    const free = make('button.aigc-quiet', { type: 'button', 'data-act': 'free', onclick: () => this.openFree() }, t('storage.free'));
    const head = ['what', 'size', 'last', 'fate'].map((key) => make('th', { scope: 'col' }, t(`storage.${key}`)));
    const table = make('table', {}, make('thead', {}, make('tr', {}, ...head, make('td'))), this.rows);
    this.details = make('details', { ontoggle: () => this.details.open && this.refresh() }, this.summary, this.bar, this.legend, this.about,
      make('div.aigc-card-table', { tabindex: 0, role: 'region', 'aria-labelledby': 'models-storage-title' }, table),
      make('div.aigc-row', {}, this.more, free), this.news, this.after);
    this.element = make('section', { id: 'models-storage', 'aria-labelledby': 'models-storage-title', hidden: true }, this.details);
    this.shown = SHOWN;
  }

  /** Read it anew; the section stays away for visitors of a server that is not theirs. */
  async refresh() {
    const answer = await get('storage');
    if (!answer.ok) return;
    if (this.rows.querySelector('[data-sure]')) this.report = answer.data; // a question stands until it is answered
    else this.show(answer.data);
  }

  show(report) {
    this.report = report;
    this.element.hidden = false;
    const words = { used: size(report.used), budget: size(report.budget) };
    setText(this.used, t(report.budget ? 'storage.used' : 'storage.unlimited', words));
    setText(this.about, t('storage.about', { free: size(report.free), minutes: Math.round(report.seconds / 60) }));
    const whole = Math.max(report.used, report.budget, 1);
    const found = shares(report.kinds);
    this.bar.replaceChildren(...found.map(([kind, bytes]) => make('span', { 'data-kind': kind, style: `width: ${(100 * bytes) / whole}%` })));
    this.legend.replaceChildren(...found.map(([kind, bytes]) => make('li', { 'data-kind': kind }, `${t(`storage.kind.${kind}`)} ${size(bytes)}`)));
    const deleted = report.items.filter(({ kind }) => kind === 'trash');
    const items = [...deleted.reverse(), ...report.items.filter(({ kind }) => kind !== 'trash')];
    this.rows.replaceChildren(...items.slice(0, this.shown).map((item) => this.row(item)));
    const hidden = report.items.length - this.shown;
    this.more.hidden = hidden <= 0;
    setText(this.more, t('storage.freeMore', { n: hidden }));
  }

  showAll() {
    this.shown = Infinity;
    this.show(this.report);
  }

  /** @param {Item} item */
  row(item) {
    const fate = item.why && item.kind !== 'trash' ? t('storage.stays', { why: item.why }) : item.why || t('storage.goes', { n: (item.order ?? 0) + 1 });
    const date = new Date(1000 * item.used).toLocaleDateString(lang === 'zh' ? 'zh-CN' : 'en-GB');
    return make('tr', { 'data-id': item.id },
      make('th', { scope: 'row', title: item.id }, make('span', { dir: 'auto' }, item.title), make('small', {}, t(`storage.kind.${item.kind}`))),
      make('td', {}, size(item.bytes)), make('td', {}, date), make('td', {}, fate), make('td', {}, ...this.buttons(item)));
  }

  /** What can be done to it. @param {Item} item */
  buttons(item) {
    const words = { title: item.title, size: size(item.bytes) };
    const button = (act, key, onclick, more = {}) => make('button.aigc-quiet', { type: 'button', 'data-act': act, 'aria-label': t(`${key}One`, words), onclick, ...more }, t(key));
    if (item.kind === 'trash') return item.undo ? [button('undo', 'storage.undo', () => this.undo([item.undo])), button('empty', 'storage.empty', () => this.empty([item.undo]))] : [];
    const found = [];
    if (item.may_pin && (item.pinned || item.order !== null)) {
      found.push(button('pin', 'storage.pin', () => this.act('pin', item, { pinned: !item.pinned }), { 'aria-pressed': item.pinned }));
    }
    const remove = () => (item.kind === 'run' ? this.act('remove', item) : this.confirm(found.at(-1), item));
    if (item.order !== null) found.push(button('remove', 'storage.remove', remove));
    return found;
  }

  /** Of what cannot be had back the first click asks, the second does it. */
  confirm(button, item) {
    if (button.dataset.sure) {
      button.removeEventListener('blur', this.forget);
      delete button.dataset.sure;
      return this.act('remove', item);
    }
    button.dataset.sure = 'yes';
    button.removeAttribute('aria-label');
    setText(button, t('storage.sure'));
    button.addEventListener('blur', this.forget, { once: true });
  }

  async act(action, { kind, id }, more = {}) {
    this.tell(await post(`storage/${action}`, { kind, id, ...more }));
    const row = this.rows.querySelector(`[data-id="${CSS.escape(id)}"]`);
    (this.after.querySelector('button') ?? row?.querySelector(`[data-act=${action}]`))?.focus();
  }

  openFree() {
    openFree(this.report, async (target) => this.tell(await post('storage/free', { target })));
  }

  /** @param {string[]} keys of what comes back */
  async undo(keys) {
    this.tell(await post('storage/undo', { keys }), t('storage.restored'));
    this.summary.focus();
  }

  /** @param {string[]} keys of what goes for good */
  async empty(keys) {
    this.tell(await post('storage/empty', { keys }));
    this.summary.focus();
  }

  /** The new report, or why there is none; and for what was just removed, that it can be had back. */
  tell(answer, said = '') {
    const before = this.report.used;
    this.news.dataset.level = answer.ok ? '' : 'error';
    this.after.hidden = true;
    this.after.replaceChildren();
    if (!answer.ok) return setText(this.news, answer.error);
    this.show(answer.data);
    const { used, gone, undo, seconds } = answer.data;
    const freed = used < before ? t('storage.freed', { size: size(before - used) }) : '';
    setText(this.news, said || [undo.length ? t('storage.away', { n: undo.length, minutes: Math.round(seconds / 60) }) : '', gone > undo.length || !undo.length ? freed : ''].join(' ').trim());
    if (undo.length) {
      this.after.hidden = false;
      this.after.append(make('button.aigc-quiet', { type: 'button', 'data-act': 'undo', onclick: () => this.undo(undo) }, t('storage.undo')),
        make('button.aigc-quiet', { type: 'button', 'data-act': 'empty', onclick: () => this.empty(undo) }, t('storage.empty')));
    }
    models.refresh(true);
  }
}
