// The noise of a model with styles: off, as it is by itself, or another pattern; how strong, and where it acts.

import { make, setText } from './dom.js';
import { t } from './i18n.js';
import { MOST_NOISE } from './latent-state.js';
import { choice, slider } from './moves-controls.js';
import { Piece } from './moves-piece.js';
import { PIXELS, SIDE } from './pixels.js';

const PATTERNS = 12; // drawn to see where noise acts
const MOST_SEED = 2 ** 32;

export class StylesNoise extends Piece {
  constructor(state, voice) {
    super(state, voice);
    this.choice = choice('styles-noise', t('styles.noise'), { off: t('styles.noise.off'), fixed: t('styles.noise.fixed'), fresh: t('styles.noise.fresh') }, (key) => this.choose(key));
    this.build();
    this.map = make('canvas', { id: 'generate-styles-map', width: SIDE, height: SIDE, role: 'img', 'aria-label': t('styles.noise.where') });
    this.says = make('p.aigc-note', { role: 'status' });
    this.place = make('div', {}, this.strength.element);
    this.element = make('section.aigc-piece.aigc-below', {},
      make('h3', {}, t('styles.noise')), this.choice.element, this.place,
      make('figure.aigc-styles-map', {}, this.map, make('figcaption', {}, t('styles.noise.where'))), this.says);
  }

  build() {
    const { strength } = this.state.noise;
    this.strength = slider('styles-strength', t('styles.noise.strength'), { min: 0, max: MOST_NOISE, step: 0.25, value: strength || 1 }, (value) => `×${value}`,
      () => this.state.setNoise({ ...this.state.noise, strength: this.strength.value }));
  }

  choose(key) {
    const strength = this.strength.value || 1;
    const wishes = {
      off: { strength: 0, seed: 0 }, fixed: { strength, seed: 0 }, fresh: { strength, seed: 1 + Math.floor(Math.random() * (MOST_SEED - 1)) },
    };
    this.state.setNoise(wishes[key]);
  }

  begin() {
    this.on('point truncation model', () => this.soon());
    this.onWeights(() => this.redraw());
    this.redraw();
  }

  end() {
    clearTimeout(this.timer);
  }

  soon() {
    this.show();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.isOpen && this.redraw(), 250);
  }

  show() {
    const { strength, seed } = this.state.noise;
    this.choice.show(strength === 0 ? 'off' : seed === 0 ? 'fixed' : 'fresh');
  }

  /** The deviation of every pixel over several patterns of the noise, at this strength or the network's own. */
  async redraw() {
    const { state } = this;
    if (!state.model?.styles) return;
    this.show();
    const styling = { ...state.styling(), noise: state.noise.strength || 1 };
    const number = (this.number = (this.number ?? 0) + 1);
    const parts = await Promise.all(Array.from({ length: PATTERNS }, (_, i) => this.draw([state.z], { styling: { ...styling, seed: i + 1 } })));
    if (number !== this.number || parts.some((part) => !part)) return;
    const deviations = Array.from({ length: PIXELS }, (_, i) => deviation(parts.map((part) => part[i])));
    const most = Math.max(...deviations);
    this.paint(deviations, Math.max(1, most));
    const mean = deviations.reduce((sum, value) => sum + value, 0) / PIXELS;
    setText(this.says, t('styles.noise.says', { n: PATTERNS, mean: mean.toFixed(1), most: most.toFixed(0) }));
  }

  paint(deviations, most) {
    const context = this.map.getContext('2d');
    const image = context.createImageData(SIDE, SIDE);
    deviations.forEach((value, i) => image.data.set([...Array(3).fill((255 * value) / most), 255], 4 * i));
    context.putImageData(image, 0, 0);
    this.map.dataset.painted = String(Number(this.map.dataset.painted ?? 0) + 1);
  }
}

function deviation(values) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}
