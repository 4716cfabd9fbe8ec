// What one can set in the laboratory: data, loss, its weights, and the settings of play.

import { make } from './dom.js';
import { catalogue, t } from './i18n.js';

/** @typedef {{key: string, kind: 'log' | 'whole' | 'choice', low?: number, high?: number, choices?: (string | number)[]}} Spec */

/** @type {Spec[]} rebuilt settings need another graph, so they begin anew */
const SETTINGS = [
  { key: 'lr_d', kind: 'log', low: -4, high: -1 },
  { key: 'lr_g', kind: 'log', low: -4, high: -1 },
  { key: 'd_steps', kind: 'whole', low: 1, high: 10 },
  { key: 'beta_1', kind: 'choice', choices: [0, 0.5, 0.9] },
  { key: 'order', kind: 'choice', choices: ['alternating', 'simultaneous'] },
  { key: 'optimiser', kind: 'choice', choices: ['adam', 'sgd', 'rmsprop'] },
  { key: 'latent', kind: 'choice', choices: [1, 2, 64] },
  { key: 'width', kind: 'choice', choices: [8, 16, 32, 64, 128] },
  { key: 'seed', kind: 'whole', low: 0, high: 99 },
];
const WEIGHT = { low: -3, high: 1.3 }; // decades; the slider's left end is 0
const TOP = 100; // places of a slider

const rounded = (value) => Number(value.toPrecision(2));

export class PlaneControls extends EventTarget {
  /** @param {{key: string, title: string}[]} distributions */
  constructor(distributions) {
    super();
    this.inputs = new Map();
    this.data = this.select('plane-data', [...distributions.map(({ key, title }) => [key, title]), ['drawn', t('plane.dist.drawn')]], (value) => this.emit({ data: value }));
    this.loss = this.select('plane-loss', Object.entries(catalogue.losses).map(([key, loss]) => [key, loss.title]), (value) => this.emit({ loss: value }));
    this.weights = make('div.aigc-plane-weights');
    this.auxiliaries = make('fieldset');
    this.more = make('details', {}, make('summary', {}, t('plane.more')), ...SETTINGS.map((spec) => this.setting(spec)));
    this.element = make('div.aigc-plane-controls', {},
      field(t('plane.data'), this.data), field(t('plane.loss'), this.loss), this.weights, this.auxiliaries, this.more);
  }

  select(id, options, changed) {
    return make('select', { id, onchange: ({ target }) => changed(target.value) }, ...options.map(([value, title]) => make('option', { value }, title)));
  }

  /** @param {Spec} spec */
  setting(spec) {
    const id = `plane-${spec.key.replace('_', '-')}`;
    const name = t(`plane.set.${spec.key}`);
    if (spec.kind === 'choice') {
      const title = (value) => (typeof value === 'string' && spec.key === 'order' ? t(`plane.set.order.${value}`) : String(value));
      const read = (value) => spec.choices.find((choice) => String(choice) === value);
      const select = this.select(id, spec.choices.map((value) => [String(value), title(value)]), (value) => this.emit({ [spec.key]: read(value) }));
      this.inputs.set(spec.key, (value) => { select.value = String(value); });
      return field(name, select);
    }
    const value = make('output');
    const [least, most, step] = spec.kind === 'log' ? [0, TOP, 1] : [spec.low, spec.high, 1];
    const read = (place) => (spec.kind === 'log' ? rounded(10 ** (spec.low + (place / TOP) * (spec.high - spec.low))) : place);
    const input = make('input.aigc-range', { id, type: 'range', min: least, max: most, step, 'aria-label': name,
      oninput: () => { value.textContent = String(read(Number(input.value))); },
      onchange: () => this.emit({ [spec.key]: read(Number(input.value)) }) });
    this.inputs.set(spec.key, (now) => {
      input.value = String(spec.kind === 'log' ? (TOP * (Math.log10(now) - spec.low)) / (spec.high - spec.low) : now);
      value.textContent = String(now);
    });
    return make('label.aigc-plane-range', {}, make('span', {}, name), input, value);
  }

  emit(change) {
    this.dispatchEvent(new CustomEvent('change', { detail: change }));
  }

  /** Show the present settings. @param {object} settings @param {{key: string, name: string, weight: number, most: number}[]} weights
   * @param {{key: string, title: string}[]} auxiliaries that the loss can carry */
  show(settings, weights, auxiliaries) {
    this.data.value = settings.data;
    this.loss.value = settings.loss;
    for (const [key, write] of this.inputs) if (settings[key] !== undefined) write(settings[key]);
    this.weights.replaceChildren(...weights.map((item) => this.weight(item)));
    this.auxiliaries.hidden = !auxiliaries.length;
    this.auxiliaries.replaceChildren(make('legend', {}, t('plane.auxiliaries')), ...auxiliaries.map((item) => this.auxiliary(item, settings.auxiliaries)));
  }

  auxiliary({ key, title }, chosen) {
    const changed = ({ target }) => this.emit({ auxiliaries: target.checked ? [...chosen, key] : chosen.filter((other) => other !== key) });
    return make('label', {}, make('input', { type: 'checkbox', id: `plane-auxiliary-${key}`, checked: chosen.includes(key), onchange: changed }), make('span', {}, title));
  }

  weight({ key, name, weight, most }) {
    const high = Math.log10(most || 10 ** WEIGHT.high);
    const read = (place) => (place === 0 ? 0 : rounded(10 ** (WEIGHT.low + (place / TOP) * (high - WEIGHT.low))));
    const value = make('output', {}, String(weight));
    const label = t('plane.set.weight', { name });
    const input = make('input.aigc-range', { type: 'range', id: `plane-weight-${key}`, min: 0, max: TOP, 'aria-label': label,
      oninput: () => {
        value.textContent = String(read(Number(input.value)));
        this.emit({ weights: { [key]: read(Number(input.value)) } });
      } });
    input.value = String(weight > 0 ? Math.max(1, (TOP * (Math.log10(weight) - WEIGHT.low)) / (high - WEIGHT.low)) : 0);
    return make('label.aigc-plane-range', {}, make('span', {}, label), input, value);
  }
}

const field = (name, control) => make('label.aigc-field', {}, make('span', {}, name), control);
