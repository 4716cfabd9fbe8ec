// <aigc-latent>: a point of a generator's latent space with the digit that lies there, and the panels that move it.

import { classesOf } from './class-names.js';
import { make } from './dom.js';
import { route, t } from './i18n.js';
import { latest } from './latest.js';
import { LatentActions } from './latent-actions.js';
import { LatentPicture } from './latent-picture.js';
import { drawPoint } from './latent-points.js';
import { ALL, state } from './latent-state.js';
import { LatentTabs } from './latent-tabs.js';
import { LatentVoice } from './latent-voice.js';
import { KINDS, models } from './model-list.js';
import { firstModel, PointAddress } from './point-address.js';
import { PointNote } from './point-note.js';
import { openPasted } from './point-paste.js';
import { RenderError } from './render.js';

const LIVE_MS = 500; // a model that is learning is asked for newer weights this often
const RETRY_MS = 1500;
const WRITING = 'select, textarea, input:not([type=range], [type=radio], [type=checkbox])';

let asked = ''; // the model that another tab wants to see here, and the panel
let panel = '';
addEventListener('aigc:model', ({ detail }) => ([asked, panel] = [String(detail?.id ?? ''), String(detail?.panel ?? '')]));

export class Latent extends HTMLElement {
  connectedCallback() {
    if (this.picture) return;
    this.pace = 0; // milliseconds from a wish to its picture, averaged
    this.pumps = { image: latest(() => this.drawImage()), digits: latest(() => this.drawKeys()) };
    this.build();
    this.listen();
    this.begin();
  }

  async begin() {
    await models.refresh();
    this.listModels();
    if (asked) await this.open(asked);
    else if (!models.list.length) this.choose(undefined);
  }

  /** The first model is the one that the address asks for, with its point, or the shipped one. */
  async arrive() {
    if (this.arriving) return;
    this.arriving = true;
    if (asked || !(await this.address.read())) this.choose(firstModel());
    this.address.follow();
  }

  build() {
    this.select = make('select', { id: 'generate-model', onchange: () => this.choose(models.find(this.select.value)) });
    this.picture = new LatentPicture((label) => state.setLabel(label));
    this.tabs = new LatentTabs(state);
    this.address = new PointAddress(this.tabs);
    this.actions = new LatentActions(state, this.picture, this.address);
    this.replaceChildren(
      make('div.aigc-stage', {},
        make('label.aigc-field', {}, make('span', {}, t('generate.model')), this.select),
        make('div.aigc-view', {}, this.picture.element, this.picture.keys, this.picture.noLabel),
        ...this.actions.elements, new LatentVoice(state, this.picture.canvas).element),
      make('div.aigc-panel', {}, new PointNote(this.address).element, this.tabs.element));
    this.showLabel();
  }

  listen() {
    models.addEventListener('change', () => this.listModels());
    addEventListener('aigc:model', () => asked && this.open(asked));
    state.addEventListener('model', () => this.changed());
    state.addEventListener('label', () => this.showLabel());
    for (const event of ['point', 'label', 'truncation', 'weights']) state.addEventListener(event, () => this.ask('image', 'digits'));
    this.addEventListener('keydown', (event) => this.pressed(event));
    openPasted(this.address, () => this.visible);
    new IntersectionObserver(([entry]) => {
      this.visible = entry.isIntersecting;
      this.tabs.show(this.visible);
      if (this.visible && state.model) models.refresh();
    }).observe(this);
    setInterval(() => this.follow(), LIVE_MS);
  }

  /** A digit's key asks for that digit, and R for another point, unless somebody is writing. */
  pressed(event) {
    const free = !event.ctrlKey && !event.metaKey && !event.altKey && !event.target.closest(WRITING);
    if (!free || !state.model) return;
    if (/^\d$/.test(event.key) && state.model.conditional) state.setLabel(Number(event.key));
    if (event.key.toLowerCase() === 'r' && !event.repeat) state.setPoint(drawPoint(state.z.length));
  }

  // -- which model -----------------------------------------------------------------------------------------------

