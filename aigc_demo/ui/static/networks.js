// <aigc-networks>: a recipe's two networks, drawn from the models themselves, and what their layers do to a batch.

import { get } from './api.js';
import { CheckedClaims } from './checked-claims.js';
import { choose } from './controls.js';
import { atMostEvery, make, setText } from './dom.js';
import { catalogue, t } from './i18n.js';
import { models } from './model-list.js';
import { sums } from './nets-facts.js';
import { drawNetwork } from './nets-network.js';
import { NetsStudy } from './nets-study.js';
import { store } from './run-store.js';
import { whileSeen } from './seen.js';
import { openTab } from './tabs.js';

const STUDIES = ['norm', 'stride', 'leaky', 'shuffle', 'transposed'];
const SHIPPED = 'fast';

/** @type {Map<string, object>} fetched diagrams by recipe */
const diagrams = new Map();

export class Networks extends HTMLElement {
  connectedCallback() {
    if (this.stopWatching) return;
    this.recipe = SHIPPED;
    this.build();
    addEventListener('aigc:show', ({ detail }) => detail.chapter === 'networks' && catalogue.recipes[detail.item] && this.show(detail.item));
    addEventListener('aigc:theme', () => this.paint());
    models.addEventListener('change', () => this.fillModels());
    const paint = atMostEvery(100, () => this.paint());
    new ResizeObserver(paint).observe(this.studiesElement);
    this.stopWatching = whileSeen(this, { wake: () => this.wake(), margin: '200px' });
  }

  /** Nothing is asked of the server before somebody looks. */
  wake() {
    if (!this.asked) this.show(this.recipe);
    models.refresh().then(() => this.fillModels());
  }

  build() {
    const options = Object.entries(catalogue.recipes).map(([key, { title }]) => make('option', { value: key }, title));
    this.select = make('select', { id: 'nets-recipe', onchange: () => this.show(this.select.value) }, ...options);
    this.select.value = this.recipe;
    this.progress = make('progress', { hidden: true, 'aria-label': t('nets.building') });
    this.status = make('p.aigc-status', { role: 'status' });
    this.again = make('button.aigc-quiet', { type: 'button', hidden: true, onclick: () => this.show(this.recipe) }, t('nets.retry'));
    this.train = make('button.aigc-quiet', { type: 'button', 'data-train': '', onclick: () => this.toTrain() }, t('nets.run'));
    this.pair = make('div.aigc-networks-pair');
    this.claims = new CheckedClaims();
    this.modelSelect = make('select', { id: 'nets-model' });
    this.studies = STUDIES.map((key) => new NetsStudy(key, () => this.modelSelect.value || SHIPPED));
    this.studiesElement = make('div.aigc-studies', {}, ...this.studies.map(({ element }) => element));
    this.querySelector('[data-place=diagram]').replaceChildren(
      make('div.aigc-actions', {}, make('label', { for: 'nets-recipe' }, t('nets.recipe')), this.select, this.train, this.progress, this.again),
      this.status, make('p.aigc-note', {}, t('nets.legend')), this.pair, this.claims.element);
    this.querySelector('[data-place=studies]').replaceChildren(
      make('div.aigc-actions', {}, make('label', { for: 'nets-model' }, t('nets.model')), this.modelSelect), this.studiesElement);
    this.fillModels();
  }

  fillModels() {
    const list = models.list.length ? models.list : [{ id: SHIPPED, title: SHIPPED }];
    const current = store.isRecorded ? '' : store.run?.run;
    const chosen = this.modelSelect.value;
    this.modelSelect.replaceChildren(...list.map(({ id, title }) => make('option', { value: id }, id === current ? `★ ${title}` : title)));
    this.modelSelect.value = list.some(({ id }) => id === chosen) ? chosen : list.some(({ id }) => id === SHIPPED) ? SHIPPED : list[0].id;
  }

  /** Draw the networks of a recipe. @param {string} recipe @returns {Promise<boolean>} whether they are there and their sums hold */
  async show(recipe) {
    this.asked = true;
    this.recipe = recipe;
    this.select.value = recipe;
    this.again.hidden = true;
    if (!diagrams.has(recipe)) {
      this.progress.hidden = false;
      setText(this.status, t('nets.building'));
      const answer = await get(`recipes/${recipe}/diagram.json`);
      if (answer.ok) diagrams.set(recipe, answer.data);
      if (recipe !== this.recipe) return false; // another was chosen meanwhile
      this.progress.hidden = true;
      this.again.hidden = answer.ok;
      setText(this.status, answer.ok ? '' : answer.error);
      if (!answer.ok) return false;
    }
    this.progress.hidden = true;
    setText(this.status, '');
    return this.draw(diagrams.get(recipe));
  }

  draw({ recipe, networks }) {
    const names = { g: catalogue.generators, d: catalogue.discriminators };
    this.pair.replaceChildren(...networks.map((network) => drawNetwork(network, names[network.player][network.network].title)));
    this.dataset.recipe = recipe;
    return this.claims.show(networks.flatMap((network) => {
      const all = sums(network);
      const player = t(`nets.${network.player}`);
      return [
        { key: `${network.player}-sum`, text: t('nets.claim.sum', { player }), predicted: network.counted, measured: all.parameters },
        { key: `${network.player}-trainable`, text: t('nets.claim.trainable', { player }), predicted: network.counted_trainable, measured: all.trainable },
      ];
    }));
  }

  toTrain() {
    choose({ recipe: this.recipe, loss: catalogue.recipes[this.recipe].loss }, {});
    openTab('train');
    scrollTo({ top: 0 });
  }

  paint() {
    for (const study of this.studies) study.paint();
  }
}
