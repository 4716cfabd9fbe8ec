// What makes directions: two points, and files. `export` takes a family home as a file; the panel places it.

import { FileProblem, MOST_BYTES, read, written } from './axis-file.js';
import { unit } from './axis-math.js';
import { paintDigits } from './digits-canvas.js';
import { make, setText } from './dom.js';
import { t } from './i18n.js';
import { RenderError } from './render.js';

const NEAREST = 0.05; // σ: nearer than this two points give no direction

export class AxisTools {
  /** @param {import('./latent-state.js').LatentState} state @param {import('./axis-store.js').AxisStore} store
   *  @param {{family: () => string, axes: () => object[], made: () => void}} panel whose axes are at hand */
  constructor(state, store, panel) {
    Object.assign(this, { state, store, panel, start: null });
    const button = (id, word, act, title = '', kind = '.aigc-quiet') =>
      make(`button${kind}`, { id: `sliders-${id}`, type: 'button', title, onclick: act }, t(word));
    this.thumb = make('canvas.aigc-thumb', { width: 28, height: 28, hidden: true, role: 'img', 'aria-label': t('sliders.startPicture') });
    this.mark = button('mark', 'sliders.mark', () => this.markHere(), t('sliders.markTitle'));
    this.make = button('make', 'sliders.make', () => this.fromMark(), t('sliders.makeTitle'));
    this.picker = make('input', { id: 'sliders-file', type: 'file', accept: '.json,application/json', hidden: true,
      onchange: () => this.load(this.picker.files[0]) });
    this.open = button('load', 'sliders.load', () => this.picker.click(), t('sliders.loadTitle'));
    this.export = button('export', 'sliders.export', () => this.save(), '', '.aigc-link');
    this.message = make('p.aigc-note.aigc-told', { role: 'status' });
    this.element = make('div.aigc-tools', {},
      make('div.aigc-actions', {}, this.thumb, this.mark, this.make, this.open, this.picker), this.message);
    this.forget();
  }

  /** Another model: a point of its space is no point of this one. */
  forget() {
    this.start = null;
    this.thumb.hidden = true;
    this.say('');
    this.show();
  }

  show() {
    const own = this.panel.family() === 'own';
    this.element.firstChild.hidden = !own;
    this.thumb.hidden = !this.start;
    this.make.disabled = !this.start;
    this.export.hidden = !this.panel.axes().length;
  }

  say(text, level = '') {
    setText(this.message, text);
    this.message.dataset.level = level;
  }

  // -- two points ------------------------------------------------------------------------------------------------

  async markHere() {
    this.start = [...this.state.z];
    this.say(t('sliders.marked'));
    this.show();
    try {
      paintDigits(this.thumb, await this.state.draw([this.start]));
    } catch (error) {
      if (!(error instanceof RenderError) && error.name !== 'AbortError') throw error;
    }
  }

  fromMark() {
    const way = this.state.z.map((value, k) => value - this.start[k]);
    if (Math.hypot(...way) < NEAREST) return this.say(t('sliders.samePoint'), 'error');
    return this.add([{ title: t('sliders.made', { n: this.store.own.length + 1 }), direction: unit(way) }]);
  }

  /** Put directions among the visitor's own, and say so. @param {import('./axis-file.js').Named[]} directions */
  add(directions, note = '') {
    const added = directions.filter(({ title, direction }) =>
      this.store.add(title || t('sliders.made', { n: this.store.own.length + 1 }), direction)).length;
    this.panel.made();
    this.say([added ? t('sliders.added', { n: added }) : t('sliders.known'), note, this.store.keeps ? '' : t('sliders.unkept')]
      .filter(Boolean).join(' '), added ? '' : 'error');
  }

  // -- files -----------------------------------------------------------------------------------------------------

  /** @param {File | undefined} file */
  async load(file) {
    if (!file) return;
    const { model, z } = this.state;
    try {
      if (file.size > MOST_BYTES) throw new FileProblem('large');
      const found = read(await file.text(), z.length);
      if (model !== this.state.model) return;
      this.add(found.directions, found.model === model.id ? '' : t('sliders.other', { model: found.model || '?' }));
    } catch (error) {
      // The browser's own errors are about a file that is gone or may not be read.
      this.say(error instanceof FileProblem ? t(`sliders.bad.${error.key}`, error.values) : t('sliders.bad.unread'), 'error');
    } finally {
      this.picker.value = '';
    }
  }

  save() {
    const { model, z } = this.state;
    const text = written(model.id, z.length, this.panel.axes());
    const name = `${model.id}-${this.panel.family()}-directions`.replace(/[^\w-]+/g, '_');
    const link = make('a', { href: URL.createObjectURL(new Blob([text], { type: 'application/json' })), download: `${name}.json` });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }
}
