// <aigc-classes>: which digits the generator draws, as ten bars, and which it has forgotten.

import { atMostEvery, make, setText } from './dom.js';
import { t } from './i18n.js';
import { store } from './run-store.js';

const MISSING = 0.02; // below it a class is as good as forgotten
const FULL = 0.3; // the share that fills a bar's height; a perfect generator has a tenth of each

export class Classes extends HTMLElement {
  connectedCallback() {
    if (this.bars) return;
    this.bars = Array.from({ length: 10 }, (_, digit) => make('i', {}, make('b'), make('span', {}, String(digit))));
    this.chart = make('div.aigc-classes', { role: 'img' }, ...this.bars);
    this.missing = make('p.aigc-caption.aigc-missing-words', { role: 'status' });
    this.replaceChildren(make('header', {}, make('h3', {}, t('classes')), make('p.aigc-caption', {}, t('classes.about'))), this.chart, this.missing);
    this.update = atMostEvery(250, () => this.show());
    store.on('run probe cursor', () => this.update());
    this.show();
  }

  show() {
    /** @type {number[] | undefined} the ten classes' shares */
    const shares = store.probe(true)?.figures.classes;
    this.hidden = !shares?.length;
    if (this.hidden) return;
    const missing = shares.flatMap((share, digit) => (share < MISSING ? [digit] : []));
    shares.forEach((share, digit) => {
      const bar = this.bars[digit];
      bar.firstChild.style.transform = `scaleY(${Math.min(1, share / FULL).toFixed(3)})`;
      bar.classList.toggle('aigc-missing', missing.includes(digit));
      bar.title = `${digit}: ${(100 * share).toFixed(1)}%`;
    });
    const words = shares.map((share, digit) => `${digit}: ${Math.round(100 * share)}%`).join(', ');
    this.chart.setAttribute('aria-label', t('classes.shares', { shares: words }));
    setText(this.missing, missing.length ? t('classes.missing', { digits: missing.join(' ') }) : '');
  }
}
