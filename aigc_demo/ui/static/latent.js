// <aigc-latent>: a point of a generator's latent space, and the digit that lies there.

import { downloadPng } from './digits-canvas.js';
import { make, setText } from './dom.js';
import { route, t } from './i18n.js';
import { latest } from './latest.js';
import { ALL, DIGITS, LatentPicture } from './latent-picture.js';
import { drawPoint, resized, seeded } from './latent-points.js';
import { LatentSliders } from './latent-sliders.js';
import { LatentStrip } from './latent-strip.js';
import { KINDS, models } from './model-list.js';
import { openRenderer, RenderError } from './render.js';

const FIRST_SEED = 7; // the first point is always the same, so the page opens on a digit we have seen
const FIRST_DIGIT = 3;
const LIVE_MS = 500; // a model that is learning is redrawn this often
const RETRY_MS = 1500;
const LARGE = 20;
const BRISK_MS = 60; // where a picture takes less than this, the ten small ones follow the slider as well

let asked = ''; // the model that another tab wants to see here
addEventListener('aigc:model', ({ detail }) => (asked = String(detail?.id ?? '')));

export class Latent extends HTMLElement {
  connectedCallback() {
    if (this.picture) return;
    this.draws = seeded(FIRST_SEED);
    this.z = drawPoint(64, this.draws);
    this.ends = { a: [...this.z], b: drawPoint(64, this.draws) };
    this.label = FIRST_DIGIT;
    this.digit = FIRST_DIGIT; // the last single digit asked for, which the strip shows while all ten are
    this.truncation = 1;
    this.pace = 0; // milliseconds from a wish to its picture, averaged
    this.due = { image: false, digits: false, strip: false };
    this.pump = latest(() => this.drawOnce());
    this.build();
    this.listen();
    this.begin();
  }

  async begin() {
    await models.refresh();
    this.listModels();
    if (asked) await this.open(asked);
    else if (!this.model) this.choose(firstModel());
  }

  build() {
    this.select = make('select', { id: 'generate-model', onchange: () => this.choose(models.find(this.select.value)) });
    this.picture = new LatentPicture((label) => this.setLabel(label));
    this.sliders = new LatentSliders(() => this.moved());
    this.strip = new LatentStrip((point) => this.jump(point), (end) => this.setEnd(end));
    this.psi = make('input', { type: 'range', min: 0, max: 1, step: 0.05, value: 1, 'aria-label': t('generate.truncation'),
      oninput: () => this.truncate(Number(this.psi.value)) });
    this.psiValue = make('output');
    this.replaceChildren(
      make('div.aigc-stage', {},
        make('label.aigc-field', {}, make('span', {}, t('generate.model')), this.select),
        this.picture.element, this.picture.keys, this.picture.noLabel, ...this.actions()),
      make('div.aigc-panel', {},
        make('h3', {}, t('generate.axes')), make('p.aigc-note', {}, t('generate.axesNote')), this.sliders.element,
        make('div.aigc-axis.aigc-psi', { id: 'generate-truncation' },
          make('span', {}, t('generate.truncation')), this.psi, this.psiValue),
        make('p.aigc-note', {}, t('generate.truncationNote')),
        this.strip.element),
    );
    this.sliders.show(this.z);
    this.layStrip();
    this.truncate(1);
    this.showLabel();
  }

  actions() {
    const button = (name, word, action, title = '', kind = '.aigc-quiet') =>
      make(`button${kind}`, { id: `generate-${name}`, type: 'button', title, onclick: action }, word);
    const size = (side) => t('generate.downloadTitle', { width: side, height: side });
    this.copy = button('copy', t('generate.copy'), () => this.copyPoint(), t('generate.copyTitle'));
    return [
      make('div.aigc-actions', {},
        button('random', t('generate.random'), () => this.jump(drawPoint(this.z.length)), '', '.aigc-primary'),
        button('reset', t('generate.reset'), () => this.jump(this.z.map(() => 0)), t('generate.resetTitle'))),
      make('div.aigc-actions.aigc-take', {},
        button('download', t('generate.download'), () => this.save(1), size(28)),
        button('download-large', t('generate.downloadLarge'), () => this.save(LARGE), size(28 * LARGE)),
        this.copy),
    ];
  }

