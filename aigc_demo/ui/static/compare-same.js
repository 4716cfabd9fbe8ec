// Two models at the same z: what that means where their spaces differ, and what to say of it.

import { firstPoint } from './latent-state.js';
import { t } from './i18n.js';

/** z in a space of another size: cut off, or continued with numbers that never change. @param {number[]} z */
export const sameIn = (size, z) => (size <= z.length ? z.slice(0, size) : [...z, ...firstPoint(size).slice(z.length)]);

/**
 * What the two have in common, and what not.
 * @param {import('./model-list.js').Model} model @param {import('./model-list.js').Model} other @returns {string[]}
 */
export function notesOn(model, other) {
  const notes = [];
  if (model.latent_size !== other.latent_size) {
    const [here, there] = [model.latent_size, other.latent_size];
    const rest = t(here > there ? 'inside.sizesCut' : 'inside.sizesDrawn');
    notes.push(t('inside.sizes', { here, there, shared: Math.min(here, there), rest }));
  }
  for (const each of [model, other]) if (!each.conditional) notes.push(t('inside.unconditional', { title: each.title }));
  notes.push(t('inside.compareNote'));
  return notes;
}
