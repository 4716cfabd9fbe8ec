// The small controls of the pieces: a button, a slider with its number, a choice of a few.

import { make, setText } from './dom.js';

/** @param {string} name of the id, behind `generate-` */
export const moveButton = (name, word, action, title = '') =>
  make('button.aigc-quiet', { id: `generate-${name}`, type: 'button', title, 'aria-label': title && /^\W$/.test(word) ? title : null, onclick: action }, word);

/**
 * A slider with its name and number.
 * @param {string} name @param {string} word @param {{min: number, max: number, step: number, value: number}} range
 * @param {(value: number) => string} shown @param {() => void} [moved]
 */
export function slider(name, word, range, shown, moved = () => {}) {
  const input = make('input', { type: 'range', 'aria-label': word, ...range });
  const output = make('output');
  const show = () => {
    const value = Number(input.value);
    input.style.setProperty('--aigc-share', String((value - range.min) / (range.max - range.min)));
    input.setAttribute('aria-valuetext', shown(value));
    setText(output, shown(value));
  };
  input.addEventListener('input', () => (show(), moved()));
  show();
  const kind = range.min < 0 ? '.aigc-axis.aigc-amount' : '.aigc-axis.aigc-amount.aigc-from-left';
  return {
    element: make(`div${kind}`, { id: `generate-${name}` }, make('span', { 'aria-hidden': 'true' }, word), input, output),
    get value() {
      return Number(input.value);
    },
  };
}

/**
 * A few choices of which one holds.
 * @param {string} name @param {string} word what is chosen @param {Object<string, string>} choices their words by key
 * @param {(key: string) => void} chosen
 */
export function choice(name, word, choices, chosen) {
  const buttons = Object.entries(choices).map(([key, text]) =>
    make('button', { id: `generate-${name}-${key}`, type: 'button', 'aria-pressed': false, onclick: () => chosen(key) }, text));
  const keys = Object.keys(choices);
  return {
    element: make('div.aigc-segmented', { id: `generate-${name}`, role: 'group', 'aria-label': word }, ...buttons),
    show: (key) => buttons.forEach((button, i) => button.setAttribute('aria-pressed', String(keys[i] === key))),
  };
}
