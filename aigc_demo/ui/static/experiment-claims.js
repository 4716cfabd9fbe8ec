// The claims of an experiment: what was predicted, what was measured, and red where they differ.

import { make, setText } from './dom.js';
import { t } from './i18n.js';
import { prose } from './prose.js';

/** @typedef {import('./experiment-store.js').Claim} Claim */

const minus = (text) => text.replace('-', '−');

/** @param {number} value @param {number} digits */
export const figure = (value, digits) =>
  minus(value !== 0 && Math.abs(value) < 0.5 * 10 ** -digits ? value.toExponential(1) : value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits }));

/** @param {Claim} claim */
export function predicted({ relation, value, tolerance, digits }) {
  const sign = relation === '=' ? '' : `${relation} `;
  return `${sign}${figure(value, digits)}${relation === '≈' && tolerance ? ` ± ${Number(tolerance.toPrecision(2))}` : ''}`;
}

export class ExperimentClaims {
  /** @param {Claim[]} claims @param {{written: string, corrected: string}} sides */
  constructor(claims, sides) {
    this.rows = new Map(claims.map((claim) => [claim.key, row(claim, sides)]));
    const heads = ['number', 'predicted', 'measured'].map((name) => make('th', { scope: 'col' }, t(`experiment.${name}`)));
    this.element = make('table.aigc-experiment-claims', {},
      make('thead', {}, make('tr', {}, ...heads)), make('tbody', {}, ...[...this.rows.values()].map(({ element }) => element)));
  }

  clear() {
    for (const { element, measured } of this.rows.values()) {
      delete element.dataset.holds;
      setText(measured, '–');
    }
  }

  /** @param {{key: string, measured: number | null, holds: boolean}[]} claims @returns {number} how many do not hold */
  show(claims) {
    for (const { key, measured, holds } of claims) {
      const found = this.rows.get(key);
      if (!found) continue;
      found.element.dataset.holds = holds;
      const mark = make('span.aigc-mark-of-claim', { role: 'img', 'aria-label': t(`experiment.${holds ? 'holds' : 'fails'}`), title: t(`experiment.${holds ? 'holds' : 'fails'}`) }, holds ? '✓' : '✗');
      found.measured.replaceChildren(measured === null ? '–' : figure(measured, found.claim.digits), ' ', mark);
    }
    return claims.filter(({ holds }) => !holds).length;
  }
}

function row(claim, sides) {
  const measured = make('td', {}, '–');
  const element = make('tr', { 'data-claim': claim.key, 'data-side': claim.side },
    make('th', { scope: 'row' }, make('small', {}, prose(sides[claim.side])), ' ', prose(claim.text)),
    make('td', {}, predicted(claim)), measured);
  return { claim, element, measured };
}
