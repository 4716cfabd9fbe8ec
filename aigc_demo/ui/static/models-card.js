// A model's card: its samples, how it came about, what it measures, what it says of itself, and what can be done with it.

import { get } from './api.js';
import { make, setText } from './dom.js';
import { route, t } from './i18n.js';
import { openModelExport } from './models-export.js';
import { factList } from './models-facts.js';
import { figureList, figuresOf, isByCard } from './models-figures.js';
import { markdown } from './models-markdown.js';
import { Measure } from './models-measure.js';
import { ModelName } from './models-name.js';
import { isMine } from './models-owner.js';
import { openPush } from './models-push.js';
import { store } from './run-store.js';
import { openTab } from './tabs.js';

export class ModelCard {
  /**
   * @param {import('./model-list.js').Model} model
   * @param {{compare: (id: string) => void, remove: (model: import('./model-list.js').Model) => void}} acts
   */
  constructor(model, acts) {
    this.acts = acts;
    this.name = new ModelName(model);
    this.kind = make('span.aigc-kind');
    this.sheet = make('div.aigc-sheet');
    this.facts = make('div');
    this.figures = make('div');
    this.text = make('div.aigc-card-text');
    this.about = make('details', { ontoggle: () => this.about.open && this.read() }, make('summary', {}, t('models.card')), this.text);
    this.actions = make('footer.aigc-actions');
    this.element = make('article.aigc-card', { 'data-model': model.id },
      make('header', {}, this.name.element, this.kind), this.sheet, this.facts, this.figures, this.about, this.actions);
    this.update(model);
  }

  /** Show the model as it is now; what has not changed stays, and with it what a visitor has opened or typed. */
  update(model) {
    const now = JSON.stringify(model);
    if (now === this.shown) return;
    const before = this.model;
    this.shown = now;
    this.model = model;
    this.element.dataset.kind = model.kind;
    this.name.update(model);
    setText(this.kind, t(`models.${model.kind}`));
    this.element.setAttribute('aria-label', model.title);
    if (before?.step !== model.step || before?.title !== model.title) this.sheet.replaceChildren(...sheet(model));
    this.facts.replaceChildren(factList(model));
    this.figures.replaceChildren(figureList(model), ...this.measuring(before));
    if (before?.kind !== model.kind || !before) this.actions.replaceChildren(...this.buttons());
    if (this.about.open) this.read();
  }

  /** Measuring is offered for what nobody here has measured. */
  measuring(before) {
    const { model } = this;
    const isOffered = isMine(model) && model.kind !== 'live' && (isByCard(model) || !model.figures);
    if (!isOffered) this.measure = null;
    else if (!this.measure || before?.id !== model.id) this.measure = new Measure(model);
    return this.measure ? [this.measure.element] : [];
  }

  async read() {
    const { id } = this.model;
    const answer = await get(`models/${encodeURIComponent(id)}/card`);
    if (!answer.ok) return this.text.replaceChildren(make('p.aigc-note', { role: 'status' }, answer.error));
    const card = answer.data.card ? markdown(answer.data.card) : make('p.aigc-note', {}, t('models.noCard'));
    const warning = this.model.kind === 'imported' ? [make('p.aigc-note.aigc-warning', {}, t('models.cardWarning'))] : [];
    this.text.replaceChildren(...warning, card);
  }

  buttons() {
    const { model } = this;
    const quiet = (act, onclick) => make('button.aigc-quiet', { type: 'button', 'data-act': act, onclick }, t(`models.act.${act}`));
    const address = route(`models/${encodeURIComponent(model.id)}/download`).href;
    return [
      make('button.aigc-primary', { type: 'button', 'data-act': 'open', onclick: () => openInStudio(this.model.id) }, t('models.open')),
      quiet('compare', () => this.acts.compare(this.model.id)),
      ...(isMine(model) ? [quiet('rename', () => this.name.open())] : []),
      make('a.aigc-quiet', { href: address, download: '', 'data-act': 'download' }, t('models.act.download')),
      ...(model.kind === 'live' ? [] : [quiet('export', () => openModelExport(this.model))]),
      ...(isMine(model) && model.kind !== 'live' ? [quiet('push', () => openPush(this.model))] : []),
      ...(['run', 'live'].includes(model.kind) ? [quiet('watch', () => watch(this.model.id))] : []),
      ...(isMine(model) ? [quiet('delete', () => this.acts.remove(this.model))] : []),
    ];
  }
}

/** Open a model in the latent studio. */
export function openInStudio(id) {
  openTab('generate');
  dispatchEvent(new CustomEvent('aigc:model', { detail: { id } }));
}

function watch(id) {
  const run = id.replace(/-best$/, '');
  if (store.run?.run !== run) store.adopt(run, '');
  openTab('train');
}

/** Ten columns; of a model that takes wishes, a row for each, with its name before it. */
function sheet(model) {
  const rows = model.conditional ? model.class_names : [];
  const picture = make('img', {
    src: `${route(`models/${encodeURIComponent(model.id)}/sheet.png`).href}?step=${model.step}`,
    alt: t(rows.length ? 'models.sheetRows' : 'models.sheet', { title: model.title, n: rows.length }), loading: 'lazy', decoding: 'async',
    width: 280, height: 28 * (rows.length || 10), // its place is kept while it is on its way
    onerror: () => picture.replaceWith(make('p.aigc-note', {}, t('models.noSheet'))),
  });
  const { categories } = figuresOf(model); // of a model that found them by itself: the digit that each turned out to be
  const label = (name, place) => (Array.isArray(categories) && place in categories ? `${name} → ${categories[place]}` : name);
  const names = make('div.aigc-sheet-rows', { 'aria-hidden': 'true' }, ...rows.map((name, place) => make('span', { title: label(name, place) }, label(name, place))));
  return rows.length ? [names, picture] : [picture];
}
