// A plane full of digits: drawn in Workers from coarse to fine, dragged and zoomed, with a cross where one is.

import { make } from './dom.js';
import { Atlas } from './moves-atlas.js';
import { listenToGestures } from './moves-gestures.js';
import { SIDE } from './render.js';

const BATCH = 32; // digits asked for at once: few enough that a wish which is out of date costs little
const CROSS = 9;

/**
 * @typedef {object} Kind
 * @property {string} id @property {string} name what it is called @property {string} hint how it is moved
 * @property {number} finest the finest level: 0 has a digit a unit, each further one twice as many
 * @property {number} coarse how many coarser levels are drawn before; where there are some, four cells of a level fill
 *   one of the level before, else the cells of level 0 lie around the whole numbers
 * @property {[number, number, number]} scales pixels a unit: at first, at least, at most
 * @property {boolean} centred whether zooming keeps the centre, or what is under the pointer
 * @property {(x: number, y: number) => number[]} pointAt
 * @property {(x: number, y: number) => string} [tag] a word on a digit
 * @property {(context: CanvasRenderingContext2D, field: Field) => void} [rule] paints over the digits
 */

/**
 * Emits `view` (it was moved by hand), `pick` (with `detail` {x, y}), `step` ({right, down, large}: an arrow key), `home`,
 * `hold` (down: boolean).
 */
export class Field extends EventTarget {
  /** @param {import('./moves-piece.js').Piece} piece whose drawing it does @param {Kind} kind */
  constructor(piece, kind) {
    super();
    this.piece = piece;
    this.kind = kind;
    this.atlas = new Atlas();
    this.shift = kind.coarse ? 0.5 : 0; // of a cell's middle
    this.view = { x: 0, y: 0, scale: kind.scales[0] };
    this.isReady = true; // whether there are points to draw
    this.cross = null; // {x, y, sure}: where the present point is; not sure: where it was left
    this.frame = 0;
    this.abort = null;
    this.canvas = make('canvas', {
      id: kind.id, tabindex: 0, role: 'application', 'aria-label': kind.name, 'aria-description': kind.hint, 'data-digits': 0,
    });
    this.element = make('div.aigc-field-box', {}, this.canvas);
    new ResizeObserver(() => this.changed()).observe(this.element);
    listenToGestures(this.canvas, {
      drag: (dx, dy) => this.look(this.view.x - dx / this.view.scale, this.view.y - dy / this.view.scale),
      zoom: (factor, x, y) => this.zoom(factor, x, y),
      pick: (x, y) => this.tell('pick', this.placeOf(x, y)),
      step: (right, down, large) => this.tell('step', { right, down, large }),
      home: () => this.tell('home'),
      held: (down) => this.tell('hold', { down }),
    });
  }

  tell(name, detail = null) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  // -- where one looks -----------------------------------------------------------------------------------------------

  /** Look at a place by hand, which is told. */
  look(x, y) {
    this.show(x, y);
    this.tell('view');
  }

  /** Look at a place. */
  show(x, y) {
    Object.assign(this.view, { x, y });
    this.changed();
  }

  /** @param {number} factor @param {number} [x] @param {number} [y] the pixel that stays where it is */
  zoom(factor, x = this.canvas.clientWidth / 2, y = this.canvas.clientHeight / 2) {
    const [, least, most] = this.kind.scales;
    const scale = Math.max(least, Math.min(most, this.view.scale * factor));
    if (scale === this.view.scale) return;
    const fixed = this.placeOf(x, y);
    this.view.scale = scale;
    const now = this.placeOf(x, y);
    if (this.kind.centred) this.changed();
    else this.look(this.view.x + fixed.x - now.x, this.view.y + fixed.y - now.y);
  }

  /** The place under a pixel of the canvas. */
  placeOf(x, y) {
    const { clientWidth, clientHeight } = this.canvas;
    return { x: this.view.x + (x - clientWidth / 2) / this.view.scale, y: this.view.y + (y - clientHeight / 2) / this.view.scale };
  }

  pixelOf({ x, y }) {
    const { clientWidth, clientHeight } = this.canvas;
    return [clientWidth / 2 + (x - this.view.x) * this.view.scale, clientHeight / 2 + (y - this.view.y) * this.view.scale];
  }

  // -- what is there -------------------------------------------------------------------------------------------------

  /** The digits are others now: those that are shown stay until their successors are there. */
  renew() {
    this.atlas.age();
    this.abort?.abort();
    this.changed();
  }

  /** These are other places altogether. */
  clear() {
    this.atlas.forget();
    this.abort?.abort();
    this.changed();
  }

  changed() {
    if (this.batch && !this.batch.some((cell) => this.isSeen(cell))) this.abort.abort();
    this.repaint();
    this.fill();
  }

  get level() {
    return Math.min(this.kind.finest, Math.floor(Math.log2(this.view.scale / SIDE) + 1e-9));
  }

  /** The cells in sight at a level, those in the middle first. */
  cells(level) {
    const step = 2 ** -level;
    const { x, y, scale } = this.view;
    const [across, down] = [this.canvas.clientWidth / 2 / scale, this.canvas.clientHeight / 2 / scale];
    const found = [];
    const to = (value) => value / step - this.shift; // in cells
    for (let j = Math.ceil(to(y - down) - 0.5); j <= to(y + down) + 0.5; j++) {
      for (let i = Math.ceil(to(x - across) - 0.5); i <= to(x + across) + 0.5; i++) found.push(this.cell(level, i, j));
    }
    return found.sort((a, b) => Math.hypot(a.x - x, a.y - y) - Math.hypot(b.x - x, b.y - y));
  }

