// The square that one starts from by hand: a ground that changes seldom, the path above it, and what pointer and keys do.

import { make } from './dom.js';
import { paintFlow, paintPath, scaleOf } from './dirac-paint.js';
import { t } from './i18n.js';

const ARROWS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [1, 0], ArrowDown: [-1, 0] };
const KEY_STEP = 0.04; // of the reach
const MOST = 560; // pixels a side

export class DiracField {
  /** @param {{start: (state: [number, number], rests: boolean) => void, zoom: (by: number) => void, play: () => void}} told */
  constructor(told) {
    this.told = told;
    this.ground = make('canvas', { 'aria-hidden': 'true' });
    this.canvas = make('canvas', { id: 'dirac-portrait', tabindex: 0, role: 'application', 'aria-label': t('dirac.portrait'), 'aria-description': t('dirac.keys') });
    this.element = make('div.aigc-dirac-field', {}, this.ground, this.canvas);
    this.canvas.addEventListener('pointerdown', (event) => this.press(event));
    this.canvas.addEventListener('pointermove', (event) => this.held && this.place(event, false));
    for (const name of ['pointerup', 'pointercancel']) this.canvas.addEventListener(name, (event) => this.lift(event));
    this.canvas.addEventListener('keydown', (event) => this.key(event));
  }

  press(event) {
    if (event.button > 0) return;
    this.held = true;
    this.canvas.setPointerCapture(event.pointerId);
    this.place(event, false);
  }

  lift(event) {
    if (!this.held) return;
    this.held = false;
    if (event.type === 'pointerup') this.place(event, true);
  }

  place(event, rests) {
    const box = this.canvas.getBoundingClientRect();
    this.told.start(this.to.state(event.clientX - box.left, event.clientY - box.top), rests);
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const by = ARROWS[event.key];
    if (by) {
      const step = this.to.reach * KEY_STEP * (event.shiftKey ? 5 : 1);
      const clamped = (value) => Math.max(-this.to.reach, Math.min(this.to.reach, value));
      this.told.start([clamped(this.start[0] + by[0] * step), clamped(this.start[1] + by[1] * step)], false);
    } else if (event.key === '+' || event.key === '=') this.told.zoom(-1);
    else if (event.key === '-' || event.key === '_') this.told.zoom(1);
    else if (event.key === 'Enter' || event.key === ' ') this.told.play();
    else return;
    event.preventDefault();
  }

  /** @param {import('./dirac-math.js').DiracGame} game @param {number[][]} path @param {number} reach */
  show(game, path, reach, look) {
    const side = Math.min(MOST, this.element.parentElement?.clientWidth ?? 0);
    this.start = path[0];
    this.path = path;
    this.look = look;
    if (!side) return;
    this.to = scaleOf(side, reach);
    this.element.style.width = this.element.style.height = `${side}px`;
    paintFlow(this.ground, game, this.to, look);
  }

  /** Draw the path up to a step of it. @param {number} shown */
  reveal(shown) {
    if (this.to) paintPath(this.canvas, this.path, shown, this.to, this.look);
  }
}
