// A few sliders in reach while one looks inside: the first axes of the family that is shown, or z's own first coordinates.

import { AxisFamilies, RAW } from './axis-families.js';
import { dot, moved } from './axis-math.js';
import { sigmas } from './axis-row.js';
import { AxisSlider } from './axis-slider.js';
import { AxisSource } from './axis-source.js';
import { AxisStore } from './axis-store.js';
import { make } from './dom.js';
import { t } from './i18n.js';

const COUNT = 3;
const REACH = 3; // σ
const STEP = 0.05;
const LEAP = 0.5;

export class InsideHand {
  /** @param {import('./latent-state.js').LatentState} state */
  constructor(state) {
    this.state = state;
    this.source = new AxisSource();
    this.store = new AxisStore();
    this.families = new AxisFamilies(this.source, this.store);
    this.rows = [];
    this.element = make('div.aigc-hand', { id: 'inside-hand', role: 'group', 'aria-label': t('inside.hand') });
    for (const event of ['model', 'axes']) state.addEventListener(event, () => this.isOpen && this.take());
    state.addEventListener('point', () => this.isOpen && this.place());
    this.source.addEventListener('change', () => this.isOpen && !this.source.isWaiting && this.build());
  }

  start() {
    this.isOpen = true;
    this.take();
  }

  stop() {
    this.isOpen = false;
    this.source.leave();
  }

  take() {
    const { model, z } = this.state;
    if (!model) return;
    this.store.open(model.id, z.length);
    this.source.open(model);
    this.build();
  }

  build() {
    const { axes, z } = this.state;
    const chosen = this.families.axes(this.families.shown(axes), z.length).filter(({ dead }) => !dead);
    const shown = (chosen.length ? chosen : this.families.axes(RAW, z.length)).slice(0, COUNT);
    const names = shown.map(({ key, title }) => `${key} ${title}`).join();
    if (names === this.names && z.length === this.size) return this.place();
    Object.assign(this, { names, size: z.length });
    this.rows = shown.map(({ title, direction }) => ({ title, direction, slider: this.slider(title, direction) }));
    this.element.replaceChildren(...this.rows.map(({ title, slider }) =>
      make('div.aigc-hand-row', {}, make('span', { 'aria-hidden': 'true' }, title), slider.input, slider.output)));
    return this.place();
  }

  slider(title, direction) {
    return new AxisSlider({
      min: -REACH, max: REACH, home: 0, step: STEP, leap: LEAP, label: title, jump: '',
      write: sigmas,
      slid: (value) => this.state.setPoint(moved(this.state.z, direction, value)),
    });
  }

  place() {
    for (const { direction, slider } of this.rows) if (direction.length === this.state.z.length) slider.show(dot(this.state.z, direction));
  }
}
