// The exact values at the crosshair, and the table of the newest ones.

import { make, setText } from './dom.js';
import { t } from './i18n.js';
import { count, exact, short, weight } from './numbers.js';

/** @typedef {import('./chart-model.js').Curve} Curve */

/** The value of a curve at a point, weight and all: `0.5 × 0.14200 = 0.07100`; a range where only a bucket is held. */
function valueText(curves, curve, i) {
  const [low, high] = [curves.low.get(curve.key)[i], curves.high.get(curve.key)[i]];
  if (low !== high && !Number.isNaN(low)) return `${exact(curve.factor * low)} … ${exact(curve.factor * high)}`;
  return exact(curve.factor * low);
}

export class Tip {
  constructor() {
    this.step = make('p');
    this.rows = make('dl');
    this.line = make('div.aigc-crosshair', { hidden: true });
    this.changed = make('p.aigc-changed', { hidden: true });
    this.box = make('div.aigc-tip', { hidden: true }, this.step, this.changed, this.rows);
  }

  hide() {
    this.line.hidden = this.box.hidden = true;
  }

  /**
   * @param {import('./curves.js').Curves} curves @param {number} i the point's place
   * @param {{curve: Curve, colour: string}[]} shown @param {number} x @param {number} width of the whole canvas
   * @param {string[]} changes what was changed there
   */
  show(curves, i, shown, x, width, changes) {
    const [from, to] = [curves.starts[i], curves.ends[i]];
    setText(this.step, t('replayAt', { step: from === to ? count(from) : `${count(from)}–${count(to)}` }));
    this.changed.hidden = !changes.length;
    setText(this.changed, changes.join(', '));
    const name = shown.map(({ curve, colour }) => curve.key + colour).join();
    if (name !== this.name) {
      this.name = name;
      this.values = shown.map(() => make('dd'));
      this.rows.replaceChildren(...shown.flatMap(({ curve, colour }, place) => [
        make('dt', {}, swatch(curve, colour), label(curve)), this.values[place],
      ]));
    }
    shown.forEach(({ curve }, place) => setText(this.values[place], valueText(curves, curve, i)));
    this.line.hidden = this.box.hidden = false;
    this.line.style.transform = `translateX(${Math.round(x)}px)`;
    const wide = this.box.offsetWidth;
    const left = x + 16 + wide > width ? x - 16 - wide : x + 16;
    this.box.style.transform = `translateX(${Math.round(Math.max(0, left))}px)`;
  }

  /** What is shown, as one sentence. */
  get sentence() {
    const values = [...this.rows.querySelectorAll('dt')].map((term, i) => `${term.textContent} ${this.values[i].textContent}`);
    const changes = this.changed.hidden ? [] : [this.changed.textContent];
    return `${this.step.textContent}: ${[...changes, ...values].join(', ')}`;
  }
}

/** A short piece of the curve's own line. */
export function swatch(curve, colour) {
  const style = `--c:${colour};--w:${curve.width + 0.6}px`;
  return make(curve.dash.length ? 'i.aigc-swatch.aigc-dashed' : 'i.aigc-swatch', { style });
}

/** A curve's name; a player's total reads as in its formula. @returns {HTMLElement} */
export function label(curve) {
  const text = make('span');
  if (curve.total) text.append(make('em', {}, 'L'), make('sub', {}, curve.player.toUpperCase()));
  else text.append(curve.factor === 1 ? curve.label : `${weight(curve.factor)} × ${curve.label}`);
  return text;
}

/** @param {import('./curves.js').Curves} curves @param {Curve[]} list @param {(key: string) => number} mean */
export function fillTable(table, curves, list, mean) {
  const head = make('tr', {}, ...['chart.curve', 'chart.now', 'chart.least', 'chart.most'].map((key) => make('th', { scope: 'col' }, t(key))));
  const rows = list.map((curve) => {
    let [least, most] = [Infinity, -Infinity];
    const [low, high] = [curves.low.get(curve.key), curves.high.get(curve.key)];
    for (let i = 0; i < curves.count; i++) {
      if (low[i] < least) least = low[i];
      if (high[i] > most) most = high[i];
    }
    const cells = [mean(curve.key), least, most].map((value) => make('td', {}, short(curve.factor * value)));
    return make('tr', {}, make('th', { scope: 'row' }, label(curve)), ...cells);
  });
  table.replaceChildren(make('thead', {}, head), make('tbody', {}, ...rows));
}
