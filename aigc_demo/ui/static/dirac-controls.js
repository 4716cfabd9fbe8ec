// The settings of the portrait: the loss, its weights, the step, who moves when, and momentum.

import { make, setText } from './dom.js';
import { formula } from './formula.js';
import { catalogue, t } from './i18n.js';

const GAMMA = '\\gamma';
const CLIPS = ['', '1', '0.1', '0.01'];
const SLIDERS = {
  gamma: { min: 0, max: 4, step: 0.05, digits: 2 },
  lambda: { min: 0, max: 10, step: 0.01, digits: 2 },
  step: { min: 0.01, max: 4.5, step: 0.01, digits: 2 },
  momentum: { min: 0, max: 0.95, step: 0.05, digits: 2 },
  count: { min: 20, max: 2000, step: 20, digits: 0 },
};

/** @typedef {import('./dirac-presets.js').Settings} Settings */

/** The keys of the terms that the two weights stand for. @param {import('./dirac-math.js').Portrait} portrait */
export function weightsOf(portrait, { gamma, lambda }) {
  const items = [...portrait.penalties, ...portrait.holds];
  const chosen = items.map(({ key, symbol, weight }) => [key, symbol === GAMMA ? gamma : (lambda ?? weight)]);
  return Object.fromEntries(chosen);
}

export class DiracControls {
  /** @param {(changed: Partial<Settings>) => void} changed */
  constructor(changed) {
    this.changed = changed;
    this.loss = make('select', { id: 'dirac-loss', onchange: () => changed({ loss: this.loss.value }) }, ...losses());
    this.clip = make('select', { id: 'dirac-clip', onchange: () => changed({ clip: Number(this.clip.value) || null }) },
      ...CLIPS.map((value) => make('option', { value }, value ? `|ψ| ≤ ${value}` : t('dirac.noClip'))));
    this.sliders = Object.fromEntries(Object.keys(SLIDERS).map((key) => [key, this.slider(key)]));
    this.order = this.choice();
    this.clipField = make('label.aigc-field', {}, make('span', {}, t('dirac.clip')), this.clip);
    this.element = make('div.aigc-dirac-controls', {},
      make('label.aigc-field', {}, make('span', {}, t('explain.loss')), this.loss), this.clipField,
      this.order.element, ...Object.values(this.sliders).map(({ element }) => element));
  }

  slider(key) {
    const { min, max, step, digits } = SLIDERS[key];
    const input = make('input.aigc-range', { type: 'range', id: `dirac-${key}`, min, max, step, 'aria-label': t(`dirac.${key}`), oninput: () => this.changed({ [key]: Number(input.value) }) });
    const output = make('output');
    const symbol = { gamma: 'γ', lambda: 'λ', step: 'η', momentum: 'β₁' }[key];
    const show = (value) => {
      input.value = String(value);
      input.style.setProperty('--aigc-filled', `${(100 * (Math.min(max, value) - min)) / (max - min)}%`);
      input.setAttribute('aria-valuetext', value.toFixed(digits));
      setText(output, value.toFixed(digits));
    };
    return { show, element: make('label.aigc-dirac-slider', {}, make('span', {}, symbol ? make('i', {}, symbol) : '', symbol ? ' ' : '', t(`dirac.${key}`)), input, output) };
  }

  choice() {
    const buttons = ['simultaneous', 'alternating'].map((key) =>
      make('button', { type: 'button', id: `dirac-${key}`, 'data-key': key, 'aria-pressed': 'false', onclick: () => this.changed({ order: key }) }, t(`dirac.${key}`)));
    return {
      element: make('div.aigc-segmented', { role: 'group', 'aria-label': t('dirac.order') }, ...buttons),
      show: (key) => buttons.forEach((button) => button.setAttribute('aria-pressed', String(button.dataset.key === key))),
    };
  }

  /** @param {Settings} settings @param {import('./dirac-math.js').Portrait} portrait */
  show(settings, portrait) {
    this.loss.value = settings.loss;
    this.clip.value = settings.clip ? String(settings.clip) : '';
    this.clipField.hidden = portrait.clip === null;
    this.order.show(settings.order);
    const other = [...portrait.penalties, ...portrait.holds].find(({ symbol }) => symbol !== GAMMA);
    this.sliders.lambda.element.hidden = !other;
    this.sliders.lambda.show(settings.lambda ?? other?.weight ?? 0);
    for (const key of ['gamma', 'step', 'momentum', 'count']) this.sliders[key].show(settings[key]);
  }
}

/** The loss as D and G play it, term by term. @param {string} key */
export function lossFormulas(key) {
  const { terms } = catalogue.losses[key];
  return ['d', 'g'].map((player) => {
    const own = terms.filter((term) => term.player === player);
    const pieces = own.flatMap(({ latex, symbol }, i) => [i && !(latex.startsWith('-') && !symbol) ? ' + ' : ' ', ...(symbol ? [formula(symbol), ' '] : []), formula(latex)]);
    return make('p', { 'data-player': player }, formula(`\\mathcal{L}_${player.toUpperCase()}`), ' =', ...pieces);
  });
}

function losses() {
  const families = Map.groupBy(Object.entries(catalogue.losses), ([, loss]) => loss.family);
  return [...families].map(([family, list]) =>
    make('optgroup', { label: t(`explain.family.${family}`) }, ...list.map(([key, loss]) => make('option', { value: key }, loss.title))));
}
