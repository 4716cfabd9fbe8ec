// Claims that the page itself checks: what must come out, what did, and red where they differ.

import { make } from './dom.js';
import { t } from './i18n.js';
import { count, exact } from './numbers.js';
import { prose } from './prose.js';

/** @typedef {{key: string, text: string, predicted: number, measured: number, tolerance?: number}} Checked */

/** A number as a claim shows it: counts whole, the rest to five digits. @param {number} value */
export const shown = (value) => (Number.isInteger(value) ? count(value) : exact(value));

/** @param {Checked} claim */
export const holds = ({ predicted, measured, tolerance = 0 }) =>
  Number.isFinite(measured) && Math.abs(measured - predicted) <= tolerance;

export class CheckedClaims {
  /** @param {string} [caption] what the table is about, for who cannot see where it stands */
  constructor(caption = '') {
    const heads = ['number', 'predicted', 'measured'].map((name) => make('th', { scope: 'col' }, t(`experiment.${name}`)));
    this.body = make('tbody');
    this.element = make('table.aigc-checked', { hidden: true, 'aria-label': caption || null },
      make('thead', {}, make('tr', {}, ...heads)), this.body);
    this.rows = new Map();
  }

  clear() {
    this.rows.clear();
    this.body.replaceChildren();
    this.element.hidden = true;
  }

  /** @param {Checked[]} claims @returns {boolean} whether all hold */
  show(claims) {
    if (claims.some(({ key }) => !this.rows.has(key)) || claims.length !== this.rows.size) this.build(claims);
    for (const claim of claims) this.fill(this.rows.get(claim.key), claim);
    this.element.hidden = claims.length === 0;
    return claims.every(holds);
  }

  build(claims) {
    this.rows = new Map(claims.map(({ key, text }) => {
      const [predicted, measured] = [make('td'), make('td')];
      return [key, { predicted, measured, element: make('tr', { 'data-claim': key }, make('th', { scope: 'row' }, prose(text)), predicted, measured) }];
    }));
    this.body.replaceChildren(...[...this.rows.values()].map(({ element }) => element));
  }

  fill({ predicted, measured, element }, claim) {
    const good = holds(claim);
    element.dataset.holds = good;
    const about = claim.tolerance > 1e-9 ? [make('small', {}, ` ± ${Number(claim.tolerance.toPrecision(2))}`)] : [];
    predicted.replaceChildren(shown(claim.predicted), ...about);
    const word = t(`experiment.${good ? 'holds' : 'fails'}`);
    measured.replaceChildren(shown(claim.measured), ' ', make('span.aigc-mark-of-claim', { role: 'img', 'aria-label': word, title: word }, good ? '✓' : '✗'));
  }
}
