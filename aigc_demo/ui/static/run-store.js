// The one run that the page shows. It alone owns the stream, the owner's token and `?run=` in the address.
// Beside a model's events it sends   notice   a sentence for the visitor      adopt   a run of the visitor's own choice

import { post } from './api.js';
import { Feed } from './feed.js';
import { Frames } from './frames.js';
import { t } from './i18n.js';
import { RunModel } from './run-model.js';

export const RECORDED = 'recorded';

class RunStore extends RunModel {
  constructor() {
    super();
    this.connected = true;
    this.notice = '';
    this.feed = null;
  }

  get isRecorded() {
    return !this.run || this.run.run === RECORDED;
  }

  /** The id of the run in the address, or ''. */
  static addressed() {
    return new URL(location.href).searchParams.get('run') ?? '';
  }

  /** Show the run in the address; the recorded one where there is none; the one in the file where the page is frozen. */
  begin() {
    if (window.aigcFrozen) {
      const { snapshot, frames } = window.aigcFrozen;
      this.receive(snapshot, new Frames(snapshot.run, frames));
      return;
    }
    const asked = RunStore.addressed();
    this.open(asked && asked !== RECORDED ? asked : RECORDED);
  }

  /** @param {string} id */
  open(id) {
    this.feed?.close();
    this.cursor = null;
    const frames = new Frames(id);
    this.feed = new Feed(id, {
      message: (data) => this.receive(data, frames),
      missing: () => this.missing(id),
      connected: (yes) => this.setConnected(yes),
      full: (why) => this.say(why, 'error'),
    });
    this.feed.open();
  }

  /** Follow a run that was just started: remember its token, put it into the address. */
  adopt(id, token) {
    if (token) remember(id, token);
    const address = new URL(location.href);
    address.searchParams.set('run', id);
    address.searchParams.delete('race');
    history.pushState(history.state, '', address);
    this.say('');
    this.emit('adopt'); // a race that was open makes room
    this.open(id);
  }

  missing(id) {
    if (id === RECORDED) return; // nothing was shipped: the page simply waits for the first Start
    this.say(t('missing', { run: id.slice(0, 40) }), 'error');
    this.open(RECORDED);
  }

  /** Ask the server to do `action` to the run, with its owner's token. */
  async control(action, extra = {}) {
    if (this.isRecorded || window.aigcFrozen) return { ok: false, error: '' };
    const id = this.run.run;
    const answer = await post(`runs/${encodeURIComponent(id)}/${action}`, { token: tokenOf(id), ...extra });
    if (this.run.run !== id) return answer;
    if (answer.ok) {
      this.say('');
      // A stream that had ended with the run begins again with a fresh snapshot.
      if (!this.feed.wanted && action !== 'stop') this.open(id);
      else if (answer.data.state) Object.assign(this.run, { state: answer.data.state }) && this.emit('state');
    } else {
      this.say(answer.error, 'error');
    }
    return answer;
  }

  say(text, level = 'note') {
    this.notice = text;
    this.dispatchEvent(new CustomEvent('notice', { detail: { text, level } }));
  }

  setConnected(yes) {
    if (yes === this.connected) return;
    this.connected = yes;
    this.emit('state');
  }
}

const PREFIX = 'aigc-token-';
const session = new Map();

/** Keep the owner's token of a run or a race. @param {string} id @param {string} token */
export function remember(id, token) {
  try {
    localStorage.setItem(PREFIX + id, token);
  } catch {
    // private windows may refuse: the visitor then owns the run until the page is left
    session.set(id, token);
  }
}

/** The owner's token of a run or a race, or ''. @param {string} id */
export function tokenOf(id) {
  try {
    return localStorage.getItem(PREFIX + id) ?? session.get(id) ?? '';
  } catch {
    return session.get(id) ?? '';
  }
}

/** The ids of the runs and races that this browser has started. @returns {string[]} */
export function ownIds() {
  try {
    const kept = Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
    return [...kept.map((key) => key.slice(PREFIX.length)), ...session.keys()];
  } catch {
    return [...session.keys()];
  }
}

export const store = new RunStore();

window.addEventListener('popstate', () => {
  if (window.aigcFrozen) return;
  const asked = RunStore.addressed() || RECORDED;
  if (asked !== (store.run?.run ?? RECORDED)) store.begin();
});
