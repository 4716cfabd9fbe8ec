// The panel "draw" of the latent studio: a pad, what the networks make of the drawing on it, and the search for its z.

import { paintDigits } from './digits-canvas.js';
import { atMostEvery, make, setText } from './dom.js';
import { ClassBars, ranked } from './drawing-classes.js';
import { SIZE } from './drawing-ink.js';
import { DOpinion } from './drawing-judge.js';
import { DrawingPad } from './drawing-pad.js';
import { DrawingSearch } from './drawing-search.js';
import { DrawingSources } from './drawing-sources.js';
import { t } from './i18n.js';
import { openClassifier } from './judge.js';
import { fit, kindOf } from './mnist-fit.js';
import { Voice } from './moves-voice.js';
import { PIXELS, SIDE } from './pixels.js';
import { RenderError } from './render.js';

const SMALLEST = 0.2 * SIZE; // a smaller drawing is not blown up to fill the field
const GROWN_MS = 10_000; // a model that is learning gets its D anew at most this often
const AUTO = 'auto';

export class DrawPanel {
  /** @param {import('./latent-state.js').LatentState} state */
  constructor(state) {
    this.state = state;
    this.isOpen = false;
    this.image = new Float32Array(PIXELS); // as the networks see the drawing
    this.kind = 'empty';
    this.pad = new DrawingPad();
    this.sources = new DrawingSources(this.pad);
    this.seen = make('canvas', { id: 'draw-seen', width: SIDE, height: SIDE, role: 'img', 'aria-label': t('draw.seen'), 'data-kind': 'empty' });
    this.advice = make('p.aigc-advice', { id: 'draw-advice', role: 'status' });
    this.bars = new ClassBars();
    this.voice = new Voice();
    this.opinion = new DOpinion(state, () => this.judged());
    this.search = new DrawingSearch(state, () => this.subject());
    this.choice = make('select', { id: 'draw-label', onchange: () => this.judgeNow() },
      make('option', { value: AUTO }, t('draw.auto')), ...Array.from({ length: 10 }, (_, digit) => make('option', { value: digit }, String(digit))));
    this.field = make('label.aigc-field', {}, make('span', {}, t('draw.meant')), this.choice);
    this.element = make('div.aigc-panel-draw', {}, ...this.layOut());
    this.#listen();
    this.search.allow(false);
  }

  layOut() {
    const { pad, sources, bars, opinion, search } = this;
    return [
      make('div.aigc-desk', {},
        make('div.aigc-at-hand', {},
          pad.box, pad.keys,
          make('div.aigc-actions', {}, pad.undoButton, pad.clearButton, sources.upload, sources.input),
          sources.examples, sources.note, this.advice,
          make('div.aigc-ask', {}, this.field, search.controls)),
        make('div.aigc-seen', {},
          make('figure', {}, this.seen, make('figcaption', {}, make('b', {}, t('draw.seen')), make('span', {}, t('draw.seenNote')))),
          bars.element, opinion.element)),
      search.element,
      this.voice.place,
    ];
  }

  #listen() {
    let due = 0;
    this.pad.addEventListener('ink', () => {
      due ||= requestAnimationFrame(() => {
        due = 0;
        this.look();
      });
    });
    const grown = atMostEvery(GROWN_MS, () => this.isOpen && this.opinion.open());
    this.state.addEventListener('model', () => {
      this.search.forget();
      if (this.isOpen) this.opinion.open();
    });
    this.state.addEventListener('weights', grown);
  }

  opened() {
    this.isOpen = true;
    this.opinion.open();
    this.readClasses();
  }

  closed() {
    this.isOpen = false;
    this.opinion.close();
    this.voice.rest();
    this.search.cancel(t('draw.cancelled'));
  }

  async readClasses() {
    try {
      this.classifier = await openClassifier();
      this.judgeNow();
    } catch (error) {
      if (!(error instanceof RenderError)) throw error;
      this.bars.show(null, error.message);
    }
  }

  /** See the drawing as it is now, as the networks do. */
  look() {
    const { digit } = this.pad.ink;
    const drawing = this.pad.ink.read();
    this.kind = kindOf(drawing);
    this.image = digit ? Float32Array.from(digit, (value) => value / 255) : fit(drawing, SMALLEST);
    paintDigits(this.seen, this.bytes);
    this.seen.dataset.kind = this.kind;
    setText(this.advice, this.kind === 'dot' || this.kind === 'full' ? t(`draw.kind.${this.kind}`) : '');
    this.search.allow(this.kind !== 'empty');
    this.judgeNow();
    if (this.kind !== 'empty') this.voice.say(`${t('draw.classes')} ${this.bars.guess.textContent} ${this.opinion.value.textContent}`);
  }

  get bytes() {
    return Uint8Array.from(this.image, (value) => Math.round(255 * value));
  }

  /** The digit that the visitor says it is; null leaves it to the networks. */
  get meant() {
    return this.choice.value === AUTO ? null : Number(this.choice.value);
  }

  judged() {
    this.field.hidden = !(this.opinion.asksForLabel || this.state.model?.conditional);
    this.judgeNow();
  }

  judgeNow() {
    const isBlank = this.kind === 'empty';
    try {
      const shares = isBlank || !this.classifier ? null : this.classifier.read(this.image);
      if (this.classifier) this.bars.show(shares, t('draw.classesWait'));
      this.opinion.show(isBlank ? null : this.image, this.meant ?? (shares ? ranked(shares)[0] : null));
    } catch (error) {
      if (!(error instanceof RenderError)) throw error;
      setText(this.advice, error.message);
    }
  }

  /** What a search is to look for. */
  subject() {
    return this.kind === 'empty' ? null : { image: this.bytes, label: this.state.model?.conditional ? this.meant : null };
  }
}
