// A dialog in the page's look: the browser's own <dialog> keeps the focus inside and gives it back.

import { make } from './dom.js';
import { t } from './i18n.js';

/**
 * Open a dialog. It is gone from the page once it is closed, by its button, by Escape or by a click beside it.
 * @param {string} title @param {...(Node | string)} content
 * @returns {HTMLDialogElement}
 */
export function openDialog(title, ...content) {
  const heading = make('h2', { id: `aigc-dialog-${(count += 1)}` }, title);
  const close = make('button.aigc-quiet.aigc-close', { type: 'button', 'aria-label': t('close'), title: t('close') }, '×');
  const dialog = make('dialog.aigc-dialog', { 'aria-labelledby': heading.id },
    make('header', {}, heading, close),
    make('div.aigc-dialog-body', {}, ...content));
  close.addEventListener('click', () => dialog.close());
  dialog.addEventListener('click', (event) => event.target === dialog && dialog.close());
  dialog.addEventListener('close', () => dialog.remove());
  // Inside Gradio's own container its type and its formulas look as they do on the page.
  (document.querySelector('.gradio-container') ?? document.body).append(dialog);
  dialog.showModal();
  return dialog;
}

let count = 0;
