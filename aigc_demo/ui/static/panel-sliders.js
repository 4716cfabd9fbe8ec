// The panel "sliders" of the latent studio: axes that are worth a slider, a mix of digits, truncation, and z itself.

import { codeSliders } from './axis-codes.js';
import { AxisFamilies, RAW, SHOWN } from './axis-families.js';
import { AxisMix } from './axis-mix.js';
import { AxisPsi } from './axis-psi.js';
import { AxisRaw } from './axis-raw.js';
import { AxisSource } from './axis-source.js';
import { AxisStore } from './axis-store.js';
import { AxisStrips } from './axis-strips.js';
import { AxisTools } from './axis-tools.js';
import { make, setText } from './dom.js';
import { t } from './i18n.js';
import { LatentSliders } from './latent-sliders.js';

export class SlidersPanel {
  /** @param {import('./latent-state.js').LatentState} state */
  constructor(state) {
    this.state = state;
    this.source = new AxisSource();
    this.store = new AxisStore();
    this.families = new AxisFamilies(this.source, this.store);
    this.strips = new AxisStrips(state, () => this.shownStrips());
    this.isOpen = false;
    this.build();
    this.listen();
  }

  build() {
    const { state } = this;
    this.list = new LatentSliders(state, {
      rename: (axis, title) => this.rename(axis, title),
      adopt: (axis, title) => this.adopt(axis, title),
      remove: (key) => this.remove(key),
      grown: () => this.strips.soon(),
    });
    this.tools = new AxisTools(state, this.store, {
      family: () => this.family, axes: () => this.list.axes, made: () => this.choose('own'),
    });
    this.list.links.append(this.tools.export);
    this.codes = codeSliders(state);
    this.mix = new AxisMix(state, () => this.strips.soon());
    this.psi = new AxisPsi(state);
    this.raw = new AxisRaw(state);
    this.buttons = SHOWN.map((family) => make('button', { type: 'button', 'data-family': family, onclick: () => this.choose(family) },
      t(`sliders.family.${family}`)));
    this.note = make('p.aigc-note');
    this.wait = make('p.aigc-note.aigc-wait', { id: 'sliders-status', role: 'status' });
    this.again = make('button.aigc-link', { id: 'sliders-again', type: 'button', onclick: () => this.source.ask(state.model) });
    this.element = make('div.aigc-panel-sliders', {},
      make('div.aigc-segmented', { role: 'group', 'aria-label': t('sliders.families') }, ...this.buttons),
      make('div.aigc-family', {}, this.note, make('div.aigc-links', {}, this.wait, this.again)),
      this.list.element, this.tools.element,
      make('div.aigc-rows.aigc-others', {}, ...this.codes.map(({ element }) => element), this.mix.element, this.psi.element), this.raw.element);
  }

  listen() {
    const { state, element } = this;
    state.addEventListener('model', () => this.isOpen && this.take());
    state.addEventListener('axes', () => this.isOpen && this.show());
    state.addEventListener('weights', () => this.isOpen && this.tell());
    for (const event of ['point', 'label', 'truncation']) state.addEventListener(event, () => this.isOpen && this.place());
    this.source.addEventListener('change', () => this.isOpen && this.whenFree(() => this.show()));
    for (const event of ['dragenter', 'dragover']) element.addEventListener(event, (moved) => this.dragged(moved));
    element.addEventListener('dragleave', (left) => !element.contains(left.relatedTarget) && element.classList.remove('aigc-over'));
    element.addEventListener('drop', (dropped) => this.dropped(dropped));
  }

  opened() {
    this.isOpen = true;
    this.take();
    this.strips.wake();
  }

  closed() {
    this.isOpen = false;
    this.source.leave();
    this.strips.rest();
  }

  // -- what is shown ---------------------------------------------------------------------------------------------

  get family() {
    return this.families.shown(this.state.axes);
  }

  /** The model may be another one than before. */
  take() {
    const { model, z } = this.state;
    if (!model) return this.list.list(this.families.axes(RAW, z.length));
    if (model.id !== this.model) {
      this.model = model.id;
      this.store.open(model.id, z.length);
      this.tools.forget();
    }
    this.source.open(model);
    return this.show();
  }

  /** @param {string} family */
  choose(family) {
    this.tools.say('');
    if (family === this.state.axes) this.show();
    else this.state.setAxes(family);
  }

  show() {
    const { state, family } = this;
    if (!state.model) return;
    for (const button of this.buttons) button.setAttribute('aria-pressed', String(button.dataset.family === state.axes));
    this.list.list(this.families.axes(family, state.z.length));
    setText(this.note, family === 'own' && !this.store.own.length ? t('sliders.noneOwn') : t(`sliders.about.${family}`));
    this.tools.show();
    this.tell();
    this.place();
    this.strips.soon();
  }

  /** How it stands with the axes: being computed, not to be had, or of weights that have learnt on since. */
  tell() {
    const { source, state } = this;
    const isOld = Boolean(source.families) && (state.model.kind === 'live' || state.model.step !== source.step);
    const isWaited = source.isWaiting && this.state.axes !== RAW;
    setText(this.wait, isWaited ? t(source.families ? 'sliders.again' : 'sliders.computing') : source.why
      ? t('sliders.failed', { why: source.why }) : isOld ? t('sliders.ofStep', { step: source.step }) : '');
    this.wait.dataset.level = source.why && !isWaited ? 'error' : '';
    this.again.hidden = source.isWaiting || !(source.why || isOld);
    setText(this.again, t(source.why ? 'sliders.retry' : 'sliders.recompute'));
  }

  place() {
    this.list.show();
    for (const code of this.codes) code.show();
    this.mix.show();
    this.psi.show();
    this.raw.show();
  }

  /** The strips on screen; raw coordinates that stand in for axes being computed are about to go, so not theirs. */
  shownStrips() {
    const rows = this.source.isWaiting && this.family === RAW && this.state.axes !== RAW ? [] : this.list.rows;
    return [...rows, ...this.codes, this.mix, this.psi];
  }

  /** Rows are not exchanged under a finger that drags one of them, nor while a name is being written. */
  whenFree(act) {
    this.tell();
    if (!this.list.isEdited && !this.element.querySelector('input[type=range]:active')) return act();
    clearTimeout(this.later);
    this.later = setTimeout(() => this.isOpen && this.whenFree(act), 300);
    return undefined;
  }

  // -- own names and directions ----------------------------------------------------------------------------------

  rename(axis, title) {
    this.store.rename(axis.key, title);
    this.list.axes = this.families.axes(axis.family, this.state.z.length);
    if (!this.store.keeps) this.tools.say(t('sliders.unkept'), 'error');
    return this.list.axes.find(({ key }) => key === axis.key).title;
  }

  adopt({ title, direction }, name) {
    this.tools.add([{ title: name.trim() || title, direction }]);
    this.buttons.at(-1).focus();
  }

  remove(key) {
    this.store.remove(key);
    this.show();
    this.buttons.at(-1).focus();
  }

  dragged(event) {
    if (![...(event.dataTransfer?.items ?? [])].some(({ kind }) => kind === 'file')) return;
    event.preventDefault();
    this.element.classList.add('aigc-over');
  }

  dropped(event) {
    this.element.classList.remove('aigc-over');
    const file = event.dataTransfer?.files[0];
    if (!file) return;
    event.preventDefault();
    this.tools.load(file);
  }
}
