// The two axes of a map: what can be chosen, and what is chosen first.

import { AxisFamilies, RAW, SHOWN } from './axis-families.js';
import { AxisSource } from './axis-source.js';
import { AxisStore } from './axis-store.js';
import { make, setText } from './dom.js';
import { t } from './i18n.js';

const GOOD = 0.3; // R² from which a named axis does what its name says
const TOWARDS = 'towards';

export class MapAxes {
  /**
   * @param {import('./latent-state.js').LatentState} state @param {import('./moves-ends.js').Ends} ends
   * @param {() => void} changed other axes are chosen, or the same ones point elsewhere
   */
  constructor(state, ends, changed) {
    Object.assign(this, { state, ends, changed });
    this.source = new AxisSource();
    this.store = new AxisStore();
    this.families = new AxisFamilies(this.source, this.store);
    this.words = '';
    this.status = make('p.aigc-note', { role: 'status' });
    this.selects = Object.fromEntries(['x', 'y'].map((end) => [end,
      make('select', { id: `generate-map-${end}`, onchange: () => this.changed() })]));
    this.source.addEventListener('change', () => this.listen && this.list());
  }

  element(end) {
    return make('label.aigc-field', {}, make('span', {}, t(`moves.map.${end}`)), this.selects[end]);
  }

  /** @param {AbortSignal} signal ends what follows */
  begin(signal) {
    this.listen = true;
    this.ends.addEventListener('change', () => this.list(), { signal });
  }

  /** The axes of the present model; what was chosen for it stays. */
  open() {
    const { model } = this.state;
    if (!model) return;
    this.store.open(model.id, model.latent_size);
    this.source.open(model);
    this.list();
  }

  leave() {
    this.listen = false;
    this.source.leave();
  }

  /** @returns {number[] | null} @param {'x' | 'y'} end */
  direction(end) {
    return this.known.get(this.selects[end].value)?.direction ?? null;
  }

  list() {
    const { model } = this.state;
    const before = this.model === model.id ? { x: this.selects.x.value, y: this.selects.y.value } : {};
    const groups = this.groups(model.latent_size);
    this.known = new Map(groups.flatMap(({ axes }) => axes).map((axis) => [axis.key, axis]));
    this.words = this.source.isWaiting ? t('moves.axesComing') : this.source.why;
    setText(this.status, this.words);
    const first = this.first();
    for (const [end, select] of Object.entries(this.selects)) {
      select.replaceChildren(...groups.map(({ title, axes }) => make('optgroup', { label: title },
        ...axes.map((axis) => make('option', { value: axis.key }, axis.title)))));
      select.value = this.known.has(before[end]) ? before[end] : first[end];
    }
    if (this.source.isWaiting && !this.known.has(before.x)) return; // the axes of choice are on their way
    this.model = model.id;
    this.changed();
  }

  groups(size) {
    const found = this.source.families ? SHOWN : [];
    const groups = found.map((family) => ({ title: t(`moves.family.${family}`), axes: this.families.axes(family, size).filter(({ dead }) => !dead) }));
    const towards = ['a', 'b'].map((end) => ({ key: `${TOWARDS}.${end}`, title: t(`moves.towards.${end}`), direction: this.ends[end] }));
    return [...groups, { title: t('moves.family.ends'), axes: towards }, { title: t('moves.family.z'), axes: this.families.axes(RAW, size) }]
      .filter(({ axes }) => axes.length);
  }

  /** Slant and weight where they are what they are called; else what changes the picture most. */
  first() {
    const { families } = this.source;
    if (!families) return { x: 'z.0', y: 'z.1' };
    const named = families.named.filter(({ r2, dead }) => r2 >= GOOD && !dead);
    const [x, y] = named.length > 1 ? named : families.output.filter(({ dead }) => !dead);
    return { x: x?.key ?? 'z.0', y: y?.key ?? 'z.1' };
  }
}
