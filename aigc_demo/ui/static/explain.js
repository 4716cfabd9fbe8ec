// <aigc-logits>: one loss, term by term: its formula, and each term's value and slope at the logits the reader slides.
// Also what the Explain tab's buttons do: scroll, and hand a choice to the Train tab.

import { post } from './api.js';
import { atMostEvery, make, setText } from './dom.js';
import { formula } from './formula.js';
import { colourOf, playerName } from './game.js';
import { catalogue, lang, t } from './i18n.js';
import { latest } from './latest.js';
import { curvesOf } from './loss-curves.js';
import { count, short } from './numbers.js';
import { store } from './run-store.js';
import { openTab } from './tabs.js';
import { drawTerm } from './term-curve.js';

const FIRST_LOSS = 'non_saturating';
const REACH = 6;
const STEP = 0.05;
const PLAYERS = { d: 'discriminator', g: 'generator' };

const exactly = (value) => value.toFixed(4).replace('-', '−');
const sigmoid = (s) => 1 / (1 + Math.exp(-s));

export class Logits extends HTMLElement {
  connectedCallback() {
    if (this.select) return;
    this.logits = { real: 1, fake: -1 };
    this.compute = latest(() => this.computeOnce());
    this.build();
    const live = atMostEvery(250, () => this.showLive());
    store.on('run points state', live);
    addEventListener('aigc:theme', () => this.draw());
    addEventListener('aigc:explain', ({ detail }) => this.choose(detail?.loss));
    new ResizeObserver(atMostEvery(60, () => this.draw())).observe(this);
    this.choose(store.isRecorded ? FIRST_LOSS : store.run.loss);
  }

  build() {
    this.select = make('select', { id: 'explain-loss', onchange: () => this.choose(this.select.value) }, ...options());
    const train = make('button.aigc-quiet', { type: 'button', onclick: () => toTrain({ loss: this.loss }) }, t('explain.train'));
    this.story = make('p');
    this.formulas = make('div.aigc-formulas', { id: 'explain-formula' });
    this.facts = make('dl.aigc-facts');
    this.sliders = { real: this.slider('real'), fake: this.slider('fake') };
    this.status = make('p.aigc-status', { role: 'status' });
    this.tables = make('div.aigc-tables');
    this.extras = make('p.aigc-note');
    this.liveNote = make('p.aigc-note', { hidden: true });
    this.replaceChildren(
      make('div.aigc-choice', {}, make('label.aigc-field', {}, make('span', {}, t('explain.loss')), this.select), train),
      this.story, this.formulas, this.facts,
      make('div.aigc-logit-sliders', {}, this.sliders.real.element, this.sliders.fake.element),
      this.status, this.tables, make('p.aigc-note', {}, t('explain.curves')), this.extras, this.liveNote,
    );
  }

  /** @param {'real' | 'fake'} which */
  slider(which) {
    const input = make('input.aigc-range', {
      type: 'range', min: -REACH, max: REACH, step: STEP, value: this.logits[which], id: `explain-s-${which}`,
      'aria-label': t(`explain.${which}`),
      oninput: () => this.slide(which, Number(input.value)),
    });
    const value = make('output');
    const name = make('span', {}, t(`explain.${which}`), ' ', make('i', {}, 's', make('sub', {}, which === 'real' ? 'x' : 'z')));
    return { input, value, element: make('label.aigc-logit', {}, name, input, value) };
  }

  // -- which loss ------------------------------------------------------------------------------------------------

  /** @param {string} key */
  choose(key) {
    const loss = catalogue.losses[key];
    if (!loss) return;
    this.loss = key;
    this.select.value = key;
    setText(this.story, loss.story);
    this.formulas.dataset.loss = key;
    const terms = loss.terms.filter((term) => !term.auxiliary);
    this.formulas.replaceChildren(...Object.keys(PLAYERS).map((player) => line(player, loss.terms)));
    this.facts.replaceChildren(...facts(loss));
    this.rows = new Map();
    this.tables.replaceChildren(...Object.keys(PLAYERS).map((player) =>
      this.table(player, terms.filter((term) => term.player === player))));
    const extras = Object.values(catalogue.auxiliaries).map((item) => item.title).join(lang === 'zh' ? '、' : '; ');
    setText(this.extras, t('explain.auxiliary', { names: extras }));
    this.showLogits();
    this.showLive();
    this.compute();
  }

