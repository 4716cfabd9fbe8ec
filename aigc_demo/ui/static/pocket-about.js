// Under the studio of a pocket page: what model this is, what it measured, its card, and whose work all of it is.

import { make } from './dom.js';
import { t } from './i18n.js';
import { factList } from './models-facts.js';
import { figureList } from './models-figures.js';
import { markdown } from './models-markdown.js';

/**
 * @param {import('./model-list.js').Model & {card: string}} model @param {string} licence of the program in the file
 * @param {HTMLElement} checked how far its pictures are from TensorFlow's
 */
export function aboutModel(model, licence, checked) {
  const warning = model.kind === 'imported' ? [make('p.aigc-note.aigc-warning', {}, t('models.cardWarning'))] : [];
  const card = model.card ? markdown(model.card) : make('p.aigc-note', {}, t('models.noCard'));
  const drawer = (title, ...content) => make('details', {}, make('summary', {}, title), make('div.aigc-card-text', {}, ...content));
  return [
    make('h2', {}, t('pocket.model')),
    make('div.aigc-pocket-facts', {}, factList(model), figureList(model)),
    checked,
    drawer(t('models.card'), ...warning, card),
    drawer(t('pocket.credits'), make('p', {}, t('pocket.made')), make('pre', { tabindex: 0 }, licence)),
  ];
}