  /** Show the model with this id, which may be younger than our list. */
  async open(id) {
    asked = '';
    if (!models.find(id)) await models.refresh(true);
    const model = models.find(id);
    if (!model) this.picture.say(models.error || t('generate.gone'), 'error');
    if (model || !state.model) this.choose(model ?? firstModel());
    if (panel) this.tabs.open(panel);
    panel = '';
  }

  /** @param {import('./model-list.js').Model | undefined} model */
  choose(model) {
    if (!model) return this.picture.say(models.error || t('generate.none'), 'error');
    state.setModel(model);
    this.select.value = model.id;
  }

  changed() {
    this.pace = 0;
    this.isFirst = true;
    this.select.value = state.model.id;
    this.picture.promise(route(`models/${encodeURIComponent(state.model.id)}/sheet.png`));
    this.showLabel();
    this.ask('image', 'digits');
  }

  listModels() {
    const groups = { live: t('generate.live'), shipped: t('generate.shipped'), run: t('generate.runs'), imported: t('generate.imported') };
    const option = ({ id, title }) => make('option', { value: id }, title);
    const ofKind = (kind) => models.list.filter((model) => model.kind === kind);
    this.select.replaceChildren(...KINDS.filter((kind) => ofKind(kind).length).map((kind) =>
      make('optgroup', { label: groups[kind] }, ...ofKind(kind).map(option))));
    if (state.model) this.keepUp();
    else if (models.list.length) this.arrive();
  }

  /** The list has changed: our model may have grown, finished, or gone. */
  keepUp() {
    const now = models.find(state.model.id);
    if (now) {
      const finished = state.model.kind === 'live' && now.kind !== 'live';
      state.setModel(now);
      this.showPace();
      if (finished) state.renderer.refresh();
    } else if (models.loaded && !models.error) {
      this.picture.say(t('generate.gone'), 'error');
      this.choose(firstModel());
    }
    this.select.value = state.model.id;
  }

  /** While the model is learning and somebody looks, its newest weights are asked for again and again. */
  async follow() {
    if (state.model?.kind !== 'live' || !this.visible || document.hidden || this.following) return;
    this.following = true;
    this.ticks = (this.ticks ?? 0) + 1;
    if (this.ticks % 4 === 0) models.refresh();
    await state.renderer.refresh().catch((error) => this.stumble(error)).finally(() => (this.following = false));
  }

  // -- drawing ---------------------------------------------------------------------------------------------------

  showLabel() {
    this.picture.showLabel(state);
  }

  /** Draw these parts, each as soon as its last drawing is done: the small digits never hold the picture up. */
  ask(...parts) {
    if (state.model) for (const part of parts) this.pumps[part]();
  }

  async drawImage() {
    const { model, label, z } = state;
    const all = model.conditional && label === ALL;
    const started = performance.now();
    try {
      const every = classesOf(model);
      const pixels = await (all ? state.draw(every.map(() => z), { classes: every }) : state.draw([z]));
      if (model.id !== state.model.id) return;
      this.measure(performance.now() - started);
      this.picture.paint(pixels, label, state);
      if (all) this.picture.paintKeys(pixels);
      this.showPace();
      this.picture.say('');
    } catch (error) {
      this.stumble(error);
    }
  }

  async drawKeys() {
    const { model, z } = state;
    if (!model.conditional) return;
    try {
      const every = classesOf(model);
      const pixels = await state.draw(every.map(() => z), { classes: every, priority: 'later' });
      if (model.id === state.model.id) this.picture.paintKeys(pixels);
    } catch (error) {
      this.stumble(error);
    }
  }

  /** The first picture of a model waits for its weights: how long that took says nothing of the next one. */
  measure(took) {
    if (this.isFirst) this.isFirst = false;
    else this.pace = this.pace ? 0.7 * this.pace + 0.3 * took : took;
  }

  showPace() {
    this.picture.showPace(state, this.pace);
  }

  stumble(error) {
    if (error.name === 'AbortError') return;
    if (!(error instanceof RenderError)) throw error;
    this.picture.say(error.message, 'error');
    if (error.status === 404) models.refresh(true);
    else if (error.status === 0) setTimeout(() => this.ask('image', 'digits'), RETRY_MS);
  }
}
