// What a model's classes are called, and how wide a label is: ten for the digits, more where a model has learnt more.

export const DIGITS = [...'0123456789'];
const NARROWEST = DIGITS.length;

/** @param {{class_names?: string[]} | null | undefined} model @returns {string[]} */
export const namesOf = (model) => (model?.class_names?.length ? model.class_names : DIGITS);

/** What to call them on a key: an InfoGAN's are categories, with the digit each was found to draw. */
export function wordsOf(model) {
  const names = namesOf(model);
  if (!model?.codes) return names;
  const digits = model.figures?.categories;
  return names.map((_, place) => (digits ? `${place} ≈ ${digits[place]}` : `c${place}`));
}

/** How many weights a label of this model has. @param {{class_names?: string[]} | null | undefined} model */
export const widthOf = (model) => Math.max(NARROWEST, namesOf(model).length);

/** The classes that can be asked for, as numbers. @param {{class_names?: string[]} | null | undefined} model */
export const classesOf = (model) => [...namesOf(model).keys()];
