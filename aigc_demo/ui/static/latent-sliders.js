// The sliders of a latent vector: the first eight at hand, the rest in a drawer that is filled when it is opened.

import { make, setText } from './dom.js';
import { t } from './i18n.js';

const AT_HAND = 8;
const REACH = 3; // σ
const STEP = 0.05;

/** A coordinate with its sign; nothing has a sign of its own at 0. @param {number} value */
export function signed(value) {
  const digits = Math.abs(value).toFixed(2);
  return digits === '0.00' ? digits : `${value < 0 ? '−' : '+'}${digits}`;
}

export class LatentSliders {
  /** @param {(k: number, value: number) => void} moved */
  constructor(moved) {
    this.moved = moved;
    this.rows = [];
    this.point = [];
    this.near = make('div.aigc-axes');
    this.far = make('div.aigc-axes');
    this.summary = make('summary');
    this.drawer = make('details.aigc-more', { ontoggle: () => this.fill() }, this.summary, this.far);
    this.element = make('div', {}, this.near, this.drawer);
  }

  /** Show this point; the sliders jump to it. @param {number[]} point */
  show(point) {
    const resized = point.length !== this.point.length;
    this.point = point;
    if (resized) {
      this.rows = [];
      this.far.replaceChildren();
      this.near.replaceChildren(...this.build(0, Math.min(AT_HAND, point.length)));
      this.drawer.hidden = point.length <= AT_HAND;
      setText(this.summary, t('generate.more', { n: point.length - AT_HAND }));
      this.fill();
    }
    this.rows.forEach((row, k) => this.place(row, point[k]));
  }

  fill() {
    if (!this.drawer.open || this.rows.length >= this.point.length) return;
    this.far.append(...this.build(this.rows.length, this.point.length));
    this.rows.forEach((row, k) => this.place(row, this.point[k]));
  }

  build(from, to) {
    const built = [];
    for (let k = from; k < to; k++) {
      const name = make('span', { 'aria-hidden': 'true' }, 'z', make('sub', {}, String(k)));
      const input = make('input', {
        type: 'range', min: -REACH, max: REACH, step: STEP, value: 0, 'aria-label': t('generate.axis', { k }),
        oninput: () => this.slid(k),
        ondblclick: () => this.set(k, 0),
      });
      const value = make('output');
      this.rows[k] = { input, value };
      built.push(make('div.aigc-axis', { id: `generate-slider-${k}` }, name, input, value));
    }
    return built;
  }

  slid(k) {
    this.set(k, Number(this.rows[k].input.value));
  }

  set(k, value) {
    this.point[k] = value;
    this.place(this.rows[k], value);
    this.moved(k, value);
  }

  /** The handle stays at ±3σ for the rare coordinate beyond it; the number tells the truth. */
  place({ input, value }, coordinate) {
    if (Number(input.value) !== coordinate) input.value = String(coordinate);
    const share = (Math.max(-REACH, Math.min(REACH, coordinate)) + REACH) / (2 * REACH);
    input.style.setProperty('--aigc-share', String(share));
    input.setAttribute('aria-valuetext', signed(coordinate));
    setText(value, signed(coordinate));
  }
}
