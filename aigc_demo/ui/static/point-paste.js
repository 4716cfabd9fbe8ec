// Opening a point that somebody sent: a dialog to paste it into, or simply pasting it on the page.

import { openDialog } from './dialog.js';
import { make, setText } from './dom.js';
import { t } from './i18n.js';
import { wishOfText } from './point-code.js';

const WRITING = 'input, textarea, select, [contenteditable="true"]';

/** @param {import('./point-address.js').PointAddress} address */
export function askForPoint(address) {
  const field = make('textarea.aigc-point-text', {
    id: 'point-text', rows: 8, spellcheck: 'false', 'aria-label': t('point.paste'), 'aria-describedby': 'point-error',
    placeholder: '{"model": "fast", "label": 3, "z": […]}',
  });
  const error = make('p.aigc-point-error', { id: 'point-error', role: 'alert' });
  const open = async () => {
    const found = wishOfText(field.value);
    if (!found) return setText(error, t('point.unreadable'));
    if (await address.open(found.wish, found.whole)) return dialog.close();
    return setText(error, address.complaint);
  };
  const dialog = openDialog(t('point.open'),
    make('p', {}, t('point.about')), field, error,
    make('div.aigc-actions', {}, make('button.aigc-primary', { id: 'point-use', type: 'button', onclick: open }, t('point.use'))));
  field.focus();
}

/**
 * A point or its link that is pasted while nobody writes is opened.
 * @param {import('./point-address.js').PointAddress} address @param {() => boolean} isSeen
 */
export function openPasted(address, isSeen) {
  document.addEventListener('paste', (event) => {
    if (!isSeen() || event.target.closest?.(WRITING) || document.querySelector('dialog[open]')) return;
    const found = wishOfText(event.clipboardData?.getData('text/plain') ?? '');
    if (found) address.open(found.wish, found.whole);
  });
}