  cell(level, i, j) {
    const step = 2 ** -level;
    return { level, i, j, step, x: (i + this.shift) * step, y: (j + this.shift) * step, key: `${level}:${i},${j}` };
  }

  /** The four cells of the next level that fill a cell. */
  parts({ level, i, j }) {
    return [[0, 0], [1, 0], [0, 1], [1, 1]].map(([right, down]) => this.cell(level + 1, 2 * i + right, 2 * j + down));
  }

  isSeen({ x, y, step }) {
    const [left, top] = this.pixelOf({ x: x - step / 2, y: y - step / 2 });
    const side = step * this.view.scale;
    return left + side > 0 && top + side > 0 && left < this.canvas.clientWidth && top < this.canvas.clientHeight;
  }

  /** What is to be drawn next: coarse before fine. */
  missing() {
    for (let level = this.level - this.kind.coarse; level <= this.level; level++) {
      const wanted = this.cells(level).filter(({ key }) => !this.atlas.isFresh(key));
      if (wanted.length) return wanted.slice(0, BATCH);
    }
    return [];
  }

  async fill() {
    if (this.batch || !this.canvas.clientWidth) return;
    try {
      while (this.isReady && this.piece.isOpen && (await this.fillNext()));
    } finally {
      this.batch = null;
    }
  }

  /** @returns {Promise<boolean>} whether to go on */
  async fillNext() {
    this.batch = this.missing();
    if (!this.batch.length) return false;
    this.abort = new AbortController();
    const { signal } = this.abort;
    const { edition } = this.atlas;
    const points = this.batch.map(({ x, y }) => this.kind.pointAt(x, y));
    const pixels = await this.piece.draw(points, { signal: AbortSignal.any([signal, this.piece.signal]) });
    if (pixels && !signal.aborted && edition === this.atlas.edition) this.keep(pixels);
    return pixels !== null || signal.aborted; // where it cannot be had, that has been said
  }

  keep(pixels) {
    this.batch.forEach(({ key }, n) => this.atlas.keep(key, pixels, n));
    this.canvas.dataset.digits = String(Number(this.canvas.dataset.digits) + this.batch.length);
    this.repaint();
  }

  // -- painting ------------------------------------------------------------------------------------------------------

  repaint() {
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      this.paint();
    });
  }

  paint() {
    const { canvas } = this;
    const density = devicePixelRatio || 1;
    const [width, height] = [canvas.clientWidth, canvas.clientHeight];
    if (!width) return;
    const size = { width: Math.round(width * density), height: Math.round(height * density) };
    if (canvas.width !== size.width || canvas.height !== size.height) Object.assign(canvas, size);
    const context = canvas.getContext('2d');
    context.setTransform(density, 0, 0, density, 0, 0);
    context.fillStyle = '#000';
    context.fillRect(0, 0, width, height);
    for (const cell of this.cells(this.level - this.kind.coarse)) this.paintFinest(context, cell);
    this.kind.rule?.(context, this);
    if (this.cross) this.paintCross(context);
  }

  /** A cell gives way to its parts once all that are in sight are there, or where it is missing itself. */
  paintFinest(context, cell) {
    const parts = cell.level < this.level ? this.parts(cell).filter((part) => this.isSeen(part)) : [];
    const finer = parts.length && (parts.every(({ key }) => this.atlas.has(key)) || !this.atlas.has(cell.key));
    if (finer) parts.forEach((part) => this.paintFinest(context, part));
    else this.paintCell(context, cell);
  }

  paintCell(context, { x, y, step, key }) {
    const [left, top] = this.pixelOf({ x: x - step / 2, y: y - step / 2 });
    const side = step * this.view.scale;
    // Whole pixels of the screen, so that neighbours leave no seam.
    const [from, to, up, down] = [left, left + side, top, top + side].map(Math.round);
    if (!this.atlas.paint(context, key, from, up, Math.max(to - from, down - up)) || !this.kind.tag || side < 54) return;
    Object.assign(context, { font: '11px system-ui, sans-serif', fillStyle: 'rgb(255 255 255 / 0.62)', textAlign: 'left', textBaseline: 'top' });
    context.fillText(this.kind.tag(x, y), from + 5, up + 4);
  }

  paintCross(context) {
    const [x, y] = this.pixelOf(this.cross).map((value) => Math.round(value) + 0.5);
    for (const [colour, thickness] of [['#000', 5], ['#fff', 2]]) {
      Object.assign(context, { strokeStyle: colour, lineWidth: thickness });
      context.setLineDash(this.cross.sure ? [] : [2, 3]);
      context.beginPath();
      for (const [right, down] of [[1, 0], [-1, 0], [0, 1], [0, -1]]) {
        context.moveTo(x + 4 * right, y + 4 * down);
        context.lineTo(x + (4 + CROSS) * right, y + (4 + CROSS) * down);
      }
      context.stroke();
    }
    context.setLineDash([]);
  }
}
