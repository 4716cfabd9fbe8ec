// The picture of a latent point, the sentence over it, and the keys that choose which digit it is to be.

import { paintDigits } from './digits-canvas.js';
import { classesOf, wordsOf } from './class-names.js';
import { make, setText } from './dom.js';
import { t } from './i18n.js';
import { ALL } from './latent-state.js';

const PIXELS = 28 * 28;
const ACROSS = 5; // digits in a row where all are shown
const HOLD_MS = 5000; // a sentence about a mistake stays at least this long

export class LatentPicture {
  /** @param {(label: number | 'all') => void} chosen */
  constructor(chosen) {
    this.painted = 0;
    this.heldUntil = 0;
    this.canvas = make('canvas', { id: 'generate-image', role: 'img', width: 28, height: 28, 'data-frame': 0, 'data-model': '' });
    this.preview = make('img', { alt: '', hidden: true, onload: () => (this.preview.hidden = this.painted > 0) });
    this.pace = make('p.aigc-pace');
    this.status = make('p.aigc-status', { role: 'status' }, t('generate.loading'));
    this.element = make('div.aigc-picture', {},
      make('div.aigc-frame', {}, this.preview, this.canvas, this.status, this.pace));
    this.key = (value, word, title) => make('label', { title },
      make('input', { type: 'radio', name: 'aigc-digit', value, onchange: () => chosen(value) }),
      ...(value === ALL ? [] : [make('canvas', { width: 28, height: 28, 'aria-hidden': 'true' })]),
      make('span', {}, word));
    this.keys = make('div.aigc-keys', { id: 'generate-label', role: 'radiogroup', 'aria-label': t('generate.label') });
    this.listKeys(null);
    this.noLabel = make('p.aigc-note', { hidden: true }, t('generate.unconditional'));
  }

  /** What to show until the first picture is there. @param {URL} address */
  promise(address) {
    if (!this.painted) this.preview.src = address.href;
  }

  /** A key for each class of the model, and one for all. @param {import('./model-list.js').Model | null} model */
  listKeys(model) {
    const names = wordsOf(model);
    if (String(names) === String(this.names)) return;
    this.names = names;
    this.keys.replaceChildren(...classesOf(model).map((place) => this.key(place, names[place], '')), this.key(ALL, t('generate.all'), t('generate.allTitle')));
  }

  /** @param {import('./latent-state.js').LatentState} state */
  showLabel({ model, label, mix }) {
    this.listKeys(model);
    const conditional = model?.conditional ?? true;
    for (const input of this.keys.querySelectorAll('input')) {
      input.disabled = !conditional;
      input.checked = conditional && !mix && input.value === String(label);
    }
    this.keys.classList.toggle('aigc-off', !conditional);
    this.noLabel.hidden = conditional;
  }

  /** @param {Uint8Array} pixels the ten digits for one z */
  paintKeys(pixels) {
    this.keys.querySelectorAll('canvas').forEach((canvas, digit) => paintDigits(canvas, pixels, digit));
  }

  /**
   * @param {Uint8Array} pixels one digit, or the ten for one z
   * @param {number | 'all'} label @param {import('./latent-state.js').LatentState} state
   */
  paint(pixels, label, { model, mix }) {
    const all = pixels.length > PIXELS;
    if (all) paintDigits(this.canvas, pixels, 0, pixels.length / PIXELS, ACROSS);
    else paintDigits(this.canvas, pixels);
    this.canvas.classList.toggle('aigc-wide', all);
    this.preview.hidden = true;
    this.painted += 1;
    this.canvas.dataset.frame = String(this.painted);
    this.canvas.dataset.model = model.id;
    const words = all ? 'pictureAll' : !model.conditional ? 'pictureAny' : mix ? 'pictureMix' : 'picture';
    const name = t(`generate.${words}`, { label: this.names[label] ?? label, to: this.names[mix?.to] ?? '', model: model.title });
    if (this.canvas.getAttribute('aria-label') !== name) this.canvas.setAttribute('aria-label', name);
  }

  /** A sentence over the picture; '' takes it away, unless it is about a mistake that nobody can have read yet. */
  say(text, level = '') {
    if (!text && performance.now() < this.heldUntil) {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.say(''), this.heldUntil - performance.now() + 20);
      return;
    }
    this.heldUntil = level === 'error' ? performance.now() + HOLD_MS : 0;
    setText(this.status, text);
    this.status.dataset.level = level;
  }

  /** How long a picture takes and who draws it. @param {import('./latent-state.js').LatentState} state @param {number} pace ms */
  showPace({ model, renderer }, pace) {
    if (model.kind === 'live') return setText(this.pace, t('generate.learning'));
    const ms = pace < 9.5 ? Math.max(0.1, pace).toFixed(1) : Math.round(pace);
    const words = renderer.where === 'page' ? 'latencyHere' : 'latency';
    setText(this.pace, pace ? t(`generate.${words}`, { ms }) : '');
    this.pace.title = renderer.why;
  }
}
