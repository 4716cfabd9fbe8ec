// <aigc-paper-style>: one channel of a real feature map, normalised and given another mean and deviation.

import { make, setText } from './dom.js';
import { t } from './i18n.js';
import { models } from './model-list.js';
import { short } from './numbers.js';
import { channelOf, featureMaps } from './papers-maps.js';
import { choice, digits, PaperLive, picture, slider } from './papers-parts.js';
import { adain, largestDifference, moments } from './papers-math.js';
import { openTab } from './tabs.js';

const word = (key, values) => t(`papers.style.${key}`, values);
const RANGE = { scale: [0, 3], shift: [-2, 2] };

export class PaperStyle extends PaperLive {
  build() {
    Object.assign(this, { content: 2, other: 8, channel: 0, scale: 1, shift: 0 });
    this.pictures = Array.from({ length: 3 }, () => picture());
    const content = choice(word('content'), digits(), (value) => this.fetch({ content: Number(value) }));
    const style = choice(word('style'), digits(), (value) => this.fetch({ other: Number(value) }));
    [content.select.value, style.select.value] = [String(this.content), String(this.other)];
    this.channels = choice(word('channel'), [], (value) => this.set({ channel: Number(value) }));
    const knob = (key) => slider(word(key), { min: RANGE[key][0], max: RANGE[key][1], step: 0.01, value: this[key], show: short }, (value) => this.set({ [key]: value }));
    this.knobs = { scale: knob('scale'), shift: knob('shift') };
    const button = (key, from) => make('button.aigc-quiet', { type: 'button', 'data-from': key, onclick: () => this.take(from()) }, word(key));
    this.mixing = make('button.aigc-quiet', { type: 'button', hidden: true, onclick: () => this.mix() }, word('mix'));
    this.lacking = make('p.aigc-note', { hidden: true }, word('noModel'));
    models.addEventListener('change', () => this.offer());
    models.refresh().then(() => this.offer());
    return [this.mixing, this.lacking, make('div.aigc-actions', {}, content.element, style.element, this.channels.element),
      this.knobs.scale.element, this.knobs.shift.element,
      make('div.aigc-actions', {}, button('copy', () => this.y), button('own', () => this.x)),
      make('div.aigc-paper-pictures', {}, ...this.pictures.map(({ element }) => element))];
  }

  /** A model whose styles can be mixed in the studio, where there is one. */
  get model() {
    return models.list.find(({ styles }) => styles > 0);
  }

  offer() {
    this.mixing.hidden = !this.model;
    this.lacking.hidden = Boolean(this.model) || !models.loaded;
  }

  mix() {
    openTab('generate');
    scrollTo({ top: 0 });
    dispatchEvent(new CustomEvent('aigc:model', { detail: { id: this.model.id, panel: 'styles' } }));
  }

  async begin() {
    setText(this.status, t('papers.attention.loading'));
    return this.fetch({});
  }

  async fetch(change) {
    Object.assign(this, change);
    const found = await featureMaps([this.content, this.other]);
    setText(this.status, found.error ?? '');
    if (found.error) return false;
    this.found = found;
    const spread = (i) => Math.min(...found.maps.map((map) => moments(channelOf(map, found.channels, i)).std));
    const order = Array.from({ length: found.channels }, (_, i) => i).sort((a, b) => spread(b) - spread(a)).filter((i) => spread(i) > 0.01);
    this.channels.select.replaceChildren(...order.map((i) => make('option', { value: i }, `${i + 1}`)));
    this.set({ channel: order[0] });
    return true;
  }

  /** Give the sliders these moments. */
  take({ mean, std }) {
    this.knobs.scale.put(std);
    this.knobs.shift.put(mean);
    this.set({ scale: std, shift: mean });
  }

  set(change) {
    Object.assign(this, change);
    this.update();
  }

  compute() {
    const [x, y] = this.found.maps.map((map) => channelOf(map, this.found.channels, this.channel));
    this.x = moments(x);
    this.y = moments(y);
    const result = adain(x, this.scale, this.shift);
    const [low, high] = [x, y, result].reduce(([a, b], values) => [Math.min(a, ...values), Math.max(b, ...values)], [Infinity, -Infinity]);
    const of = ({ mean, std }) => ({ mean: short(mean), std: short(std) });
    this.pictures[0].paint(x, low, high, word('x', of(this.x)));
    this.pictures[1].paint(y, low, high, word('y', of(this.y)));
    this.pictures[2].paint(result, low, high, word('result'));
    const got = moments(result);
    this.check([
      { key: 'mean', text: word('claim.mean'), predicted: this.shift, measured: got.mean, tolerance: 1e-6 },
      { key: 'std', text: word('claim.std'), predicted: this.scale, measured: got.std, tolerance: 1e-6 },
      { key: 'same', text: word('claim.same'), predicted: 0, measured: largestDifference(adain(x.map((value) => 3 * value + 5), this.scale, this.shift), result), tolerance: 1e-4 },
      { key: 'back', text: word('claim.back'), predicted: 0, measured: largestDifference(adain(x, this.x.std, this.x.mean), x), tolerance: 1e-6 },
    ]);
  }
}
