// What the classifier reads in a drawing: ten bars, and its first guess in words.

import { make, setText } from './dom.js';
import { t } from './i18n.js';

const SURE = 0.9;
const LIKELY = 0.5;

/** The classes from the likeliest to the least likely. @param {ArrayLike<number>} shares */
export const ranked = (shares) => [...shares.keys()].sort((a, b) => shares[b] - shares[a]);

export class ClassBars {
  constructor() {
    this.bars = Array.from({ length: 10 }, (_, digit) => {
      const bar = make('i');
      const share = make('span');
      return { bar, share, element: make('li', {}, share, make('div', {}, bar), make('b', {}, String(digit))) };
    });
    this.guess = make('p.aigc-guess', {}, t('draw.opening'));
    this.list = make('ol.aigc-class-bars', { id: 'draw-classes', 'aria-label': t('draw.classes') }, ...this.bars.map(({ element }) => element));
    this.element = make('section.aigc-reading', {}, make('h3', {}, t('draw.classes')), this.guess, this.list);
  }

  /** @param {Float32Array | null} shares ten probabilities; null where there is nothing to read @param {string} [why] */
  show(shares, why = '') {
    const best = shares ? ranked(shares) : [];
    this.bars.forEach(({ bar, share, element }, digit) => {
      const percent = shares ? Math.round(100 * shares[digit]) : 0;
      bar.style.transform = `scaleY(${shares ? shares[digit] : 0})`;
      setText(share, shares ? String(percent) : '–');
      element.classList.toggle('aigc-first', digit === best[0]);
      element.setAttribute('aria-label', t('draw.class', { digit, percent }));
    });
    this.list.dataset.first = String(best[0] ?? '');
    setText(this.guess, shares ? inWords(shares, best) : why);
  }
}

function inWords(shares, [digit, next]) {
  const share = shares[digit];
  const key = share >= SURE ? 'sure' : share >= LIKELY ? 'likely' : 'unsure';
  return t(`draw.guess.${key}`, { digit, next, percent: Math.round(100 * share) });
}
