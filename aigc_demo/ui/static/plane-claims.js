// What a preset claims of its game after so many steps, held against the visitor's own game or one that is played for it.

import { get } from './api.js';
import { make, setText } from './dom.js';
import { t } from './i18n.js';
import { count, short } from './numbers.js';
import { completed, graphAddress } from './plane-settings.js';

/** @typedef {{figure: string, least: number | null, most: number | null}} Claim */

/** @param {Claim} claim @param {number | null | undefined} value a figure that does not exist holds nothing @returns {boolean} */
export const holds = ({ least, most }, value) => Number.isFinite(value) && (least === null || value >= least) && (most === null || value <= most);

/** The figures of a snapshot in which claims are made, as far as one look tells them. @returns {Object<string, number>} */
export function figuresOf({ metrics, finite, arrows, dTotal, gTotal, logitsFake, field, cloud }) {
  return {
    ...metrics, finite: finite ? 1 : 0, d_total: dTotal, g_total: gTotal, arrow: meanLength(arrows), d_fake: mean(logitsFake.map((s) => 1 / (1 + Math.exp(-s)))),
    ...(field?.slope && { slope: mean(field.slope) }),
    ...(cloud && { radius: Math.sqrt(2 * mean(cloud.map((value) => value * value))) }),
  };
}

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

function meanLength(arrows) {
  let sum = 0;
  for (let i = 0; i < arrows.length; i += 2) sum += Math.hypot(arrows[i], arrows[i + 1]);
  return (2 * sum) / arrows.length;
}

const said = { hq: (value) => `${(100 * value).toFixed(1)} %`, modes: (value) => String(Math.round(value)), moves: (value) => String(Math.round(value)) };
const saying = (figure, value) => (said[figure] ?? short)(value);

function bound({ figure, least, most }) {
  if (least === null) return t('plane.atMost', { n: saying(figure, most) });
  if (most === null) return t('plane.atLeast', { n: saying(figure, least) });
  return t('plane.between', { least: saying(figure, least), most: saying(figure, most) });
}

export class PlaneClaims {
  constructor() {
    this.title = make('b');
    this.button = make('button.aigc-quiet', { id: 'plane-check', type: 'button', onclick: () => (this.worker ? this.stop() : this.check()) });
    this.progress = make('progress', { max: 1, value: 0, hidden: true, 'aria-label': t('plane.check') });
    this.note = make('span.aigc-plane-note', { role: 'status' });
    this.list = make('ul');
    this.element = make('div.aigc-plane-claims', { hidden: true }, make('div.aigc-actions', {}, this.title, this.button, this.progress, this.note), this.list);
  }

  /** @param {{settings: object, steps: number, claims: Claim[]} | null} preset whose claims are shown */
  show(preset) {
    this.stop();
    this.preset = preset;
    this.isLive = Boolean(preset);
    this.element.hidden = !preset?.claims.length;
    if (!preset) return;
    setText(this.title, t('plane.claims', { n: count(preset.steps) }));
    this.rows = preset.claims.map((claim) => ({ claim, row: make('li', { 'data-figure': claim.figure }, `${t(`plane.figure.${claim.figure}`)}: ${bound(claim)}`), told: make('b') }));
    for (const { row, told } of this.rows) row.append(told);
    this.list.replaceChildren(...this.rows.map(({ row }) => row));
  }

  /** The visitor's game begins anew, as the preset has it. */
  restart() {
    if (!this.preset) return;
    this.isLive = true;
    setText(this.note, '');
  }

  /** The visitor's game is no longer the preset's: from now on only the button tells. */
  leave() {
    if (!this.preset || !this.isLive) return;
    this.isLive = false;
    setText(this.note, t('plane.changed'));
  }

  /** How many steps the visitor's game may take before it must be looked at. @param {number} step @returns {number} */
  left(step) {
    return this.isLive && step < this.preset.steps ? this.preset.steps - step : Infinity;
  }

  /** @param {object} snapshot of the visitor's game */
  look(snapshot) {
    if (this.isLive && snapshot.step === this.preset.steps && snapshot.metrics) this.tell(figuresOf(snapshot));
  }

  /** @param {Object<string, number | null>} figures those that are missing leave their claims as they were */
  tell(figures) {
    for (const { claim, row, told } of this.rows) {
      if (!(claim.figure in figures)) continue;
      const value = figures[claim.figure];
      const isTrue = holds(claim, value);
      row.dataset.holds = isTrue;
      setText(told, t(isTrue ? 'plane.held' : 'plane.failed', { value: Number.isFinite(value) ? saying(claim.figure, value) : '–' }));
    }
  }

  /** Play the preset to its end in a Worker of its own. */
  async check() {
    const { preset } = this;
    const settings = completed(preset.settings);
    const worker = new Worker(new URL('./plane-check-worker.js', import.meta.url), { type: 'module' });
    this.begin(worker);
    const answer = await get(graphAddress(settings));
    if (this.worker !== worker) return;
    if (!answer.ok) {
      this.stop(answer.error);
      return;
    }
    worker.onmessage = ({ data }) => this.hear(data);
    worker.onerror = (event) => {
      event.preventDefault();
      this.stop(t('error.unknown'));
    };
    worker.postMessage({ traced: answer.data, settings, steps: preset.steps });
  }

  begin(worker) {
    this.worker = worker;
    this.progress.value = 0;
    this.progress.hidden = false;
    setText(this.button, t('plane.stopCheck'));
    setText(this.note, '');
  }

  hear({ step, figures, error }) {
    if (step !== undefined) {
      this.progress.value = step / this.preset.steps;
      return;
    }
    if (figures) this.tell(figures);
    this.stop(error);
  }

  /** End the game that is played for the claims, if there is one. */
  stop(note = '') {
    this.worker?.terminate();
    this.worker = null;
    this.progress.hidden = true;
    setText(this.button, t('plane.check'));
    setText(this.note, note);
  }
}
