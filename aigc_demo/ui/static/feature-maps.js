// The generator opened up: every stage from z to the picture, painted anew as the point moves, at most once a frame.

import { make, setText } from './dom.js';
import { t } from './i18n.js';
import { latest } from './latest.js';
import { RenderError } from './render.js';
import { StageView } from './stage-view.js';

const EVENTS = ['model', 'point', 'label', 'truncation', 'weights'];

export class FeatureMaps {
  /** @param {import('./latent-state.js').LatentState} state */
  constructor(state) {
    this.state = state;
    this.views = [];
    this.signature = '';
    this.open = false;
    this.near = false;
    this.update = latest(() => this.draw());
    this.status = make('p.aigc-note', { role: 'status' }, t('inside.looking'));
    this.list = make('div.aigc-stages', { id: 'inside-maps', 'data-painted': 0 });
    this.legend = make('p.aigc-legend-maps', { hidden: true },
      make('i.aigc-signed', { 'aria-hidden': 'true' }), t('inside.legendSigned'),
      make('i.aigc-plain', { 'aria-hidden': 'true' }), t('inside.legendPlain'),
      make('span', {}, t('inside.legend')));
    this.element = make('section', {},
      make('p.aigc-note', {}, t('inside.mapsNote')), this.legend, this.status, this.list);
    for (const event of EVENTS) state.addEventListener(event, () => this.ask());
    addEventListener('aigc:theme', () => this.recolour());
    new ResizeObserver(() => this.views.forEach((view) => view.paint())).observe(this.list);
    new IntersectionObserver(([entry]) => this.seen(entry.isIntersecting)).observe(this.element);
  }

  seen(near) {
    this.near = near;
    this.ask();
  }

  start() {
    this.open = true;
    this.ask();
  }

  stop() {
    this.open = false;
  }

  ask() {
    if (this.open && this.near && this.state.renderer) this.update();
  }

  async draw() {
    await new Promise(requestAnimationFrame);
    const { model } = this.state;
    if (!this.open || !model) return;
    try {
      const stages = await this.state.maps();
      if (this.open && model === this.state.model) this.show(stages);
    } catch (error) {
      if (error.name === 'AbortError') return;
      if (!(error instanceof RenderError)) throw error;
      setText(this.status, error.message);
    }
  }

  /** @param {import('./stage-paint.js').Stage[] | null} stages */
  show(stages) {
    setText(this.status, stages ? '' : t('inside.blind'));
    this.legend.hidden = !stages;
    const signature = (stages ?? []).map(({ name, shape }) => `${name} ${shape}`).join();
    if (signature !== this.signature) this.build(stages ?? [], signature);
    this.colours ??= this.readColours();
    this.views.forEach((view, i) => view.show(stages[i], this.colours));
    this.list.dataset.painted = String(Number(this.list.dataset.painted) + 1);
  }

  build(stages, signature) {
    this.signature = signature;
    this.views = stages.map((stage, i) => new StageView(stage, i));
    this.list.replaceChildren(...this.views.map((view) => view.element));
  }

  recolour() {
    this.colours = null;
    this.ask();
  }

  /** The style sheet names them; a canvas of one pixel knows what any colour is in numbers. */
  readColours() {
    const style = getComputedStyle(this.list);
    const context = Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d');
    const read = (name) => {
      context.fillStyle = style.getPropertyValue(name).trim();
      context.fillRect(0, 0, 1, 1);
      return [...context.getImageData(0, 0, 1, 1).data.slice(0, 3)];
    };
    return { minus: read('--aigc-minus'), zero: read('--aigc-zero'), plus: read('--aigc-plus'), mark: style.getPropertyValue('--aigc-faint').trim() };
  }
}
