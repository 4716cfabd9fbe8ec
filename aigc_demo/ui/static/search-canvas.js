// What the two charts of a search share: a sharp canvas in the page's colours that repaints when its size or look changes.

import { make } from './dom.js';

const NAMES = ['ink', 'muted', 'faint', 'line', 'edge', 'paper'];

export class SearchCanvas {
  /** @param {(number: number) => void} look hears which trial was clicked */
  constructor(look) {
    this.canvas = make('canvas.aigc-search-chart', { role: 'img' });
    this.canvas.addEventListener('click', ({ offsetX, offsetY }) => {
      const number = this.study ? this.trialAt(offsetX, offsetY) : null;
      if (number !== null) look(number);
    });
    new ResizeObserver(() => this.paint()).observe(this.canvas);
  }

  show(study, chosen) {
    this.study = study;
    this.chosen = chosen;
    this.paint();
  }

  paint() {
    const { clientWidth: width, clientHeight: height } = this.canvas;
    if (!width || !height || !this.study) return;
    const ratio = devicePixelRatio || 1;
    [this.canvas.width, this.canvas.height] = [Math.round(width * ratio), Math.round(height * ratio)];
    const context = this.canvas.getContext('2d');
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    const style = getComputedStyle(this.canvas);
    const colours = Object.fromEntries(NAMES.map((name) => [name, style.getPropertyValue(`--aigc-${name}`).trim()]));
    context.font = `12px ${style.fontFamily}`;
    this.draw(context, width, height, colours);
  }
}
