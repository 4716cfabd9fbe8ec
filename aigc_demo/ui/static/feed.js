// One run's stream of messages, kept alive: it reconnects, and rests while nobody looks at the page.

import { get } from './api.js';
import { route } from './i18n.js';

const FINAL = new Set(['finished', 'stopped', 'failed', 'interrupted']);
const REST_AFTER_MS = 30_000; // a browser allows six streams to a host, so a tab in the background lets go of its own
const SLOWEST_RETRY_MS = 10_000;
const RESUMED_MS = 4_000; // how often a page that saw a run interrupted asks whether it goes on

/** Whether a run in this state will say no more. @param {string} state */
export const isFinal = (state) => FINAL.has(state);

export class Feed {
  /**
   * @param {string} run its id
   * @param {{message: (data: object) => void, missing: () => void, connected: (yes: boolean) => void,
   *   full: (why: string) => void}} handlers `full` is told why there is no place to watch, and '' once there is one
   */
  constructor(run, handlers) {
    this.run = run;
    this.handlers = handlers;
    this.source = null;
    this.wanted = false;
    this.retry = 500;
    this.timer = 0;
    this.isFull = false;
    this.hasLived = false; // it was seen going on
    this.onVisibility = () => this.rest();
  }

  open() {
    if (!this.wanted) document.addEventListener('visibilitychange', this.onVisibility);
    this.wanted = true;
    this.connect();
  }

  close() {
    this.wanted = false;
    document.removeEventListener('visibilitychange', this.onVisibility);
    this.disconnect();
  }

  connect() {
    this.disconnect();
    const source = new EventSource(route(`runs/${encodeURIComponent(this.run)}/events`));
    this.source = source;
    source.onopen = () => {
      this.retry = 500;
      this.handlers.connected(true);
      if (this.isFull) this.handlers.full('');
      this.isFull = false;
    };
    source.onmessage = (event) => {
      const data = JSON.parse(event.data);
      // The stream ends after the final state; left open, the browser would ask for it again and again.
      if (!isFinal(data.state)) this.hasLived = true;
      else if (!data.measuring) this.end(data.state); // else its figures still come
      this.handlers.message(data);
    };
    source.onerror = () => {
      if (source !== this.source) return;
      this.handlers.connected(false);
      if (source.readyState === EventSource.CLOSED) this.diagnose();
    };
  }

  disconnect() {
    clearTimeout(this.timer);
    this.timer = 0;
    this.source?.close();
    this.source = null;
  }

  /** Nothing more comes; of a run that its server's end has interrupted, only until its owner lets it go on. */
  end(state) {
    this.close();
    if (state === 'interrupted' && this.hasLived) this.timer = setTimeout(() => this.askWhetherItGoesOn(), RESUMED_MS);
  }

  async askWhetherItGoesOn() {
    const { timer } = this;
    const answer = document.hidden ? { status: 0 } : await get(`runs/${encodeURIComponent(this.run)}/place`);
    if (this.wanted || this.timer !== timer || (answer.status >= 400 && answer.status < 500)) return;
    if (answer.ok && !isFinal(answer.data.state)) this.open();
    else this.end('interrupted');
  }

  /** The browser has given up: there is no such run, no place, or the server is in trouble and is asked again later. */
  async diagnose() {
    this.disconnect();
    const answer = await get(`runs/${encodeURIComponent(this.run)}/place`);
    if (!this.wanted || this.source) return;
    if (answer.status >= 400 && answer.status < 500) {
      this.close();
      this.handlers.missing();
      return;
    }
    if (answer.status === 503) {
      this.isFull = true;
      this.handlers.full(answer.error);
    }
    this.timer = setTimeout(() => this.connect(), this.retry);
    this.retry = Math.min(2 * this.retry, SLOWEST_RETRY_MS);
  }

  rest() {
    clearTimeout(this.timer);
    if (document.hidden) this.timer = setTimeout(() => this.disconnect(), REST_AFTER_MS);
    else if (this.wanted && !this.source) this.connect();
  }
}
