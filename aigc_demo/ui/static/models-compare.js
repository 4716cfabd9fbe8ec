// Two models at the same points, side by side: their sheets, live, and their figures in two columns.

import { notesOn, sameIn } from './compare-same.js';
import { paintDigits } from './digits-canvas.js';
import { make, setText } from './dom.js';
import { t } from './i18n.js';
import { drawPoint, seeded, slerp } from './latent-points.js';
import { latest } from './latest.js';
import { models } from './model-list.js';
import { areApart, duration, FIGURES, figuresOf, floorOf, isByCard, sampleOf, written } from './models-figures.js';
import { count } from './numbers.js';
import { openRenderer, RenderError } from './render.js';
import { openTab } from './tabs.js';

const COLUMNS = 10;
const POINTS = 40; // a model that takes wishes shows the first ten with each of them
const STEPS = 100; // of the slider

export class ModelsCompare {
  /** @param {() => void} closed */
  constructor(closed) {
    this.closed = closed;
    this.seed = 1;
    this.sides = [new Side('a', () => this.chosen()), new Side('b', () => this.chosen())];
    this.draw = latest(() => this.paint());
    this.slider = make('input.aigc-range', { type: 'range', min: 0, max: STEPS, value: 0, id: 'models-compare-way', oninput: () => this.draw() });
    this.notes = make('div.aigc-notes');
    this.table = make('table.aigc-compare-table');
    this.status = make('p.aigc-status', { role: 'status' });
    const quiet = (id, word, onclick) => make('button.aigc-quiet', { type: 'button', id, onclick }, t(word));
    this.element = make('section', { id: 'models-compare', 'aria-labelledby': 'models-compare-title', hidden: true, 'data-painted': 0 },
      make('header', {}, make('h2', { id: 'models-compare-title', tabindex: -1 }, t('models.compareTitle')), quiet('models-compare-close', 'models.compareClose', () => this.close())),
      make('div.aigc-compare-sides', {}, ...this.sides.map(({ element }) => element)),
      make('div.aigc-compare-way', {}, make('label', { for: 'models-compare-way' }, t('models.compareWay')), this.slider,
        quiet('models-compare-new', 'models.compareNew', () => this.renew())),
      this.status, this.notes, make('div.aigc-card-table', {}, this.table),
      quiet('models-compare-studio', 'models.compareStudio', () => this.toStudio()));
    models.addEventListener('change', () => this.isOpen && this.list());
  }

  get isOpen() {
    return !this.element.hidden;
  }

  /** Show this model beside the one that was there, or beside the first other. @param {string} id */
  open(id) {
    const [a, b] = this.sides;
    if (!this.isOpen) {
      this.element.hidden = false;
      a.wanted = id;
    } else if (a.wanted !== id) {
      b.wanted = id;
    }
    this.list();
    this.element.scrollIntoView({ block: 'start', behavior: 'smooth' });
    this.element.querySelector('h2').focus({ preventScroll: true });
  }

  close() {
    this.element.hidden = true;
    for (const side of this.sides) side.close();
    this.closed();
  }

  list() {
    const [a, b] = this.sides;
    if (models.list.length < 2) return this.close();
    a.offer(models.list, models.list[0]);
    const others = models.list.filter(({ id }) => id !== a.model.id);
    b.offer(others, others[0]);
    this.chosen();
  }

  chosen() {
    const [a, b] = this.sides;
    for (const side of this.sides) side.take(() => this.draw());
    if (a.model.id === b.model.id) return this.list();
    this.notes.replaceChildren(...notesOn(a.model, b.model).map((note) => make('p.aigc-note', {}, note)));
    this.table.replaceChildren(...rows(a.model, b.model));
    this.draw();
  }

  /** Other points to begin from and to go to. */
  renew() {
    this.seed += 1;
    this.slider.value = '0';
    this.draw();
  }

  /** What both are drawn from: `POINTS` points of a space as large as the larger of theirs. */
  points() {
    const size = Math.max(...this.sides.map(({ model }) => model.latent_size));
    const uniform = seeded(this.seed);
    const share = Number(this.slider.value) / STEPS;
    return Array.from({ length: POINTS }, () => slerp(drawPoint(size, uniform), drawPoint(size, uniform), share));
  }

