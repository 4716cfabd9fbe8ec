// The point in the address, so that a link is a picture; only what differs from an untouched point is written.

import { atMostEvery } from './dom.js';
import { t } from './i18n.js';
import { FAMILIES, firstPoint, state, untouched } from './latent-state.js';
import { models } from './model-list.js';
import { QUERY, queryOf, wishOfQuery } from './point-code.js';
import { judge } from './point-judge.js';
import { stylesOf } from './render-server.js';

const WRITE_MS = 300; // some browsers allow a hundred changes of the address in thirty seconds

export class PointAddress extends EventTarget {
  /** Why a part of the last wish could not be granted, as one sentence, or ''. */
  complaint = '';

  /** @param {import('./latent-tabs.js').LatentTabs} tabs */
  constructor(tabs) {
    super();
    this.tabs = tabs;
  }

  /** Go where the address says. @returns {Promise<boolean>} false where it asks for no point */
  async read() {
    const wish = wishOfQuery(new URL(location.href).searchParams);
    if (wish) await this.open(wish, true);
    return Boolean(wish);
  }

  /**
   * Grant what can be granted of a wish; the sentence about the rest is in `complaint`.
   * @param {import('./point-code.js').Wish} wish @param {boolean} [whole] what it does not name is as nobody has touched it
   * @returns {Promise<boolean>} whether anything of it could be used
   */
  async open(wish, whole = false) {
    if (typeof wish.model === 'string' && !models.find(wish.model)) await models.refresh(true);
    const present = (!whole && models.find(state.model?.id)) || firstModel();
    const { point, bad } = judge(wish, present, firstModel(), (id) => models.find(id));
    this.#go(whole ? { ...untouched, ...(wish.z || !point.model ? {} : { z: firstPoint(point.model.latent_size) }), ...point } : point);
    this.complaint = bad.length ? t('point.bad', { parts: bad.join(t('point.comma')) }) : '';
    this.dispatchEvent(new Event('complaint'));
    return Object.keys(wish).length > bad.length;
  }

  #go({ model, z, label, mix, truncation, styles, mixed, noise, axes, panel }) {
    if (model) state.setModel(model);
    if (z) state.setPoint(z);
    if (label !== undefined) state.setLabel(label);
    if (mix !== undefined) state.setMix(mix);
    if (truncation !== undefined) state.setTruncation(truncation);
    if (mixed !== undefined || styles) state.setMixed(styles?.z ? styles : null);
    if (noise || styles) state.setNoise(styles ? { strength: styles.noise ?? 1, seed: styles.seed ?? 0 } : noise);
    if (axes) state.setAxes(axes);
    if (panel) this.tabs.open(panel);
  }

  /** Keep the address in step with the state from now on, and go where a visitor's step back leads. */
  follow() {
    const write = atMostEvery(WRITE_MS, () => this.write());
    for (const event of ['model', 'point', 'label', 'truncation', 'axes']) state.addEventListener(event, write);
    this.tabs.addEventListener('open', write);
    addEventListener('popstate', () => this.read());
    write();
  }

  write() {
    if (!state.model) return;
    const address = new URL(location.href);
    for (const name of QUERY) address.searchParams.delete(name);
    for (const [name, value] of Object.entries(queryOf(this.touched()))) address.searchParams.set(name, value);
    address.search = address.searchParams.toString().replaceAll('%3A', ':').replaceAll('%2C', ',');
    if (address.href !== location.href) history.replaceState(history.state, '', address);
  }

  /** What differs from the page as it opens by itself. @returns {import('./point-code.js').Wish} */
  touched() {
    const { model, z, label, digit, mix, truncation, mixed, noise, axes } = state;
    const wish = {};
    if (model.id !== firstModel()?.id) wish.model = model.id;
    if (model.conditional && (mix ? digit : label) !== untouched.label) wish.label = mix ? digit : label;
    if (model.conditional && mix) wish.mix = mix;
    if (truncation !== untouched.truncation) wish.truncation = truncation;
    if (model.styles && (mixed || noise.strength !== 1 || noise.seed)) wish.styles = stylesOf(state.styling());
    if (z.some((value, k) => Math.fround(value) !== Math.fround(firstPoint(z.length)[k]))) wish.z = z;
    if (axes !== FAMILIES[0]) wish.axes = axes;
    if (this.tabs.name !== this.tabs.first) wish.panel = this.tabs.name;
    return wish;
  }
}

/** The model that the page opens with: the shipped one, where there is one. */
export const firstModel = () => models.list.find((model) => model.kind === 'shipped') ?? models.list[0];
