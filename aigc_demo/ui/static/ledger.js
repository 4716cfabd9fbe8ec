// <aigc-ledger>: each player's loss as a sum of terms, every term in its curve's colour over its present number.

import { atMostEvery, make, setText } from './dom.js';
import { formula } from './formula.js';
import { gameOf, playerName } from './game.js';
import { say, t } from './i18n.js';
import { short, weight } from './numbers.js';
import { store } from './run-store.js';
import { openTab } from './tabs.js';

export class Ledger extends HTMLElement {
  connectedCallback() {
    if (this.sides) return;
    this.heading = make('h3');
    this.story = make('p.aigc-story');
    this.verdict = make('p.aigc-verdict', { role: 'status' });
    this.sides = make('div.aigc-sides');
    const explain = make('button.aigc-quiet', { type: 'button', onclick: () => this.explain() }, t('ledger.explain'));
    this.replaceChildren(make('header', {}, make('div', {}, this.heading, explain), this.story, this.verdict), this.sides);
    this.numbers = atMostEvery(180, () => this.showNumbers());
    store.on('run', () => this.build());
    store.on('points cursor', () => this.numbers());
    store.on('state cursor run', () => this.showVerdict());
    this.build();
  }

  explain() {
    openTab('explain');
    dispatchEvent(new CustomEvent('aigc:explain', { detail: { loss: store.run.loss } }));
  }

  /** Lay the formulas out anew; only needed when another loss is played. */
  build() {
    const game = gameOf(store.run);
    this.hidden = !game;
    if (!game) return;
    const name = JSON.stringify([store.run.loss, store.run.auxiliaries, store.run.weights]);
    if (name !== this.built) {
      this.built = name;
      this.cells = [];
      setText(this.heading, game.title);
      setText(this.story, game.story);
      this.sides.style.setProperty('--aigc-most', Math.max(...game.sides.map((side) => side.terms.length)));
      this.sides.replaceChildren(...game.sides.map((side) => this.side(side)));
    }
    this.showNumbers();
    this.showVerdict();
  }

  side(side) {
    const terms = side.terms.map((term, place) => this.term(term, place));
    const list = make('div.aigc-terms', {}, this.total(side), ...terms);
    return make('section.aigc-side', { 'data-player': side.player, 'aria-label': playerName(side.player) }, list);
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
    return make('div.aigc-term', { 'data-key': term.key, style: colours },
      line, this.number(term.key, term.weight, isWeighted ? weight(term.weight) : ''), make('p', {}, term.text));
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

  /** A verdict is about the newest steps, so it steps aside while the past is looked at. */
  showVerdict() {
    const verdict = store.run?.verdict;
    const isPast = store.cursor !== null && store.cursor.step < (store.frames?.last?.step ?? 0);
    this.verdict.hidden = !verdict;
    this.verdict.classList.toggle('aigc-past', isPast);
    if (!verdict) return;
    this.verdict.dataset.level = verdict.level;
    const text = say(verdict);
    if (text !== this.said) this.verdict.replaceChildren(make('i', { 'aria-hidden': true }), text);
    this.said = text;
  }
}
