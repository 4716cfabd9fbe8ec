// A table of mixes, as in the paper: rows have the coarse styles of their A, columns the finer ones of their B.

import { paintDigits } from './digits-canvas.js';
import { make, setText } from './dom.js';
import { t } from './i18n.js';
import { drawPoint, seeded } from './latent-points.js';
import { choice, moveButton } from './moves-controls.js';
import { Piece } from './moves-piece.js';
import { PIXELS } from './pixels.js';
import { RESOLUTIONS } from './styles-mix.js';

const SIDE = 4; // rows and columns, without the heads
const CHOICES = ['middle', 'fine'];

export class StylesGrid extends Piece {
  /** @param {import('./styles-mix.js').StylesMix} mix whose A and B are the first row and column */
  constructor(state, voice, mix) {
    super(state, voice);
    this.mix = mix;
    this.seed = 1;
    this.kind = CHOICES[0];
    mix.changed = () => this.isOpen && this.redraw();
    this.choice = choice('styles-grid-from', t('styles.from'), Object.fromEntries(CHOICES.map((key) => [key, t(`styles.from.${key}`)])), (key) => this.choose(key));
    this.cells = Array.from({ length: (SIDE + 1) ** 2 }, (_, i) => this.cell(Math.floor(i / (SIDE + 1)), i % (SIDE + 1)));
    this.says = make('p.aigc-note');
    this.table = make('div.aigc-styles-grid', { id: 'generate-styles-grid', role: 'group', 'aria-label': t('styles.grid'), style: `--aigc-count: ${SIDE + 1}` },
      ...this.cells.map(({ element }) => element));
    this.element = make('section.aigc-piece.aigc-below', {},
      make('div.aigc-row', {}, make('h3', {}, t('styles.grid')), moveButton('styles-renew', t('styles.renew'), () => this.renew())),
      this.choice.element, this.says, this.table);
  }

  /** The cell in a row and column; 0 holds the heads, and their corner nothing. */
  cell(row, column) {
    if (!row && !column) return { element: make('span.aigc-styles-corner', { 'aria-hidden': 'true' }, 'A \\ B') };
    const canvas = make('canvas', { width: 28, height: 28, 'aria-hidden': 'true' });
    const name = !row ? t('styles.grid.b', { n: column }) : !column ? t('styles.grid.a', { n: row }) : t('styles.grid.mix', { a: row, b: column });
    return { canvas, element: make('button', { type: 'button', 'aria-label': name, title: name, class: row && column ? '' : 'aigc-head', onclick: () => this.go(row, column) }, canvas) };
  }

  begin() {
    this.on('point truncation model', () => this.soon());
    this.onWeights(() => this.redraw());
    this.redraw();
  }

  end() {
    clearTimeout(this.timer);
  }

  /** Sixteen pictures wait until the hand rests. */
  soon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.isOpen && this.redraw(), 250);
  }

  choose(key) {
    this.kind = key;
    this.redraw();
  }

  renew() {
    this.seed += 2;
    this.redraw();
  }

  points() {
    const size = this.state.z.length;
    const more = (seed) => {
      const random = seeded(seed);
      return Array.from({ length: SIDE - 1 }, () => drawPoint(size, random));
    };
    return { rows: [this.state.z, ...more(100 + this.seed)], columns: [this.mix.point(), ...more(101 + this.seed)] };
  }

  async redraw() {
    const { state, kind } = this;
    if (!state.model?.styles) return;
    this.choice.show(kind);
    setText(this.says, t(`styles.grid.says.${kind}`));
    const { rows, columns } = this.points();
    const number = (this.number = (this.number ?? 0) + 1);
    const plain = { ...state.styling(), z: null };
    const heads = await this.draw([...columns, ...rows], { styling: plain });
    const mixes = await Promise.all(columns.map((z) => this.draw(rows, { styling: { ...plain, z, from: RESOLUTIONS[kind] } })));
    if (number !== this.number || !heads || mixes.some((part) => !part)) return;
    this.cells.forEach(({ canvas }, i) => {
      const [row, column] = [Math.floor(i / (SIDE + 1)), i % (SIDE + 1)];
      if (!canvas) return;
      if (row && column) paintDigits(canvas, mixes[column - 1], row - 1);
      else paintDigits(canvas, heads, row ? SIDE + row - 1 : column - 1);
    });
    this.table.dataset.painted = String(Number(this.table.dataset.painted ?? 0) + 1);
    this.pixels = { heads: heads.length / PIXELS, mixes: mixes.length };
  }

  /** Show the cell as the studio's picture: its row is A, its column B. */
  go(row, column) {
    const { rows, columns } = this.points();
    if (!row || !column) {
      this.state.setMixed(null);
      this.state.setPoint(row ? rows[row - 1] : columns[column - 1]);
    } else {
      this.state.setPoint(rows[row - 1]);
      this.state.setMixed({ z: columns[column - 1], from: RESOLUTIONS[this.kind] });
    }
    this.voice.say(t('styles.went'));
  }
}
