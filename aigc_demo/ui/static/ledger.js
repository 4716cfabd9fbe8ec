// <aigc-ledger>: each player's loss as a sum of terms, every term in its curve's colour over its present number; what the
// two totals mean just now, and the verdict on the run.

import { atMostEvery, make, setText } from './dom.js';
import { show } from './explain-go.js';
import { formula } from './formula.js';
import { gameOf, playerName, shapeOf } from './game.js';
import { say, t } from './i18n.js';
import { count, short, weight } from './numbers.js';
import { store } from './run-store.js';
import { lighting, onTerm } from './term-light.js';
import { Verdict } from './verdict.js';

export class Ledger extends HTMLElement {
  connectedCallback() {
    if (this.sides) return;
    this.heading = make('h3');
    this.story = make('p.aigc-story');
    this.verdict = new Verdict();
    this.sides = make('div.aigc-sides');
    const explain = make('button.aigc-quiet', { type: 'button', onclick: () => this.explain() }, t('ledger.explain'));
    this.replaceChildren(this.verdict.element, this.sides, make('footer', {}, make('div', {}, this.heading, explain), this.story));
    this.numbers = atMostEvery(250, () => this.showNumbers());
    onTerm((key) => this.light(key));
    store.on('run', () => this.build());
    store.on('points cursor', () => this.numbers());
    store.on('state cursor', () => this.showWords());
    this.build();
  }

  explain() {
    show(`losses/${store.run.loss}`);
  }

  /** Lay the formulas out anew; only needed when another game is played. */
  build() {
    const game = gameOf(store.run);
    this.hidden = !game;
    if (!game) return;
    const shape = shapeOf(store.run);
    if (shape !== this.built) {
      this.built = shape;
      this.cells = [];
      this.readings = {};
      setText(this.heading, game.title);
      setText(this.story, game.story);
      this.sides.style.setProperty('--aigc-most', Math.max(...game.sides.map((side) => side.terms.length)));
      this.sides.replaceChildren(...game.sides.map((side) => this.side(side)));
    }
    this.showNumbers();
    this.showWords();
  }

  side(side) {
    const terms = side.terms.map((term, place) => this.term(term, place));
    this.readings[side.player] = make('p.aigc-reading.aigc-past');
    const list = make('div.aigc-terms', {}, this.total(side), ...terms);
    return make('section.aigc-side', { 'data-player': side.player, 'aria-label': playerName(side.player) }, list, this.readings[side.player]);
  }

  total(side) {
    const number = this.number(side.total, 1, '');
    const balance = side.balance === null
      ? t('ledger.noBalance')
      : t(side.hasExtras ? 'ledger.balanceGame' : 'ledger.balance', { value: short(side.balance) });
    return make('div.aigc-term.aigc-total', { 'data-key': side.total },
      make('div.aigc-formula-line', {}, formula(`\\mathcal{L}_${side.player.toUpperCase()}`), make('h4', {}, playerName(side.player))),
      number,
      make('p', {}, balance));
  }

  term(term, place) {
    const negative = term.latex.trimStart().startsWith('-');
    const isWeighted = term.symbol !== '' && term.weight !== 1;
    const operator = place === 0 ? '=' : negative && !isWeighted ? '' : '+';
    const line = make('div.aigc-formula-line', {}, make('span.aigc-operator', {}, operator));
    if (isWeighted) line.append(make('span.aigc-weight', {}, `${weight(term.weight)} ×`));
    line.append(...(negative && isWeighted ? ['(', formula(term.latex), ')'] : [formula(term.latex)]));
    const colours = `--term-light:${term.colour};--term-dark:${term.colour_dark}`;
    return make('div.aigc-term', { 'data-key': term.key, style: colours, ...lighting(term.key) },
      line, this.number(term.key, term.weight, isWeighted ? weight(term.weight) : ''), make('p', {}, term.text));
  }

  /** Mark the term that is pointed at, here or in the chart. @param {string | null} key */
  light(key) {
    for (const term of this.sides.querySelectorAll('.aigc-term')) term.classList.toggle('aigc-term-lit', term.dataset.key === key);
  }

  number(key, factor, shownFactor) {
    const value = make('span', {}, '–');
    const detail = make('small');
    this.cells.push({ key, factor, shownFactor, value, detail });
    return make('div.aigc-number', {}, value, detail);
  }

  /** What each term adds to its total: the numbers of a line add up. */
  showNumbers() {
    for (const cell of this.cells ?? []) {
      const mean = store.mean(cell.key);
      setText(cell.value, short(cell.factor * mean));
      setText(cell.detail, cell.shownFactor ? `${cell.shownFactor} × ${short(mean)}` : '');
    }
  }

  /** Sentences are about the newest steps, so they step aside while the past is looked at. */
  showWords() {
    if (!this.readings) return;
    if (this.built !== shapeOf(store.run)) return void this.build();
    const isPast = store.cursor !== null && store.cursor.step < (store.frames?.last?.step ?? 0);
    this.verdict.show(store.run?.verdict, isPast ? t('verdict.past', { step: count(store.cursor.step) }) : '');
    for (const [player, element] of Object.entries(this.readings)) {
      const text = say(store.run?.readings?.[player]);
      element.classList.toggle('aigc-past', isPast || !text);
      if (text) setText(element, text);
    }
  }
}
