// One run's stream of messages, kept alive: it reconnects, and rests while nobody looks at the page.

import { get } from './api.js';
import { route } from './i18n.js';

const FINAL = new Set(['finished', 'stopped', 'failed', 'interrupted']);
const REST_AFTER_MS = 30_000; // a browser allows six streams to a host, so a tab in the background lets go of its own
const SLOWEST_RETRY_MS = 10_000;

/** Whether a run in this state will say no more. @param {string} state */
export const isFinal = (state) => FINAL.has(state);

export class Feed {
  /**
   * @param {string} run its id
   * @param {{message: (data: object) => void, missing: () => void, connected: (yes: boolean) => void}} handlers
   */
  constructor(run, handlers) {
    this.run = run;
    this.handlers = handlers;
    this.source = null;
    this.wanted = false;
    this.retry = 500;
    this.timer = 0;
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
    };
    source.onmessage = (event) => {
      const data = JSON.parse(event.data);
      // The stream ends after the final state; left open, the browser would ask for it again and again.
      if (isFinal(data.state) && !data.measuring) this.close(); // its figures still come
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
    this.source?.close();
    this.source = null;
  }

  /** The browser has given up: either there is no such run, or the server is in trouble and is asked again later. */
  async diagnose() {
    this.disconnect();
    const answer = await get(`runs/${encodeURIComponent(this.run)}/frames`);
    if (!this.wanted || this.source) return;
    if (answer.status >= 400 && answer.status < 500) {
      this.close();
      this.handlers.missing();
      return;
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
