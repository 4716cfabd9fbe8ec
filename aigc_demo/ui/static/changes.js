// Settings changed while the run trains: sent one call at a time, the last value of each, and put back when refused.
// Sends   change   what is shown may differ    refused   detail: {key: sentence}

import { post } from './api.js';
import { form } from './form.js';
import { latest } from './latest.js';
import { liveRun, noteRefusal } from './owner.js';
import { store, tokenOf } from './run-store.js';

const GAP_MS = 120; // between two calls while a slider moves
const HOLD_MS = 1500; // messages that were under way still tell the old value

class Changes extends EventTarget {
  constructor() {
    super();
    this.wanted = new Map();
    this.held = new Map(); // key -> {value, until}
    this.send = latest(() => this.post());
  }

  /** @param {Object<string, number | string>} settings */
  make(settings) {
    for (const [key, value] of Object.entries(settings)) {
      this.wanted.set(key, value);
      this.held.set(key, { value, until: Infinity });
    }
    this.send();
  }

  /** The value of a key that has been asked for and may not have come back yet; undefined otherwise. */
  value(key) {
    const held = this.held.get(key);
    if (held && performance.now() < held.until) return held.value;
    this.held.delete(key);
    return undefined;
  }

  async post() {
    const run = liveRun();
    const settings = Object.fromEntries(this.wanted);
    this.wanted.clear();
    if (!run || !Object.keys(settings).length) return this.release(settings, 0);
    const answer = await post(`runs/${encodeURIComponent(run.run)}/change`, { token: tokenOf(run.run), settings });
    if (store.run !== run && store.run?.run !== run.run) return this.release(settings, 0);
    if (answer.ok) this.accept(settings);
    else this.refuse(settings, answer);
    return new Promise((resolve) => setTimeout(resolve, GAP_MS));
  }

  accept(settings) {
    this.release(settings, HOLD_MS);
    form.set(settings);
  }

  refuse(settings, answer) {
    this.release(settings, 0);
    if (answer.status === 403) noteRefusal(store.run.run);
    const detail = Object.fromEntries(Object.keys(settings).map((key) => [key, answer.error]));
    this.dispatchEvent(new CustomEvent('refused', { detail }));
  }

  /** Go back to what the messages tell, in `ms`; a key that was asked for again meanwhile stays as asked. */
  release(settings, ms) {
    for (const key of Object.keys(settings)) {
      if (!this.wanted.has(key)) this.held.set(key, { value: settings[key], until: performance.now() + ms });
    }
    this.dispatchEvent(new Event('change'));
    if (ms) setTimeout(() => this.dispatchEvent(new Event('change')), ms + 20);
  }
}

export const changes = new Changes();
