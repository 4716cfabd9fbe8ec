// Taking a model out of the program: as a page in one file, or for other programs. The server makes and checks the file.

import { fromBase64 } from './base64.js';
import { openDialog } from './dialog.js';
import { make, setText } from './dom.js';
import { catalogue, lang, route, t } from './i18n.js';
import { jsonLines } from './json-lines.js';

/** @param {import('./model-list.js').Model} model */
export const openModelExport = (model) => new ModelExport(model);

class ModelExport {
  #going = null;
  #address = '';

  constructor(model) {
    this.model = model;
    this.buttons = catalogue.model_exports.map((format) => this.button(format));
    this.bar = make('progress', { max: 1, value: 0, 'aria-label': t('modelExports.progress') });
    this.stop = make('button.aigc-quiet', { type: 'button', 'data-act': 'stop', onclick: () => this.#going?.abort() }, t('modelExports.stop'));
    this.busy = make('div.aigc-row', { hidden: true }, this.bar, this.stop);
    this.status = make('p.aigc-notice', { role: 'status' });
    this.again = make('a.aigc-quiet', { hidden: true }, t('modelExports.again'));
    const dialog = openDialog(t('modelExports.title', { title: model.title }),
      make('p.aigc-hint', {}, t('modelExports.about')),
      make('div.aigc-cards', {}, ...this.buttons), this.busy, this.status, this.again);
    dialog.id = 'models-export';
    dialog.addEventListener('close', () => this.closed());
  }

  button({ key, title, about, missing }) {
    const words = missing ? t('modelExports.missing', { command: missing }) : about;
    return make('button.aigc-card', { type: 'button', 'data-export': key, disabled: Boolean(missing), onclick: () => this.begin(key) },
      make('b', {}, title), make('span', {}, words));
  }

  async begin(format) {
    if (this.#going) return;
    this.#going = new AbortController();
    const free = this.buttons.filter((button) => !button.disabled);
    for (const button of free) button.disabled = true;
    this.bar.value = 0;
    this.busy.hidden = false;
    this.again.hidden = true;
    this.say(t('modelExports.begin'));
    this.stop.focus();
    const outcome = await this.ask(format, this.#going.signal);
    this.#going = null;
    this.busy.hidden = true;
    for (const button of free) button.disabled = false;
    if (outcome.file) this.present(outcome);
    else this.say(outcome.error, outcome.stopped ? '' : 'error');
    free.find((button) => button.dataset.export === format)?.focus();
  }

  /** @returns {Promise<{file?: Blob, line?: any, error?: string, stopped?: boolean}>} */
  async ask(format, signal) {
    try {
      const answer = await fetch(route(`models/${encodeURIComponent(this.model.id)}/export`), {
        method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ format, lang }), signal,
      });
      if (!answer.ok) {
        const { error } = await answer.json().catch(() => ({}));
        return { error: typeof error === 'string' ? error : t('error.unknown') };
      }
      for await (const line of jsonLines(answer.body)) {
        if (line.error) return { error: line.error };
        if (line.done) return { file: new Blob([fromBase64(line.file)], { type: line.type }), line };
        this.hear(line);
      }
      return { error: t('error.offline') };
    } catch (error) {
      return error.name === 'AbortError' ? { error: t('modelExports.stopped'), stopped: true } : { error: t('error.offline') };
    }
  }

  hear({ waiting, stage, share }) {
    if (waiting) return this.say(t('modelExports.waiting', { n: waiting }));
    this.bar.value = share;
    return this.say(stage);
  }

  /** Hand the file to the browser, and say how exact it is. */
  present({ file, line }) {
    this.forget();
    this.#address = URL.createObjectURL(file);
    Object.assign(this.again, { href: this.#address, download: line.name, hidden: false });
    this.again.click();
    const size = file.size < 1e6 ? `${Math.max(1, Math.round(file.size / 1000))} kB` : `${(file.size / 1e6).toFixed(1)} MB`;
    this.say(t('modelExports.done', { name: line.name, size, n: line.points, difference: Number(line.difference.toPrecision(2)) }));
  }

  forget() {
    if (this.#address) setTimeout(URL.revokeObjectURL, 10_000, this.#address); // it may still be on its way to the disk
    this.#address = '';
  }

  closed() {
    this.#going?.abort();
    this.forget();
  }

  say(text, level = '') {
    setText(this.status, text);
    this.status.dataset.level = level;
  }
}
