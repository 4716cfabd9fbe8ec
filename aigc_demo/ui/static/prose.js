// Sentences with formulas and code in them, as nodes: `$LaTeX$` from the bank, `code` as code.

import { make } from './dom.js';
import { formula } from './formula.js';

/** @param {string} text @returns {DocumentFragment} */
export function prose(text) {
  const fragment = document.createDocumentFragment();
  for (const piece of text.split(/(\$[^$]+\$|`[^`]+`)/)) {
    if (!piece) continue;
    if (piece.startsWith('$') && piece.length > 2) fragment.append(formula(piece.slice(1, -1)));
    else if (piece.startsWith('`') && piece.length > 2) fragment.append(make('code', {}, piece.slice(1, -1)));
    else fragment.append(piece);
  }
  return fragment;
}
