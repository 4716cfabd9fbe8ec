// A row of small pictures to jump to.

import { paintDigits } from './digits-canvas.js';
import { make, setText } from './dom.js';

export class PictureRow {
  /**
   * @param {number} count @param {(i: number) => string} nameOf what a screen reader calls a picture
   * @param {(i: number) => void} jump
   */
  constructor(count, nameOf, jump) {
    this.canvases = Array.from({ length: count }, () => make('canvas', { width: 28, height: 28, 'aria-hidden': 'true' }));
    this.captions = this.canvases.map(() => make('span', { 'aria-hidden': 'true' }));
    this.stops = this.canvases.map((canvas, i) =>
      make('button', { type: 'button', 'aria-label': nameOf(i), onclick: () => jump(i) }, canvas, this.captions[i]));
    this.element = make('div.aigc-pictures', { style: `--aigc-count: ${count}` }, ...this.stops);
  }

  /** @param {Uint8Array} pixels @param {number} [first] the first of them that is ours */
  paint(pixels, first = 0) {
    this.canvases.forEach((canvas, i) => paintDigits(canvas, pixels, first + i));
    this.element.dataset.painted = String(Number(this.element.dataset.painted ?? 0) + 1);
  }

  /** @param {string[]} words under the pictures */
  caption(words) {
    words.forEach((word, i) => setText(this.captions[i], word));
  }

  /** Mark the pictures for which this is so. @param {(i: number) => boolean} isHere */
  mark(isHere) {
    this.stops.forEach((stop, i) => stop.classList.toggle('aigc-here', isHere(i)));
  }
}
