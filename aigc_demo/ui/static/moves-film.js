// A film of a path: how many frames, how fast, how large; made by the server, with progress, and taken home.

import { fromBase64 } from './base64.js';
import { make, setText } from './dom.js';
import { lang, route, t } from './i18n.js';
import { jsonLines } from './json-lines.js';
import { choice, moveButton, slider } from './moves-controls.js';
import { stylesOf } from './render-server.js';

export const MOST_KEYS = 16;
const MOST_FRAMES = 600;
const MOST_SQUARES = 30_000; // of 28 × 28 pixels in the whole film, as the server has it
const SIZES = [1, 2, 4, 8, 12, 16];
const stillness = matchMedia('(prefers-reduced-motion: reduce)');

export class FilmMaker {
  /** @param {import('./moves-path.js').PathPiece} path */
  constructor(path) {
    this.path = path;
    this.format = 'gif';
    const changed = () => this.show();
    this.between = slider('film-between', t('moves.framesBetween'), { min: 1, max: 60, step: 1, value: 15 }, String, changed);
    this.speed = slider('film-speed', t('moves.frameTime'), { min: 20, max: 500, step: 10, value: 60 }, (value) => t('moves.ms', { value }), changed);
    this.loopBox = make('input', { type: 'checkbox', id: 'generate-film-loop', checked: true, onchange: changed });
    this.size = make('select', { id: 'generate-film-size', 'aria-label': t('moves.filmSize'), onchange: changed },
      ...SIZES.map((size) => make('option', { value: size }, `${28 * size} × ${28 * size}`)));
    this.size.value = '8';
    this.formats = choice('film-format', t('moves.filmFormat'), { gif: 'GIF', webp: 'WebP' }, (format) => ((this.format = format), this.show()));
    this.formats.show(this.format);
    this.build();
  }

  build() {
    this.about = make('output.aigc-where', { id: 'generate-film-about' });
    this.makeButton = make('button.aigc-primary', { id: 'generate-film-make', type: 'button', onclick: () => this.make() }, t('moves.makeFilm'));
    this.cancel = moveButton('film-cancel', t('moves.cancel'), () => this.abort?.abort());
    this.progress = make('progress', { id: 'generate-film-progress', max: 1, value: 0, 'aria-label': t('moves.filmProgress') });
    this.result = make('div.aigc-film', { id: 'generate-film-result', 'aria-live': 'polite' });
    this.busy = make('div.aigc-row', { hidden: true }, this.progress, this.cancel);
    this.element = make('section.aigc-piece.aigc-below', {},
      make('h3', {}, t('moves.filmTitle')),
      this.between.element, this.speed.element,
      make('div.aigc-actions', {}, this.formats.element, this.size,
        make('label.aigc-check', {}, this.loopBox, make('span', {}, t('moves.loop')))),
      make('div.aigc-row', {}, this.makeButton, this.about), this.busy, this.result);
  }

  get loop() {
    return this.loopBox.checked;
  }

  /** How long the way from one stop to the next takes. */
  get legSeconds() {
    return ((this.between.value + 1) * this.speed.value) / 1000;
  }

  get frames() {
    const { stops } = this.path;
    return (stops.length - (this.loop ? 0 : 1)) * (this.between.value + 1) + (this.loop ? 0 : 1);
  }

  show() {
    this.formats.show(this.format);
    const { frames } = this;
    const side = Number(this.size.value);
    const words = { frames, seconds: ((frames * this.speed.value) / 1000).toFixed(1), most: MOST_FRAMES };
    const long = frames > MOST_FRAMES;
    const large = frames * side ** 2 > MOST_SQUARES;
    const few = this.path.stops.length < 2;
    setText(this.about, t(few ? 'moves.filmFew' : long ? 'moves.filmLong' : large ? 'moves.filmLarge' : 'moves.filmAbout', words));
    this.makeButton.disabled = few || long || large || this.abort != null;
  }

  async make() {
    const { model } = this.path.state;
    const { format } = this;
    this.abort = new AbortController();
    this.busy.hidden = false;
    this.progress.value = 0;
    this.result.replaceChildren();
    this.show();
    this.cancel.focus();
    const outcome = await this.ask(`models/${encodeURIComponent(model.id)}/animation`, this.wish());
    const waited = document.activeElement === this.cancel;
    this.abort = null;
    this.busy.hidden = true;
    this.show();
    if (waited) this.makeButton.focus();
    if (outcome.file) this.present(outcome.file, `${model.id}-path.${format}`.replace(/[^\w.-]+/g, '_'), waited);
    else this.result.append(make('p.aigc-trouble', {}, outcome.error));
  }

  /** What the server is asked for. */
  wish() {
    const { state, stops } = this.path;
    const keys = stops.map(({ z, weights }) => ({ z, ...(state.model.conditional && { classes: Array.from(weights) }) }));
    return {
      keys, frames_between: this.between.value, speed: this.speed.value, loop: this.loop,
      truncation: state.truncation, styles: state.model.styles ? stylesOf(state.styling()) : undefined, format: this.format, size: Number(this.size.value), progress: true, lang,
    };
  }

  /** @returns {Promise<{file: Blob} | {error: string}>} */
  async ask(path, asked) {
    try {
      const answer = await fetch(route(path), {
        method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(asked), signal: this.abort.signal,
      });
      if (!answer.ok) {
        const { error } = await answer.json().catch(() => ({}));
        return { error: typeof error === 'string' ? error : t('error.unknown') };
      }
      for await (const line of jsonLines(answer.body)) {
        if (line.error) return { error: line.error };
        if (line.done) return { file: new Blob([fromBase64(line.file)], { type: `image/${asked.format}` }) };
        this.progress.value = line.progress;
      }
      return { error: t('error.unknown') };
    } catch (error) {
      return { error: t(error.name === 'AbortError' ? 'moves.cancelled' : 'error.offline') };
    }
  }

  present(file, name, focus) {
    if (this.address) URL.revokeObjectURL(this.address);
    this.address = URL.createObjectURL(file);
    const size = file.size < 1e6 ? `${Math.max(1, Math.round(file.size / 1000))} kB` : `${(file.size / 1e6).toFixed(1)} MB`;
    const link = make('a.aigc-quiet', { id: 'generate-film-download', href: this.address, download: name }, t('moves.download', { size }));
    const seen = stillness.matches ? [] : [make('img', { src: this.address, alt: t('moves.filmName') })];
    this.result.replaceChildren(...seen, link);
    if (focus) link.focus({ preventScroll: true });
  }
}
