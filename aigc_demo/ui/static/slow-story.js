// The eight beats of a step and what each says, in the step's real numbers.

import { make } from './dom.js';
import { catalogue, t } from './i18n.js';
import { short, weight } from './numbers.js';

/** @typedef {{look: object, d: object | null, g: object | null}} Moments the phases that have been played */

/** Each beat needs the phase named; the players do something in the last but two and the last but one. */
export const BEATS = [
  { key: 'noise', phase: 'look' },
  { key: 'draw', phase: 'look' },
  { key: 'judge', phase: 'look' },
  { key: 'losses', phase: 'look' },
  { key: 'slope', phase: 'look' },
  { key: 'd', phase: 'd' },
  { key: 'g', phase: 'g' },
  { key: 'done', phase: 'g' },
];

const SHOWN = 4; // numbers of z in the sentence
const CLEAR = 0.5; // a difference of logits that counts as an opinion

/** A change with its sign. @param {number} value */
export const signed = (value) => (Number.isFinite(value) ? `${value > 0 ? '+' : ''}${short(value)}` : '–');

/** D's opinion in words where the loss reads it as a probability; '' for a score. */
export function opinion(readout, value) {
  return readout === 'probability' ? t('slow.probability', { n: Math.round(100 * value) }) : '';
}

export const askedFor = (run, sample) => (run.conditional === false ? t('slow.unasked') : t('slow.asked', { digit: sample.label }));

/**
 * What a beat says. @param {string} key @param {Moments} moments @param {number} pick which sample @param {object} run
 * @returns {string}
 */
export function sentence(key, moments, pick, run) {
  const isScore = key === 'judge' && readoutOf(run) === 'score'; // a score needs no second reading
  return t(`slow.text.${key}${isScore ? 'Score' : ''}`, SENTENCES[key](moments, pick, run)).trim();
}

const readoutOf = (run) => catalogue.losses[run.loss]?.readout;

/** L_D and L_G as they are written in formulas. @param {string} text */
export const withSubscripts = (text) => text.split(/L_([DG])/).flatMap((part, n) => (n % 2 ? [make('i', {}, 'L'), make('sub', {}, part)] : [part]));

const SENTENCES = {
  noise({ look }, pick, run) {
    const { z } = look.samples[pick];
    const first = z.slice(0, SHOWN).map((value) => value.toFixed(2).replace('-', '−')).join(', ');
    return { first, n: z.length, batch: look.batch, asked: askedFor(run, look.samples[pick]) };
  },
  draw: () => ({}),
  judge({ look }, pick, run) {
    const sample = look.samples[pick];
    const readout = readoutOf(run);
    const gap = sample.s_real - sample.s_fake;
    const who = t(gap > CLEAR ? 'slow.who.right' : gap < -CLEAR ? 'slow.who.wrong' : 'slow.who.unsure');
    return {
      real: short(sample.s_real), fake: short(sample.s_fake), who,
      realWords: opinion(readout, sample.d_real), fakeWords: opinion(readout, sample.d_fake),
    };
  },
  losses: ({ look }) => ({ batch: look.batch, d: short(look.d_total), g: short(look.g_total) }),
  slope: ({ look }, pick) => ({ most: weight(look.samples[pick].gradient_max) }),
  d({ look, d }, pick, run) {
    const [before, now] = [look.samples[pick], d.samples[pick]];
    const n = run.values?.discriminator_steps ?? 1;
    return {
      norm: short(d.grad_norm_d), lossBefore: short(look.d_total), loss: short(d.d_total), ...scores(before, now),
      many: n > 1 ? t('slow.text.many', { n }) : '',
    };
  },
  g({ d, g }, pick, run) {
    const [before, now] = [d.samples[pick], g.samples[pick]];
    return {
      norm: short(g.grad_norm_g), lossBefore: short(d.g_total), loss: short(g.g_total), ...scores(before, now),
      pixels: now.moved, together: run.values?.updates === 'simultaneous' ? t('slow.text.together') : '',
    };
  },
  done: ({ d, g }) => ({ step: g.step, dGap: signed(gap(d.change)), gGap: signed(gap(g.change)) }),
};

const gap = (change) => (change ? change.s_real - change.s_fake : NaN);

const scores = (before, now) => ({
  realBefore: short(before.s_real), real: short(now.s_real), fakeBefore: short(before.s_fake), fake: short(now.s_fake),
});
