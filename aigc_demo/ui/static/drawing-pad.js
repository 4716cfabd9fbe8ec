// The pad that a visitor draws on with mouse, finger, pen or the arrow keys. Emits `ink` when what lies on it has changed.

import { make } from './dom.js';
import { Ink } from './drawing-ink.js';
import { t } from './i18n.js';

const STEP = 0.02; // of the side, for an arrow key; with Shift three times as much
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const PLAIN = 0.5; // pressure of what feels none

export class DrawingPad extends EventTarget {
  /** @param {string} [id] what the ids of its parts begin with: a page may have several pads */
  constructor(id = 'draw') {
    super();
    this.canvas = make('canvas', {
      id: `${id}-pad`, tabindex: 0, role: 'application', 'aria-label': t('draw.pad'), 'aria-describedby': `${id}-pad-keys`,
    });
    this.ink = new Ink(this.canvas);
    this.pen = { x: 0.5, y: 0.2, down: false };
    this.cross = make('span.aigc-pen', { hidden: true, 'aria-hidden': 'true' });
    this.hint = make('span.aigc-pad-hint', { 'aria-hidden': 'true' }, t('draw.here'));
    const button = (name, action) => make('button.aigc-quiet', { id: `${id}-${name}`, type: 'button', onclick: action }, t(`draw.${name}`));
    this.undoButton = button('undo', () => this.undo());
    this.clearButton = button('clear', () => this.clear());
    this.box = make('div.aigc-pad', {}, this.canvas, this.hint, this.cross);
    this.keys = make('p.aigc-unseen', { id: `${id}-pad-keys` }, t('draw.padKeys'));
    this.#listen();
    this.changed();
  }

  undo() {
    this.#lift();
    this.ink.undo();
    this.changed();
  }

  clear() {
    this.#lift();
    this.ink.clear();
    this.changed();
  }

  /** Lay a picture on the pad, as `Ink.put`. */
  put(...picture) {
    this.#lift();
    this.ink.put(...picture);
    this.changed();
  }

  changed() {
    const { isEmpty } = this.ink;
    this.hint.hidden = !isEmpty;
    this.undoButton.disabled = this.clearButton.disabled = isEmpty;
    this.dispatchEvent(new Event('ink'));
  }

  #listen() {
    this.canvas.addEventListener('pointerdown', (event) => this.#press(event));
    this.canvas.addEventListener('pointermove', (event) => this.#move(event));
    for (const name of ['pointerup', 'pointercancel', 'lostpointercapture']) {
      this.canvas.addEventListener(name, (event) => event.pointerId === this.pointer && (this.pointer = null));
    }
    this.canvas.addEventListener('keydown', (event) => this.#key(event));
    this.canvas.addEventListener('focus', () => this.#showPen());
    this.canvas.addEventListener('blur', () => this.#lift());
  }

  #press(event) {
    if (this.pointer != null || (event.pointerType === 'mouse' && event.button !== 0)) return;
    this.#lift();
    this.pointer = event.pointerId;
    this.canvas.setPointerCapture(event.pointerId);
    this.ink.begin(...this.#place(event));
    this.changed();
  }

  /** A pen reports more places than the screen has frames: all of them are drawn. */
  #move(event) {
    if (event.pointerId !== this.pointer) return;
    const places = event.getCoalescedEvents?.() ?? [];
    const moved = (places.length ? places : [event]).map((each) => this.ink.extend(...this.#place(each)));
    if (moved.some(Boolean)) this.changed();
  }

  #place({ clientX, clientY, pointerType, pressure }) {
    const { left, top, width, height } = this.canvas.getBoundingClientRect();
    return [(clientX - left) / width, (clientY - top) / height, pointerType === 'pen' ? pressure : PLAIN];
  }

  /** Arrow keys move a pen, the space bar lowers and lifts it. */
  #key(event) {
    const arrow = ARROWS[event.key];
    const undo = event.key === 'Backspace' || (event.key.toLowerCase() === 'z' && (event.ctrlKey || event.metaKey));
    if (arrow) this.#walk(arrow, event.shiftKey ? 3 * STEP : STEP);
    else if (event.key === ' ') this.pen.down ? this.#lift() : this.#lower();
    else if (undo && !this.ink.isEmpty) this.undo();
    else if (event.key === 'Delete') this.clear();
    else return;
    event.preventDefault();
    event.stopPropagation();
    this.#showPen();
  }

  #walk([x, y], step) {
    const inside = (value) => Math.min(0.96, Math.max(0.04, value));
    this.pen.x = inside(this.pen.x + x * step);
    this.pen.y = inside(this.pen.y + y * step);
    if (this.pen.down && this.ink.extend(this.pen.x, this.pen.y, PLAIN)) this.changed();
  }

  #lower() {
    this.pen.down = true;
    this.ink.begin(this.pen.x, this.pen.y, PLAIN);
    this.changed();
  }

  #lift() {
    this.pen.down = false;
    this.pointer = null;
    this.#showPen();
  }

  #showPen() {
    this.cross.hidden = !this.canvas.matches(':focus-visible');
    this.cross.dataset.down = String(this.pen.down);
    Object.assign(this.cross.style, { left: `${100 * this.pen.x}%`, top: `${100 * this.pen.y}%` });
  }
}
