// <aigc-models>: every model in three groups, two of them side by side, and the leaderboard.

import { make } from './dom.js';
import { lang, t } from './i18n.js';
import { models } from './model-list.js';
import { ModelsBar } from './models-bar.js';
import { ModelsBoard } from './models-board.js';
import { ModelCard } from './models-card.js';
import { ModelsCompare } from './models-compare.js';
import { chosen, GROUPS } from './models-filter.js';
import { openImport, takesFiles } from './models-import.js';
import { bin } from './models-owner.js';
import { openPull } from './models-pull.js';
import { Storage } from './storage.js';
import { openTab } from './tabs.js';

export class Models extends HTMLElement {
  connectedCallback() {
    if (this.cards) return;
    /** @type {Map<string, ModelCard>} */
    this.cards = new Map();
    this.build();
    models.addEventListener('change', () => this.update());
    bin.addEventListener('change', () => this.tell());
    this.bar.addEventListener('change', () => this.update());
    takesFiles(this, (files) => this.bring(files));
    new IntersectionObserver(([entry]) => entry.isIntersecting && this.seen()).observe(this);
    models.refresh().then(() => this.update());
  }

  build() {
    this.acts = { compare: (id) => this.beside(id), remove: (model) => this.remove(model) };
    this.bar = new ModelsBar(() => this.bring(), () => this.pull());
    this.compare = new ModelsCompare(() => this.markCompared());
    this.board = new ModelsBoard();
    this.storage = new Storage();
    this.news = make('div.aigc-models-news', { role: 'status' });
    this.trouble = make('div', { role: 'alert' });
    this.groups = Object.fromEntries(Object.keys(GROUPS).map((name) => [name, new Group(name)]));
    this.groups.mine.empty.append(' ', button('models.train', () => openTab('train')));
    this.groups.imported.empty.append(' ', button('models.import', () => this.bring()));
    this.replaceChildren(this.bar.element, this.trouble, this.news, this.compare.element,
      ...Object.values(this.groups).map(({ element }) => element), this.board.element, this.storage.element);
    this.tell();
  }

  seen() {
    models.refresh();
    this.board.begin();
    this.storage.refresh();
  }

  update() {
    const trouble = models.error ? [make('p.aigc-status', {}, models.error), button('models.retry', () => models.refresh(true))] : [];
    this.trouble.replaceChildren(...trouble);
    this.bar.list(models.list);
    for (const model of models.list) {
      const card = this.cards.get(model.id);
      if (card) card.update(model);
      else this.cards.set(model.id, new ModelCard(model, this.acts));
    }
    for (const id of [...this.cards.keys()]) if (!models.find(id)) this.cards.delete(id);
    const wish = { ...this.bar.wish, lang };
    for (const [name, group] of Object.entries(this.groups)) {
      const shown = chosen(models.list, name, wish).map(({ id }) => this.cards.get(id).element);
      group.show(shown, models.loaded ? chosen(models.list, name).length : NaN);
    }
    this.markCompared();
  }

  beside(id) {
    this.compare.open(id);
    this.markCompared();
  }

  /** The cards whose models stand side by side say so. */
  markCompared() {
    const shown = this.compare.isOpen ? this.compare.sides.map(({ model }) => model?.id) : [];
    for (const [id, { element }] of this.cards) {
      const act = element.querySelector('[data-act=compare]');
      act.setAttribute('aria-pressed', String(shown.includes(id)));
      act.disabled = models.list.length < 2;
    }
  }

  bring(files = []) {
    openImport(files, ({ id, duplicate }) => {
      const title = models.find(id)?.title ?? '';
      bin.say(t(duplicate ? 'models.duplicate' : 'models.imported.done', { title }));
      this.lookAt(id);
    });
  }

  pull() {
    openPull(({ id, duplicate, commit }) => {
      const title = models.find(id)?.title ?? '';
      bin.say(t(duplicate ? 'models.pulledBefore' : 'models.pulled', { title, commit: commit.slice(0, 10) }));
      this.lookAt(id);
    });
  }

  /** Bring a card before the visitor's eyes, whatever the list was narrowed to. */
  lookAt(id) {
    if (!this.cards.get(id)?.element.isConnected) {
      this.bar.wish.recipe = '';
      this.update();
    }
    const element = this.cards.get(id)?.element;
    element?.scrollIntoView({ block: 'center' });
    element?.querySelector('h3').focus({ preventScroll: true });
  }

  /** What happened last, and what can be had back. */
  tell() {
    const { text, level } = bin.said;
    const entries = bin.present().map((entry) => make('button.aigc-quiet', { type: 'button', 'data-undo': entry.id, onclick: () => this.undo(entry) },
      t('models.undo', { title: entry.title })));
    this.news.replaceChildren(...(text ? [make('p', { 'data-level': level }, text)] : []), ...entries);
  }

  async remove(model) {
    if (await bin.delete(model)) this.news.querySelector(`[data-undo="${CSS.escape(model.id)}"]`)?.focus();
    this.news.scrollIntoView({ block: 'nearest' });
  }

  async undo(entry) {
    const id = await bin.undo(entry);
    if (id) this.lookAt(id);
  }
}

/** A heading, its cards, and what stands there while there are none. */
class Group {
  constructor(name) {
    this.count = make('span');
    this.cards = make('div.aigc-cards');
    this.empty = make('p.aigc-note', { hidden: true }, t(`models.none.${name}`));
    this.narrowed = make('p.aigc-note', { hidden: true }, t('models.noneSuch'));
    this.element = make('section', { 'data-group': name, 'aria-labelledby': `models-${name}` },
      make('h2', { id: `models-${name}` }, t(`models.group.${name}`), ' ', this.count), this.empty, this.narrowed, this.cards);
  }

  /** @param {HTMLElement[]} elements @param {number} total how many there are to choose from; NaN before that is known */
  show(elements, total) {
    this.count.textContent = elements.length ? String(elements.length) : '';
    this.empty.hidden = total !== 0;
    this.narrowed.hidden = !(total > 0 && !elements.length);
    const now = [...this.cards.children];
    if (now.length === elements.length && now.every((element, place) => element === elements[place])) return;
    const focused = document.activeElement;
    this.cards.replaceChildren(...elements);
    if (this.cards.contains(focused)) focused.focus({ preventScroll: true }); // moving an element takes the focus from it
  }
}

const button = (word, onclick) => make('button.aigc-quiet', { type: 'button', onclick }, t(word));
