// One-click lessons: each sets a loss, a second one beside it and two logits, and makes a claim about the place where the
// logits now stand. The claim is held against the slopes of the loss itself, and turns red where it does not hold.

import { make, setText } from './dom.js';
import { t } from './i18n.js';
import { exactly } from './losses-formula.js';

/** @typedef {import('./losses-shapes.js').TermShape} TermShape */
/** @typedef {{real: number, fake: number}} Logits */
/** @typedef {{loss: string, term: string, player: string, predicted: number}} Check  `predicted` is |slope| by a closed form */
/** @typedef {{key: string, loss: string, beside: string, logits: Logits, checks: (logits: Logits) => Check[],
 *             isSo: (strengths: number[], slopes: number[]) => boolean}} Lesson */

const TOLERANCE = 1e-4;
const FAINT = 0.05;
const sigmoid = (s) => 1 / (1 + Math.exp(-s));
const bell = (s) => sigmoid(s) * sigmoid(-s);

/** @type {Lesson[]} */
export const LESSONS = [
  {
    key: 'saturates', loss: 'minimax', beside: 'non_saturating', logits: { real: 3, fake: -5 },
    checks: ({ fake }) => [
      { loss: 'minimax', term: 'g_adversarial', predicted: sigmoid(fake) },
      { loss: 'non_saturating', term: 'g_adversarial', predicted: sigmoid(-fake) },
    ],
    isSo: ([minimax, other]) => minimax < FAINT && other > 1 - FAINT,
  },
  {
    key: 'silent', loss: 'hinge', beside: 'non_saturating', logits: { real: 2.5, fake: -2.5 },
    checks: () => [
      { loss: 'hinge', term: 'd_real', predicted: 0 },
      { loss: 'hinge', term: 'd_fake', predicted: 0 },
      { loss: 'hinge', term: 'g_adversarial', predicted: 1 },
    ],
    isSo: () => true,
  },
  {
    key: 'overshoots', loss: 'lsgan', beside: 'non_saturating', logits: { real: 3, fake: 0 },
    checks: ({ real }) => [
      { loss: 'lsgan', term: 'd_real', predicted: Math.abs(real - 1) },
      { loss: 'non_saturating', term: 'd_real', predicted: sigmoid(-real) },
    ],
    isSo: (_, [lsgan, other]) => lsgan > 0 && other < 0,
  },
  {
    key: 'bothSides', loss: 'doc_literal', beside: 'non_saturating', logits: { real: 5, fake: -5 },
    checks: ({ real, fake }) => [
      { loss: 'doc_literal', term: 'd_real', predicted: bell(real) },
      { loss: 'doc_literal', term: 'd_fake', predicted: bell(fake) },
      { loss: 'doc_literal', term: 'g_adversarial', predicted: bell(fake) },
    ],
    isSo: (strengths) => strengths.every((strength) => strength < FAINT),
  },
  {
    key: 'twice', loss: 'double_sigmoid', beside: 'non_saturating', logits: { real: 3, fake: -5 },
    checks: ({ fake }) => [
      { loss: 'double_sigmoid', term: 'g_adversarial', predicted: sigmoid(-sigmoid(fake)) * bell(fake) },
      { loss: 'non_saturating', term: 'g_adversarial', predicted: sigmoid(-fake) },
    ],
    isSo: ([twice, once]) => once > 10 * twice,
  },
];

/**
 * @param {Lesson} lesson @param {Object<string, Map<string, TermShape>>} shapes by loss @param {Logits} logits
 * @returns {{rows: (Check & {measured: number, holds: boolean})[], holds: boolean}}
 */
export function held(lesson, shapes, logits) {
  const slopes = [];
  const rows = lesson.checks(logits).map((check) => {
    const { slope } = shapes[check.loss].get(check.term).at(logits);
    slopes.push(slope);
    const measured = Math.abs(slope);
    return { ...check, measured, holds: Math.abs(measured - check.predicted) <= TOLERANCE };
  });
  const isSo = lesson.isSo(rows.map(({ measured }) => measured), slopes);
  return { rows, holds: isSo && rows.every(({ holds }) => holds) };
}

export class LessonRow {
  /** @param {(lesson: Lesson) => void} choose @param {(loss: string, term: string) => string} nameOf */
  constructor(choose, nameOf) {
    this.nameOf = nameOf;
    this.buttons = LESSONS.map((lesson) =>
      make('button.aigc-quiet', { type: 'button', 'data-lesson': lesson.key, 'aria-pressed': false, onclick: () => choose(lesson) }, t(`explain.lesson.${lesson.key}`)));
    this.text = make('p');
    this.verdict = make('p.aigc-verdict-of-claim', { role: 'status' });
    this.body = make('tbody');
    const heads = ['explain.lesson.slopeOf', 'experiment.predicted', 'experiment.measured'].map((name) => make('th', { scope: 'col' }, t(name)));
    this.panel = make('div.aigc-claim', { hidden: true }, this.text, make('table', {}, make('thead', {}, make('tr', {}, ...heads)), this.body), this.verdict);
    this.element = make('div.aigc-claims', {}, make('h3', {}, t('explain.lessons')), make('div.aigc-actions', {}, ...this.buttons), this.panel);
  }

  /** @param {Lesson | null} lesson @param {Object<string, Map<string, TermShape>>} shapes @param {Logits} logits */
  show(lesson, shapes, logits) {
    for (const button of this.buttons) button.setAttribute('aria-pressed', button.dataset.lesson === lesson?.key);
    this.panel.hidden = !lesson;
    if (!lesson) return;
    const { rows, holds } = held(lesson, shapes, logits);
    this.panel.dataset.lesson = lesson.key;
    this.panel.dataset.holds = holds;
    setText(this.text, t(`explain.lesson.${lesson.key}.claim`));
    this.body.replaceChildren(...rows.map((row) => make('tr', { 'data-holds': String(row.holds) },
      make('th', { scope: 'row' }, this.nameOf(row.loss, row.term)), make('td', {}, exactly(row.predicted)), make('td', {}, exactly(row.measured)))));
    setText(this.verdict, t(holds ? 'explain.lesson.holds' : 'explain.lesson.fails'));
  }
}
