// A push or a pull under way: the request, the bar, what is said of it, and the button that stops it.

import { get } from './api.js';
import { make, setText } from './dom.js';
import { lang, route, t } from './i18n.js';
import { jsonLines } from './json-lines.js';

const MEGA = 1e6;

/** Which Hub it is and what may be done with it here. @returns {Promise<import('./api.js').Answer>} */
export const hubAbout = () => get('hub');

export class HubTransfer {
  /** @param {{label: string, stopped: string, start: () => void}} words `start` is called by the button */
  constructor({ label, stopped, start }) {
    this.stopped = stopped;
    this.request = null;
    this.button = make('button.aigc-primary', { type: 'button', 'data-act': 'go', onclick: start }, label);
    this.stopper = make('button.aigc-quiet', { type: 'button', hidden: true, 'data-act': 'stop', onclick: () => this.stop() }, t('models.hubStop'));
    this.bar = make('progress', { max: 1, hidden: true, 'aria-label': t('models.hubBar') });
    this.status = make('p.aigc-import-status', { role: 'alert' });
    this.element = make('div', {}, make('div.aigc-row', {}, this.button, this.bar, this.stopper), this.status);
  }

  stop() {
    this.request?.abort();
  }

  /** @param {string} path @param {object} body @returns {Promise<object | null>} the last line, or null where it did not come to it */
  async run(path, body) {
    if (this.request) return null;
    this.request = new AbortController();
    this.show(true);
    this.say(t('models.hub.asking'));
    try {
      return await this.hear(path, body, this.request.signal);
    } catch (error) {
      this.say(error.name === 'AbortError' ? this.stopped : error.said ?? t('error.offline'), error.name === 'AbortError' ? '' : 'error');
      return null;
    } finally {
      this.request = null;
      this.show(false);
    }
  }

  async hear(path, body, signal) {
    const answer = await fetch(route(path), {
      method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ ...body, lang }), signal,
    });
    if (!answer.ok) throw refusal((await answer.json().catch(() => ({}))).error);
    for await (const line of jsonLines(answer.body)) {
      if (line.error) throw refusal(line.error);
      if (line.done) return line;
      this.progress(line);
    }
    signal.throwIfAborted();
    throw refusal();
  }

  progress({ waiting, stage, at, total }) {
    if (waiting) return this.say(t('models.hubWaiting', { n: waiting }));
    if (total) this.bar.value = at / total;
    else this.bar.removeAttribute('value');
    this.say(t(`models.hub.${stage}`, { at: megabytes(at), total: megabytes(total) }));
  }

  show(going) {
    this.bar.hidden = this.stopper.hidden = !going;
    this.button.disabled = going;
    this.bar.removeAttribute('value');
  }

  say(text, level = '') {
    setText(this.status, text);
    this.status.dataset.level = level;
  }
}

const megabytes = (bytes) => (bytes / MEGA).toFixed(1);

/** What a file weighs, in whole kB where that is little. @param {number} bytes */
export const weight = (bytes) => (bytes < MEGA / 10 ? `${Math.ceil(bytes / 1000)} kB` : `${megabytes(bytes)} MB`);

const refusal = (said) => Object.assign(new Error('refused'), { said: typeof said === 'string' ? said : t('error.unknown') });
