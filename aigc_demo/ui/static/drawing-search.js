// "Find its z": the search on the server with its progress and its best picture so far, and the point that it ends at.

import { paintDigits } from './digits-canvas.js';
import { make, setText } from './dom.js';
import { FoundView } from './drawing-found.js';
import { search, SearchError } from './drawing-stream.js';
import { t } from './i18n.js';
import { latest } from './latest.js';
import { untouched } from './latent-state.js';
import { models } from './model-list.js';
import { SIDE } from './pixels.js';
import { RenderError } from './render.js';

const GONE = 404;

/** @typedef {{model: string, z: number[], label: number | 'all', mix: object | null, truncation: number,
 *   mixed: import('./latent-state.js').Mixed | null, noise: {strength: number, seed: number}}} Former */

export class DrawingSearch {
  /** @param {import('./latent-state.js').LatentState} state @param {() => {image: Uint8Array, label: number | null} | null} subject */
  constructor(state, subject) {
    this.state = state;
    this.subject = subject;
    this.flight = null;
    /** @type {Former | null} */
    this.former = null;
    const button = (name, kind, action) => make(`button.${kind}`, { id: `draw-${name}`, type: 'button', onclick: action }, t(`draw.${name}`));
    this.start = button('search', 'aigc-primary', () => this.run());
    this.cancelButton = button('cancel', 'aigc-quiet', () => this.cancel(t('draw.cancelled')));
    this.back = button('back', 'aigc-quiet', () => this.goBack());
    this.bar = make('progress', { id: 'draw-progress', max: 1, value: 0, 'aria-label': t('draw.progress') });
    this.live = make('canvas', { id: 'draw-live', width: SIDE, height: SIDE, role: 'img', 'aria-label': t('draw.picture.made'), 'data-frame': 0 });
    this.sofar = make('span.aigc-so-far');
    this.going = make('div.aigc-going', { hidden: true }, this.live, make('div', {}, this.bar, this.sofar, this.cancelButton));
    this.status = make('p.aigc-search-status', { id: 'draw-search-status', role: 'status' });
    this.found = new FoundView();
    this.show = latest(() => this.paintLive());
    this.back.hidden = true;
    this.controls = make('div.aigc-actions', {}, this.start, this.back);
    this.element = make('section.aigc-search', { id: 'draw-result' },
      make('h3', {}, t('draw.searchTitle')), make('p.aigc-note', {}, t('draw.searchNote')),
      this.going, this.status, this.found.element);
  }

  /** @param {boolean} possible whether there is anything to look for */
  allow(possible) {
    this.possible = possible;
    this.start.disabled = !possible || this.flight !== null;
  }

  /** Another model: what was found in the last one's space means nothing here. */
  forget() {
    this.cancel('');
    this.found.hide();
    this.back.hidden = true;
    this.former = null;
    setText(this.status, '');
  }

  /** @param {string} sentence why, or '' */
  cancel(sentence) {
    if (!this.flight) return;
    this.flight.abort();
    this.rest();
    this.say(sentence);
  }

  async run() {
    const subject = this.subject();
    if (!subject || this.flight) return;
    const { signal } = (this.flight = new AbortController());
    this.begin();
    try {
      for await (const news of search(this.state.model.id, subject.image, subject.label, signal)) {
        if (signal.aborted) return;
        if (news.done) this.end(subject.image, news);
        else this.hear(news);
      }
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof SearchError)) throw error;
      this.fail(error);
    }
  }

  begin() {
    this.best = null;
    this.live.getContext('2d').clearRect(0, 0, SIDE, SIDE);
    this.bar.removeAttribute('value');
    this.going.hidden = false;
    this.start.disabled = true;
    this.back.hidden = true;
    this.found.hide();
    setText(this.sofar, '');
    this.say(t('draw.searching'));
    this.going.scrollIntoView({ block: 'nearest' });
    this.cancelButton.focus({ preventScroll: true });
  }

  rest() {
    const hadFocus = document.activeElement === this.cancelButton;
    this.flight = null;
    this.going.hidden = true;
    this.allow(this.possible);
    if (hadFocus) this.start.focus({ preventScroll: true });
  }

  /** @param {import('./drawing-stream.js').Step | {waiting: number}} news */
  hear(news) {
    if (news.waiting !== undefined) return this.say(t('draw.waiting', { n: news.waiting }));
    this.say(t('draw.searching'));
    this.bar.value = news.progress;
    this.best = news;
    const digit = news.label === null ? '' : t('draw.soFarLabel', { digit: news.label });
    setText(this.sofar, `${t('draw.soFar', { error: news.error.toFixed(3) })}${digit}`);
    this.show();
    return undefined;
  }

  /** The best so far, by this page's own generator. */
  async paintLive() {
    const { best, flight } = this;
    if (!best || !flight) return;
    const wish = { classes: best.label, truncation: 1, styling: null, priority: 'now', signal: flight.signal };
    const pixels = await this.state.draw([best.z], wish).catch((error) => {
      if (error.name !== 'AbortError' && !(error instanceof RenderError)) throw error;
    });
    if (!pixels || flight.signal.aborted) return;
    paintDigits(this.live, pixels);
    this.live.dataset.frame = String(Number(this.live.dataset.frame) + 1);
  }

  /** @param {Uint8Array} image @param {import('./drawing-stream.js').Found} found */
  end(image, found) {
    const { model, z, label, mix, truncation, mixed, noise } = this.state;
    this.rest();
    this.found.show(image, found);
    this.found.element.scrollIntoView({ block: 'nearest' });
    if (!this.go({ z: found.z, label: found.label, mix: null, truncation: 1, mixed: null, noise: untouched.noise })) return this.say(t('draw.broken'), true);
    this.former ??= { model: model.id, z, label, mix, truncation, mixed, noise };
    this.back.hidden = false;
    return this.say(t('draw.yours'));
  }

  go({ z, label, mix, truncation, mixed, noise }) {
    if (!this.state.setPoint(z)) return false;
    if (label !== null) this.state.setLabel(label);
    if (mix) this.state.setMix(mix);
    this.state.setTruncation(truncation);
    if (this.state.model?.styles) {
      this.state.setMixed(mixed);
      this.state.setNoise(noise);
    }
    return true;
  }

  goBack() {
    const { former } = this;
    this.former = null;
    this.back.hidden = true;
    this.start.focus();
    if (former?.model !== this.state.model?.id) return;
    this.go(former);
    this.say(t('draw.isBack'));
  }

  fail({ message, status }) {
    this.rest();
    this.say(message, true);
    if (status === GONE) models.refresh(true);
  }

  say(sentence, trouble = false) {
    setText(this.status, sentence);
    this.status.dataset.level = trouble ? 'error' : '';
  }
}
