// <aigc-logits>: one loss wholly: its formula with the run's numbers in it, the graph of its terms over the logit with the
// batch's logits on the same axis, each term in a row, and what the numbers mean. A term lit anywhere is lit everywhere.

import { atMostEvery, make, setText } from './dom.js';
import { toTrain } from './explain-trials.js';
import { formula } from './formula.js';
import { catalogue, t } from './i18n.js';
import { meansOf } from './losses-batch.js';
import { exactly, Formulas } from './losses-formula.js';
import { Graph } from './losses-graph.js';
import { LessonRow } from './losses-lessons.js';
import { Lights } from './losses-light.js';
import { LossModel } from './losses-model.js';
import { saying } from './losses-says.js';
import { shapesOf } from './losses-shapes.js';
import { listed, LossTable } from './losses-table.js';
import { count } from './numbers.js';
import { store } from './run-store.js';
import { whileSeen } from './seen.js';

const FIRST_LOSS = 'non_saturating';
const NOTICE_MS = 250;

export class Logits extends HTMLElement {
  connectedCallback() {
    if (this.model) return;
    this.model = new LossModel();
    this.lights = new Lights(this);
    this.build();
    this.listen();
    this.model.choose(store.run?.loss ?? FIRST_LOSS);
    this.load();
    whileSeen(this, { wake: () => this.wake(), rest: () => this.rest() });
  }

  build() {
    const { model } = this;
    this.select = make('select', { id: 'explain-loss', onchange: () => this.choose(this.select.value) }, ...options());
    this.beside = make('select', { id: 'explain-beside', onchange: () => model.compare(this.beside.value) },
      make('option', { value: '' }, t('explain.beside.none')), ...options());
    const train = make('button.aigc-quiet', { type: 'button', onclick: () => toTrain({ loss: model.loss }) }, t('explain.train'));
    this.story = make('p');
    this.formulas = new Formulas(model);
    this.facts = make('dl.aigc-facts');
    this.says = make('p.aigc-saying', { tabindex: 0 });
    this.graph = new Graph(model, this.lights);
    this.toBatch = make('button.aigc-quiet', { type: 'button', onclick: () => this.model.batch && model.place(meansOf(model.batch.scores)) }, t('explain.toBatch'));
    this.fit = make('button.aigc-quiet', { type: 'button', 'aria-pressed': false, onclick: () => this.fitTo(!this.graph.isFitted) }, t('explain.fit'));
    this.batchNote = make('p.aigc-note');
    this.lessons = new LessonRow((lesson) => this.teach(lesson), (loss, term) => nameOf(loss, term));
    this.status = make('p.aigc-status', { role: 'status' });
    this.table = new LossTable(model);
    this.extras = make('p.aigc-note');
    this.replaceChildren(
      make('div.aigc-choice', {}, field('explain.loss', this.select), train),
      this.story, this.formulas.element, this.facts, this.lessons.element,
      make('div.aigc-choice', {}, field('explain.beside', this.beside), this.toBatch, this.fit),
      this.says, this.graph.element, this.batchNote, make('p.aigc-note', {}, t('explain.curves')), this.status, this.table.element, this.extras,
    );
  }

  listen() {
    const { model } = this;
    model.on('loss', () => this.showLoss());
    model.on('logits', () => this.showLogits());
    model.on('beside', () => this.graph.schedule());
    this.lights.addEventListener('light', () => this.graph.schedule());
    const live = atMostEvery(NOTICE_MS, () => this.isAwake && this.showRun());
    store.on('run points probe cursor state', live);
    addEventListener('aigc:theme', () => this.graph.schedule());
    addEventListener('aigc:show', ({ detail }) => detail.chapter === 'losses' && this.choose(detail.item));
    new ResizeObserver(() => this.graph.schedule()).observe(this);
  }

  /** The two losses that others are measured by. */
  async load() {
    const [minimax, nonSaturating] = await Promise.all([shapesOf('minimax'), shapesOf('non_saturating')]);
    this.reference = minimax && nonSaturating ? { minimax, non_saturating: nonSaturating } : null;
    this.showSayings();
  }

