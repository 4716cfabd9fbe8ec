// One side of an experiment: its name, its pictures, its rows of names and values.

import { paintDigits } from './digits-canvas.js';
import { make, setText } from './dom.js';
import { t } from './i18n.js';
import { prose } from './prose.js';

const COLUMNS = 10;

export class ExperimentSide {
  /** @param {'written' | 'corrected'} key @param {string} name */
  constructor(key, name) {
    this.name = name;
    this.canvas = make('canvas', { role: 'img', hidden: true });
    this.rows = make('tbody');
    this.table = make('table.aigc-experiment-rows', { hidden: true }, this.rows);
    this.step = make('span.aigc-caption');
    this.element = make('div.aigc-experiment-side', { 'data-side': key },
      make('h5', {}, make('i.aigc-stroke'), prose(name), ' ', this.step), this.canvas, this.table);
  }

  clear() {
    this.canvas.hidden = this.table.hidden = true;
    this.rows.replaceChildren();
    setText(this.step, '');
  }

  /** @param {{step: number, count?: number, images?: string, rows?: [string, string][]}} frame */
  show({ step, count, images, rows }) {
    if (images) {
      const pixels = Uint8Array.from(atob(images), (letter) => letter.charCodeAt(0));
      paintDigits(this.canvas, pixels, 0, count, Math.min(count, COLUMNS));
      this.canvas.hidden = false;
      this.canvas.setAttribute('aria-label', t('experiment.pictures', { side: this.name, step }));
    }
    if (step) setText(this.step, String(step));
    if (!rows) return;
    this.table.hidden = false;
    this.rows.replaceChildren(...rows.map(([name, value]) => make('tr', {}, make('th', { scope: 'row' }, make('code', {}, name)), make('td', {}, value))));
  }
}
