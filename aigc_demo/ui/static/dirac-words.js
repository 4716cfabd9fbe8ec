// The portrait in sentences: what the eigenvalues say, what this path did, and each claim's two numbers.

import { eigenvalues, growth, nature, radius, turns } from './dirac-math.js';
import { t } from './i18n.js';

const minus = (text) => text.replace('-', '−');
const fixed = (value, digits) => minus(value.toFixed(digits));

/** About three digits. */
export function glance(value) {
  if (!Number.isFinite(value)) return '∞';
  const size = Math.abs(value);
  if (size >= 1e4 || (size > 0 && size < 1e-3)) return minus(value.toExponential(1).replace('e+', 'e'));
  return minus(String(Number(value.toPrecision(3))));
}

/** What the flow does near (0, 0). @param {import('./dirac-math.js').DiracGame} game @param {import('./dirac-math.js').Rule} rule */
export function natureWords(game, rule) {
  if (rule.clip) return t('dirac.clipped', { clip: glance(rule.clip), step: glance(rule.step) });
  if (game.isPushed) {
    const { where, matrix } = game.edge();
    return `${t('dirac.pushed')} ${t(turns(matrix) ? 'dirac.cycles' : 'dirac.stuck', { where: glance(where) })}`;
  }
  const matrix = game.jacobian();
  const [first, second] = eigenvalues(matrix);
  return t(`dirac.${nature(matrix)}`, {
    first: glance(first.re), second: glance(second.re), re: glance(first.re), im: glance(first.im),
    turn: glance((2 * Math.PI) / first.im), left: glance(100 * Math.exp((2 * Math.PI * first.re) / first.im)),
    halving: glance(Math.LN2 / -first.re), double: glance(Math.LN2 / first.re),
  });
}

/** What this path did. @param {number[][]} path @param {number} wanted steps */
export function pathWords(path, wanted) {
  const steps = path.length - 1;
  const [from, to] = [radius(path[0]), radius(path.at(-1))];
  if (from === 0) return t('dirac.resting');
  if (steps < wanted || to > 1e4) return t('dirac.away', { n: steps });
  return t('dirac.path', { from: glance(from), to: glance(to), n: steps, factor: fixed((to / from) ** (1 / steps), 5) });
}

/** Whether the closed form of circles holds here, and its number. */
export function formulaWords(game, rule) {
  if (rule.clip || game.isPushed || nature(game.jacobian()) !== 'circles') return '';
  if (rule.momentum) {
    const [heavy, light] = [rule.momentum, 0].map((momentum) => growth(game.jacobian(), { ...rule, momentum }));
    return t('dirac.heavy', { heavy: fixed(heavy, 5), light: fixed(light, 5) });
  }
  const turning = eigenvalues(game.jacobian())[0].im;
  const limit = 2 / turning;
  if (rule.alternating) return t(rule.step < limit ? 'dirac.bounded' : 'dirac.unbounded', { limit: glance(limit), step: glance(rule.step) });
  return t('dirac.legs', { turning: glance(turning), factor: fixed(growth(game.jacobian(), rule), 5) });
}

/** @param {import('./dirac-claims.js').Claim} claim @returns {{name: string, predicted: string, measured: string}} */
export function claimWords({ key, relation, predicted, measured, digits }) {
  return {
    name: t(`dirac.claim.${key}`),
    predicted: `${relation === '=' ? '' : `${relation} `}${fixed(predicted, digits)}`,
    measured: fixed(measured, digits),
  };
}
