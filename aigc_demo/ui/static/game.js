// What is played in a run: each player's terms with their words, formulas, colours and weights, from the catalogue.

import { catalogue, t } from './i18n.js';

/** @typedef {{key: string, player: 'd'|'g', name: string, latex: string, text: string, symbol: string, weight: number,
 *             auxiliary: boolean, colour: string, colour_dark: string}} Term */
/** @typedef {{player: 'd'|'g', terms: Term[], total: string, balance: number | null, hasExtras: boolean}} Side */
/** @typedef {{title: string, story: string, readout: 'probability'|'score', family: string, sides: Side[]}} Game */

/** @param {object | null} run a snapshot's facts @returns {Game | null} null for a loss the catalogue does not know */
export function gameOf(run) {
  const loss = run && catalogue.losses[run.loss];
  if (!loss) return null;
  const terms = [...loss.terms];
  for (const key of run.auxiliaries ?? []) {
    for (const term of catalogue.auxiliaries[key]?.terms ?? []) {
      if (!terms.some((own) => own.key === term.key)) terms.push(term);
    }
  }
  const side = (player, place) => {
    const own = terms
      .filter((term) => term.player === player)
      .map((term) => ({ ...term, weight: run.weights?.[term.key] ?? term.weight ?? 1 }));
    return {
      player,
      terms: own,
      total: `${player}_total`,
      balance: loss.equilibrium?.[place] ?? null,
      hasExtras: own.some((term) => term.auxiliary),
    };
  };
  return { title: loss.title, story: loss.story, readout: loss.readout, family: loss.family, sides: [side('d', 0), side('g', 1)] };
}

/** What a run's formulas and curves hang on, as one name: they are made anew where it differs. @param {object | null} run */
export const shapeOf = (run) => JSON.stringify(run ? [run.loss, run.auxiliaries, run.weights] : null);

/** Whether the page is dark now. */
export const isDark = () => document.body.classList.contains('dark');

/** @param {{colour: string, colour_dark: string}} item */
export const colourOf = (item) => (isDark() ? item.colour_dark : item.colour);

/** The title of the run's recipe. @param {object} run */
export const recipeTitle = (run) => catalogue.recipes[run.recipe]?.title ?? run.recipe;

/** Whether the columns of the sample grid are the classes 0–9. @param {object} run */
export const isConditional = (run) => run?.conditional ?? true;

/** @param {'d'|'g'} player */
export const playerName = (player) => t(`player.${player}`);
