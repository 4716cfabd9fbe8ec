// What the chart's painter is given: two panels with their places, titles, curves and dashed lines.

import { gameOf } from './game.js';
import { t } from './i18n.js';
import { short } from './numbers.js';

export const LEFT = 52;
export const RIGHT = 10;
const UPPER_TOP = 30;
const PANEL_GAP = 48;
const NARROW = 520; // below it the lower panel's switch and its curves' names need a line each
const LINE = 30;
const BOTTOM = 44;
const UPPER_SHARE = 0.66;

/**
 * The dashed lines of a panel: where each player's total rests at the equilibrium, or where D cannot tell.
 * @param {string} panel @param {{game: import('./game.js').Game, run: object, colours: Object<string, string>,
 *   spans: {loss: string, from: number, to: number}[]}} what
 */
export function linesOf(panel, { game, run, spans, colours }) {
  const rest = (value) => [{ value, colour: colours.muted, label: '' }];
  if (panel === 'opinion' && game.readout === 'probability') return rest(0.5);
  if (panel === 'gap') return rest(0);
  return panel === 'loss' ? spans.flatMap((span) => balances(span, run, colours)) : [];
}

/** The lines of one loss in the steps that it is played; only the present one's are named. */
function balances({ loss, from, to }, run, colours) {
  const sides = gameOf({ ...run, loss })?.sides ?? [];
  const isPresent = to === Infinity;
  return sides.filter((side) => side.balance !== null).map((side) => ({
    value: side.balance, colour: colours[side.player], from, to: isPresent ? undefined : to,
    label: isPresent ? t('chart.balance', { value: short(side.balance) }) : '',
  }));
}

/**
 * Places for everything on a canvas of `width` × `height`.
 * @param {{lower: string, readout: string, ranges: Object<string, object>, visible: (panel: string) => object[],
 *   lines: (panel: string) => object[]}} what
 */
export function layOut(width, height, { lower, readout, ranges, visible, lines }) {
  const gap = PANEL_GAP + (width < NARROW ? LINE : 0);
  const room = height - UPPER_TOP - gap - BOTTOM;
  const upper = Math.round(UPPER_SHARE * room);
  const titles = { loss: t('chart.loss'), opinion: t(`chart.${readout}`), gap: t('chart.gapTitle'), norms: t('chart.gradients') };
  const panel = (name, top, tall) => ({
    top, height: tall, title: titles[name], named: name !== 'loss', range: ranges[name], log: name === 'norms',
    curves: visible(name), lines: lines(name),
  });
  return {
    left: LEFT, width: width - LEFT - RIGHT, bottom: height - BOTTOM, xTitle: t('chart.steps'),
    switchTop: UPPER_TOP + upper + 12,
    panels: [panel('loss', UPPER_TOP, upper), panel(lower, UPPER_TOP + upper + gap, room - upper)],
  };
}