  table(player, terms) {
    const cell = (name) => make('th', { scope: 'col', class: `aigc-col-${name}` }, t(`explain.${name}`));
    const total = { value: make('td.aigc-col-value'), live: make('td.aigc-col-live') };
    this.rows.set(player, total);
    return make('table', { 'data-player': player },
      make('caption', {}, playerName(player)),
      make('thead', {}, make('tr', {}, ...['term', 'shape', 'value', 'slope', 'live'].map(cell))),
      make('tbody', {}, ...terms.map((term) => this.row(term))),
      make('tfoot', {}, make('tr', {},
        make('th', { scope: 'row', colspan: 2 }, formula(`\\mathcal{L}_${player.toUpperCase()}`)),
        total.value, make('td.aigc-col-slope'), total.live)));
  }

  row(term) {
    const cell = (name) => make(`td.aigc-col-${name}`, { 'data-label': t(`explain.${name}`) }, '–');
    const canvas = make('canvas', { role: 'img' });
    const row = { term, canvas, value: cell('value'), slope: cell('slope'), live: cell('live') };
    this.rows.set(term.key, row);
    return make('tr', { 'data-key': term.key, style: `--term-light:${term.colour};--term-dark:${term.colour_dark}` },
      make('th', { scope: 'row', class: 'aigc-col-term' },
        make('b', {}, term.name), make('div.aigc-coloured', {}, formula(term.latex)), make('p', {}, term.text)),
      make('td.aigc-col-shape', {}, make('div', {}, canvas)),
      row.value, row.slope, row.live);
  }

  // -- at these logits -------------------------------------------------------------------------------------------

  slide(which, value) {
    this.logits[which] = value;
    this.showLogits();
    this.draw();
    this.compute();
  }

  showLogits() {
    const isProbability = catalogue.losses[this.loss].readout === 'probability';
    for (const [which, { input, value }] of Object.entries(this.sliders)) {
      const s = this.logits[which];
      const signed = `${s < 0 ? '−' : ''}${Math.abs(s).toFixed(2)}`;
      const reading = isProbability ? `D = ${sigmoid(s).toFixed(3)}` : '';
      input.style.setProperty('--aigc-filled', `${(100 * (s + REACH)) / (2 * REACH)}%`);
      input.setAttribute('aria-valuetext', `${signed} ${reading}`);
      value.replaceChildren(make('b', {}, signed), make('small', {}, reading));
    }
  }

  async computeOnce() {
    const { loss, logits } = this;
    const answer = await post('explain', { loss, s_real: logits.real, s_fake: logits.fake });
    setText(this.status, answer.ok ? '' : answer.error);
    if (!answer.ok || loss !== this.loss) return;
    for (const [player, name] of Object.entries(PLAYERS)) {
      let total = 0;
      for (const { key, value, slope, weight } of answer.data[name]) {
        total += weight * value;
        const row = this.rows.get(key);
        if (row) this.showNumbers(row, value, slope);
      }
      setText(this.rows.get(player).value, exactly(total));
    }
    await this.fetchCurves(loss);
  }

  showNumbers(row, value, slope) {
    setText(row.value, exactly(value));
    const push = Math.abs(slope) < 5e-5 ? 'none' : slope < 0 ? 'up' : 'down';
    const arrow = { up: ' ↑', down: ' ↓', none: '' }[push];
    row.slope.replaceChildren(exactly(slope), make('span', { title: t(`explain.push.${push}`), 'aria-label': t(`explain.push.${push}`) }, arrow));
    const s = exactly(this.logits[row.curve?.logit ?? 'fake']);
    row.canvas.setAttribute('aria-label', t('explain.curve', { name: row.term.name, s, value: exactly(value), slope: exactly(slope) }));
  }