  wake() {
    this.isAwake = true;
    this.graph.wake();
    if (!this.reference) this.load();
    this.showRun();
  }

  rest() {
    this.isAwake = false;
    this.graph.rest();
  }

  /** @param {string} key */
  choose(key) {
    if (!catalogue.losses[key]) return;
    this.lesson = null;
    this.model.choose(key);
  }

  fitTo(isFitted) {
    this.fit.setAttribute('aria-pressed', isFitted);
    this.graph.fit(isFitted);
    if (isFitted && this.model.batch) this.model.place(meansOf(this.model.batch.scores));
  }

  /** @param {import('./losses-lessons.js').Lesson} lesson */
  async teach(lesson) {
    const names = [lesson.loss, lesson.beside];
    const shapes = await Promise.all(names.map(shapesOf));
    if (!shapes.every(Boolean)) return void setText(this.status, t('error.offline'));
    this.lessonShapes = Object.fromEntries(names.map((name, i) => [name, shapes[i]]));
    this.lesson = lesson;
    this.fitTo(false);
    this.beside.value = lesson.beside;
    await Promise.all([this.model.choose(lesson.loss), this.model.compare(lesson.beside)]);
    this.model.place(lesson.logits);
  }

  // -- what is shown ---------------------------------------------------------------------------------------------

  showLoss() {
    const loss = catalogue.losses[this.model.loss];
    this.select.value = this.model.loss;
    setText(this.story, loss.story);
    setText(this.status, this.model.hasFailed ? t('error.offline') : '');
    this.formulas.build();
    this.facts.replaceChildren(...facts(loss));
    this.table.build();
    this.graph.build();
    setText(this.extras, t('explain.auxiliary', { names: listed(Object.values(catalogue.auxiliaries).map(({ title }) => title)) }));
    this.showLogits();
    this.showRun();
    this.lights.show();
  }

  showLogits() {
    this.formulas.showLogits();
    this.table.showLogits();
    this.lessons.show(this.lesson, this.lessonShapes, this.model.logits);
    if (this.model.batch) this.lights.show();
    else this.showSayings();
    this.graph.schedule();
  }

  /** The run has gone on, another one is shown, or another moment of it. */
  showRun() {
    if (!this.model.loss) return;
    this.model.refresh();
    this.formulas.showRun();
    this.classList.toggle('aigc-has-live', this.table.showRun());
    const { batch } = this.model;
    this.toBatch.hidden = this.fit.hidden = !batch;
    const key = store.isRecorded ? 'recorded' : 'run';
    setText(this.batchNote, batch ? t(`explain.batch.${key}`, { step: count(batch.step), n: batch.scores.n, loss: catalogue.losses[store.run.loss]?.title ?? '' }) : t('explain.batch.none'));
    this.showSayings();
    this.graph.schedule();
  }

  showSayings() {
    const { model } = this;
    if (!model.shapes || !this.reference) return;
    const scores = model.batch?.scores ?? null;
    const scene = { at: scores ? meansOf(scores) : model.logits, scores, where: t(scores ? 'explain.where.batch' : 'explain.where.logits'), reference: this.reference };
    const { term, text } = saying(model.loss, model.shapes, scene);
    this.says.dataset.term = term;
    setText(this.says, text);
    this.table.showSayings(scene);
    this.lights.show();
  }
}

function field(words, control) {
  return make('label.aigc-field', {}, make('span', {}, t(words)), control);
}

const nameOf = (loss, key) => {
  const { title, terms } = catalogue.losses[loss];
  return `${title}: ${terms.find((term) => term.key === key)?.name ?? key}`;
};

function options() {
  const families = Map.groupBy(Object.entries(catalogue.losses), ([, loss]) => loss.family);
  return [...families].map(([family, losses]) =>
    make('optgroup', { label: t(`explain.family.${family}`) },
      ...losses.map(([key, loss]) => make('option', { value: key }, loss.title))));
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
