// <aigc-models>: a card for each model: its samples, how it came about, and what it measures.

import { make } from './dom.js';
import { catalogue, route, t } from './i18n.js';
import { KINDS, models } from './model-list.js';
import { count, short } from './numbers.js';
import { store } from './run-store.js';
import { openTab } from './tabs.js';

const percent = (value) => `${(100 * value).toFixed(1)}%`;
const FIGURES = {
  digit_fd: (value) => value.toFixed(2),
  label_accuracy: percent,
  coverage: percent,
  class_kl: (value) => value.toFixed(3),
  kid: short,
  memorisation: (value) => value.toFixed(2),
};

export class Models extends HTMLElement {
  connectedCallback() {
    if (this.listening) return;
    this.listening = true;
    models.addEventListener('change', () => this.update());
    new IntersectionObserver(([entry]) => entry.isIntersecting && models.refresh()).observe(this);
    models.refresh().then(() => this.update());
  }

  update() {
    if (models.error && !models.list.length) return this.replaceChildren(sentence(models.error), again());
    if (!models.list.length) return this.replaceChildren(sentence(t('models.empty')));
    const inOrder = KINDS.flatMap((kind) => models.list.filter((model) => model.kind === kind));
    this.replaceChildren(...(models.error ? [sentence(models.error)] : []), make('div.aigc-cards', {}, ...inOrder.map(card)));
  }
}

const sentence = (text) => make('p.aigc-status', { role: 'status' }, text);
const again = () => make('button.aigc-quiet', { type: 'button', onclick: () => models.refresh(true) }, t('models.retry'));

/** @param {import('./model-list.js').Model} model */
function card(model) {
  return make('article.aigc-card', { 'data-model': model.id, 'data-kind': model.kind },
    make('header', {}, make('h3', {}, model.title), make('span.aigc-kind', {}, t(`models.${model.kind}`))),
    sheet(model),
    facts(model),
    figures(model),
    make('footer.aigc-actions', {}, opener(model), ...(models.list.length > 1 ? [comparer(model)] : []),
      ...(model.kind === 'shipped' ? [] : [watcher(model)])));
}

function sheet(model) {
  const picture = make('img', {
    src: route(`models/${encodeURIComponent(model.id)}/sheet.png`).href + (model.kind === 'live' ? `?step=${model.step}` : ''),
    alt: t('models.sheet', { title: model.title }), loading: 'lazy', decoding: 'async',
    onerror: () => picture.replaceWith(make('p.aigc-note', {}, t('models.noSheet'))),
  });
  return make('div.aigc-sheet', {}, picture);
}

const pair = (name, value, note = '') =>
  make('div', {}, make('dt', {}, name), make('dd', {}, value, ...(note ? [make('small', {}, note)] : [])));

function facts(model) {
  const recipe = catalogue.recipes[model.recipe]?.title ?? model.recipe;
  const list = [pair(t('models.recipe'), recipe)];
  if (Number.isFinite(model.step)) list.push(pair(t('models.steps'), count(model.step)));
  if (Number.isFinite(model.seconds)) list.push(pair(t('models.seconds'), duration(model.seconds)));
  list.push(pair(t('models.conditional'), t(model.conditional ? 'models.yes' : 'models.no')));
  list.push(pair(t('models.latent'), `${model.latent_size}`));
  return make('dl.aigc-facts', {}, ...list);
}

function duration(seconds) {
  if (seconds < 120) return t('models.secondsValue', { n: seconds < 10 ? seconds.toFixed(1) : Math.round(seconds) });
  return t('models.minutesValue', { n: (seconds / 60).toFixed(seconds < 600 ? 1 : 0) });
}

function figures(model) {
  const measured = model.figures ?? {};
  const shown = Object.entries(FIGURES).filter(([key]) => Number.isFinite(measured[key]));
  if (!shown.length) return make('p.aigc-note', {}, t('models.unmeasured'));
  const floor = (key) => (key === 'digit_fd' && Number.isFinite(measured.digit_fd_floor)
    ? t('models.floor', { value: measured.digit_fd_floor.toFixed(2) }) : '');
  const list = make('dl.aigc-figures', {},
    ...shown.map(([key, write]) => pair(t(`models.${key}`), write(measured[key]), floor(key))));
  const size = Number.isFinite(measured.n) ? [make('p.aigc-note', {}, t('models.sample', { n: count(measured.n) }))] : [];
  return make('div', {}, list, ...size);
}

const opener = (model) => make('button.aigc-primary', {
  type: 'button',
  onclick: () => {
    openTab('generate');
    dispatchEvent(new CustomEvent('aigc:model', { detail: { id: model.id } }));
  },
}, t('models.open'));

const comparer = (model) => make('button.aigc-quiet', {
  type: 'button',
  title: t('inside.compareTitle'),
  onclick: () => {
    openTab('generate');
    dispatchEvent(new CustomEvent('aigc:compare', { detail: { id: model.id } }));
  },
}, t('inside.compareOpen'));

const watcher = (model) => make('button.aigc-quiet', {
  type: 'button',
  onclick: () => {
    if (store.run?.run !== model.id) store.adopt(model.id, '');
    openTab('train');
  },
}, t('models.watch'));
