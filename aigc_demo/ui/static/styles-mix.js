// Two points A and B: from which layer on the styles of B apply. A is the studio's own point.

import { paintDigits } from './digits-canvas.js';
import { make, setText } from './dom.js';
import { t } from './i18n.js';
import { drawPoint, seeded } from './latent-points.js';
import { choice, moveButton } from './moves-controls.js';
import { Piece } from './moves-piece.js';
import { PictureRow } from './moves-row.js';

const SEED = 20; // of the first B, so that the panel opens alike for all
/** The layer that each resolution begins with, coarse to fine; B from the first is B alone, from none A alone. */
export const RESOLUTIONS = { all: 0, middle: 2, fine: 4, none: 6 };
const LAYERS = ['7a', '7b', '14a', '14b', '28a', '28b'];

export class StylesMix extends Piece {
  constructor(state, voice) {
    super(state, voice);
    this.other = null; // B, drawn when the first model with styles is there
    this.choice = choice('styles-from', t('styles.from'), Object.fromEntries(Object.keys(RESOLUTIONS).map((key) => [key, t(`styles.from.${key}`)])),
      (key) => this.choose(RESOLUTIONS[key]));
    this.pictures = ['a', 'b'].map((name) => make('canvas', { id: `generate-styles-${name}`, width: 28, height: 28, role: 'img', 'aria-label': t(`styles.${name}`) }));
    this.row = new PictureRow(LAYERS.length + 1, (i) => this.nameOf(i), (i) => this.choose(i));
    this.row.caption([...LAYERS.map((layer, i) => (i ? `A | B ${layer}` : 'B')), 'A']);
    this.says = make('p.aigc-note', { id: 'generate-styles-says', role: 'status' });
    const figure = (i, word) => make('figure', {}, this.pictures[i], make('figcaption', {}, word));
    this.element = make('section.aigc-piece', {},
      make('h3', {}, t('styles.mixing')),
      make('div.aigc-styles-pair', {}, figure(0, t('styles.a')), figure(1, t('styles.b')),
        make('div.aigc-actions', {},
          moveButton('styles-another', t('styles.another'), () => this.take(drawPoint(this.state.z.length))),
          moveButton('styles-here', t('styles.here'), () => this.take(this.state.z)),
          moveButton('styles-swap', t('styles.swap'), () => this.swap()))),
      this.choice.element, this.says, this.row.element);
  }

  nameOf(i) {
    return i === 0 ? t('styles.row.b') : i === LAYERS.length ? t('styles.row.a') : t('styles.row.mixed', { layer: LAYERS[i] });
  }

  begin() {
    this.on('point truncation model', () => this.redraw());
    this.onWeights(() => this.redraw());
    this.redraw();
  }

  /** The layer from which B's styles apply now; all layers' are A's where there are so many. */
  get from() {
    return this.state.mixed?.from ?? LAYERS.length;
  }

  /** B, which the address may know better. */
  point() {
    const size = this.state.z.length;
    if (this.state.mixed) this.other = this.state.mixed.z;
    if (this.other?.length !== size) this.other = drawPoint(size, seeded(SEED));
    return this.other;
  }

  choose(from) {
    this.state.setMixed(from === LAYERS.length ? null : { z: this.point(), from });
  }

  /** @param {number[]} z which is B from now on */
  take(z) {
    const { from } = this;
    this.other = [...z];
    if (from < LAYERS.length) this.choose(from);
    else this.redraw();
    this.dispatchChange();
  }

  swap() {
    const [a, b] = [this.state.z, this.point()];
    this.state.setMixed(null);
    this.state.setPoint(b);
    this.take(a);
  }

  /** The grid shows B as its first column. */
  dispatchChange() {
    this.changed?.();
  }

  async redraw() {
    const { state } = this;
    if (!state.model?.styles) return;
    const other = this.point();
    const plain = { ...state.styling(), z: null };
    this.show();
    const asked = (from) => ({ styling: { ...plain, z: other, from } });
    const parts = await Promise.all([...LAYERS.keys(), LAYERS.length].map((from) => this.draw([state.z], asked(from))));
    if (parts.some((part) => !part) || other !== this.point()) return;
    this.row.paint(Uint8Array.from(parts.flatMap((part) => Array.from(part))));
    paintDigits(this.pictures[0], parts.at(-1));
    paintDigits(this.pictures[1], parts[0]);
  }

  show() {
    const { from } = this;
    this.choice.show(Object.keys(RESOLUTIONS).find((key) => RESOLUTIONS[key] === from));
    this.row.mark((i) => i === from);
    setText(this.says, from === LAYERS.length ? t('styles.says.none') : from === 0 ? t('styles.says.all')
      : t('styles.says.mixed', { a: LAYERS.slice(0, from).join(' '), b: LAYERS.slice(from).join(' ') }));
  }
}