  listen() {
    models.addEventListener('change', () => this.listModels());
    addEventListener('aigc:model', () => asked && this.open(asked));
    this.addEventListener('keydown', (event) => {
      const free = !event.ctrlKey && !event.metaKey && !event.altKey && event.target.tagName !== 'SELECT';
      if (free && /^\d$/.test(event.key) && this.model?.conditional) this.setLabel(Number(event.key));
    });
    new IntersectionObserver(([entry]) => {
      this.visible = entry.isIntersecting;
      if (this.visible && this.model) models.refresh();
    }).observe(this);
    setInterval(() => this.follow(), LIVE_MS);
  }

  // -- which model -----------------------------------------------------------------------------------------------

  /** Show the model with this id, which may be younger than our list. */
  async open(id) {
    asked = '';
    if (!models.find(id)) await models.refresh(true);
    const model = models.find(id);
    if (!model) this.picture.say(models.error || t('generate.gone'), 'error');
    if (model || !this.model) this.choose(model ?? firstModel());
  }

  /** @param {import('./model-list.js').Model | undefined} model */
  choose(model) {
    if (!model) return this.picture.say(models.error || t('generate.none'), 'error');
    const isOther = this.model?.id !== model.id;
    this.model = model;
    if (isOther) {
      this.render = openRenderer(model.id);
      this.pace = 0;
      this.resize(model.latent_size);
      this.picture.promise(route(`models/${encodeURIComponent(model.id)}/sheet.png`));
    }
    this.select.value = model.id;
    this.showLabel();
    this.ask('image', 'digits', 'strip');
  }

  /** Points keep their coordinates when the new model's space is larger or smaller. */
  resize(size) {
    if (this.z.length === size) return;
    this.z = resized(this.z, size, this.draws);
    this.ends = { a: resized(this.ends.a, size, this.draws), b: resized(this.ends.b, size, this.draws) };
    this.sliders.show(this.z);
    this.layStrip();
  }

  listModels() {
    const groups = { live: t('generate.live'), shipped: t('generate.shipped'), run: t('generate.runs') };
    const option = ({ id, title }) => make('option', { value: id }, title);
    const ofKind = (kind) => models.list.filter((model) => model.kind === kind);
    this.select.replaceChildren(...KINDS.filter((kind) => ofKind(kind).length).map((kind) =>
      make('optgroup', { label: groups[kind] }, ...ofKind(kind).map(option))));
    if (this.model) this.keepUp();
    else if (models.list.length) this.choose(firstModel());
  }

  /** The list has changed: our model may have grown, finished, or gone. */
  keepUp() {
    const now = models.find(this.model.id);
    if (now) {
      const finished = this.model.kind === 'live' && now.kind !== 'live';
      this.model = now;
      this.showPace();
      if (finished) this.ask('image', 'digits', 'strip');
    } else if (models.loaded && !models.error) {
      this.picture.say(t('generate.gone'), 'error');
      this.choose(firstModel());
    }
    this.select.value = this.model.id;
  }

  /** While the model is learning and somebody looks, its pictures are drawn again and again. */
  follow() {
    if (this.model?.kind !== 'live' || !this.visible || document.hidden) return;
    this.ticks = (this.ticks ?? 0) + 1;
    if (this.ticks % 4 === 0) models.refresh();
    this.ask('image', 'digits', ...(this.ticks % 2 ? [] : ['strip']));
  }

  // -- which point -----------------------------------------------------------------------------------------------

  moved() {
    this.strip.mark(this.z);
    this.ask('image', 'digits');
  }

  /** @param {number[]} point */
  jump(point) {
    this.z = point;
    this.sliders.show(point);
    this.moved();
  }

  /** @param {'a' | 'b'} end */
  setEnd(end) {
    this.ends[end] = [...this.z];
    this.layStrip();
    this.ask('strip');
  }

