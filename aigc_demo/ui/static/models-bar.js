// The row above the cards: which recipe, in what order, and a model from elsewhere. Emits `change`.

import { make } from './dom.js';
import { catalogue, t } from './i18n.js';
import { ORDERS, recipesOf } from './models-filter.js';

export class ModelsBar extends EventTarget {
  /** @param {() => void} bring @param {() => void} pull */
  constructor(bring, pull) {
    super();
    this.wish = { recipe: '', order: '' };
    const select = (id, key) => make('select', { id, onchange: (event) => {
      this.wish[key] = event.target.value;
      this.dispatchEvent(new Event('change'));
    } });
    this.recipes = select('models-recipe', 'recipe');
    this.orders = select('models-order', 'order');
    this.orders.replaceChildren(...ORDERS.map((key) => make('option', { value: key }, t(`models.order.${key || 'newest'}`))));
    this.element = make('div.aigc-models-bar', {},
      make('label.aigc-field', {}, make('span', {}, t('models.recipe')), this.recipes),
      make('label.aigc-field', {}, make('span', {}, t('models.order')), this.orders),
      make('button.aigc-quiet', { type: 'button', id: 'models-bring', onclick: bring }, t('models.import')),
      make('button.aigc-quiet', { type: 'button', id: 'models-from-hub', onclick: pull }, t('models.pull')));
  }

  /** Offer the recipes that there are models of; one that is gone is wished for no more. */
  list(models) {
    const found = recipesOf(models);
    if (!found.includes(this.wish.recipe)) this.wish.recipe = '';
    const titles = found.map((key) => [key, catalogue.recipes[key]?.title ?? key]);
    const options = [['', t('models.allRecipes')], ...titles].map(([value, title]) => make('option', { value }, title));
    this.recipes.replaceChildren(...options);
    this.recipes.value = this.wish.recipe;
  }
}
