// Parts that the papers' small experiments share: a slider, a choice, a picture, and when they wake.

import { CheckedClaims } from './checked-claims.js';
import { atMostEvery, make, setText } from './dom.js';
import { t } from './i18n.js';
import { whileSeen } from './seen.js';

/** @param {string} name @param {{min: number, max: number, step: number, value: number, show: (value: number) => string}} range @param {(value: number) => void} moved */
export function slider(name, { min, max, step, value, show }, moved) {
  const output = make('output');
  const input = make('input.aigc-range', { type: 'range', min, max, step, value, 'aria-label': name, oninput: () => set(Number(input.value)) });
  const place = (now) => {
    setText(output, show(now));
    input.style.setProperty('--aigc-filled', `${(100 * (now - min)) / (max - min)}%`);
    input.setAttribute('aria-valuetext', show(now));
  };
  const set = (now) => {
    place(now);
    moved(now);
  };
  place(value);
  return {
    element: make('div.aigc-paper-slider', {}, make('span', {}, name), input, output),
    /** Move it from outside, without being told of it. */
    put(now) {
      input.value = String(now);
      place(now);
    },
  };
}

/** @param {string} name @param {[string, string][]} options value and word @param {(value: string) => void} chosen */
export function choice(name, options, chosen) {
  const select = make('select', { onchange: () => chosen(select.value) }, ...options.map(([value, word]) => make('option', { value }, word)));
  return { select, element: make('label.aigc-paper-choice', {}, make('span', {}, name), select) };
}

/** The ten digits as options. @returns {[string, string][]} */
export const digits = () => Array.from({ length: 10 }, (_, digit) => [String(digit), String(digit)]);

/** A grey picture with its name below. */
export function picture() {
  const canvas = make('canvas', { role: 'img' });
  const caption = make('figcaption');
  return {
    canvas,
    element: make('figure', {}, canvas, caption),
    /** @param {ArrayLike<number>} values side x side @param {number} low black @param {number} high white @param {string} name */
    paint(values, low, high, name) {
      const side = Math.round(Math.sqrt(values.length));
      if (canvas.width !== side) Object.assign(canvas, { width: side, height: side });
      const context = canvas.getContext('2d');
      const image = context.createImageData(side, side);
      for (let i = 0; i < values.length; i++) {
        const grey = (255 * (values[i] - low)) / (high - low || 1);
        image.data.set([grey, grey, grey, 255], 4 * i);
      }
      context.putImageData(image, 0, 0);
      setText(caption, name);
      canvas.setAttribute('aria-label', name);
    },
  };
}

/** A small experiment: builds itself when it is first seen, computes at most every 40 ms, and checks its claims. */
export class PaperLive extends HTMLElement {
  connectedCallback() {
    if (this.stopWatching) return;
    this.update = atMostEvery(40, () => this.compute());
    this.stopWatching = whileSeen(this, { wake: () => this.wake(), margin: '200px' });
  }

  async wake() {
    if (this.awake) return;
    this.awake = true;
    this.claims = new CheckedClaims();
    this.status = make('p.aigc-status', { role: 'status' });
    this.append(...this.build(), this.status, this.claims.element);
    this.awake = await this.begin();
    if (this.awake) this.update();
    else this.replaceChildren(this.status, this.retry());
  }

  /** Fetch what is needed. @returns {Promise<boolean>} */
  async begin() {
    return true;
  }

  retry() {
    return make('button.aigc-quiet', { type: 'button', onclick: () => { this.replaceChildren(); this.wake(); } }, t('nets.retry'));
  }

  /** @param {import('./checked-claims.js').Checked[]} claims */
  check(claims) {
    this.dataset.holds = this.claims.show(claims);
  }
}
