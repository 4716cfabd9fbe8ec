// Which parts of somebody's point can be used, and the words for those that cannot.

import { namesOf } from './class-names.js';
import { t } from './i18n.js';
import { isPoint } from './latent-points.js';
import { ALL, FAMILIES, isDigit, MOST_NOISE, MOST_TRUNCATION } from './latent-state.js';
import { PANEL_NAMES } from './latent-tabs.js';

const MOST_QUOTED = 24; // characters

/** @typedef {import('./model-list.js').Model} Model */

/**
 * @param {import('./point-code.js').Wish} wish
 * @param {Model | undefined} present the model that is drawn with unless the wish names another
 * @param {Model | undefined} fallback the model that stands in for one that is gone
 * @param {(id: string) => Model | undefined} find
 * @returns {{point: object, bad: string[]}} what can be used, by name, and a few words for each part that cannot
 */
export function judge(wish, present, fallback, find) {
  const point = {};
  const bad = [];
  const asked = (name) => Object.hasOwn(wish, name);
  const keep = (name, usable, value = wish[name]) =>
    usable ? (point[name] = value) : bad.push(t(`point.bad.${name}`, { value: quoted(wish[name]) }));
  point.model = present;
  if (asked('model')) {
    point.model = (typeof wish.model === 'string' && find(wish.model)) || fallback;
    if (point.model?.id !== wish.model) bad.push(t('point.bad.model', { value: quoted(wish.model) }));
  }
  if (asked('z')) judgeZ(wish.z, point, bad);
  const count = namesOf(point.model).length;
  const noLabel = !asked('label') || wish.label === null; // as an unconditional model's point is written
  if (!noLabel) keep('label', wish.label === ALL || isDigit(wish.label, count));
  if (asked('mix') && wish.mix !== null) keep('mix', isMix(wish.mix, count) && wish.label !== ALL);
  else if (asked('label')) point.mix = null;
  if (asked('truncation')) keep('truncation', isNumber(wish.truncation) && wish.truncation >= 0 && wish.truncation <= MOST_TRUNCATION);
  if (asked('styles')) keep('styles', isStyles(wish.styles, point.model));
  if (asked('axes')) keep('axes', FAMILIES.includes(wish.axes));
  if (asked('panel')) keep('panel', PANEL_NAMES.includes(wish.panel));
  return { point, bad };
}

function judgeZ(z, point, bad) {
  if (!Array.isArray(z)) return void bad.push(t('point.bad.z'));
  const size = point.model?.latent_size;
  if (z.length !== size) return void bad.push(t('point.bad.size', { n: z.length, size: size ?? 0 }));
  if (!z.every(isNumber) || !isPoint(z, size)) return void bad.push(t('point.bad.values'));
  point.z = z;
}

const isNumber = (value) => typeof value === 'number' && Number.isFinite(value);
const isMix = (mix, count) => typeof mix === 'object' && isDigit(mix.to, count) && isNumber(mix.share) && mix.share >= 0 && mix.share <= 1;

/** What the server is asked for of a model with styles, in a link or a text. */
function isStyles(styles, model) {
  if (!model?.styles || styles === null || typeof styles !== 'object') return false;
  const { z, from, noise = 1, seed = 0 } = styles;
  const isWhole = (value, most) => Number.isInteger(value) && value >= 0 && value <= most;
  const isMixed = z !== undefined && z !== null;
  return isNumber(noise) && noise >= 0 && noise <= MOST_NOISE && isWhole(seed, 2 ** 32 - 1)
    && (!isMixed || (Array.isArray(z) && isPoint(z, model.latent_size) && isWhole(from, model.styles)));
}

/** What somebody wrote, cut to a length that a sentence can bear. */
function quoted(value) {
  const isPair = typeof value?.to === 'number' && typeof value.share === 'number'; // a mix, as addresses write it
  const text = typeof value === 'string' ? value : isPair ? `${value.to}:${value.share}` : JSON.stringify(value) ?? String(value);
  return text.length > MOST_QUOTED ? `${text.slice(0, MOST_QUOTED)}…` : text;
}
