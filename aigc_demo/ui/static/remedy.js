// <aigc-remedy>: the button beside a verdict that tries its remedy, on the run itself or as a new one.

import { begin, choose } from './controls.js';
import { make, setText } from './dom.js';
import { form, startBody } from './form.js';
import { say, t } from './i18n.js';
import { liveRun } from './owner.js';
import { store } from './run-store.js';

/** @typedef {{kind: 'change' | 'start', settings: object, loss: string | null, dataset?: string | null}} Cure */

/** The choices of a run as the form has them. @param {object} run */
function choicesOf({ recipe, loss, dataset, seed, budget }) {
  return { recipe, loss, dataset, seed, seconds: budget?.seconds ? Math.round(budget.seconds) : form.choices.seconds };
}

/**
 * Try a cure: on the visitor's own run while it goes on, if it is one that a run can take; else in a new run.
 * @param {Cure} cure @returns {Promise<boolean>} whether it was taken
 */
export async function tryCure(cure) {
  const { settings = {}, loss, dataset } = cure;
  const run = store.isRecorded ? null : store.run;
  if (cure.kind === 'change' && liveRun()) {
    return (await store.control('change', { settings, ...(loss && { loss }) })).ok;
  }
  const choices = run ? choicesOf(run) : { ...form.choices };
  const own = { ...(run?.settings ?? form.settings), ...settings };
  choose({ ...choices, ...(loss && { loss }), ...(dataset && { dataset }) }, own);
  return Boolean(await begin(startBody(form.choices, own)));
}

/** What cures the run's verdict, or null: a spectator cannot change another's run. @param {object | null} run */
const cureOf = (run) => {
  const cure = run?.verdict?.remedy ?? null;
  return cure && (cure.kind === 'start' || liveRun()) ? cure : null;
};

export class Remedy extends HTMLElement {
  connectedCallback() {
    if (this.button) return;
    this.button = make('button.aigc-quiet.aigc-remedy', { type: 'button', onclick: () => this.press() });
    this.replaceChildren(this.button);
    store.on('run state cursor', () => this.show());
    this.show();
  }

  show() {
    const cure = store.cursor ? null : cureOf(store.run);
    this.hidden = !cure;
    if (cure) setText(this.button, t('remedy.try', { remedy: say(cure) }));
  }

  async press() {
    const cure = cureOf(store.run);
    if (!cure) return;
    this.button.disabled = true;
    await tryCure(cure);
    this.button.disabled = false;
  }
}
