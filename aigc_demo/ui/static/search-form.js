// A new study: the recipe and the loss of the Train form, which settings to search, and between which values.

import { post } from './api.js';
import { make } from './dom.js';
import { form } from './form.js';
import { catalogue, t } from './i18n.js';
import { settingTitle } from './search-names.js';

const TRIALS = 20;

export class SearchForm {
  /** @param {(name: string) => void} begun @param {(words: string) => void} say */
  constructor(begun, say) {
    this.begun = begun;
    this.say = say;
    this.rows = [];
    this.ranges = make('div.aigc-search-ranges');
    this.trials = make('input', { type: 'number', min: 1, max: 500, value: TRIALS, id: 'search-trials' });
    this.steps = make('input', { type: 'number', min: 5, value: '', id: 'search-steps' });
    this.sampler = make('select', { id: 'search-sampler' }, ...['tpe', 'nsga2'].map((key) => make('option', { value: key }, t(`search.${key}`))));
    this.start = make('button.aigc-primary', { type: 'button', id: 'search-start', onclick: () => this.begin() }, t('search.start'));
    const { recipe, loss } = form.choices;
    const title = t('search.new', { recipe: catalogue.recipes[recipe]?.title ?? recipe, loss: catalogue.losses[loss]?.title ?? loss });
    this.element = make('section', {}, make('h3', {}, title),
      make('fieldset', {}, make('legend', {}, t('search.what')), this.ranges),
      make('div.aigc-row', {}, field(t('search.trials'), this.trials), field(t('search.steps'), this.steps), field(t('search.sampler'), this.sampler), this.start));
    this.choices = { recipe, loss, dataset: form.choices.dataset };
    this.load();
  }

  async load() {
    this.start.disabled = true;
    const answer = await post('search-space', this.choices);
    if (!answer.ok) return this.say(answer.error);
    this.start.disabled = false;
    this.steps.value = answer.data.steps;
    this.rows = answer.data.ranges.map((range) => new Row(range, this.choices.loss));
    this.ranges.replaceChildren(...this.rows.map((row) => row.element));
  }

  async begin() {
    this.start.disabled = true;
    this.say('');
    const ranges = this.rows.filter((row) => row.isOn).map((row) => row.value());
    const numbers = { trials: this.trials.valueAsNumber || TRIALS, ...(this.steps.value && { steps: this.steps.valueAsNumber }) };
    const answer = await post('studies', { ...this.choices, ...numbers, sampler: this.sampler.value, ranges });
    this.start.disabled = false;
    if (answer.ok) this.begun(answer.data.study);
    else this.say(answer.error);
  }
}

const field = (title, input) => make('label.aigc-field', {}, make('span', {}, title), input);

/** One setting: searched or not, between two ends or among some values. */
class Row {
  constructor(range, loss) {
    this.range = range;
    const title = settingTitle(range.key, loss);
    this.box = make('input', { type: 'checkbox', onchange: () => this.follow() });
    this.box.checked = range.usual;
    this.inputs = range.scale === 'choice'
      ? [make('input', { value: range.choices.join(', '), 'aria-label': t('search.among', { title }) })]
      : ['least', 'most'].map((end) => make('input', { value: plain(range[end]), inputmode: 'decimal', 'aria-label': t(`search.${end}`, { title }) }));
    const ends = this.inputs.length === 2 ? [this.inputs[0], make('span', { 'aria-hidden': true }, '–'), this.inputs[1]] : this.inputs;
    this.element = make('div.aigc-search-range', { 'data-key': range.key }, make('label', {}, this.box, make('span', {}, title)), make('span.aigc-search-ends', {}, ...ends));
    this.follow();
  }

  get isOn() {
    return this.box.checked;
  }

  follow() {
    for (const input of this.inputs) input.disabled = !this.isOn;
  }

  value() {
    const { key, scale } = this.range;
    const [first, second] = this.inputs.map((input) => input.value.trim());
    if (scale === 'choice') return { key, choices: first.split(/[,，、\s]+/).filter(Boolean) };
    return { key, least: first, most: second };
  }
}

const plain = (value) => String(Number(value.toPrecision(4)));
