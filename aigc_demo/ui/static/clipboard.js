// Copying text, also where the page is served over plain http and the browser keeps its clipboard to itself.

import { make } from './dom.js';

/** @param {string} text */
export async function copyText(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const field = make('textarea', { style: 'position:fixed;opacity:0' });
  field.value = text;
  (document.querySelector('dialog[open]') ?? document.body).append(field);
  field.select();
  document.execCommand('copy');
  field.remove();
  return undefined;
}
