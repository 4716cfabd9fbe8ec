// What the numbers mean, in sentences: one for the loss as a whole, and one for each term.

import { catalogue, t } from './i18n.js';
import { meanOver, overBatch, shareAbove } from './losses-batch.js';
import { signed } from './losses-formula.js';
import { short } from './numbers.js';

/** @typedef {import('./losses-model.js').LossModel} LossModel */
/** @typedef {import('./losses-shapes.js').TermShape} TermShape */
/** @typedef {{at: {real: number, fake: number}, scores: import('./probes.js').Scores | null, where: string,
 *             reference: {minimax: Map<string, TermShape>, non_saturating: Map<string, TermShape>}}} Scene */

const MUCH = 5; // times as strong: worth a word
const G = 'g_adversarial';
const percent = (share) => String(Math.round(100 * share));
const pull = (shapes, at) => Math.abs(shapes.get(G).at(at).slope);

const SAYINGS = {
  minimax: saturation,
  non_saturating: saturation,
  dragan: saturation,
  lsgan: (scene, shapes) => overshoot(scene, shapes, 1),
  lsgan_chi2: (scene, shapes) => overshoot(scene, shapes, 0),
  hinge: margin,
  doc_literal: sameWay,
  doc_literal_words: sameWay,
  doc_sign_fixed: (scene, shapes) => ({ term: G, text: t('explain.says.signFixed', against(scene, shapes)) }),
  double_sigmoid: (scene, shapes) => ({ term: G, text: t('explain.says.twice', { ...against(scene, shapes), most: short(steepest(shapes.get(G))) }) }),
  g_target_zero: (scene, shapes) => ({ term: G, text: t('explain.says.cooperates', against(scene, shapes)) }),
};

/** @param {string} loss @param {Map<string, TermShape>} shapes @param {Scene} scene @returns {{term: string, text: string}} */
export function saying(loss, shapes, scene) {
  const { family } = catalogue.losses[loss] ?? {};
  const rule = SAYINGS[loss] ?? (family === 'relativistic' ? gap : constant);
  return rule(scene, shapes);
}

function saturation({ at, where, reference }) {
  const [mm, ns] = [pull(reference.minimax, at), pull(reference.non_saturating, at)];
  const words = t('explain.says.saturation', { where, s: signed(at.fake), mm: short(mm), ns: short(ns), ratio: short(ns / mm) });
  return { term: G, text: words + t(`explain.says.saturation.${ns / mm > MUCH ? 'much' : mm / ns > MUCH ? 'ahead' : 'little'}`) };
}

function margin({ at, scores }, shapes) {
  const beyond = scores
    ? { real: shareAbove(scores, 'real', 1), fake: 1 - shareAbove(scores, 'fake', -1) }
    : { real: Number(at.real >= 1), fake: Number(at.fake <= -1) };
  return { term: 'd_real', text: t('explain.says.margin', { real: percent(beyond.real), fake: percent(beyond.fake), pull: short(pull(shapes, at)) }) };
}

function overshoot({ at, scores, where }, shapes, target) {
  const beyond = scores ? shareAbove(scores, 'real', 1) : Number(at.real > 1);
  return { term: 'd_real', text: t('explain.says.overshoot', { share: percent(beyond), where, s: signed(at.fake), target, pull: short(pull(shapes, at)) }) };
}

function sameWay({ at }, shapes) {
  const [real, fake] = ['d_real', 'd_fake'].map((key) => Math.abs(shapes.get(key).at(at).slope));
  return { term: 'd_fake', text: t('explain.says.sameWay', { x: signed(at.real), z: signed(at.fake), real: short(real), fake: short(fake) }) };
}

function gap({ at, scores }, shapes) {
  const g = shapes.get(G);
  const strength = scores ? meanOver(scores, 'fake', (s) => Math.abs(g.along(s, at.real).slope)) : pull(shapes, at);
  return { term: G, text: t('explain.says.gap', { gap: signed(at.real - at.fake), pull: short(strength) }) };
}

function constant({ at, where }, shapes) {
  return { term: G, text: t('explain.says.constant', { where, s: signed(at.fake), pull: short(pull(shapes, at)), gap: signed(at.real - at.fake) }) };
}

/** This loss's pull on the fakes beside the non-saturating one's. */
function against({ at, where, reference }, shapes) {
  return { where, s: signed(at.fake), pull: short(pull(shapes, at)), ns: short(pull(reference.non_saturating, at)) };
}

const steepest = (shape) => Math.max(...shape.slopes.map(Math.abs));

/** The sentence of one term. @param {import('./losses-model.js').Act} act @param {Scene} scene */
export function termSaying({ shape, weight }, { at, scores }) {
  if (!shape) return t('explain.noCurve');
  const found = scores ? overBatch(scores, shape) : { ...shape.at(at), silent: null };
  const slope = weight * found.slope;
  const way = Math.abs(slope) < 5e-4 ? 'none' : slope < 0 ? 'up' : 'down';
  const side = t(`explain.of.${shape.logit}`);
  const pushed = t(`explain.pulls.${way}`, { side, pull: short(Math.abs(slope)) });
  return found.silent === null ? pushed : pushed + t('explain.pulls.silent', { share: percent(found.silent) });
}
