// A loss in three lines for each player: its formula, the run's present numbers in their places, and the chosen logits.

import { make, setText } from './dom.js';
import { formula } from './formula.js';
import { playerName } from './game.js';
import { catalogue, t } from './i18n.js';
import { overBatch } from './losses-batch.js';
import { count, short, weight } from './numbers.js';
import { store } from './run-store.js';

/** @typedef {import('./losses-model.js').Act} Act */

const PLAYERS = ['d', 'g'];

export const exactly = (value) => (Math.abs(value) < 5e-5 ? 0 : value).toFixed(4).replace('-', '−');
export const signed = (s) => `${s < 0 ? '−' : ''}${Math.abs(s).toFixed(2)}`;
export const coloursOf = ({ colour, colour_dark: dark }) => `--term-light:${colour};--term-dark:${dark}`;

/** A piece of a line that belongs to a term. @param {Act} act */
export function ownPiece(act, tag, properties, ...children) {
  return make(`${tag}.aigc-coloured`, { 'data-term': act.key, style: coloursOf(act), ...properties }, ...children);
}

export class Formulas {
  /** @param {import('./losses-model.js').LossModel} model */
  constructor(model) {
    this.model = model;
    this.element = make('div.aigc-formulas', { id: 'explain-formula' });
  }

  build() {
    this.element.dataset.loss = this.model.loss;
    this.lines = new Map(PLAYERS.map((player) => [player, this.player(player)]));
    this.element.replaceChildren(...[...this.lines.values()].map(({ element }) => element));
    this.showRun();
    this.showLogits();
  }

  player(player) {
    const acts = this.model.acts.filter((act) => act.player === player);
    const run = make('p.aigc-sum');
    const source = make('small');
    const chosen = make('p.aigc-sum');
    const chosenNote = make('small');
    const left = formula(`\\mathcal{L}_${player.toUpperCase()}`);
    const first = make('div.aigc-sum.aigc-sum-formula', {}, left, operator('='), ...acts.flatMap((act, place) => written(act, place)));
    const element = make('div', { 'data-player': player, role: 'group' }, first, run, source, chosen, chosenNote);
    return { element, acts, run, source, chosen, chosenNote, spoken: '' };
  }

  /** The second line: what the run says, or what this loss would say of the run's logits. */
  showRun() {
    const { model } = this;
    for (const [player, line] of this.lines ?? []) {
      const found = model.isTrained ? this.fromCurves(player, line.acts) : this.fromBatch(line.acts);
      line.run.hidden = line.source.hidden = !found;
      if (!found) {
        line.spoken = '';
        continue;
      }
      line.run.replaceChildren(operator(found.isExact ? '=' : '≈'), ...added(found.parts, found.total, short));
      setText(line.source, found.source + without(line.acts, found.parts));
      line.spoken = spoken(player, found);
    }
    this.speak();
  }

  fromCurves(player, acts) {
    const parts = acts.map((act) => ({ act, factor: act.weight, value: store.mean(act.key) }));
    if (!parts.every(({ value }) => Number.isFinite(value))) return null;
    const total = parts.reduce((sum, { factor, value }) => sum + factor * value, 0);
    return { parts, total, source: runSource(), isExact: true };
  }

  fromBatch(acts) {
    const { batch } = this.model;
    const known = acts.filter((act) => act.shape);
    if (!batch || !known.length) return null;
    const parts = known.map((act) => ({ act, factor: act.weight, value: overBatch(batch.scores, act.shape).value }));
    const total = parts.reduce((sum, { factor, value }) => sum + factor * value, 0);
    const trained = catalogue.losses[store.run.loss]?.title ?? store.run.loss;
    return { parts, total, source: t('explain.from.batch', { loss: trained, step: count(batch.step) }), isExact: false };
  }

  /** The third line: the chosen logits in the place of the batch. */
  showLogits() {
    const { logits } = this.model;
    for (const line of this.lines?.values() ?? []) {
      const known = line.acts.filter((act) => act.shape);
      const parts = known.map((act) => ({ act, factor: act.weight, value: act.shape.at(logits).value }));
      const total = parts.reduce((sum, { factor, value }) => sum + factor * value, 0);
      const inserted = known.flatMap((act, place) => inPlace(act, place, logits));
      line.chosen.replaceChildren(operator('='), ...inserted, operator('='), ...added(parts, total, exactly));
      const place = t('explain.from.logits', { x: signed(logits.real), z: signed(logits.fake) });
      setText(line.chosenNote, place + without(line.acts, parts));
    }
  }

