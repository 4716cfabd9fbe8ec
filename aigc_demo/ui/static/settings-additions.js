// The penalties and additions in the panel: each a switch, its weight when it is on, and one line on what it does.

import { formula } from './formula.js';
import { make, setText } from './dom.js';
import { catalogue, t } from './i18n.js';
import { Row } from './settings-row.js';

const DECADES = 1e4; // of a weight's slider, above nothing

/** @typedef {{value: (key: string) => any, base: (key: string) => any, set: (changes: object) => void, isLive: () => boolean}} Desk */

/** The row of one term's weight. @param {object} term @param {Desk} desk */
export function weightRow(term, desk, title) {
  const key = `weight.${term.key}`;
  const most = term.most ?? catalogue.settings.weight.most;
  const spec = {
    key, title, label: t('lab.weightOf', { name: term.name }), about: '', kind: 'number', least: 0, most, log: false, live: true,
    fromNothing: most / DECADES,
  };
  const row = new Row(spec, (value) => desk.set({ [key]: value === undefined && desk.isLive() ? desk.base(key) ?? 0 : value }));
  row.weightKey = key;
  return row;
}

export class Addition {
  /** @param {string} key of an auxiliary @param {Desk} desk */
  constructor(key, desk) {
    this.key = key;
    this.desk = desk;
    const item = catalogue.auxiliaries[key];
    this.terms = item.terms.filter((term) => term.symbol);
    this.rows = this.terms.map((term) => weightRow(term, desk, item.terms.length > 1 ? term.name : t('lab.weight')));
    this.input = make('input', { type: 'checkbox', role: 'switch', onchange: () => this.turn(this.input.checked) });
    this.reason = make('p.aigc-setting-error', { hidden: true });
    this.weights = make('div.aigc-addition-weights', {}, ...this.rows.map((row) => row.element));
    const colours = `--term-light:${item.terms[0].colour};--term-dark:${item.terms[0].colour_dark}`;
    this.element = make('div.aigc-addition', { 'data-addition': key, style: colours },
      make('label.aigc-switch', {}, this.input, make('span', {}, item.title)),
      make('div.aigc-addition-more', {},
        make('p.aigc-addition-formula', {}, ...item.terms.map((term) => formula(term.latex))),
        make('p.aigc-setting-about', {}, item.terms.map((term) => term.text).join(' '))),
      this.weights,
      this.reason);
  }

  /** On: the weights it usually has. Off: nothing, or, where nothing is the default, simply no longer asked for. */
  turn(on) {
    const { desk } = this;
    const weightOf = (term) => {
      const key = `weight.${term.key}`;
      if (on) return desk.base(key) || term.weight;
      return desk.isLive() || desk.base(key) ? 0 : undefined;
    };
    desk.set(Object.fromEntries(this.terms.map((term) => [`weight.${term.key}`, weightOf(term)])));
  }

  get isOn() {
    return this.terms.some((term) => (this.desk.value(`weight.${term.key}`) ?? 0) > 0);
  }

  /** @param {string | null} whyNot why it does not fit what is chosen now */
  show(whyNot) {
    const on = this.isOn;
    this.fits = on || !whyNot;
    this.input.checked = on;
    this.input.disabled = !this.fits;
    this.weights.hidden = !on;
    this.element.classList.toggle('aigc-on', on);
    this.reason.hidden = this.fits;
    setText(this.reason, whyNot ?? '');
    if (on) for (const row of this.rows) row.show({ value: this.desk.value(row.weightKey) ?? 0, base: this.desk.base(row.weightKey), note: '' });
  }

  complain(sentence) {
    this.reason.hidden = !sentence;
    setText(this.reason, sentence);
  }
}
