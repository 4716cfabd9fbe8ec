// Two models at the same z: both pictures, where their ink differs, and the ten digits of each, live.

import { ComparePictures } from './compare-pictures.js';
import { notesOn, sameIn } from './compare-same.js';
import { make, setText } from './dom.js';
import { t } from './i18n.js';
import { wish } from './latent-wish.js';
import { latest } from './latest.js';
import { models } from './model-list.js';
import { openRenderer, RenderError } from './render.js';

const EVENTS = ['model', 'point', 'label', 'truncation', 'weights'];
const DIGITS = [...Array(10).keys()];

export class Compare {
  /** @param {import('./latent-state.js').LatentState} state */
  constructor(state) {
    this.state = state;
    /** @type {import('./model-list.js').Model | null} */
    this.other = null;
    this.renderer = null;
    this.update = latest(() => this.draw());
    this.select = make('select', { id: 'inside-other', onchange: () => this.chosen() });
    this.field = make('label.aigc-field', {}, make('span', {}, t('inside.compareWith')), this.select);
    this.status = make('p.aigc-note', { role: 'status' });
    this.pictures = new ComparePictures();
    this.notes = make('div.aigc-notes');
    this.element = make('section', { id: 'inside-compare' },
      this.field, this.status, this.pictures.element, this.notes);
    for (const event of EVENTS) state.addEventListener(event, () => this.follow(event));
    models.addEventListener('change', () => this.open && this.list());
    addEventListener('aigc:compare', () => this.open && this.list());
  }

  start() {
    this.open = true;
    this.list();
  }

  /** The other model's numbers are not kept while nobody looks. */
  stop() {
    this.open = false;
    this.close();
  }

  close() {
    this.renderer?.close();
    this.renderer = null;
  }

  follow(event) {
    if (!this.open) return;
    if (event === 'model') this.list();
    else this.update();
  }

  /** Offer every model but the one that is shown; keep the one that was chosen, where it still is. */
  list() {
    if (!this.state.model) return;
    const others = models.list.filter(({ id }) => id !== this.state.model?.id);
    this.select.replaceChildren(...others.map(({ id, title }) => make('option', { value: id }, title)));
    const wanted = others.find(({ id }) => id === (wish.beside || this.other?.id));
    const gone = this.other && models.loaded && !models.find(this.other.id);
    if (wanted?.id === wish.beside || !models.find(wish.beside)) wish.beside = ''; // else it is the model shown, which is about to be another
    this.field.hidden = this.pictures.element.hidden = !others.length;
    if (!others.length) this.lose();
    else this.choose(wanted ?? others[0]);
    setText(this.status, [gone ? t('inside.compareGone') : '', others.length ? '' : t('inside.compareNone')].filter(Boolean).join(' '));
  }

  chosen() {
    wish.beside = '';
    this.choose(models.find(this.select.value));
  }

  lose() {
    this.close();
    this.other = null;
    this.notes.replaceChildren();
  }

  /** @param {import('./model-list.js').Model} model */
  choose(model) {
    const grown = this.other?.id === model.id && this.renderer && model.step !== this.other.step;
    if (this.other?.id !== model.id || !this.renderer) this.change(model);
    this.other = model;
    this.select.value = model.id;
    if (grown) this.renderer.refresh().catch(() => {});
    this.explain();
    this.update();
  }

  change(model) {
    this.close();
    this.renderer = openRenderer(model);
    this.renderer.addEventListener('weights', () => this.update());
    setText(this.status, '');
  }

  explain() {
    this.notes.replaceChildren(...notesOn(this.state.model, this.other).map((note) => make('p.aigc-note', {}, note)));
  }

  async draw() {
    await new Promise(requestAnimationFrame);
    const { state: { model }, other, renderer } = this;
    if (!this.open || !renderer || !model) return;
    const [ours, theirs] = await Promise.all([
      this.part(model, this.state.renderer, this.state.z),
      this.part(other, renderer, sameIn(other.latent_size, this.state.z)),
    ].map((work) => work.catch((error) => error)));
    if (!this.open || renderer !== this.renderer || model !== this.state.model) return;
    const failed = [ours, theirs].find((result) => result instanceof Error);
    if (failed) this.stumble(failed);
    else this.pictures.show([model, other], [ours, theirs]);
  }

  /** The picture and, from a model that takes a wish, the ten digits behind it. @returns {Promise<Uint8Array>} */
  async part(model, renderer, z) {
    const { truncation } = this.state;
    if (!model.conditional) return renderer.render([z], null, truncation, { priority: 'later' });
    const wish = this.state.model.conditional ? this.state.classes() : this.state.digit;
    return renderer.render([z, ...DIGITS.map(() => z)], [wish, ...DIGITS], truncation, { priority: 'later' });
  }

  stumble(error) {
    if (error.name === 'AbortError') return;
    if (!(error instanceof RenderError)) throw error;
    setText(this.status, error.message);
    if (error.status === 404) models.refresh(true);
  }
}
