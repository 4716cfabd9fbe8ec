// D's opinion of a drawing, beside its opinions of real digits and of this G's.

import { make, setText } from './dom.js';
import { heldOutDigits } from './drawing-examples.js';
import { HEIGHT, paintRuler, standing, tellsApart } from './drawing-ruler.js';
import { catalogue, t } from './i18n.js';
import { openJudge } from './judge.js';
import { drawPoint, seeded } from './latent-points.js';
import { short } from './numbers.js';
import { PIXELS, RenderError } from './render.js';
import { fitted } from './samples.js';

const FAKES = 50;
const SLICE_MS = 12; // the page stays free for whoever draws
const BLIND = [0.35, 0.65]; // how often D is right when it can hardly tell
const STRICT = 0.97;
const COLOURS = ['ink', 'muted', 'edge', 'd', 'g'];

export class DOpinion {
  /** @param {import('./latent-state.js').LatentState} state @param {() => void} ready asks for the drawing to be judged again */
  constructor(state, ready) {
    this.state = state;
    this.ready = ready;
    this.judge = this.scale = this.last = null;
    this.value = make('p.aigc-d-score', { id: 'draw-d' }, t('draw.opening'));
    this.verdict = make('p');
    this.standing = make('p.aigc-figures-line');
    this.ruler = make('canvas', { role: 'img', 'aria-label': t('draw.ruler') });
    this.key = make('p.aigc-key', {},
      make('span', {}, make('i.aigc-real'), t('draw.real')), make('span', {}, make('i.aigc-fake'), t('draw.fake')));
    this.plot = make('div.aigc-ruler', { hidden: true }, this.key, this.ruler);
    this.reliable = make('p.aigc-note');
    this.element = make('section.aigc-opinion', {},
      make('h3', {}, t('draw.d')), this.value, make('div.aigc-verdict', { id: 'draw-verdict' }, this.verdict, this.standing), this.plot, this.reliable, make('p.aigc-note', {}, t('draw.dNote')));
    new ResizeObserver(() => this.paint()).observe(this.plot);
    addEventListener('aigc:theme', () => this.paint());
  }

  /** Whether it matters to D which digit a drawing is meant to be. */
  get asksForLabel() {
    return this.judge?.conditional ?? false;
  }

  /** Get this model's D, then see how it scores digits that are known. */
  async open() {
    this.close();
    const { signal } = (this.work = new AbortController());
    const { model } = this.state;
    if (!model) return;
    try {
      const judge = await openJudge(model.id);
      if (signal.aborted) return;
      if (this.of !== model.id) this.scale = null;
      Object.assign(this, { judge, of: model.id });
      this.ready();
      await this.measure(signal);
    } catch (error) {
      if (signal.aborted || error.name === 'AbortError') return;
      if (!(error instanceof RenderError)) throw error;
      this.fail(error.message);
    }
  }

  close() {
    this.work?.abort();
  }

  fail(sentence) {
    this.judge = this.scale = null;
    this.plot.hidden = true;
    for (const text of [this.verdict, this.standing, this.reliable]) setText(text, '');
    setText(this.value, sentence);
    this.ready();
  }

  async measure(signal) {
    const labels = Array.from({ length: FAKES }, (_, i) => i % 10);
    const uniform = seeded(FAKES);
    const points = labels.map(() => drawPoint(this.state.z.length, uniform));
    const [digits, drawn] = await Promise.all([
      heldOutDigits(), this.state.draw(points, { classes: labels, truncation: 1, priority: 'later', signal })]);
    if (signal.aborted || !digits) return;
    const fakes = labels.map((_, i) => drawn.subarray(i * PIXELS, (i + 1) * PIXELS));
    const real = await this.scores(digits.images, digits.labels, signal);
    const fake = await this.scores(fakes, labels, signal);
    if (signal.aborted) return;
    this.scale = { real, fake };
    this.plot.hidden = false;
    const right = tellsApart(this.scale);
    const key = right >= BLIND[0] && right <= BLIND[1] ? 'blind' : right >= STRICT ? 'strict' : 'some';
    setText(this.reliable, t(`draw.reliable.${key}`, { percent: Math.round(100 * right) }));
    this.ready();
    this.paint();
  }

  /** @returns {Promise<number[]>} sorted */
  async scores(images, labels, signal) {
    const found = [];
    let until = performance.now() + SLICE_MS;
    for (const [i, image] of images.entries()) {
      found.push(this.judge.score(Float32Array.from(image, (value) => value / 255), labels[i]).logit);
      if (performance.now() < until) continue;
      await new Promise((resolve) => setTimeout(resolve));
      if (signal.aborted) return [];
      until = performance.now() + SLICE_MS;
    }
    return found.sort((a, b) => a - b);
  }

  /** @param {Float32Array | null} image null where there is nothing to judge @param {number | null} label the digit it is meant to be */
  show(image, label) {
    if (!this.judge) return;
    this.last = image ? this.judge.score(image, this.judge.conditional ? label : null).logit : null;
    this.say(label);
    this.paint();
  }

  say(label) {
    const score = this.last;
    const place = score === null || !this.scale ? null : standing(score, this.scale);
    const percents = { real: Math.round(100 * place?.real), fake: Math.round(100 * place?.fake) };
    setText(this.verdict, place ? t(`draw.verdict.${place.verdict}`) : '');
    setText(this.standing, place ? t('draw.standing', percents) : '');
    this.verdict.dataset.verdict = place?.verdict ?? '';
    setText(this.value, score === null ? t('draw.dWaits') : this.inWords(score, label));
    this.value.dataset.score = String(score ?? '');
  }

  /** A score as the loss reads it. */
  inWords(score, label) {
    const isProbability = catalogue.losses[catalogue.recipes[this.state.model.recipe]?.loss]?.readout === 'probability';
    const asked = this.judge.conditional && label !== null ? t('draw.asked', { digit: label }) : '';
    const words = { value: short(score), p: short(1 / (1 + Math.exp(-score))) };
    return `${t(isProbability ? 'draw.probability' : 'draw.score', words)}${asked}`;
  }

  paint() {
    const width = this.plot.clientWidth;
    if (!this.scale || !width) return;
    const style = getComputedStyle(this.plot);
    const colours = Object.fromEntries(COLOURS.map((key) => [key, style.getPropertyValue(`--aigc-${key}`).trim()]));
    paintRuler(fitted(this.ruler, width, HEIGHT, devicePixelRatio || 1), {
      scale: this.scale, score: this.last, width, colours, font: style.fontFamily, words: { you: t('draw.you') },
    });
  }
}
