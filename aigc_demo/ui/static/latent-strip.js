// Nine pictures on the way from a point A to a point B of the latent space.

import { paintDigits } from './digits-canvas.js';
import { make, setText } from './dom.js';
import { t } from './i18n.js';
import { path } from './latent-points.js';

const STOPS = 9;

export class LatentStrip {
  /** @param {(point: number[]) => void} jump @param {(end: 'a' | 'b') => void} set */
  constructor(jump, set) {
    this.points = [];
    this.canvases = Array.from({ length: STOPS }, () => make('canvas', { width: 28, height: 28, 'aria-hidden': 'true' }));
    this.stops = this.canvases.map((canvas, i) =>
      make('button', {
        type: 'button',
        'aria-label': t('generate.stripPoint', { n: i + 1, of: STOPS }),
        onclick: () => this.points[i] && jump([...this.points[i]]),
      }, canvas, make('span', { 'aria-hidden': 'true' }, i === 0 ? 'A' : i === STOPS - 1 ? 'B' : '')),
    );
    this.note = make('p.aigc-note');
    this.element = make('section.aigc-strip', { id: 'generate-strip' },
      make('header', {},
        make('h3', {}, t('generate.strip')),
        make('div.aigc-actions', {},
          make('button.aigc-quiet', { id: 'generate-set-a', type: 'button', onclick: () => set('a') }, t('generate.setA')),
          make('button.aigc-quiet', { id: 'generate-set-b', type: 'button', onclick: () => set('b') }, t('generate.setB')))),
      make('div.aigc-stops', {}, ...this.stops),
      this.note);
  }

  /** Lay the way between two points. @param {number[]} a @param {number[]} b */
  lay(a, b) {
    this.points = path(a, b, STOPS);
    setText(this.note, t('generate.stripNote', { radius: Math.sqrt(a.length).toFixed(a.length ** 0.5 % 1 ? 1 : 0) }));
  }

  /** @param {Uint8Array} pixels of all nine points */
  paint(pixels) {
    this.canvases.forEach((canvas, i) => paintDigits(canvas, pixels, i));
  }

  /** Mark the picture that stands for `point`, if one does. @param {number[]} point */
  mark(point) {
    this.stops.forEach((stop, i) => {
      const here = this.points[i]?.every((value, k) => Math.abs(value - point[k]) < 1e-9) ?? false;
      stop.classList.toggle('aigc-here', here);
    });
  }
}
