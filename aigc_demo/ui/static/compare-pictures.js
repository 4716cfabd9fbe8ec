// What two models make of one z, side by side, with the difference between them.

import { paintDigits } from './digits-canvas.js';
import { make, setText } from './dom.js';
import { t } from './i18n.js';
import { PIXELS, SIDE } from './render.js';

const DIGITS = 10;

export class ComparePictures {
  constructor() {
    this.sides = [side(), side()];
    this.canvas = make('canvas', { width: SIDE, height: SIDE, role: 'img', 'aria-label': t('inside.difference') });
    this.amount = make('span');
    this.element = make('div.aigc-compared', { id: 'inside-compared', 'data-painted': 0 },
      this.sides[0].element,
      this.sides[1].element,
      make('figure', {}, this.canvas,
        make('figcaption', {}, make('b', {}, t('inside.difference')), this.amount, make('span', {}, t('inside.differenceLegend')))));
  }

  /** @param {import('./model-list.js').Model[]} models @param {Uint8Array[]} pixels the picture, then the ten digits where there are any */
  show(models, pixels) {
    this.sides.forEach((each, i) => each.show(models[i], pixels[i]));
    this.paintDifference(...pixels);
    this.element.dataset.painted = String(Number(this.element.dataset.painted) + 1);
  }

  /** Ink on the left only takes the colour of what is below zero, ink on the right only that of what is above. */
  paintDifference(left, right) {
    const style = getComputedStyle(this.canvas);
    const context = this.canvas.getContext('2d');
    const paint = (name, alpha) => {
      context.globalAlpha = alpha;
      context.fillStyle = style.getPropertyValue(name).trim();
    };
    let sum = 0;
    context.clearRect(0, 0, SIDE, SIDE);
    for (let i = 0; i < PIXELS; i++) {
      const apart = right[i] - left[i];
      sum += Math.abs(apart);
      paint(apart < 0 ? '--aigc-minus' : '--aigc-plus', Math.abs(apart) / 255);
      context.fillRect(i % SIDE, Math.floor(i / SIDE), 1, 1);
    }
    setText(this.amount, t('inside.differenceText', { value: (sum / PIXELS).toFixed(1) }));
  }
}

/** One model's picture with its ten digits. */
function side() {
  const canvas = make('canvas', { width: SIDE, height: SIDE, role: 'img' });
  const ten = make('canvas.aigc-ten', { width: 5 * SIDE, height: 2 * SIDE, role: 'img' });
  const title = make('b');
  return {
    element: make('figure', {}, canvas, ten, make('figcaption', {}, title)),
    show(model, pixels) {
      setText(title, model.title);
      canvas.setAttribute('aria-label', t('generate.pictureAny', { model: model.title }));
      paintDigits(canvas, pixels);
      ten.hidden = pixels.length === PIXELS;
      if (ten.hidden) return;
      paintDigits(ten, pixels, 1, DIGITS, DIGITS / 2);
      ten.setAttribute('aria-label', t('inside.tenDigits', { title: model.title }));
    },
  };
}
