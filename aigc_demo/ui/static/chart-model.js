// Which curves a run has, in which panel, in which colour.

import { isDark } from './game.js';
import { t } from './i18n.js';

/** @typedef {{key: string, player: 'd'|'g'|'', panel: 'loss'|'opinion'|'gap'|'norms', label: string, factor: number, total: boolean,
 *             colour: string, colour_dark: string, variable: string, width: number, dash: number[]}} Curve
 *  `factor` times the logged value is what is drawn; `variable` names a CSS colour in place of the two given */

const plainCurve = { factor: 1, total: false, colour: '', colour_dark: '', variable: '', width: 1.6, dash: [] };

/** @param {import('./game.js').Game} game @param {string[]} keys those that the run logs @returns {Curve[]} */
export function curvesOf(game, keys) {
  const list = [];
  for (const side of game.sides) {
    const { player } = side;
    // The total of a single term is that term: drawn once.
    if (side.terms.length !== 1 || side.terms[0].weight !== 1) {
      const label = `L_${player.toUpperCase()}`;
      list.push({ ...plainCurve, key: side.total, player, panel: 'loss', label, total: true, variable: `--aigc-${player}-deep`, width: 2.6 });
    }
    for (const term of side.terms) {
      const { key, name, weight, colour, colour_dark, auxiliary } = term;
      const dash = auxiliary ? [5, 3] : [];
      list.push({ ...plainCurve, key, player, panel: 'loss', label: name, factor: weight, colour, colour_dark, dash });
    }
  }
  const [real, fake] = game.readout === 'score' ? ['s(x)', 's(G(z))'] : ['D(x)', 'D(G(z))'];
  const lower = (panel, player, key, label) =>
    list.push({ ...plainCurve, key, player, panel, label, variable: `--aigc-${player || 'ink'}`, width: 1.9 });
  lower('opinion', 'd', 'score_real', `${real} ${t('score.real')}`);
  lower('opinion', 'g', 'score_fake', `${fake} ${t('score.fake')}`);
  if (game.readout === 'score') lower('gap', '', 'score_gap', `${real} − ${fake}`);
  lower('norms', 'd', 'grad_norm_d', t('grad.d'));
  lower('norms', 'g', 'grad_norm_g', t('grad.g'));
  const known = new Set(keys.includes('score_real') && keys.includes('score_fake') ? [...keys, 'score_gap'] : keys);
  return list.filter((curve) => known.has(curve.key));
}

/** The panels that may stand below, the one that tells most first: relativistic losses know only the gap. */
export function lowerPanels(game) {
  if (game?.readout !== 'score') return ['opinion', 'norms'];
  return game.family === 'relativistic' ? ['gap', 'opinion', 'norms'] : ['opinion', 'gap', 'norms'];
}

/** The colour of a curve on the page as it is now. @param {Curve} curve @param {CSSStyleDeclaration} style */
export function curveColour(curve, style) {
  if (curve.variable) return style.getPropertyValue(curve.variable).trim();
  return isDark() ? curve.colour_dark : curve.colour;
}

/** Up to about `most` values of a curve in from..to, to judge its range by. */
export function sampled(curves, curve, span, from, to, most) {
  const values = span > 1 ? curves.smoothed(curve.key, span) : null;
  const first = curves.indexAt(from);
  const last = curves.indexAt(to);
  const stride = Math.max(1, Math.floor((last - first + 1) / most));
  const list = [];
  for (let i = first; i <= last && i < curves.count; i += stride) {
    const value = curve.factor * (values ? values[i] : curves.value(curve.key, i));
    if (Number.isFinite(value)) list.push(value);
  }
  return list;
}
