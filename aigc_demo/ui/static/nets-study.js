// One study of a layer: what it asks, the pictures and histograms of the batch, and its claims.

import { post } from './api.js';
import { CheckedClaims, shown } from './checked-claims.js';
import { make, setText } from './dom.js';
import { fromBase64 } from './base64.js';
import { t } from './i18n.js';
import { paintChannels, paintHistogram } from './nets-plot.js';
import { colours, pictureElement } from './nets-picture.js';
import { short } from './numbers.js';
import { prose } from './prose.js';

const PERCENT = new Set(['negative']);
const CHANNEL_SETS = ['before', 'training', 'inference'];

export class NetsStudy {
  /** @param {string} key @param {() => string} model the model to look at */
  constructor(key, model) {
    this.key = key;
    this.model = model;
    this.seed = 0;
    this.plots = [];
    const word = (name) => t(`nets.study.${key}.${name}`);
    this.about = make('p');
    this.says = make('p.aigc-note');
    this.status = make('p.aigc-status', { role: 'status' });
    this.pictures = make('div.aigc-study-pictures');
    this.charts = make('div.aigc-study-plots');
    this.claims = new CheckedClaims(t(`nets.study.${key}`));
    this.button = make('button.aigc-quiet', { type: 'button', 'data-look': '', onclick: () => this.look() }, t('nets.look'));
    this.element = make('article.aigc-study', { id: `explain-networks-${key}`, 'data-study': key },
      make('h4', {}, t(`nets.study.${key}`)), this.about, make('div.aigc-actions', {}, this.button), this.status,
      this.pictures, this.charts, this.says, this.claims.element);
    this.word = word;
    this.about.hidden = true;
  }

  /** Ask the server, and show what it found. @returns {Promise<boolean>} whether all claims hold */
  async look() {
    if (this.busy) return false;
    this.busy = true;
    this.button.disabled = true;
    this.element.dataset.state = 'running';
    setText(this.status, t('nets.looking'));
    const answer = await post(`networks/${this.key}`, { model: this.model(), seed: this.seed });
    this.busy = false;
    this.button.disabled = false;
    this.seed += 1;
    this.element.dataset.state = 'done';
    setText(this.status, answer.ok ? '' : answer.error);
    if (!answer.ok) return false;
    setText(this.button, t('nets.another'));
    return this.show(answer.data);
  }

  show({ layer, figures, pictures, spreads, channels, claims }) {
    const values = Object.fromEntries(Object.entries(figures).map(([key, value]) => [key, PERCENT.has(key) ? `${(100 * value).toFixed(1)} %` : inWords(value)]));
    this.about.hidden = false;
    this.about.replaceChildren(prose(t(`nets.study.${this.key}.about`, { layer, ...values })));
    setText(this.says, t(`nets.study.${this.key}.says`, values));
    this.found = { pictures: pictures.map(unpack), spreads, channels };
    const all = this.claims.show(claims.map((claim) => ({ ...claim, text: this.word(`claim.${claim.key}`) })));
    this.element.dataset.holds = all;
    this.build();
    return all;
  }

  build() {
    const { pictures, spreads, channels } = this.found;
    this.drawn = pictures.map((picture) => pictureElement(picture, this.word(`picture.${picture.key}`)));
    this.pictures.replaceChildren(...this.drawn.map(({ element }) => element));
    const histograms = spreads.map((spread) => {
      const name = this.word(`spread.${spread.key}`);
      const label = t('nets.histogram', { name: name.replaceAll('`', ''), mean: short(spread.mean), std: short(spread.std) });
      return plot(name, label, t('nets.histogram', { name: '', mean: short(spread.mean), std: short(spread.std) }).replace(/^[:：]\s*/, ''), (canvas, look) => paintHistogram(canvas, spread, look));
    });
    this.plots = [...histograms, ...this.channelPlots(channels)];
    this.charts.replaceChildren(...this.plots.map(({ element }) => element));
    this.paint();
  }

  channelPlots(channels) {
    if (!channels.before_mean) return [];
    const reach = (key) => Math.max(...channels[`${key}_mean`].map((mean, i) => Math.abs(mean) + channels[`${key}_std`][i]));
    return CHANNEL_SETS.map((key) => {
      const [means, stds] = [channels[`${key}_mean`], channels[`${key}_std`]];
      const name = this.word(`spread.${key}`);
      const [low, high] = [Math.min(...stds), Math.max(...stds)].map(short);
      const words = t('nets.channelsOf', { name: '', n: means.length, low, high }).replace(/^[:：]\s*/, '');
      return plot(name, `${this.word('channels')}. ${t('nets.channelsOf', { name: name.replaceAll('`', ''), n: means.length, low, high })}`, words,
        (canvas, look) => paintChannels(canvas, means, stds, Math.max(...CHANNEL_SETS.map(reach)), look));
    });
  }

  /** Draw what is shown, in the present colours and widths. */
  paint() {
    if (!this.found) return;
    const style = getComputedStyle(this.element);
    const look = Object.fromEntries(['ink', 'muted', 'line'].map((name) => [name, style.getPropertyValue(`--aigc-${name}`)]));
    for (const { canvas, draw } of this.plots) draw(canvas, look);
    const hues = colours(this.element);
    for (const { paint } of this.drawn) paint(hues);
  }
}

/** A number of a sentence: whole ones with separators. */
const inWords = (value) => (Number.isInteger(value) ? shown(value) : String(Number(value.toPrecision(3))).replace('-', '−'));

function plot(name, label, words, draw) {
  const canvas = make('canvas', { role: 'img', 'aria-label': label });
  return { canvas, draw, element: make('figure', {}, make('figcaption', {}, prose(name), make('small', {}, words)), make('div', {}, canvas)) };
}

function unpack({ key, kind, shape, data }) {
  return { key, kind, shape, data: new Float32Array(fromBase64(data).buffer) };
}
