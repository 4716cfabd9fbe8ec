// The sliders of one family of axes: the first ones at hand, the rest and the dead ones when they are asked for.

import { AxisRow } from './axis-row.js';
import { make, setText } from './dom.js';
import { t } from './i18n.js';

const AT_HAND = 6;

export class LatentSliders {
  /** @param {import('./latent-state.js').LatentState} state @param {object} acts as AxisRow takes them */
  constructor(state, acts) {
    Object.assign(this, { state, acts, rows: [], axes: [], all: false, dead: false });
    this.place = make('div.aigc-rows');
    this.more = make('button.aigc-link', { type: 'button', onclick: () => this.grow('all') });
    this.hidden = make('button.aigc-link', { type: 'button', onclick: () => this.grow('dead') });
    this.links = make('div.aigc-links', {}, this.more, this.hidden); // others may add theirs
    this.element = make('div', {}, this.place, this.links);
  }

  /** Show these axes from now on. @param {import('./axis-row.js').Shown[]} axes */
  list(axes) {
    const same = axes.length === this.axes.length && axes.every((axis, i) => isSame(axis, this.axes[i]));
    if (axes[0]?.family !== this.axes[0]?.family) this.all = this.dead = false;
    this.axes = axes;
    if (!same) this.build();
  }

  grow(what) {
    const first = this.rows.length;
    this[what] = true;
    this.build();
    this.rows[first]?.slider.input.focus();
    this.acts.grown();
  }

  build() {
    const alive = this.axes.filter((axis) => !axis.dead);
    const listed = [...(this.all ? alive : alive.slice(0, AT_HAND)), ...(this.dead ? this.axes.filter((axis) => axis.dead) : [])];
    // A row that stays keeps its strip, and the focus that may be in it.
    const old = this.rows;
    this.rows = listed.map((axis, i) => (old[i] && isSame(old[i].axis, axis) ? old[i] : new AxisRow(i, axis, this.state, this.acts)));
    if (old.length !== this.rows.length || this.rows.some((row, i) => row !== old[i])) this.place.replaceChildren(...this.rows.map((row) => row.element));
    this.offer(this.more, 'sliders.more', this.all ? 0 : alive.length - AT_HAND);
    this.offer(this.hidden, 'sliders.dead', this.dead ? 0 : this.axes.length - alive.length);
  }

  offer(button, word, n) {
    button.hidden = n <= 0;
    setText(button, t(word, { n }));
  }

  /** The point has moved. */
  show() {
    for (const row of this.rows) row.show();
  }

  get isEdited() {
    return this.rows.some((row) => row.isEdited);
  }
}

const isSame = (a, b) => a.key === b.key && a.family === b.family && a.title === b.title && a.energy === b.energy
  && a.direction.length === b.direction.length && a.direction.every((value, k) => value === b.direction[k]);
