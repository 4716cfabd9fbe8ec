// The live figures one by one: what each is called, how it is written, and what it is to be held against.

import { t } from './i18n.js';

/** @typedef {{key: string, value: string, aim: string}} Figure `aim` is what real digits, or a perfect generator, would give */

const percent = (value) => `${(100 * value).toFixed(0)}%`;
const two = (value) => value.toFixed(2).replace('-', '−');

/** digit-FD and its like: three digits are all that they are worth. @param {number} value */
export const distance = (value) => (!Number.isFinite(value) ? '–' : value >= 100 ? value.toFixed(0) : value.toFixed(1));

/** KID may be negative, and near real digits it is small. */
const kid = (value) => (Math.abs(value) >= 10 ? value.toFixed(0) : value.toFixed(Math.abs(value) >= 1 ? 1 : 2)).replace('-', '−');

const LIST = [
  ['kid', (f) => `${kid(f.kid)} ± ${Number.isFinite(f.kid_error) ? kid(f.kid_error) : '–'}`, () => '0'],
  ['coverage', (f) => two(f.coverage), () => '0.97'],
  ['density', (f) => two(f.density), () => '1'],
  ['class_kl', (f) => f.class_kl.toFixed(3), () => '0'],
  ['label_accuracy', (f) => percent(f.label_accuracy), () => '100%'],
  ['diversity', (f) => two(f.diversity), () => '1'],
  ['memorisation', (f) => two(f.memorisation), () => '1'],
  ['d_gap', (f) => two(f.d_gap), () => '0'],
];

/** What the figures of a probe have to say; those that were not measured are left out. @returns {Figure[]} */
export function figuresOf(figures) {
  return LIST.filter(([key]) => Number.isFinite(figures[key])).map(([key, write, aim]) => ({ key, value: write(figures), aim: aim() }));
}

/** Where, how and on how many digits the figures were measured. @param {object} probe @param {object} run */
export function provenance({ figures, step, seconds }, run) {
  const cost = Number.isFinite(figures.cost) ? figures.cost.toFixed(2) : '–';
  const device = run?.device?.name ?? run?.device?.kind ?? '';
  return [t('figures.n', { n: figures.n }), t('figures.seed', { seed: figures.seed ?? run?.seed ?? 0 }),
    t('figures.at', { step, seconds: Number(seconds ?? 0).toFixed(1) }), t('figures.cost', { cost }), device].filter(Boolean).join(' · ');
}
