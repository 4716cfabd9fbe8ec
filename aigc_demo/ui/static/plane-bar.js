// The row of buttons of the laboratory: who plays, how fast, and how far it is.

import { make, setText } from './dom.js';
import { t } from './i18n.js';
import { count } from './numbers.js';

const KEYS = { d: 'd', g: 'g', b: 'both' };
const PACES = [1, 2, 5, 10, 20];

export class PlaneBar {
  /** @param {import('./plane.js').Plane} plane */
  constructor(plane) {
    const quiet = (id, text, act) => make('button.aigc-quiet', { id: `plane-${id}`, type: 'button', onclick: act }, text);
    this.plane = plane;
    this.pace = 1;
    this.play = make('button.aigc-primary', { id: 'plane-play', type: 'button', onclick: () => plane.toggle() }, t('plane.play'));
    this.draw = quiet('draw', t('plane.draw'), () => plane.drawing.toggle());
    this.where = make('output.aigc-plane-where');
    const paces = make('select', { id: 'plane-pace', onchange: ({ target }) => { this.pace = Number(target.value); } }, ...PACES.map((pace) => make('option', { value: pace }, pace)));
    this.element = make('div.aigc-actions', {}, this.play,
      quiet('step-d', t('plane.stepD'), () => plane.step('d')), quiet('step-g', t('plane.stepG'), () => plane.step('g')),
      quiet('step-both', t('plane.stepBoth'), () => plane.step('both')), quiet('slow', t('plane.slow'), () => plane.slow.begin()),
      quiet('reset', t('plane.reset'), () => plane.reset()), this.draw, make('label.aigc-plane-pace', {}, t('plane.pace'), paces), this.where);
  }

  /** A key on the picture does what a button does. @param {KeyboardEvent} event */
  press(event) {
    const key = event.key.toLowerCase();
    if (event.ctrlKey || event.metaKey || event.altKey || !(key === ' ' || key in KEYS)) return;
    event.preventDefault();
    if (key !== ' ') this.plane.step(KEYS[key]);
    else if (!event.repeat) this.plane.toggle();
  }

  showPlaying(isPlaying) {
    setText(this.play, t(isPlaying ? 'plane.pause' : 'plane.play'));
  }

  showDrawing(isDrawing) {
    setText(this.draw, t(isDrawing ? 'plane.useDrawing' : 'plane.draw'));
  }

  /** @param {number} step @param {number | null} rate steps a second */
  showStep(step, rate) {
    setText(this.where, t('plane.step', { n: count(step) }) + (rate ? ` · ${t('plane.rate', { n: count(rate) })}` : ''));
  }
}
