// A slider with a strip of pictures under it that shows where each of its values would lead.

import { paintDigits } from './digits-canvas.js';
import { make, setText } from './dom.js';
import { rounded } from './latent-points.js';

export const STOPS = 7; // pictures in a strip, evenly from one end of the slider to the other

/**
 * @typedef {{min: number, max: number, home: number, step: number, leap: number, label: string, jump: string,
 *            write: (value: number) => string, slid: (value: number) => void}} SliderOptions
 * `home` is where Home and a double click lead, `step` and `leap` are what the arrow keys and the page keys do.
 */

export class AxisSlider {
  /** @param {SliderOptions} options */
  constructor(options) {
    this.options = options;
    const { min, max, label, jump, slid, home } = options;
    // Any value may be shown, not only a multiple of a step: the point is where it is.
    this.input = make('input', {
      type: 'range', min, max, step: 'any', 'aria-label': label,
      oninput: () => slid(rounded(Number(this.input.value))),
      ondblclick: () => slid(home),
      onkeydown: (event) => this.pressed(event),
    });
    this.output = make('output', { 'aria-live': 'off' }); // the slider itself says its value
    this.canvas = make('canvas', {
      width: 28 * STOPS, height: 28, 'aria-hidden': 'true', title: jump,
      onclick: (event) => slid(this.stops()[Math.min(STOPS - 1, Math.floor((event.offsetX / this.canvas.clientWidth) * STOPS))]),
    });
  }

  /** The values that the pictures stand for. @returns {number[]} */
  stops() {
    const { min, max } = this.options;
    return Array.from({ length: STOPS }, (_, i) => rounded(min + ((max - min) * i) / (STOPS - 1)));
  }

  /** The handle stays at the end for the rare value beyond it; the number tells the truth. @param {number} value */
  show(value) {
    const { min, max, write } = this.options;
    const [text, place] = [write(value), rounded(Math.max(min, Math.min(max, value)))];
    if (Number(this.input.value) !== place) this.input.value = String(place);
    this.value = value;
    if (this.output.textContent === text && this.place === place) return;
    this.place = place;
    this.input.style.setProperty('--aigc-share', String((place - min) / (max - min)));
    this.input.setAttribute('aria-valuetext', text);
    setText(this.output, text);
  }

  /** @param {Uint8Array} pixels of the stops */
  paint(pixels) {
    paintDigits(this.canvas, pixels, 0, STOPS, STOPS);
    this.canvas.dataset.painted = String(Number(this.canvas.dataset.painted ?? 0) + 1);
  }

  /** The keys of every slider, but with steps in σ; Home goes to the middle. */
  pressed(event) {
    const { min, max, home, step, leap, slid } = this.options;
    const move = {
      ArrowRight: step, ArrowUp: step, ArrowLeft: -step, ArrowDown: -step, PageUp: leap, PageDown: -leap,
    }[event.key];
    const target = event.key === 'Home' ? home : event.key === 'End' ? max : move && Math.max(min, Math.min(max, this.value + move));
    if (target === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    slid(rounded(target));
  }
}
