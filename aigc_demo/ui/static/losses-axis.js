// Below the graph, on its own axis: the two logits as sliders, and each term's push on them as an arrow.

import { make, setText } from './dom.js';
import { catalogue, t } from './i18n.js';
import { coloursOf, exactly, signed } from './losses-formula.js';

const STEP = 0.05;
const NOTHING = 5e-5;
const sigmoid = (s) => 1 / (1 + Math.exp(-s));

export const wayOf = (slope) => (Math.abs(slope) < NOTHING ? 'none' : slope < 0 ? 'up' : 'down');

export class Axis {
  /** @param {import('./losses-model.js').LossModel} model @param {(isHeld: boolean) => void} hold the axis must stay while a logit is dragged */
  constructor(model, hold) {
    this.model = model;
    this.hold = hold;
    this.sliders = { real: this.slider('real', 'x', 'd'), fake: this.slider('fake', 'z', 'g') };
    this.lanes = { real: make('div.aigc-pushes'), fake: make('div.aigc-pushes') };
    const lane = (which) => make('div.aigc-logit-lane', { 'data-logit': which }, this.sliders[which].element, this.lanes[which]);
    this.element = make('div.aigc-axis', {}, lane('real'), lane('fake'));
  }

  slider(which, letter, player) {
    const input = make('input.aigc-range', {
      type: 'range', step: STEP, value: this.model.logits[which], id: `explain-s-${which}`, 'data-player': player, 'aria-label': t(`explain.${which}`),
      onpointerdown: () => this.hold(true),
      onpointerup: () => this.hold(false),
      onpointercancel: () => this.hold(false),
      onchange: () => this.hold(false),
      oninput: () => this.model.place({ [which]: Number(input.value) }),
    });
    const told = make('output');
    const name = make('span', {}, t(`explain.${which}`), ' ', make('i', {}, 's', make('sub', {}, letter)), ' = ', told);
    return { input, told, element: make('label.aigc-logit', {}, name, input) };
  }

  /** Another loss: other arrows. */
  build() {
    this.arrows = this.model.acts.filter((act) => act.shape).map((act) => {
      const bar = make('i');
      const told = make('b');
      const words = make('span', {}, act.name, ' ', told);
      const element = make('button.aigc-push.aigc-coloured', { type: 'button', role: 'button', 'data-term': act.key, 'aria-pressed': false, style: coloursOf(act) }, bar, words);
      return { act, bar, told, element };
    });
    for (const [which, lane] of Object.entries(this.lanes)) {
      lane.replaceChildren(...this.arrows.filter(({ act }) => act.shape.logit === which).map(({ element }) => element));
    }
  }

  /** @param {{low: number, high: number}} range what the graph above shows */
  show(range) {
    const { logits } = this.model;
    for (const [which, { input, told }] of Object.entries(this.sliders)) {
      const s = logits[which];
      if (Number(input.min) !== range.low || Number(input.max) !== range.high) Object.assign(input, { min: range.low, max: range.high });
      if (Number(input.value) !== s) input.value = s;
      const isProbability = catalogue.losses[this.model.loss]?.readout === 'probability';
      const words = isProbability ? `${signed(s)}, D = ${sigmoid(s).toFixed(3)}` : signed(s);
      setText(told, words);
      input.setAttribute('aria-valuetext', words);
      input.style.setProperty('--aigc-filled', `${percent(range, s)}%`);
    }
    const steepest = Math.max(1, ...(this.arrows ?? []).map(({ act }) => Math.abs(act.weight * act.shape.at(logits).slope)));
    for (const arrow of this.arrows ?? []) this.point(arrow, range, steepest);
  }

  /** An arrow that begins at the term's logit and points where descent moves it; the steepest is a quarter of the axis long. */
  point({ act, bar, told, element }, range, steepest) {
    const slope = act.weight * act.shape.at(this.model.logits).slope;
    const way = wayOf(slope);
    const from = percent(range, this.model.logits[act.shape.logit]);
    const wanted = (25 * Math.abs(slope)) / steepest;
    const length = Math.max(0, Math.min(wanted, way === 'up' ? 100 - from : from)); // it ends where the axis does
    const start = way === 'up' ? from : from - length;
    element.dataset.way = way;
    bar.style.left = `${start}%`;
    bar.style.width = `${way === 'none' ? 0 : length}%`;
    const arrow = { up: '→', down: '←', none: '·' }[way];
    setText(told, `${arrow} ${exactly(Math.abs(slope))}`);
    element.setAttribute('aria-label', `${act.name}: ${t(`explain.push.${way}`)} ${exactly(Math.abs(slope))}`);
    element.dataset.side = from > 62 ? 'left' : 'right';
    element.style.setProperty('--aigc-at', `${way === 'none' ? from : from > 62 ? Math.min(start, from) : Math.max(start + length, from)}%`);
  }
}

const percent = ({ low, high }, s) => (100 * (s - low)) / (high - low);
