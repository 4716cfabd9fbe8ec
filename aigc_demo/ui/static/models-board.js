// The leaderboard: every recipe trained equally long, against real digits; a row chooses its recipe in the Train tab.

import { get } from './api.js';
import { make, setText } from './dom.js';
import { catalogue, lang, t } from './i18n.js';
import { count, rate } from './numbers.js';
import { openTab } from './tabs.js';

const percent = (value) => `${(100 * value).toFixed(1)}%`;
const plain = (digits) => (value) => value.toFixed(digits);

/** The columns: how a number is written, and whether less of it is better (1) or more (−1). */
const COLUMNS = {
  digit_fd: [plain(2), 1], kid: [plain(2), 1], coverage: [percent, -1], label_accuracy: [percent, -1],
  recognisable_seconds: [plain(1), 1], steps_per_second: [rate, -1], g_parameters: [count, 1], mmac: [plain(2), 1],
};

/** [least, median, largest] of a cell; a plain number is all three, and null is none. */
export function spread(value) {
  if (Array.isArray(value) && value.length === 3 && value.every(Number.isFinite)) return value;
  return Number.isFinite(value) ? [value, value, value] : null;
}

/** The rows of one budget by a column's median; what has no such number comes last. */
export function ranked(rows, key, sign) {
  const value = (row) => spread(row[key])?.[1] ?? Infinity * sign;
  return rows.toSorted((a, b) => (value(a) === value(b) ? 0 : sign * (value(a) - value(b))));
}

export class ModelsBoard {
  constructor() {
    this.order = 'digit_fd';
    this.turned = false;
    this.element = make('section', { id: 'models-board', 'aria-labelledby': 'models-board-title', hidden: true });
  }

  /** Fetch it once; the section stays away where nothing was measured. */
  async begin() {
    if (this.board) return;
    const answer = await get('leaderboard');
    this.board = answer.ok ? answer.data.board : null;
    if (!this.board) return;
    this.budgets = [...new Set(this.board.rows.map(({ budget }) => budget))];
    this.budget = this.budgets[0];
    this.choices = this.budgets.map((budget) => make('button', { type: 'button', onclick: () => this.choose(budget) }, budgetName(budget)));
    this.table = make('table');
    this.note = make('p.aigc-note');
    this.element.replaceChildren(
      make('header', {}, make('h2', { id: 'models-board-title' }, t('board.title')),
        make('div.aigc-segmented', { role: 'group', 'aria-label': t('board.budget') }, ...this.choices)),
      make('p.aigc-note', {}, t('board.about', { n: count(this.board.n) })),
      make('div.aigc-card-table', { tabindex: 0, role: 'region', 'aria-labelledby': 'models-board-title' }, this.table), this.note);
    this.element.hidden = false;
    this.show();
  }

  choose(budget) {
    this.budget = budget;
    this.show();
  }

  /** A second click on a column turns its order round. */
  sort(key) {
    this.turned = key === this.order && !this.turned;
    this.order = key;
    this.show();
    this.table.querySelector(`th[data-column="${key}"] button`)?.focus();
  }

  show() {
    this.budgets.forEach((budget, place) => this.choices[place].setAttribute('aria-pressed', String(budget === this.budget)));
    const keys = Object.keys(COLUMNS).filter((key) => this.board.rows.some((row) => spread(row[key])));
    const rows = ranked(this.board.rows.filter(({ budget }) => budget === this.budget), this.order, COLUMNS[this.order][1] * (this.turned ? -1 : 1));
    this.table.replaceChildren(
      make('thead', {}, make('tr', {}, make('th', { scope: 'col' }, t('board.recipe')), ...keys.map((key) => this.heading(key)))),
      make('tbody', {}, ...rows.map((row) => recipeRow(row, keys))),
      make('tbody.aigc-yardsticks', {}, ...(this.board.yardsticks ?? []).map((row) => yardstickRow(row, keys))));
    const seeds = Math.max(...rows.map((row) => (Array.isArray(row.seeds) ? row.seeds.length : Number(row.seeds) || 0)), 0);
    setText(this.note, [t('board.spread', { seeds }), Number.isFinite(this.board.floor) ? t('board.floor', { value: this.board.floor.toFixed(2) }) : '',
      this.board.cores ? t('board.machine', this.board.cores) : ''].filter(Boolean).join(' '));
  }

  heading(key) {
    const isHere = key === this.order;
    const isRising = (COLUMNS[key][1] === 1) !== this.turned;
    return make('th', { scope: 'col', 'data-column': key, 'aria-sort': isHere ? (isRising ? 'ascending' : 'descending') : 'none' },
      make('button', { type: 'button', onclick: () => this.sort(key) }, t(`board.${key}`), isHere ? (isRising ? ' ↑' : ' ↓') : ''));
  }
}

function recipeRow(row, keys) {
  const title = catalogue.recipes[row.recipe]?.title ?? row.recipe;
  const loss = catalogue.losses[row.loss]?.title ?? row.loss;
  const isKnown = Boolean(catalogue.recipes[row.recipe]);
  const name = isKnown
    ? make('button.aigc-link', { type: 'button', title: t('board.choose', { title }), onclick: () => take(row) }, title)
    : make('span', {}, title);
  return make('tr', { 'data-recipe': row.recipe, ...(isKnown && { onclick: (event) => event.target.closest('button') || take(row) }) },
    make('th', { scope: 'row' }, name, make('small', {}, loss)), ...keys.map((key) => cell(row, key)));
}

const yardstickRow = (row, keys) => make('tr', {}, make('th', { scope: 'row' }, row.title?.[lang] ?? row.key), ...keys.map((key) => cell(row, key)));

function cell(row, key) {
  const [write] = COLUMNS[key];
  const values = spread(row[key]);
  if (!values) return make('td', {}, '–');
  const [least, middle, most] = values.map((value) => write(value));
  return make('td', {}, middle, ...(least === most ? [] : [make('small', {}, `${least} … ${most}`)]));
}

function take({ recipe, loss }) {
  dispatchEvent(new CustomEvent('aigc:choose', { detail: { recipe, loss } }));
  openTab('train');
}

/** “30s” and “500 steps” in the page's language. */
function budgetName(budget) {
  const [, number, unit] = /^(\d+)\s*(s|steps)$/.exec(budget) ?? [];
  return unit ? t(unit === 's' ? 'board.seconds' : 'board.stepsEach', { n: count(Number(number)) }) : String(budget);
}
