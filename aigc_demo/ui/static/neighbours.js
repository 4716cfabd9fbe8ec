// The training digits that are nearest to the generated one, and whether that is suspiciously near.

import { post } from './api.js';
import { paintDigits } from './digits-canvas.js';
import { make, setText } from './dom.js';
import { catalogue, t } from './i18n.js';
import { stylesOf } from './render-server.js';

const COUNT = 8;
const PAUSE_MS = 300; // a hand that still moves asks for nothing
const EVENTS = ['model', 'point', 'label', 'truncation', 'weights'];
// Of the usual distance between an unseen real digit and its nearest training digit, where that is the same digit: 1s lie
// near each other by nature. Of the 1,000 held-out digits none lies below COPY and one in twenty below NEAR, while training
// digits with some noise, or blurred, mostly lie below COPY.
const COPY = 0.5;
const NEAR = 0.75;

/** @param {number} ratio @returns {'copy' | 'near' | 'own'} */
export const verdictOf = (ratio) => (ratio < COPY ? 'copy' : ratio < NEAR ? 'near' : 'own');

export class Neighbours {
  /** @param {import('./latent-state.js').LatentState} state */
  constructor(state) {
    this.state = state;
    this.note = make('p.aigc-note', { hidden: true });
    this.verdict = make('p.aigc-judged', { role: 'status' });
    this.figures = make('p.aigc-figures-line');
    this.own = digit(t('inside.generated'));
    this.row = make('div.aigc-row-of-digits', { id: 'inside-neighbours', hidden: true });
    this.element = make('section', {},
      this.verdict, this.figures, this.row, this.note,
      make('p.aigc-note', {}, t('inside.thresholds')));
    for (const event of EVENTS) state.addEventListener(event, () => this.ask());
  }

  start() {
    this.open = true;
    this.ask();
  }

  stop() {
    this.open = false;
    this.drop();
  }

  drop() {
    clearTimeout(this.timer);
    this.flight?.abort();
  }

  ask() {
    this.drop();
    if (this.open && this.state.model) this.timer = setTimeout(() => this.look(), PAUSE_MS);
  }

  async look() {
    const { model, z, truncation } = this.state;
    const { signal } = (this.flight = new AbortController());
    if (this.row.hidden) setText(this.verdict, t('inside.searching'));
    const classes = this.state.classes();
    const wish = classes instanceof Float32Array ? { classes: Array.from(classes) } : { labels: classes };
    const styles = model.styles ? stylesOf(this.state.styling()) : undefined;
    const answer = await post(`models/${encodeURIComponent(model.id)}/neighbours`, { z, ...wish, truncation, styles, count: COUNT }, signal);
    const pixels = signal.aborted ? null : await this.state.draw([z], { priority: 'later', signal }).catch(() => null);
    if (signal.aborted) return;
    if (answer.ok) this.show(answer.data, pixels);
    else this.fail(answer.error);
  }

  fail(sentence) {
    this.row.hidden = this.note.hidden = true;
    delete this.verdict.dataset.verdict;
    setText(this.verdict, sentence);
    setText(this.figures, '');
  }

  show({ neighbours, typical_by_label: usual, dataset }, pixels) {
    const [nearest] = neighbours;
    const typical = usual[nearest.label];
    const ratio = nearest.distance / typical;
    this.verdict.dataset.verdict = verdictOf(ratio);
    setText(this.verdict, t(`inside.verdict.${verdictOf(ratio)}`));
    setText(this.figures, t('inside.verdict', {
      nearest: nearest.distance.toFixed(2), typical: typical.toFixed(2), ratio: ratio.toFixed(2), label: nearest.label,
    }));
    setText(this.note, t('inside.neighboursNote', { dataset: catalogue.datasets[dataset]?.title ?? dataset }));
    if (pixels) paintDigits(this.own.canvas, pixels);
    this.row.replaceChildren(this.own.element, ...neighbours.map(({ image, label, distance }) => {
      const words = { label, distance: distance.toFixed(2) };
      const shown = digit(t('inside.distance', words), t('inside.neighbour', words));
      paintDigits(shown.canvas, Uint8Array.from(atob(image), (sign) => sign.charCodeAt(0)));
      return shown.element;
    }));
    this.row.hidden = this.note.hidden = false;
  }
}

function digit(caption, name = caption) {
  const canvas = make('canvas', { width: 28, height: 28, role: 'img', 'aria-label': name });
  return { canvas, element: make('figure', {}, canvas, make('figcaption', { 'aria-hidden': 'true' }, caption)) };
}
