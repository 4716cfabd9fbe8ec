// <aigc-paper-attention>: where each of the 196 places of a real feature map would look, and what gamma lets through.

import { make, setText } from './dom.js';
import { t } from './i18n.js';
import { count } from './numbers.js';
import { channelOf, featureMaps, PLACES } from './papers-maps.js';
import { choice, digits, PaperLive, picture, slider } from './papers-parts.js';
import { attention, attentionParameters, largestDifference, moments, multiply, norm, normals, standardised } from './papers-math.js';
import { SIDE } from './pixels.js';

const N = PLACES * PLACES;
const ARROWS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -PLACES, ArrowDown: PLACES };
const word = (key, values) => t(`papers.attention.${key}`, values);

export class PaperAttention extends PaperLive {
  build() {
    Object.assign(this, { gamma: 0, mode: 'random', scaled: false, digit: 8, place: 5 * PLACES + 6 });
    [this.image, this.map, this.entering, this.leaving] = Array.from({ length: 4 }, () => picture());
    for (const { canvas } of [this.image, this.map]) {
      canvas.tabIndex = 0;
      canvas.addEventListener('pointerdown', (event) => this.point(canvas, event));
      canvas.addEventListener('keydown', (event) => this.walk(event));
    }
    const mode = choice(word('mode'), ['random', 'features'].map((key) => [key, word(key)]), (value) => this.set({ mode: value }));
    const digit = choice(t('papers.fading.digit'), digits(), (value) => this.fetch(Number(value)));
    digit.select.value = String(this.digit);
    const scaled = make('input', { type: 'checkbox', onchange: () => this.set({ scaled: scaled.checked }) });
    const gamma = slider(word('gamma'), { min: 0, max: 1, step: 0.01, value: 0, show: (value) => value.toFixed(2) }, (value) => this.set({ gamma: value }));
    this.spread = make('p', { role: 'status' });
    this.size = make('p.aigc-note');
    return [make('div.aigc-actions', {}, digit.element, mode.element, make('label.aigc-paper-choice', {}, scaled, word('scaled'))), gamma.element,
      make('div.aigc-paper-pictures', {}, ...[this.image, this.map, this.entering, this.leaving].map(({ element }) => element)), this.spread, this.size];
  }

  async begin() {
    setText(this.status, word('loading'));
    return this.fetch(this.digit);
  }

  async fetch(digit) {
    const found = await featureMaps([digit]);
    setText(this.status, found.error ?? '');
    if (found.error) return false;
    this.found = found;
    this.set({ digit });
    return true;
  }

  set(change) {
    Object.assign(this, change);
    if (!('place' in change && Object.keys(change).length === 1) && this.found) this.table = null; // only another row is wanted
    this.update();
  }

  point(canvas, event) {
    const box = canvas.getBoundingClientRect();
    const at = (value, size) => Math.min(PLACES - 1, Math.max(0, Math.floor((PLACES * value) / size)));
    this.set({ place: at(event.clientY - box.top, box.height) * PLACES + at(event.clientX - box.left, box.width) });
  }

  walk(event) {
    const step = ARROWS[event.key];
    const next = this.place + step;
    if (step === undefined || next < 0 || next >= N || (Math.abs(step) === 1 && Math.floor(next / PLACES) !== Math.floor(this.place / PLACES))) return;
    event.preventDefault();
    this.set({ place: next });
  }

  /** The table of attention and what it would add; the projections are drawn from a fixed seed. */
  attend() {
    const { channels: c, maps: [x] } = this.found;
    const draw = normals(1);
    const matrix = (rows, columns) => Float64Array.from({ length: rows * columns }, () => draw() / Math.sqrt(rows));
    const [k, half] = [Math.max(1, Math.round(c / 8)), Math.max(1, Math.round(c / 2))];
    const plain = standardised(x, N, c);
    const random = this.mode === 'random';
    const [f, g] = random ? [0, 0].map(() => multiply(plain, matrix(c, k), N, c, k)) : [plain, plain];
    const wide = random ? k : c;
    this.table = attention(f, g, N, wide, this.scaled ? 1 / Math.sqrt(wide) : 1);
    const h = multiply(x, matrix(c, half), N, c, half);
    this.added = multiply(multiply(this.table, h, N, N, half), matrix(half, c), N, half, c);
    this.lively = Array.from({ length: c }, (_, i) => i).reduce((a, b) => (moments(channelOf(x, c, b)).std > moments(channelOf(x, c, a)).std ? b : a));
  }

  compute() {
    if (!this.table) this.attend();
    const { channels: c, maps: [x], images: [image] } = this.found;
    const row = this.table.subarray(this.place * N, (this.place + 1) * N);
    const most = row.reduce((a, b) => Math.max(a, b));
    const [high, wide] = [Math.floor(this.place / PLACES) + 1, (this.place % PLACES) + 1];
    this.image.paint(image, 0, 255, word('image'));
    this.mark();
    this.map.paint(row, 0, most, word('map', { row: high, column: wide }));
    const y = (gamma) => Float64Array.from(x, (value, i) => value + gamma * this.added[i]);
    const now = y(this.gamma);
    const [before, after] = [x, now].map((values) => channelOf(values, c, this.lively));
    const [low, top] = [before, after].reduce(([a, b], values) => [Math.min(a, ...values), Math.max(b, ...values)], [Infinity, -Infinity]);
    this.entering.paint(before, low, top, word('before'));
    this.leaving.paint(after, low, top, word('after'));
    const entropy = -row.reduce((sum, share) => sum + (share > 0 ? share * Math.log(share) : 0), 0);
    setText(this.spread, word('spread', { n: Math.exp(entropy).toFixed(1), all: N, most: `${(100 * most).toFixed(1)} %` }));
    setText(this.size, word('size', { c, n: count(attentionParameters(c)), a: count(N * N) }));
    const sums = Float64Array.from({ length: N }, (_, i) => this.table.subarray(i * N, (i + 1) * N).reduce((a, b) => a + b));
    this.check([
      { key: 'rows', text: word('claim.rows'), predicted: 0, measured: largestDifference(sums, new Float64Array(N).fill(1)), tolerance: 1e-9 },
      { key: 'zero', text: word('claim.zero'), predicted: 0, measured: largestDifference(y(0), x), tolerance: 0 },
      { key: 'gamma', text: word('claim.gamma'), predicted: this.gamma, measured: norm(now, x) / norm(this.added), tolerance: 1e-6 },
    ]);
  }

  /** Show on the digit which place asks. */
  mark() {
    const context = this.image.canvas.getContext('2d');
    const cell = SIDE / PLACES;
    context.fillStyle = getComputedStyle(this).getPropertyValue('--aigc-g');
    context.fillRect((this.place % PLACES) * cell, Math.floor(this.place / PLACES) * cell, cell, cell);
  }
}
