// Making room at once: how much, what goes, and only then the button that does it.

import { openDialog } from './dialog.js';
import { make } from './dom.js';
import { t } from './i18n.js';
import { size } from './numbers.js';

const NAMED = 8;

/**
 * What goes until no more than `target` bytes are kept, the oldest first.
 * @param {{kept: number, items: import('./storage.js').Item[]}} report @param {number} target
 */
export function going({ kept, items }, target) {
  const chosen = [];
  let over = kept - target;
  for (const item of items) {
    if (over <= 0) break;
    if (item.order === null) continue;
    chosen.push(item);
    over -= item.bytes;
  }
  return chosen;
}

/** @param {any} report as `/storage` gives it @param {(target: number) => void} free */
export function openFree(report, free) {
  const targets = [['storage.freeAll', 0], ...(report.budget ? [['storage.freeHalf', report.budget / 2]] : [])];
  const preview = make('div', { 'aria-live': 'polite' });
  const now = make('button.aigc-primary', { type: 'button' });
  let target = 0;
  const choose = (bytes) => {
    target = bytes;
    for (const choice of choices) choice.setAttribute('aria-pressed', String(Number(choice.value) === bytes));
    const chosen = going(report, target);
    const all = size(chosen.reduce((sum, { bytes }) => sum + bytes, 0));
    const names = chosen.slice(0, NAMED).map((item) => make('li', { dir: 'auto' }, `${item.title} · ${t(`storage.kind.${item.kind}`)} · ${size(item.bytes)}`));
    const rest = chosen.length - names.length;
    preview.replaceChildren(...(chosen.length
      ? [make('p', {}, t('storage.freeList', { n: chosen.length, size: all, minutes: Math.round(report.seconds / 60) })), make('ul', {}, ...names), ...(rest > 0 ? [make('p.aigc-note', {}, t('storage.freeMore', { n: rest }))] : [])]
      : [make('p', {}, t('storage.freeNothing'))]));
    now.disabled = !chosen.length;
    now.textContent = t('storage.freeNow', { size: all });
  };
  const choices = targets.map(([key, bytes]) => make('button', { type: 'button', value: bytes, onclick: () => choose(bytes) }, t(key)));
  const dialog = openDialog(t('storage.free'), make('div.aigc-segmented', { role: 'group', 'aria-label': t('storage.free') }, ...choices), preview, now);
  dialog.id = 'models-storage-free';
  now.addEventListener('click', () => {
    dialog.close();
    free(target);
  });
  choose(0);
}
