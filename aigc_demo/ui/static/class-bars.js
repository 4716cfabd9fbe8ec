// Ten bars: which share of the generated digits reads as which class. A perfect generator has a tenth of each.

import { make, setText } from './dom.js';
import { t } from './i18n.js';

const MISSING = 0.02; // below it a class is as good as forgotten
const FULL = 0.3; // the share that fills a bar's height

export class ClassBars {
  constructor() {
    this.bars = Array.from({ length: 10 }, (_, digit) => make('i', {}, make('b'), make('span', {}, String(digit))));
    this.element = make('div.aigc-classes', { role: 'img' }, ...this.bars);
  }

  /** @param {number[] | undefined} shares of the ten classes */
  show(shares) {
    this.element.hidden = !shares?.length;
    if (this.element.hidden) return;
    shares.forEach((share, digit) => {
      const bar = this.bars[digit];
      bar.firstChild.style.transform = `scaleY(${Math.min(1, share / FULL).toFixed(3)})`;
      bar.classList.toggle('aigc-missing', share < MISSING);
      bar.title = `${digit}: ${(100 * share).toFixed(1)}%`;
    });
    const words = shares.map((share, digit) => `${digit}: ${Math.round(100 * share)}%`).join(', ');
    const missing = shares.flatMap((share, digit) => (share < MISSING ? [digit] : []));
    this.element.setAttribute('aria-label', t('figures.classes', { shares: words }));
    return missing;
  }
}

/** One line about what is missing, in `element`. @param {HTMLElement} element @param {number[]} missing */
export function tellMissing(element, missing) {
  element.hidden = !missing?.length;
  if (missing?.length) setText(element, t('figures.missing', { digits: missing.join(' ') }));
}