  /** A formula as one sentence, for those who hear it. */
  speak() {
    for (const [player, { element, acts, spoken: words }] of this.lines) {
      const names = acts.map(({ name }) => name).join(t('explain.spoken.plus'));
      element.setAttribute('aria-label', words || t('explain.spoken.formula', { player: playerName(player), names }));
    }
  }
}

const operator = (sign) => make('span.aigc-operator', {}, sign);

/** The logits in a line like '½ ({x} − 1)²'; a negative number is put in brackets where a sign stands before it. */
export function substituted(line, { real, fake }) {
  return line.replace(/(.?)(.?)\{([xz])\}/g, (_, before, near, which) => {
    const s = which === 'x' ? real : fake;
    const text = s < 0 && near !== '(' && near !== '' ? `(${signed(s)})` : signed(s);
    return `${before}${near}${text}`;
  });
}

/** A term with the logits in it, and the sign before it. */
function inPlace(act, place, logits) {
  const text = substituted(act.shape.written, logits);
  const piece = (body) => ownPiece(act, 'span', { class: 'aigc-coloured aigc-math' }, body);
  if (act.weight !== 1) return [...(place ? [operator('+')] : []), piece(`${weight(act.weight)} × ${bracketed(text)}`)];
  if (place && text.startsWith('−')) return [operator('−'), piece(text.slice(1))];
  return [...(place ? [operator('+')] : []), piece(text)];
}

/** Which terms are not among `parts`, in brackets. */
function without(acts, parts) {
  const names = acts.filter((act) => !parts.some((part) => part.act === act)).map(({ name }) => name);
  return names.length ? ` ${t('explain.from.without', { names: names.join(t('explain.and')) })}` : '';
}

const bracketed = (text) => (/ [−+] /.test(text) || text.startsWith('−') ? `(${text})` : text);

function written(act, place) {
  const isNegative = act.latex.trimStart().startsWith('-');
  const sign = place === 0 || (isNegative && !act.symbol) ? [] : [operator('+')];
  const pieces = act.symbol ? [formula(act.symbol), ...(isNegative ? ['(', formula(act.latex), ')'] : [formula(act.latex)])] : [formula(act.latex)];
  const piece = ownPiece(act, 'span', { role: 'button', tabindex: 0, 'aria-pressed': false, title: act.name, 'aria-label': `${act.name}: ${act.text}` }, ...pieces);
  return [...sign, piece];
}

/** Numbers in their terms' colours and what they add up to: 0.412 + 0.538 = 0.950; a single one stands by itself. */
function added(parts, total, shown) {
  const isSum = parts.length > 1 || parts[0]?.factor !== 1;
  const numbers = parts.flatMap(({ act, factor, value }, place) => {
    const isTaken = factor === 1 && place > 0 && value < 0;
    const size = shown(isTaken ? -value : value);
    const text = factor === 1 ? size : `${weight(factor)} × ${value < 0 ? `(${size})` : size}`;
    const sign = place ? [operator(isTaken ? '−' : '+')] : [];
    return [...sign, ownPiece(act, isSum ? 'span' : 'b', { class: 'aigc-coloured aigc-figure' }, text)];
  });
  return isSum ? [...numbers, operator('='), make('b', {}, shown(total))] : numbers;
}

function runSource() {
  const from = store.isRecorded ? 'recorded' : 'run';
  const last = store.run.step ?? store.curves.last;
  const isPast = store.cursor !== null && store.cursor.step < last;
  return t(`explain.from.${from}${isPast ? 'Past' : ''}`, { step: count(isPast ? store.cursor.step : store.curves.last) });
}

function spoken(player, { parts, total, source }) {
  const words = parts.map(({ act, factor, value }) => `${act.name} ${short(factor * value)}`).join(t('explain.spoken.plus'));
  return t('explain.spoken', { player: playerName(player), parts: words, total: short(total), source });
}
