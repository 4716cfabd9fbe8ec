// Where a place of the picture looks: the row of attention's softmax, live, for the place that is pointed at.

import { paintHeat, paintRow } from './attention-paint.js';
import { paintDigits } from './digits-canvas.js';
import { make, setText } from './dom.js';
import { t } from './i18n.js';
import { latest } from './latest.js';
import { RenderError } from './render.js';

const EVENTS = ['model', 'point', 'label', 'truncation', 'weights'];
const word = (key, values) => t(`attention.${key}`, values);
const percent = (share) => `${(100 * share).toFixed(share < 0.0995 ? 2 : 1)} %`;
const signed = (value) => value.toFixed(3).replace('-', '−');

/** Whether any stage of a generator attends. @param {import('./stage-paint.js').Stage[] | null} stages */
export const attends = (stages) => Boolean(stages?.some(({ looks }) => looks));

/** The place with most ink, from which to look at first. @param {Float32Array} pixels of the square picture */
function inkiest(pixels, height, width) {
  const side = Math.sqrt(pixels.length);
  const ink = new Float32Array(height * width);
  pixels.forEach((value, i) => (ink[Math.floor((Math.floor(i / side) * height) / side) * width + Math.floor(((i % side) * width) / side)] += value));
  return ink.indexOf(ink.reduce((a, b) => Math.max(a, b)));
}

export class AttentionLooks {
  /** @param {import('./latent-state.js').LatentState} state */
  constructor(state) {
    this.state = state;
    this.place = -1;
    this.update = latest(() => this.draw());
    this.picture = this.figure('attention-picture', 28, word('picture'));
    this.heat = this.figure('attention-heat', 14, word('heat'));
    this.row = make('canvas', { id: 'attention-row', role: 'img' });
    [this.reading, this.gamma, this.pointed] = ['p.aigc-judged', 'p.aigc-figures-line', 'p.aigc-figures-line'].map((tag) => make(tag));
    this.reading.setAttribute('role', 'status');
    this.rowName = make('p.aigc-note');
    this.element = make('section', { id: 'inside-attention', 'data-painted': 0 },
      make('p.aigc-note', {}, word('note')), this.gamma,
      make('div.aigc-attention', {}, this.picture.element, this.heat.element), this.reading, this.pointed,
      this.rowName, this.row);
    for (const event of EVENTS) state.addEventListener(event, () => this.ask());
    addEventListener('aigc:theme', () => this.paint());
    new ResizeObserver(() => this.paint()).observe(this.element);
  }

  /** A square that is clicked, or walked over with the arrow keys, to say from where to look. */
  figure(id, side, caption) {
    const canvas = make('canvas', {
      id, width: side, height: side, tabindex: 0, role: 'slider', 'aria-label': `${caption} · ${word('choose')}`, 'aria-valuemin': 1,
      onpointerdown: (event) => this.choose(this.placeAt(canvas, event)),
      onpointermove: (event) => (event.buttons ? this.choose(this.placeAt(canvas, event)) : this.tell(this.placeAt(canvas, event))),
      onpointerleave: () => this.tell(-1),
      onkeydown: (event) => this.walk(event),
    });
    const mark = make('i', { 'aria-hidden': 'true' });
    return { canvas, mark, element: make('figure', {}, make('div', {}, canvas, mark), make('figcaption', {}, caption)) };
  }

  start() {
    this.open = true;
    this.ask();
  }

  stop() {
    this.open = false;
  }

  ask() {
    if (this.open && this.state.renderer) this.update();
  }

  async draw() {
    await new Promise(requestAnimationFrame);
    const { model } = this.state;
    if (!this.open || !model) return;
    try {
      const stages = await this.state.maps();
      if (!this.open || model !== this.state.model || !attends(stages)) return;
      this.looks = stages.find(({ looks }) => looks).looks;
      this.pixels = stages.find(({ image }) => image)?.data;
      this.show();
    } catch (error) {
      if (error.name === 'AbortError') return;
      if (!(error instanceof RenderError)) throw error;
      setText(this.reading, error.message);
    }
  }

  show() {
    const { looks } = this;
    const [height, width] = looks.shape;
    if (this.place < 0 || this.place >= height * width) this.place = inkiest(this.pixels, height, width);
    const gamma = looks.gamma;
    setText(this.gamma, word(gamma === 0 ? 'gammaZero' : 'gamma', { gamma: signed(gamma), share: percent(looks.added()) }));
    this.paint();
  }

  paint() {
    if (!this.looks || !this.open) return;
    const [height, width] = this.looks.shape;
    const row = this.looks.row(this.place);
    const most = row.reduce((a, b) => Math.max(a, b));
    const [down, across] = [Math.floor(this.place / width), this.place % width];
    const where = { row: down + 1, column: across + 1 };
    const entropy = -row.reduce((sum, share) => sum + (share > 0 ? share * Math.log(share) : 0), 0);
    paintDigits(this.picture.canvas, Uint8Array.from(this.pixels ?? [], (value) => Math.max(0, Math.min(255, Math.round(value * 127.5 + 127.5)))));
    const style = getComputedStyle(this.element);
    paintHeat(this.heat.canvas, row, width, most);
    paintRow(this.row, row, style);
    for (const { canvas, mark } of [this.picture, this.heat]) {
      Object.assign(mark.style, { left: `${(100 * across) / width}%`, top: `${(100 * down) / height}%`, width: `${100 / width}%`, height: `${100 / height}%` });
      for (const [key, value] of [['max', row.length], ['now', this.place + 1], ['text', word('at', where)]]) canvas.setAttribute(`aria-value${key}`, value);
    }
    const evenly = 1 / row.length;
    setText(this.reading, word('reading', { ...where, n: Math.exp(entropy).toFixed(1), all: row.length, most: percent(most), own: percent(row[this.place]), even: percent(evenly) }));
    setText(this.rowName, word('row', { n: row.length, even: percent(evenly) }));
    this.row.setAttribute('aria-label', word('row', { n: row.length, even: percent(evenly) }));
    this.element.dataset.painted = String(Number(this.element.dataset.painted) + 1);
  }

  /** What the place under the pointer gets of the place that looks. */
  tell(place) {
    const width = this.looks?.shape[1];
    const known = width && place >= 0;
    setText(this.pointed, known ? word('pointed', { row: Math.floor(place / width) + 1, column: (place % width) + 1, share: percent(this.looks.row(this.place)[place]) }) : '');
  }

  placeAt(canvas, event) {
    if (!this.looks) return -1;
    const [height, width] = this.looks.shape;
    const box = canvas.getBoundingClientRect();
    const at = (value, size, count) => Math.max(0, Math.min(count - 1, Math.floor((count * value) / size)));
    return at(event.clientY - box.top, box.height, height) * width + at(event.clientX - box.left, box.width, width);
  }

  choose(place) {
    if (place < 0 || place === this.place) return;
    this.place = place;
    this.tell(-1);
    this.paint();
  }

  walk(event) {
    if (!this.looks) return;
    const [height, width] = this.looks.shape;
    const [down, across] = [Math.floor(this.place / width), this.place % width];
    const to = { ArrowLeft: [down, across - 1], ArrowRight: [down, across + 1], ArrowUp: [down - 1, across], ArrowDown: [down + 1, across] }[event.key];
    if (!to) return;
    event.preventDefault();
    if (to[0] >= 0 && to[0] < height && to[1] >= 0 && to[1] < width) this.choose(to[0] * width + to[1]);
  }
}
