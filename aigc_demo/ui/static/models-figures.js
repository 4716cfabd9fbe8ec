// The figures of a model as people read them: names, numbers, how sorting takes them, and what they were measured on.

import { make } from './dom.js';
import { t } from './i18n.js';
import { count, short } from './numbers.js';

const percent = (value) => `${(100 * value).toFixed(1)}%`;
const two = (value) => value.toFixed(2);

/** How each figure is written, in the order in which they are shown. */
export const FIGURES = {
  digit_fd: two,
  label_accuracy: percent,
  coverage: percent,
  class_kl: (value) => value.toFixed(3),
  kid: short,
  memorisation: two,
};

/** Where less is better, 1; where more is, −1; 0 for what is best near a value. */
export const BETTER = { digit_fd: 1, label_accuracy: -1, coverage: -1, class_kl: 1, kid: 1, memorisation: 0 };

/** The figures that hold of a model: measured here, else what its card says. */
export const figuresOf = (model) => model.figures ?? model.card_figures ?? {};

/** Whether its figures are its card's word alone. */
export const isByCard = (model) => !model.figures && Boolean(model.card_figures);

/** What a figure is called: a model that found its categories by itself was asked for no digit. */
const nameOf = (key, { categories }) => t(key === 'label_accuracy' && categories ? 'models.matched' : `models.${key}`);

/** @param {string} key one of FIGURES @param {Object<string, number|null>} figures */
export const written = (key, figures) => (Number.isFinite(figures[key]) ? FIGURES[key](figures[key]) : '–');

/** What as many real digits would score; '' where that is not known. */
export const floorOf = (figures) => (Number.isFinite(figures.digit_fd_floor) ? t('models.floor', { value: two(figures.digit_fd_floor) }) : '');

/** On how many images. */
export const sampleOf = (figures) => (Number.isFinite(figures.n) ? t('models.sample', { n: count(figures.n) }) : '');

/** Two sets of figures whose distances do not compare, since they are of other numbers of images. */
export const areApart = (one, other) => Number.isFinite(one.n) && Number.isFinite(other.n) && one.n !== other.n;

/** A line of a list of facts. */
export const pair = (name, value, note = '') =>
  make('div', {}, make('dt', {}, name), make('dd', {}, value, ...(note ? [make('small', {}, note)] : [])));

/** Seconds in words. */
export function duration(seconds) {
  if (seconds < 120) return t('models.secondsValue', { n: seconds < 10 ? seconds.toFixed(1) : Math.round(seconds) });
  return t('models.minutesValue', { n: (seconds / 60).toFixed(seconds < 600 ? 1 : 0) });
}

/** @param {import('./model-list.js').Model} model */
export function figureList(model) {
  const figures = figuresOf(model);
  const shown = Object.keys(FIGURES).filter((key) => Number.isFinite(figures[key]));
  if (!shown.length) return make('p.aigc-note', {}, t('models.unmeasured'));
  const list = make('dl.aigc-figures', {},
    ...shown.map((key) => pair(nameOf(key, figures), written(key, figures), key === 'digit_fd' ? floorOf(figures) : '')));
  const source = [sampleOf(figures), isByCard(model) ? t('models.byCard') : ''].filter(Boolean).join(' · ');
  return make('div', {}, list, ...(source ? [make('p.aigc-note', { 'data-source': isByCard(model) ? 'card' : 'here' }, source)] : []));
}
