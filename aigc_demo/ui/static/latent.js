// <aigc-latent>: a point of a generator's latent space with the digit that lies there, and the panels that move it.

import { make } from './dom.js';
import { route, t } from './i18n.js';
import { LatentActions } from './latent-actions.js';
import { LatentDrawing } from './latent-drawing.js';
import { keyPressed } from './latent-keys.js';
import { LatentPicture } from './latent-picture.js';
import { state } from './latent-state.js';
import { LatentTabs } from './latent-tabs.js';
import { LatentVoice } from './latent-voice.js';
import { wish } from './latent-wish.js';
import { KINDS, models } from './model-list.js';
import { firstModel, PointAddress } from './point-address.js';
import { PointNote } from './point-note.js';
import { openPasted } from './point-paste.js';

const LIVE_MS = 500; // a model that is learning is asked for newer weights this often

export class Latent extends HTMLElement {
  connectedCallback() {
    if (this.picture) return;
    this.build();
    this.listen();
    this.begin();
  }

  async begin() {
    await models.refresh();
    this.listModels();
    if (wish.model) await this.open(wish.model);
    else if (!models.list.length) this.choose(undefined);
  }

  /** The first model is the one that the address asks for, with its point, or the shipped one. */
  async arrive() {
    if (this.arriving) return;
    this.arriving = true;
    if (wish.model || !(await this.address.read())) this.choose(firstModel());
    this.address.follow();
  }

  build() {
    this.select = make('select', { id: 'generate-model', onchange: () => this.choose(models.find(this.select.value)) });
    this.picture = new LatentPicture((label) => state.setLabel(label));
    this.drawing = new LatentDrawing(state, this.picture, ({ status }) => status === 404 && models.refresh(true));
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
    addEventListener('aigc:model', () => wish.model && this.open(wish.model));
    state.addEventListener('model', () => this.changed());
    state.addEventListener('label', () => this.showLabel());
    this.addEventListener('keydown', (event) => keyPressed(event, state));
    openPasted(this.address, () => this.visible);
    new IntersectionObserver(([entry]) => {
      this.visible = entry.isIntersecting;
      this.tabs.show(this.visible);
      if (this.visible && state.model) models.refresh();
    }).observe(this);
    setInterval(() => this.follow(), LIVE_MS);
  }

  // -- which model -----------------------------------------------------------------------------------------------

  /** Show the model with this id, which may be younger than our list. */
  async open(id) {
    wish.model = '';
    if (!models.find(id)) await models.refresh(true);
    const model = models.find(id);
    if (!model) this.picture.say(models.error || t('generate.gone'), 'error');
    if (model || !state.model) this.choose(model ?? firstModel());
    if (wish.panel) this.tabs.open(wish.panel);
    wish.panel = '';
  }

  /** @param {import('./model-list.js').Model | undefined} model */
  choose(model) {
    if (!model) return this.picture.say(models.error || t('generate.none'), 'error');
    state.setModel(model);
    this.select.value = model.id;
  }

  changed() {
    this.drawing.begin();
    this.select.value = state.model.id;
    this.picture.promise(route(`models/${encodeURIComponent(state.model.id)}/sheet.png`));
    this.showLabel();
    this.drawing.ask('image', 'digits');
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
      this.drawing.showPace();
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
    await state.renderer.refresh().catch((error) => this.drawing.stumble(error)).finally(() => (this.following = false));
  }

  showLabel() {
    this.picture.showLabel(state);
  }
}
