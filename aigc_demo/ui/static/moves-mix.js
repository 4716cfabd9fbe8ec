// From digit A to digit B at one z: the class code is mixed, and the classifier says what it takes each picture for.

import { make, setText } from './dom.js';
import { t } from './i18n.js';
import { blend } from './latent-state.js';
import { latest } from './latest.js';
import { paintCurves } from './moves-curve.js';
import { PictureRow } from './moves-row.js';
import { RenderError } from './render.js';

const COUNT = 11;
const KNOWN = 10; // classes that the classifier tells apart
const shares = [...Array(COUNT).keys()].map((i) => i / (COUNT - 1));

export class MixRow {
  /** @param {import('./moves-piece.js').Piece} piece for which it draws */
  constructor(piece) {
    this.piece = piece;
    this.state = piece.state;
    this.from = this.state.digit;
    this.to = (this.from + 5) % this.state.names.length;
    this.redraw = latest(() => this.draw());
    this.row = new PictureRow(COUNT, (i) => t('moves.mixPoint', { percent: Math.round(100 * shares[i]) }), (i) => this.jump(i));
    this.row.caption(shares.map((share) => `${Math.round(100 * share)}%`));
    this.curve = make('canvas', { role: 'img' });
    this.opinion = make('p.aigc-note', { id: 'generate-blend-opinion' });
    this.selects = [this.select('from'), this.select('to')];
    this.work = make('div.aigc-piece', {},
      this.row.element, make('div.aigc-curve', {}, this.curve), this.opinion,
      make('p.aigc-note', {}, t('moves.mixNote')));
    this.choices = make('div.aigc-actions', {}, this.selects[0], make('span', { 'aria-hidden': 'true' }, '→'), this.selects[1]);
    this.without = make('p.aigc-note', {}, t('moves.mixNone'));
    this.element = make('section.aigc-piece.aigc-below', { id: 'generate-blend' },
      make('div.aigc-row', {}, make('h3', {}, t('moves.mixTitle')), this.choices), this.work, this.without,
      make('p.aigc-note', {}, t('moves.arithmetic')));
    new ResizeObserver(() => this.showCurve()).observe(this.curve.parentElement);
  }

  select(end) {
    const select = make('select', { id: `generate-blend-${end}`, 'aria-label': t(`moves.mix.${end}`), onchange: () => this.choose(end, Number(select.value)) });
    return select;
  }

  /** Offer the classes of the present model. */
  list() {
    const { names } = this.state;
    if (this.names === names) return;
    this.names = names;
    for (const [place, end] of ['from', 'to'].entries()) {
      this[end] %= names.length;
      this.selects[place].replaceChildren(...names.map((name, value) => make('option', { value }, name)));
      this.selects[place].value = String(this[end]);
    }
  }

  choose(end, digit) {
    this[end] = digit;
    this.redraw();
  }

  begin() {
    this.piece.on('point truncation model', () => this.redraw());
    this.piece.onWeights(() => this.redraw());
    this.piece.on('label', () => this.mark());
    this.redraw();
  }

  async draw() {
    const { model, z, width } = this.state;
    this.list();
    const conditional = model?.conditional ?? false;
    for (const part of [this.work, this.choices]) part.hidden = !conditional;
    this.without.hidden = conditional || !model;
    if (!conditional) return;
    const [from, to] = [this.from, this.to];
    this.mark();
    const pixels = await this.piece.draw(shares.map(() => z), { classes: shares.map((share) => blend(from, to, share, width)) });
    if (!pixels) return;
    this.row.paint(pixels);
    await this.judge(pixels, from, to);
  }

  /** What the classifier thinks of the row; without one the pictures stand for themselves. */
  async judge(pixels, from, to) {
    if (Math.max(from, to) >= KNOWN) {
      this.beliefs = null;
      return this.showCurve();
    }
    try {
      const { openClassifier } = await import('./judge.js');
      const classifier = await (this.classifier ??= openClassifier());
      const believed = await classifier.read(Float32Array.from(pixels, (value) => value / 255));
      const column = (digit) => shares.map((_, i) => believed[i * KNOWN + digit]);
      this.beliefs = { from, to, a: column(from), b: column(to) };
    } catch (error) {
      this.classifier = this.beliefs = null;
      if (this.piece.isOpen) setText(this.opinion, error instanceof RenderError ? error.message : t('moves.noClassifier'));
      return this.showCurve();
    }
    this.showCurve();
  }

  showCurve() {
    this.curve.parentElement.hidden = !this.beliefs;
    if (!this.beliefs) return;
    const { from, to, a, b } = this.beliefs;
    paintCurves(this.curve, [{ values: a, dashed: true }, { values: b }], { low: 0, high: 1, lines: [0, 0.5, 1] });
    const percent = (value) => `${Math.round(100 * value)}%`;
    const middle = (COUNT - 1) / 2;
    const jump = Math.max(...b.slice(1).map((value, i) => Math.abs(value - b[i])));
    const words = { a: from, b: to, pa: percent(a[middle]), pb: percent(b[middle]), jump: percent(jump) };
    setText(this.opinion, t('moves.opinion', words));
    this.curve.setAttribute('aria-label', t('moves.opinion', words));
  }

  jump(i) {
    this.state.setLabel(this.from);
    this.state.setMix(i && this.to !== this.from ? { to: this.to, share: shares[i] } : null);
    this.piece.voice.say(t('moves.mixPoint', { percent: Math.round(100 * shares[i]) }));
  }

  mark() {
    const { label, mix } = this.state;
    const [from, share] = [label, mix && mix.to === this.to ? mix.share : mix ? NaN : 0];
    this.row.mark((i) => from === this.from && Math.abs(shares[i] - share) < 1e-6);
  }
}
