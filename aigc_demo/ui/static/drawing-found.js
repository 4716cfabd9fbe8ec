// What a search has found: the drawing, what the generator makes of it, where they differ, and the nearest training digit.

import { paintDigits } from './digits-canvas.js';
import { make, setText } from './dom.js';
import { fromBase64 } from './base64.js';
import { t } from './i18n.js';
import { PIXELS, SIDE } from './pixels.js';

const CLOSE = 1; // of the nearest training digit's error
const FAR = 1.5;
const DEEPER = 2; // the colours of a difference, or small ones would hardly be seen
const FAILED = 0.25; // root mean square of pixels in 0..1: more than this is another digit altogether

/** @param {number} error of the reconstruction @param {number} nearest of the nearest training digit @returns {'close' | 'usual' | 'far'} */
export const meaningOf = (error, nearest) =>
  error >= FAILED || error > FAR * nearest ? 'far' : error <= CLOSE * nearest ? 'close' : 'usual';

export class FoundView {
  constructor() {
    this.pictures = Object.fromEntries(['drawing', 'made', 'difference', 'nearest'].map((name) => [name, picture(name)]));
    this.meaning = make('p');
    this.how = make('p.aigc-note');
    const words = make('div.aigc-found-words', { id: 'draw-found' }, this.meaning, this.how);
    this.bars = make('ol.aigc-label-errors', { 'aria-label': t('draw.byLabel') });
    this.labels = make('div', {}, make('h4', {}, t('draw.byLabel')), this.bars);
    this.element = make('div.aigc-found', { hidden: true },
      make('div.aigc-found-row', {}, ...Object.values(this.pictures).map(({ element }) => element)), words, this.labels);
  }

  hide() {
    this.element.hidden = true;
  }

  /** @param {Uint8Array} drawing @param {import('./drawing-stream.js').Found} found */
  show(drawing, found) {
    const { drawing: mine, made, difference, nearest } = this.pictures;
    const pixels = fromBase64(found.image);
    const figure = (error) => t('draw.error', { error: error.toFixed(3) });
    paintDigits(mine.canvas, drawing);
    paintDigits(made.canvas, pixels);
    paintDigits(nearest.canvas, fromBase64(found.nearest.image));
    paintDifference(difference.canvas, drawing, pixels);
    mine.say(t('draw.mine'));
    made.say(figure(found.error));
    difference.say(t('draw.differenceKey'));
    nearest.say(figure(found.nearest.error), t('draw.nearestLabel', { digit: found.nearest.label }));
    this.element.dataset.error = String(found.error);
    this.#explain(found);
    this.#compare(found);
    this.element.hidden = false;
  }

  #explain({ error, label, nearest, seconds }) {
    const took = { seconds: seconds.toFixed(1), digit: label ?? '' };
    setText(this.meaning, t(`draw.meaning.${meaningOf(error, nearest.error)}`));
    setText(this.how, t(label === null ? 'draw.took' : 'draw.tookAs', took));
  }

  /** The smallest error wins: short bars are good. */
  #compare({ by_label: all, label }) {
    this.labels.hidden = !all.length;
    const most = Math.max(...all.map(({ error }) => error), 1e-6);
    this.bars.replaceChildren(...all.map(({ label: digit, error }) => {
      const bar = make('i');
      bar.style.transform = `scaleX(${error / most})`;
      const item = make('li', { 'aria-label': t('draw.labelError', { digit, error: error.toFixed(3) }) },
        make('b', {}, String(digit)), make('div', {}, bar), make('span', {}, error.toFixed(3)));
      item.classList.toggle('aigc-first', digit === label);
      return item;
    }));
  }
}

function picture(name) {
  const canvas = make('canvas', { width: SIDE, height: SIDE, role: 'img', 'aria-label': t(`draw.picture.${name}`) });
  const [figures, more] = [make('span'), make('span')];
  return {
    canvas,
    element: make('figure', { 'data-picture': name }, canvas, make('figcaption', {}, make('b', {}, t(`draw.picture.${name}`)), figures, more)),
    say(text, addition = '') {
      setText(figures, text);
      setText(more, addition);
    },
  };
}

/** Ink that only the drawing has takes the colour of what is real, ink that only G has takes G's. */
function paintDifference(canvas, drawing, made) {
  const style = getComputedStyle(canvas);
  const colour = (name) => style.getPropertyValue(`--aigc-${name}`).trim();
  const [real, fake, ground] = [colour('d'), colour('g'), colour('wash')];
  const context = canvas.getContext('2d');
  context.globalAlpha = 1;
  context.fillStyle = ground;
  context.fillRect(0, 0, SIDE, SIDE);
  for (let i = 0; i < PIXELS; i++) {
    const apart = made[i] - drawing[i];
    context.globalAlpha = Math.min(1, (DEEPER * Math.abs(apart)) / 255);
    context.fillStyle = apart > 0 ? fake : real;
    context.fillRect(i % SIDE, Math.floor(i / SIDE), 1, 1);
  }
}
