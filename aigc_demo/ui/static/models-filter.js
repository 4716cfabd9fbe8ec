// Which models are shown, and in what order. Plain data in, plain data out.

import { BETTER, figuresOf } from './models-figures.js';

/** What lists can be sorted by; '' keeps the order in which the server gives them, the newest first. */
export const ORDERS = ['', 'digit_fd', 'label_accuracy', 'coverage', 'g_parameters', 'seconds', 'title'];

/** The three groups of the tab by the kinds in them. */
export const GROUPS = { shipped: ['shipped'], mine: ['live', 'run'], imported: ['imported'] };

/**
 * @param {import('./model-list.js').Model[]} list @param {string} group one of GROUPS
 * @param {{recipe?: string, order?: string, lang?: string}} [wish] what has no such number comes last
 */
export function chosen(list, group, { recipe = '', order = '', lang } = {}) {
  const kinds = GROUPS[group];
  const inGroup = kinds.flatMap((kind) => list.filter((model) => model.kind === kind));
  return sorted(inGroup.filter((model) => !recipe || model.recipe === recipe), order, lang);
}

function sorted(list, order, lang) {
  if (!order) return list;
  if (order === 'title') return list.toSorted((a, b) => a.title.localeCompare(b.title, lang));
  const value = (model) => (order in BETTER ? figuresOf(model)[order] : model[order]);
  const sign = BETTER[order] ?? 1;
  const isKnown = (model) => Number.isFinite(value(model));
  return list.toSorted((a, b) => isKnown(b) - isKnown(a) || (isKnown(a) ? sign * (value(a) - value(b)) : 0));
}

/** The recipes of some models, each once. */
export const recipesOf = (list) => [...new Set(list.map(({ recipe }) => recipe))];
