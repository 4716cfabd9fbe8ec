// How well G does, number by number, beside what a perfect sampler would get.

import { make, setText } from './dom.js';
import { t } from './i18n.js';
import { short } from './numbers.js';

const ROWS = ['modes', 'hq', 'kl', 'w1', 'js'];

const shown = {
  modes: (value, all) => (all ? t('plane.ofModes', { n: Math.round(value * 10) / 10, all }) : '–'),
  hq: (value) => `${(100 * value).toFixed(1)} %`,
  kl: (value) => value.toFixed(4),
  w1: short,
  js: (value) => value.toFixed(4),
};

export class PlaneNumbers {
  constructor() {
    this.rows = Object.fromEntries(ROWS.map((key) => [key, { now: make('td', { id: `plane-${key}` }, '–'), perfect: make('td', {}, '–') }]));
    const heads = ['number', 'now', 'perfect'].map((name) => make('th', { scope: 'col' }, t(`plane.${name}`)));
    this.element = make('table.aigc-plane-numbers', {}, make('caption', {}, t('plane.numbers')),
      make('thead', {}, make('tr', {}, ...heads)),
      make('tbody', {}, ...ROWS.map((key) => make('tr', {}, make('th', { scope: 'row' }, t(`plane.${key}`)), this.rows[key].now, this.rows[key].perfect))));
  }

  /** @param {'now' | 'perfect'} column @param {Object<string, number | null> | null} metrics @param {number} modes how many the data has, or 0 */
  show(column, metrics, modes) {
    for (const key of ROWS) {
      const value = metrics?.[key];
      setText(this.rows[key][column], Number.isFinite(value) ? shown[key](value, modes) : '–');
    }
  }
}