  async paint() {
    await new Promise(requestAnimationFrame);
    if (!this.isOpen) return;
    this.slider.style.setProperty('--aigc-filled', `${(100 * this.slider.value) / STEPS}%`);
    const points = this.points();
    const results = await Promise.all(this.sides.map((side) => side.paint(points).catch((error) => error)));
    const failed = results.find((result) => result instanceof Error && result.name !== 'AbortError');
    if (failed && !(failed instanceof RenderError)) throw failed;
    setText(this.status, failed?.message ?? '');
    if (failed?.status === 404) models.refresh(true);
    this.element.dataset.painted = String(Number(this.element.dataset.painted) + 1);
  }

  /** One point of both, with all that the studio has for it. */
  toStudio() {
    const [a, b] = this.sides;
    openTab('generate');
    dispatchEvent(new CustomEvent('aigc:model', { detail: { id: a.model.id } }));
    dispatchEvent(new CustomEvent('aigc:compare', { detail: { id: b.model.id } }));
  }
}

/** One of the two: which model, and its sheet. */
class Side {
  constructor(name, chosen) {
    this.wanted = '';
    this.model = null;
    this.renderer = null;
    this.select = make('select', { id: `models-compare-${name}`, 'aria-label': t('models.compareModel'), onchange: () => {
      this.wanted = this.select.value;
      chosen();
    } });
    this.canvas = make('canvas', { role: 'img', width: 280, height: 280 });
    this.element = make('figure', {}, this.select, this.canvas);
  }

  offer(list, otherwise) {
    this.select.replaceChildren(...list.map(({ id, title }) => make('option', { value: id }, title)));
    this.wanted = (list.find(({ id }) => id === this.wanted) ?? otherwise).id;
    this.select.value = this.wanted;
    this.model = list.find(({ id }) => id === this.wanted);
  }

  /** Draw with the wanted model from now on. */
  take(drawn) {
    this.model = models.find(this.wanted) ?? this.model;
    if (this.renderer?.model.id === this.model.id) {
      if (this.renderer.model.step !== this.model.step) {
        this.renderer.model = this.model;
        this.renderer.refresh().catch(() => {}); // the next picture says what is wrong
      }
      return;
    }
    this.close();
    this.renderer = openRenderer(this.model);
    this.renderer.addEventListener('weights', drawn);
  }

  close() {
    this.renderer?.close();
    this.renderer = null;
  }

  async paint(points) {
    const { model, renderer } = this;
    const own = points.map((z) => sameIn(model.latent_size, z));
    const names = model.conditional ? model.class_names : [];
    const asked = names.length ? names.flatMap(() => own.slice(0, COLUMNS)) : own;
    const wishes = names.length ? names.flatMap((_, place) => Array(COLUMNS).fill(place)) : null;
    const pixels = await renderer.render(asked, wishes, 1, { priority: 'later' });
    if (renderer !== this.renderer) return;
    paintDigits(this.canvas, pixels, 0, asked.length, COLUMNS);
    this.canvas.setAttribute('aria-label', t(names.length ? 'models.sheetRows' : 'models.sheet', { title: model.title, n: names.length }));
  }
}

function rows(a, b) {
  const both = [a, b];
  const figures = both.map(figuresOf);
  const cells = (write) => both.map((model, place) => make('td', {}, write(model, figures[place])));
  const row = (name, write) => make('tr', {}, make('th', { scope: 'row' }, name), ...cells(write));
  const head = make('thead', {}, make('tr', {}, make('td'), ...both.map(({ title }) => make('th', { scope: 'col' }, make('bdi', {}, title)))));
  const measured = Object.keys(FIGURES).filter((key) => figures.some((each) => Number.isFinite(each[key])));
  const facts = [
    ...measured.map((key) => row(t(`models.${key}`), (_, own) => [written(key, own), key === 'digit_fd' ? floorOf(own) : ''].filter(Boolean).join(' · '))),
    ...(measured.length ? [row(t('models.measuredOn'), (model, own) => [sampleOf(own), isByCard(model) ? t('models.byCard') : ''].filter(Boolean).join(' · ') || '–')] : []),
    row(t('models.parametersG'), (model) => (model.g_parameters ? count(model.g_parameters) : '–')),
    row(t('models.seconds'), (model) => (Number.isFinite(model.seconds) ? duration(model.seconds) : '–')),
    row(t('models.steps'), (model) => count(model.step)),
  ];
  const note = areApart(...figures) ? [make('caption', {}, t('models.compareApart'))] : [];
  return [...note, head, make('tbody', {}, ...facts)];
}
