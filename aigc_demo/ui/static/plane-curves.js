// Every loss term of the laboratory: its curve, its formula and its present value, in one colour.

import { atMostEvery, make, setText } from './dom.js';
import { formula } from './formula.js';
import { t } from './i18n.js';
import { short } from './numbers.js';
import { PlaneHistory, paintHistory } from './plane-chart.js';
import { planeLook } from './plane-colours.js';

const PAINT_MS = 150;

export class PlaneCurves {
  constructor() {
    this.history = new PlaneHistory();
    this.terms = [];
    this.chart = make('canvas', { role: 'img', 'aria-label': t('plane.terms') });
    this.ledger = make('div.aigc-plane-ledger');
    this.element = make('figure', {}, make('figcaption', {}, t('plane.terms')), make('div', {}, this.chart), this.ledger);
    this.paint = atMostEvery(PAINT_MS, () => paintHistory(this.chart, this.history, this.terms, planeLook(this.element)));
  }

  /** Another game. @param {{key: string, latex: string, text: string, colour: string, colour_dark: string}[]} terms */
  begin(terms) {
    this.history.clear();
    this.terms = terms;
    this.cells = terms.map(() => make('b', {}, '–'));
    this.ledger.replaceChildren(...terms.map((term, k) => make('span.aigc-coloured',
      { style: `--term-light:${term.colour};--term-dark:${term.colour_dark}`, title: term.text }, formula(term.latex), ' ', this.cells[k])));
  }

  /** @param {number} step @param {Object<string, number>} values of the terms */
  add(step, values) {
    this.history.add(step, values);
    this.terms.forEach(({ key }, k) => setText(this.cells[k], short(values[key])));
    this.paint();
  }
}