  async fetchCurves(key) {
    const answer = await curvesOf(key, this.logits);
    if (!answer.ok || key !== this.loss) return;
    for (const term of answer.data.terms) {
      const row = this.rows.get(term.key);
      if (row) row.curve = { grid: answer.data.grid, ...term };
    }
    this.draw();
  }

  draw() {
    const style = getComputedStyle(this);
    const look = Object.fromEntries(['line', 'muted', 'paper'].map((name) => [name, style.getPropertyValue(`--aigc-${name}`)]));
    for (const { term, canvas, curve } of this.rows?.values() ?? []) {
      if (curve) drawTerm(canvas, curve, this.logits[curve.logit], { ...look, curve: colourOf(term) });
    }
  }

  // -- in the run ------------------------------------------------------------------------------------------------

  showLive() {
    const live = !store.isRecorded && store.run.loss === this.loss && Number.isFinite(store.mean('d_total'));
    this.classList.toggle('aigc-has-live', live);
    this.liveNote.hidden = !live;
    if (!live) return;
    const totals = { d: 0, g: 0 };
    for (const { term, live: cell } of this.rows.values()) {
      if (!term) continue;
      const mean = store.mean(term.key);
      totals[term.player] += (store.run.weights?.[term.key] ?? term.weight ?? 1) * mean;
      setText(cell, short(mean));
    }
    for (const player of Object.keys(PLAYERS)) setText(this.rows.get(player).live, short(totals[player]));
    setText(this.liveNote, t('explain.liveNote', { step: count(store.run.step) }));
  }
}

function options() {
  const families = Map.groupBy(Object.entries(catalogue.losses), ([, loss]) => loss.family);
  return [...families].map(([family, losses]) =>
    make('optgroup', { label: t(`explain.family.${family}`) },
      ...losses.map(([key, loss]) => make('option', { value: key }, loss.title))));
}

/** A player's whole loss, every term in its curve's colour. */
function line(player, terms) {
  const parts = terms.filter((term) => term.player === player).map((term, place) => {
    const isNegative = term.latex.trimStart().startsWith('-');
    const sign = place === 0 || (isNegative && !term.symbol) ? '' : '+';
    const pieces = term.symbol ? [formula(term.symbol), ...(isNegative ? ['(', formula(term.latex), ')'] : [formula(term.latex)])]
      : [formula(term.latex)];
    return make('span.aigc-coloured', { style: `--term-light:${term.colour};--term-dark:${term.colour_dark}`, title: term.name },
      sign && make('span.aigc-operator', {}, sign), ...pieces);
  });
  return make('div', { 'data-player': player }, formula(`\\mathcal{L}_${player.toUpperCase()}`), make('span.aigc-operator', {}, '='), ...parts);
}

function facts(loss) {
  const pair = (name, ...value) => make('div', {}, make('dt', {}, t(`explain.${name}`)), make('dd', {}, ...value));
  const sections = loss.sections ?? [];
  const list = sections.length ? sections.map((number) => `§${number}`).join(' ') : t('explain.noSection');
  const balance = ['D', 'G'].flatMap((player, place) => {
    const value = loss.equilibrium?.[place];
    return [place ? '　' : '', formula(`\\mathcal{L}_${player}`), ` ${Number.isFinite(value) ? `= ${exactly(value)}` : t('explain.free')}`];
  });
  const steps = loss.discriminator_steps > 1 ? t('explain.optimisers', { n: loss.discriminator_steps }) : '';
  return [pair('source', loss.source), pair('sections', list), pair('balance', ...balance),
    pair('readout', t(`explain.${loss.readout}`) + steps)];
}

/** Let the Train tab take over a choice. @param {{loss: string, recipe?: string, weights?: Object<string, number>}} detail */
function toTrain(detail) {
  dispatchEvent(new CustomEvent('aigc:choose', { detail }));
  openTab('train');
  scrollTo({ top: 0 });
}

document.addEventListener('click', (event) => {
  const button = event.target.closest?.('[data-trial], [data-scroll]');
  if (button?.dataset.trial) toTrain(JSON.parse(button.dataset.trial));
  if (button?.dataset.scroll) document.getElementById(button.dataset.scroll)?.scrollIntoView({ behavior: 'smooth' });
});
