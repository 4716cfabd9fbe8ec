// <aigc-samples>: the generator's fixed samples, six rows of a column for each class (ten at least), as they are now or were at the cursor.

import { atMostEvery, make, setText } from './dom.js';
import { isConditional } from './game.js';
import { t } from './i18n.js';
import { count } from './numbers.js';
import { store } from './run-store.js';

const LEAST = 10; // columns
const ROWS = 6;
const PIXELS = 28;
const GAP = 3;
const LABELS = 20;
const DIGITS = [...'0123456789'];

export class Samples extends HTMLElement {
  connectedCallback() {
    if (this.canvas) return;
    this.canvas = make('canvas', { role: 'img' });
    this.caption = make('p.aigc-caption');
    this.append(this.canvas, this.caption);
    this.picture = null;
    this.painted = Number(this.dataset.frame) || 0;
    this.describe = atMostEvery(5000, () => this.describeNow());
    store.on('run', () => this.forget());
    store.on('run frame cursor', () => this.update());
    new ResizeObserver(() => this.paint(false)).observe(this);
    addEventListener('aigc:theme', () => this.paint(false));
    this.update();
  }

  /** Another run has other digits, even before its first ones have come. */
  forget() {
    if (store.frames.run === this.of) return;
    this.of = store.frames.run;
    this.picture = this.shown = null;
    this.paint(false);
  }

  /** Fetch the picture of the moment looked at; while one is on its way only the newest wish is kept. */
  async update() {
    this.dataset.run = store.isRecorded ? '' : store.run.run;
    this.setCaption();
    const frame = store.cursor ?? store.frames?.last;
    this.wish = frame ? frame.index : null;
    if (this.busy) return;
    this.busy = true;
    while (this.wish !== null && `${store.frames.run}/${this.wish}` !== this.shown) {
      const name = `${store.frames.run}/${this.wish}`;
      const picture = await store.frames.picture(this.wish);
      if (picture && name.startsWith(`${store.frames.run}/`)) {
        this.picture = picture;
        this.paint(true);
      }
      this.shown = name;
    }
    this.busy = false;
  }

  setCaption() {
    const names = namesOf(store.run);
    const columns = Math.max(LEAST, names.length);
    const learnt = isConditional(store.run) ? t(isDigits(names) ? 'ofDigits' : 'ofClasses', { n: names.length }) : t('ofNoise', { n: ROWS * columns });
    setText(this.caption, store.isRecorded ? t('recorded') : learnt);
    this.caption.hidden = !store.run;
    this.caption.classList.toggle('aigc-recorded', store.isRecorded);
  }

  /** @param {boolean} isNew whether this is another frame, or the old one again in another size */
  paint(isNew) {
    const width = this.clientWidth;
    if (!width) return;
    const ratio = devicePixelRatio || 1;
    const names = namesOf(store.run);
    const columns = Math.max(LEAST, names.length); // fewer classes share ten
    const cell = (width - GAP * (columns - 1)) / columns;
    const hasLabels = isConditional(store.run);
    const top = hasLabels ? LABELS : 0;
    const height = Math.round(top + ROWS * cell + (ROWS - 1) * GAP);
    const context = fitted(this.canvas, width, height, ratio);
    const style = getComputedStyle(this);
    if (hasLabels) {
      context.fillStyle = style.getPropertyValue('--aigc-muted');
      context.font = `500 12px ${style.fontFamily}`;
      context.textAlign = 'center';
      for (let column = 0; column < columns; column++) {
        context.fillText(shortened(context, names[column % names.length], cell), column * (cell + GAP) + cell / 2, 12);
      }
    }
    const place = (column, row) => [column * (cell + GAP), top + row * (cell + GAP)];
    const outline = new Path2D();
    for (let i = 0; i < columns * ROWS; i++) outline.roundRect(...place(i % columns, Math.floor(i / columns)), cell, cell, 4);
    context.fillStyle = this.picture ? '#000' : style.getPropertyValue('--aigc-line');
    context.fill(outline);
    if (!this.picture) return;
    context.globalCompositeOperation = 'source-atop'; // only on the rounded cells; a clip would cost several times as much
    // Whole-number enlargement first, then a smooth reduction to the cell: every pixel comes out square and equal.
    const scale = Math.max(1, Math.ceil((cell * ratio) / PIXELS));
    const large = enlarged(this.picture, scale);
    context.imageSmoothingEnabled = true;
    context.imageSmoothingQuality = 'medium';
    const size = PIXELS * scale;
    for (let i = 0; i < columns * ROWS; i++) {
      const [column, row] = [i % columns, Math.floor(i / columns)];
      context.drawImage(large, column * size, row * size, size, size, ...place(column, row), cell, cell);
    }
    if (!isNew) return;
    this.painted += 1;
    this.dataset.frame = String(this.painted);
    this.describe();
  }

  describeNow() {
    const step = store.cursor?.step ?? store.frames?.last?.step ?? 0;
    const names = namesOf(store.run);
    const n = ROWS * Math.max(LEAST, names.length);
    this.canvas.setAttribute('aria-label', isDigits(names) ? t('samplesLabel', { step: count(step) })
      : t('samplesLabelClasses', { n, step: count(step), names: names.join(', ') }));
  }
}

const namesOf = (run) => run?.class_names ?? DIGITS;
const isDigits = (names) => names.length === DIGITS.length && names.every((name, digit) => name === DIGITS[digit]);

/** As much of a class's name as fits above its column. */
function shortened(context, name, width) {
  if (context.measureText(name).width <= width) return name;
  for (let length = name.length - 1; length > 0; length--) {
    const part = `${name.slice(0, length)}…`;
    if (context.measureText(part).width <= width) return part;
  }
  return '';
}

/** Size a canvas for the screen's pixels; gives its context in CSS pixels, cleared. */
export function fitted(canvas, width, height, ratio) {
  const [wide, high] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== wide || canvas.height !== high) {
    canvas.width = wide;
    canvas.height = high;
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
  }
  const context = canvas.getContext('2d');
  context.reset();
  context.scale(ratio, ratio);
  return context;
}

const workshop = document.createElement('canvas');

function enlarged(picture, scale) {
  workshop.width = picture.width * scale;
  workshop.height = picture.height * scale;
  const context = workshop.getContext('2d');
  context.imageSmoothingEnabled = false;
  context.drawImage(picture, 0, 0, workshop.width, workshop.height);
  return workshop;
}