  layStrip() {
    this.strip.lay(this.ends.a, this.ends.b);
    this.strip.mark(this.z);
  }

  truncate(psi) {
    this.truncation = psi;
    this.psi.style.setProperty('--aigc-share', String(psi));
    setText(this.psiValue, psi.toFixed(2));
    this.ask('image', 'digits', 'strip');
  }

  /** @param {number | 'all'} label */
  setLabel(label) {
    this.label = label;
    if (label !== ALL) this.digit = label;
    this.showLabel();
    this.ask('image', 'digits', 'strip');
  }

  showLabel() {
    this.picture.showLabel(this.model?.conditional ?? true, this.label);
  }

  // -- drawing ---------------------------------------------------------------------------------------------------

  /** @param {...('image' | 'digits' | 'strip')} parts */
  ask(...parts) {
    for (const part of parts) this.due[part] = true;
    if (this.model) this.pump();
  }

  /** What to draw next: the digit itself, then the small ones, then the strip. */
  next() {
    const { due, model } = this;
    return due.image ? 'image' : due.digits && model.conditional ? 'digits' : due.strip ? 'strip' : null;
  }

  /** One call to the renderer for the most urgent part. */
  async drawOnce() {
    const { model, label } = this;
    const part = this.next();
    if (!part) return;
    this.due[part] = false;
    const ten = model.conditional && part !== 'strip' && (part === 'digits' || label === ALL || this.pace < BRISK_MS);
    if (ten) this.due.digits = false;
    const points = part === 'strip' ? this.strip.points : ten ? DIGITS.map(() => this.z) : [this.z];
    const labels = !model.conditional ? null : ten ? DIGITS : points.map(() => this.digit);
    const started = performance.now();
    try {
      const pixels = await this.render(points, labels, this.truncation);
      if (model.id === this.model.id) this.show(part, pixels, label, performance.now() - started);
    } catch (error) {
      this.stumble(error, part);
    }
    if (this.next()) this.pump();
  }

  show(part, pixels, label, took) {
    if (part === 'strip') this.strip.paint(pixels);
    else {
      this.pace = this.pace ? 0.7 * this.pace + 0.3 * took : took;
      this.picture.paint(pixels, label, this.model);
      this.showPace();
    }
    this.picture.say('');
  }

  showPace() {
    const speed = this.pace ? t('generate.latency', { ms: Math.max(1, Math.round(this.pace)) }) : '';
    this.picture.showPace(this.model.kind === 'live' ? t('generate.learning') : speed);
  }

  stumble(error, part) {
    if (!(error instanceof RenderError)) throw error;
    this.picture.say(error.message, 'error');
    if (error.status === 404) models.refresh(true);
    else if (error.status === 0) setTimeout(() => this.ask(part, 'digits', 'strip'), RETRY_MS);
  }

  // -- taking it home --------------------------------------------------------------------------------------------

  save(factor) {
    if (!this.model) return;
    const name = `${this.model.id}-${this.model.conditional ? this.label : 'z'}`.replace(/[^\w-]+/g, '_');
    downloadPng(this.picture.canvas, factor, `${name}${factor > 1 ? `-x${factor}` : ''}.png`);
  }

  async copyPoint() {
    const label = this.model?.conditional ? this.label : null;
    const text = JSON.stringify({ model: this.model?.id, label, truncation: this.truncation, z: this.z });
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      copyBySelection(text); // plain http on a local network has no clipboard of its own
    }
    setText(this.copy, t('generate.copied'));
    setTimeout(() => setText(this.copy, t('generate.copy')), 1500);
  }
}

const firstModel = () => models.list.find((model) => model.kind === 'shipped') ?? models.list[0];

function copyBySelection(text) {
  const area = make('textarea', { 'aria-hidden': 'true', style: 'position:fixed;opacity:0' });
  area.value = text;
  document.body.append(area);
  area.select();
  document.execCommand('copy');
  area.remove();
}
