// Measuring a model on the server, with its progress and a way to stop it.

import { make, setText } from './dom.js';
import { lang, route, t } from './i18n.js';
import { jsonLines } from './json-lines.js';
import { models } from './model-list.js';
import { modelToken } from './models-owner.js';
import { count } from './numbers.js';

const USUAL = 1000; // images
const [LEAST, MOST] = [100, 10_000];

export class Measure {
  /** @param {import('./model-list.js').Model} model */
  constructor(model) {
    this.model = model;
    this.going = null;
    this.button = make('button.aigc-quiet', { type: 'button', 'data-act': 'measure', onclick: () => this.toggle() });
    this.bar = make('progress', { max: 1, value: 0, hidden: true, 'aria-label': t('models.measuring') });
    this.status = make('p.aigc-note', { role: 'status' });
    this.element = make('div.aigc-measure', {}, make('div.aigc-row', {}, this.button, this.bar), this.status);
    this.show();
  }

  /** As many images as its card speaks of, so that the two compare. */
  get images() {
    const said = this.model.card_figures?.n;
    return Number.isInteger(said) && said >= LEAST && said <= MOST ? said : USUAL;
  }

  show() {
    setText(this.button, this.going ? t('models.measureStop') : t('models.measure', { n: count(this.images) }));
    this.bar.hidden = !this.going;
  }

  toggle() {
    if (this.going) return void this.going.abort();
    this.going = new AbortController();
    setText(this.status, t('models.measuring'));
    this.show();
    this.run(this.going.signal)
      .then((words) => setText(this.status, words), (error) => setText(this.status, this.inWords(error)))
      .finally(() => {
        this.going = null;
        this.bar.value = 0;
        this.show();
      });
  }

  inWords(error) {
    return error.name === 'AbortError' ? t('models.measureStopped') : error.said ?? t('error.offline');
  }

  /** @param {AbortSignal} signal the server notices and stops @returns {Promise<string>} what to say at the end */
  async run(signal) {
    const answer = await fetch(route(`models/${encodeURIComponent(this.model.id)}/measure`), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ n: this.images, token: modelToken(this.model.id), lang }),
      signal,
    });
    if (!answer.ok) throw refusal((await answer.json().catch(() => ({}))).error);
    for await (const news of jsonLines(answer.body)) {
      if (news.error) throw refusal(news.error);
      if (news.waiting) setText(this.status, t('models.measureWaiting', { n: news.waiting }));
      if (news.total) this.progress(news);
      if (news.done) {
        await models.refresh(true);
        return t('models.measured');
      }
    }
    signal.throwIfAborted();
    throw refusal();
  }

  progress({ drawn, total }) {
    this.bar.value = (0.9 * drawn) / total; // reading them takes the rest
    setText(this.status, drawn < total ? t('models.measureDrawn', { done: count(drawn), total: count(total) }) : t('models.measureReading'));
  }
}

const refusal = (said) => Object.assign(new Error('refused'), { said: typeof said === 'string' ? said : t('error.unknown') });
