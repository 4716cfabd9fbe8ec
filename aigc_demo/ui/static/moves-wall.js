// A wall of 36 digits that walk together: each from its own start, all in the same direction.

import { paintDigits } from './digits-canvas.js';
import { make } from './dom.js';
import { t } from './i18n.js';
import { drawPoint, seeded } from './latent-points.js';
import { ALL } from './latent-state.js';
import { Companion } from './moves-walker.js';

const SIDE = 6;
const COUNT = SIDE * SIDE;
const SEED = 36;

export class Wall {
  /** @param {import('./moves-piece.js').Piece} piece for which it draws */
  constructor(piece) {
    this.piece = piece;
    this.isOpen = false;
    this.frames = 0;
    this.canvas = make('canvas', { id: 'generate-wall', role: 'img', 'aria-label': t('moves.wallName'), 'data-frame': 0, width: 28 * SIDE, height: 28 * SIDE });
    this.element = make('div.aigc-wall', { hidden: true }, this.canvas);
    this.restart();
  }

  open(isOpen) {
    this.isOpen = isOpen;
    this.element.hidden = !isOpen;
  }

  /** Everyone stands at the start again. */
  restart() {
    const uniform = seeded(SEED);
    const size = this.piece.state.z.length;
    this.companions = Array.from({ length: COUNT }, () => new Companion(drawPoint(size, uniform)));
    this.points = this.companions.map(({ start }) => start);
    this.walker = this.pending = null;
  }

  /**
   * Go where the walker goes. What is painted is what was asked for a frame ago: while it waits for the screen, the next
   * one is being drawn.
   * @returns {Promise<boolean>} whether there was a picture
   */
  async follow(walker) {
    if (this.walker && this.walker !== walker) this.setOff();
    this.walker = walker;
    this.points = this.companions.map((companion) => companion.at(walker));
    const asked = (this.pending ??= this.ask());
    const pixels = await asked;
    if (!pixels || this.pending !== asked) return pixels !== null;
    this.pending = this.ask();
    this.paint(pixels);
    return true;
  }

  /** Nobody walks any more: what is still being drawn is not shown. */
  rest() {
    this.pending = null;
  }

  /** From here on the way is another one. */
  setOff() {
    this.companions = this.points.map((point) => new Companion(point));
  }

  /** Show where everyone stands. */
  async draw() {
    if (!this.isOpen) return;
    const pixels = await this.ask();
    if (pixels) this.paint(pixels);
  }

  ask() {
    const { state } = this.piece;
    const classes = state.label === ALL ? this.points.map((_, i) => i % state.names.length) : state.classes();
    return this.piece.draw(this.points, { classes, priority: 'now' });
  }

  paint(pixels) {
    paintDigits(this.canvas, pixels, 0, COUNT, SIDE);
    this.frames += 1;
    this.canvas.dataset.frame = String(this.frames);
  }
}
