// Every term in a row of its own: what it is, what it means just now, its value and its slope at the chosen logits.

import { make, setText } from './dom.js';
import { formula } from './formula.js';
import { playerName } from './game.js';
import { lang, t } from './i18n.js';
import { wayOf } from './losses-axis.js';
import { coloursOf, exactly } from './losses-formula.js';
import { termSaying } from './losses-says.js';
import { short, weight } from './numbers.js';
import { store } from './run-store.js';

const COLUMNS = ['term', 'value', 'slope', 'live'];
const ARROWS = { up: ' ↑', down: ' ↓', none: '' };

export class LossTable {
  /** @param {import('./losses-model.js').LossModel} model */
  constructor(model) {
    this.model = model;
    this.element = make('div.aigc-tables');
  }

  build() {
    this.rows = [];
    this.totals = new Map();
    this.element.replaceChildren(...['d', 'g'].map((player) => this.table(player)));
  }

  table(player) {
    const rows = this.model.acts.filter((act) => act.player === player).map((act) => this.row(act));
    const total = { value: make('td.aigc-col-value'), live: make('td.aigc-col-live') };
    this.totals.set(player, total);
    this.rows.push(...rows);
    const head = COLUMNS.map((name) => make('th', { scope: 'col', class: `aigc-col-${name}` }, t(`explain.${name}`)));
    return make('table', { 'data-player': player },
      make('caption', {}, playerName(player)), make('thead', {}, make('tr', {}, ...head)),
      make('tbody', {}, ...rows.map(({ element }) => element)),
      make('tfoot', {}, make('tr', {}, make('th', { scope: 'row' }, formula(`\\mathcal{L}_${player.toUpperCase()}`)),
        total.value, make('td.aigc-col-slope'), total.live)));
  }

  row(act) {
    const cell = (name) => make(`td.aigc-col-${name}`, { 'data-label': t(`explain.${name}`) }, '–');
    const row = { act, value: cell('value'), slope: cell('slope'), live: cell('live'), says: make('p.aigc-says') };
    const name = make('button.aigc-term-name', { type: 'button', role: 'button', 'aria-pressed': false, 'data-term': act.key }, act.name);
    const factor = act.weight === 1 ? [] : [make('span', {}, `${weight(act.weight)} × `)];
    row.element = make('tr', { 'data-key': act.key, 'data-term': act.key, style: coloursOf(act) },
      make('th', { scope: 'row', class: 'aigc-col-term' }, name, make('div.aigc-coloured', {}, ...factor, formula(act.latex)), make('p', {}, act.text), row.says),
      ...(act.shape ? [row.value, row.slope] : [make('td.aigc-col-none', { colspan: 2 }, '–')]), row.live);
    return row;
  }

  showLogits() {
    const { logits } = this.model;
    const totals = { d: 0, g: 0 };
    for (const { act, value, slope } of this.rows) {
      if (!act.shape) continue;
      const here = act.shape.at(logits);
      totals[act.player] += act.weight * here.value;
      setText(value, exactly(here.value));
      const way = wayOf(here.slope);
      const words = t(`explain.push.${way}`);
      slope.replaceChildren(exactly(here.slope), make('span', { title: words, role: 'img', 'aria-label': words }, ARROWS[way]));
    }
    for (const [player, { value }] of this.totals) setText(value, exactly(totals[player]));
  }

  /** @returns {boolean} whether there is a column of the run's numbers */
  showRun() {
    const isLive = this.model.isTrained && Number.isFinite(store.mean('d_total'));
    if (!isLive) return false;
    const totals = { d: 0, g: 0 };
    for (const { act, live } of this.rows) {
      const mean = store.mean(act.key);
      totals[act.player] += act.weight * mean;
      setText(live, short(mean));
    }
    for (const [player, { live }] of this.totals) setText(live, short(totals[player]));
    return true;
  }

  /** @param {import('./losses-says.js').Scene} scene */
  showSayings(scene) {
    for (const { act, says } of this.rows) setText(says, termSaying(act, scene));
  }
}

/** Names as a list in the page's language. @param {string[]} names */
export const listed = (names) => names.join(lang === 'zh' ? '、' : '; ');
