// From A to B twice: straight through the inside of the sphere, and along its surface, with the length of z under each.

import { make, setText } from './dom.js';
import { t } from './i18n.js';
import { latest } from './latest.js';
import { drawPoint, norm } from './latent-points.js';
import { moveButton } from './moves-controls.js';
import { paintCurves } from './moves-curve.js';
import { MixRow } from './moves-mix.js';
import { Piece } from './moves-piece.js';
import { ways } from './moves-points.js';
import { PictureRow } from './moves-row.js';

const COUNT = 9;
const NAMES = ['lerp', 'slerp'];
const SAME = 1e-4;

export class BetweenPiece extends Piece {
  /** @param {import('./moves-ends.js').Ends} ends */
  constructor(state, voice, ends) {
    super(state, voice);
    this.ends = ends;
    this.redraw = latest(() => this.drawRows());
    this.rows = Object.fromEntries(NAMES.map((name) => [name, new PictureRow(COUNT,
      (i) => t('moves.rowPoint', { way: t(`moves.${name}`), n: i + 1, of: COUNT }), (i) => this.jump(name, i))]));
    this.curve = make('canvas', { role: 'img' });
    this.note = make('p.aigc-note');
    this.mix = new MixRow(this);
    const set = (end) => moveButton(`set-${end}`, t(`moves.set.${end}`), () => ends.set(end, state.z));
    const row = (name) => make('div.aigc-way', { id: `generate-${name}` },
      make('h4', {}, make('i', { class: `aigc-dash-${name}`, 'aria-hidden': 'true' }), t(`moves.${name}`)), this.rows[name].element);
    this.element = make('div.aigc-piece', {},
      make('section.aigc-piece', { id: 'generate-strip' },
        make('div.aigc-row', {}, make('h3', {}, t('moves.betweenTitle')),
          make('div.aigc-actions', {}, set('a'), set('b'),
            moveButton('other-b', t('moves.otherB'), () => ends.set('b', drawPoint(state.z.length))))),
        row('slerp'), row('lerp'),
        make('div.aigc-curve', {}, this.curve), this.note),
      this.mix.element);
    new ResizeObserver(() => this.showLengths()).observe(this.curve.parentElement);
  }

  begin() {
    this.on('label truncation model', () => this.redraw());
    this.onWeights(() => this.redraw());
    this.on('point', () => this.mark());
    this.ends.addEventListener('change', () => this.lay(), { signal: this.signal });
    this.lay();
    this.mix.begin();
  }

  lay() {
    this.points = ways(this.ends.a, this.ends.b, COUNT);
    this.lengths = Object.fromEntries(NAMES.map((name) => [name, this.points[name].map(norm)]));
    for (const name of NAMES) this.rows[name].caption(this.lengths[name].map((length) => length.toFixed(2)));
    this.showLengths();
    this.mark();
    this.redraw();
  }

  showLengths() {
    if (!this.lengths) return;
    const usual = Math.sqrt(this.ends.a.length);
    const [all, middle] = [Object.values(this.lengths).flat(), (COUNT - 1) / 2];
    const high = Math.max(...all, usual) * 1.06;
    paintCurves(this.curve, NAMES.map((name) => ({ values: this.lengths[name], dashed: name === 'lerp' })), {
      low: Math.min(...all) * 0.9, high, lines: [usual],
    });
    const values = { usual: usual.toFixed(2), half: Math.sqrt(this.ends.a.length / 2).toFixed(2), lerp: this.lengths.lerp[middle].toFixed(2), slerp: this.lengths.slerp[middle].toFixed(2) };
    this.curve.setAttribute('aria-label', t('moves.lengths', values));
    setText(this.note, t('moves.betweenNote', values));
  }

  async drawRows() {
    const pixels = await this.draw(NAMES.flatMap((name) => this.points[name]));
    if (pixels) NAMES.forEach((name, i) => this.rows[name].paint(pixels, i * COUNT));
  }

  jump(name, i) {
    this.state.setPoint(this.points[name][i]);
    this.voice.say(t('moves.rowPoint', { way: t(`moves.${name}`), n: i + 1, of: COUNT }));
  }

  mark() {
    const { z } = this.state;
    for (const name of NAMES) {
      this.rows[name].mark((i) => this.points[name][i].every((value, k) => Math.abs(value - z[k]) < SAME));
    }
  }
}
