// The Train tab's form as data: five choices that Gradio draws, and the settings that differ from their defaults.
// What goes together is for the server to say; it is asked after every change. Sends
//   change   a choice or a setting is another    plan   the server has judged it (values, defaults, additions)
//   refused  detail: {key: sentence}; what was refused is no longer in the form

import { post } from './api.js';
import { catalogue } from './i18n.js';
import { latest } from './latest.js';

/** @typedef {{recipe: string, loss: string, dataset: string, seconds: number | null, seed: number | null}} Choices */
/** @typedef {{settings: object, values: Object<string, any>, defaults: Object<string, any>,
 *             additions: Object<string, {on: boolean, own: boolean, why_not: string | null}>}} Judged */

export const CHOICES = ['recipe', 'loss', 'dataset', 'seconds', 'seed'];
const NETWORKS = ['generator', 'discriminator']; // a recipe is its networks

class Form extends EventTarget {
  constructor() {
    super();
    /** @type {Choices} */
    this.choices = {};
    /** @type {Object<string, number | string>} in the order in which they were made: of two that clash the newer goes */
    this.settings = {};
    /** @type {Judged | null} */
    this.plan = null;
    this.base = null; // the choices of an untouched form
    this.check = latest(() => this.ask());
  }

  /** Learn what an untouched form holds, and fill this one; what is typed in the meantime stays. @param {Choices} [choices] @param {object} [settings] */
  async begin(choices = {}, settings = {}) {
    const answers = await Promise.all([post('plan', {}), post('plan', { ...choices, settings })]);
    if (!answers.every(({ ok }) => ok)) return answers.find(({ ok }) => !ok);
    this.base = pick(answers[0].data);
    const typed = Object.entries(this.choices).filter(([key, value]) => value !== this.base[key]);
    this.choices = { ...pick(answers[1].data), ...Object.fromEntries(typed) };
    this.take(answers[1].data);
    if (typed.length) this.changed();
    return answers[1];
  }

  /** A field says what it holds. The loss of a new recipe, and what belongs to the old one, follow at once. */
  note(key, value) {
    if (this.choices[key] === value) return;
    if (key === 'recipe') {
      this.choices.loss = catalogue.recipes[value]?.loss ?? this.choices.loss;
      for (const network of NETWORKS) delete this.settings[network];
    }
    if (key === 'loss') this.leave(this.choices.loss);
    this.choices[key] = value;
    this.changed();
  }

  /** The weights of a loss's own terms go with it; additions stay. */
  leave(loss) {
    for (const term of catalogue.losses[loss]?.terms ?? []) delete this.settings[`weight.${term.key}`];
  }

  /** Make other choices and settings as a whole, as a preset or a link does. */
  replace(choices, settings) {
    Object.assign(this.choices, choices);
    this.settings = { ...settings };
    this.changed();
  }

  /** Change some settings; undefined gives one back to its default. */
  set(changes) {
    for (const [key, value] of Object.entries(changes)) {
      delete this.settings[key];
      if (value !== undefined) this.settings[key] = value;
    }
    this.changed();
  }

  changed() {
    this.dispatchEvent(new Event('change'));
    this.check();
  }

  /** The value of a setting as the form has it now, whether or not the server has said so yet. */
  value(key) {
    return this.settings[key] ?? this.plan?.defaults[key];
  }

  async ask() {
    const body = this.body();
    const asked = JSON.stringify(body); // now: what it holds is changed in place while the answer is under way
    const answer = await post('plan', body);
    if (!answer.ok || asked !== JSON.stringify(this.body())) return; // asked again already
    this.take(answer.data);
  }

  take(judged) {
    const { refused, ...plan } = judged;
    this.plan = plan;
    const before = JSON.stringify(this.settings);
    this.settings = { ...plan.settings };
    this.dispatchEvent(new Event('plan'));
    if (Object.keys(refused).length) this.dispatchEvent(new CustomEvent('refused', { detail: refused }));
    if (JSON.stringify(this.settings) !== before) this.dispatchEvent(new Event('change'));
  }

  /** What a request says: fields that are empty for the moment are left out. */
  body() {
    const given = Object.entries(this.choices).filter(([, value]) => value !== null && value !== '');
    return { ...Object.fromEntries(given), settings: this.settings };
  }
}

const pick = (plan) => Object.fromEntries(CHOICES.map((key) => [key, plan[key]]));

export const form = new Form();

/** Split settings into what a new run wants to hear: weights by term, and the rest. @param {object} settings */
export function startBody(choices, settings) {
  const weights = {};
  const rest = {};
  for (const [key, value] of Object.entries(settings)) {
    if (key.startsWith('weight.')) weights[key.slice('weight.'.length)] = value;
    else rest[key] = value;
  }
  return { ...choices, weights, settings: rest };
}
