// The one run that the page shows: its facts, figures and frames, and the moment of it that is looked at.
// It alone owns the stream, the owner's token and `?run=` in the address. Whoever draws listens to its events:
//   run      another run, or a new snapshot of it: everything may differ
//   points   new figures         frame    a new sample grid         state   state, step, seconds, verdict, error
//   cursor   another moment is looked at                            notice  a sentence for the visitor

import { get, post } from './api.js';
import { Curves } from './curves.js';
import { Feed, isFinal } from './feed.js';
import { Frames } from './frames.js';
import { say, t } from './i18n.js';

export const RECORDED = 'recorded';

/** @typedef {{step: number, index: number, playing: boolean}} Cursor `index` is the frame's */

class RunStore extends EventTarget {
  constructor() {
    super();
    this.run = null; // the last snapshot's facts, brought up to date by each message
    this.curves = null;
    this.frames = null;
    /** @type {Cursor | null} null: the newest moment */
    this.cursor = null;
    this.connected = true;
    this.notice = '';
    this.feed = null;
    this.requests = new Map();
  }

  get isRecorded() {
    return !this.run || this.run.run === RECORDED;
  }

  /** The id of the run in the address, or ''. */
  static addressed() {
    return new URL(location.href).searchParams.get('run') ?? '';
  }

  /** Show the run in the address; the recorded one where there is none. */
  begin() {
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
    });
    this.feed.open();
  }

  /** Follow a run that was just started: remember its token, put it into the address. */
  adopt(id, token) {
    if (token) remember(id, token);
    const address = new URL(location.href);
    address.searchParams.set('run', id);
    history.pushState(history.state, '', address);
    this.say('');
    this.open(id);
  }

  receive(data, frames) {
    if (data.type === 'snapshot') this.takeSnapshot(data, frames);
    else if (this.run) this.takeNews(data);
  }

  takeSnapshot(data, frames) {
    const { curves, frame, type: _type, ...facts } = data;
    if (this.run?.run !== facts.run) this.cursor = null; // the recording may have played on until now
    this.run = facts;
    this.frames = frames;
    this.curves = new Curves(facts.keys, curves);
    if (frame) frames.add(frame);
    this.emit('run');
    frames.load().then((ok) => ok && this.frames === frames && this.emit('frame'));
  }

  takeNews(data) {
    const { rows, first, frame, type: _type, ...facts } = data;
    const before = this.run.state;
    Object.assign(this.run, facts);
    if (rows?.length) {
      if (first <= this.curves.last) this.curves.truncate(first - 1);
      this.curves.append(first, rows);
      this.emit('points');
    }
    if (frame) {
      this.frames.add(frame);
      this.emit('frame');
    }
    this.emit('state');
    if (before !== data.state && isFinal(data.state)) this.frames.load().then(() => this.emit('frame'));
  }

  missing(id) {
    if (id === RECORDED) return; // nothing was shipped: the page simply waits for the first Start
    this.say(t('missing', { run: id.slice(0, 40) }), 'error');
    this.open(RECORDED);
  }

  /** @param {'pause' | 'resume' | 'step' | 'stop' | 'extend'} action */
  async control(action, extra = {}) {
    if (this.isRecorded) return { ok: false, error: '' };
    const id = this.run.run;
    const answer = await post(`runs/${encodeURIComponent(id)}/${action}`, { token: tokenOf(id), ...extra });
    if (this.run.run !== id) return answer;
    if (answer.ok) {
      this.say('');
      // A stream that had ended with the run begins again with a fresh snapshot.
      if (!this.feed.wanted && action !== 'stop') this.open(id);
      else Object.assign(this.run, { state: answer.data.state }) && this.emit('state');
    } else {
      this.say(answer.error, 'error');
    }
    return answer;
  }

  /** Look at the moment of `step`; null is the newest. */
  look(step, playing = false) {
    const frame = step === null ? null : this.frames?.nearest(step);
    this.cursor = frame ? { step, index: frame.index, playing } : null;
    this.emit('cursor');
  }

  /** The newest values, or those at the moment looked at. */
  mean(key, span = 20) {
    return this.curves ? this.curves.mean(key, this.cursor?.step ?? null, span) : NaN;
  }

  /** Fetch exact rows for from..to where only buckets are held; resolves when they are in place. */
  async refine(from, to) {
    const { curves, run } = this;
    if (!curves || curves.isExact(from, to)) return;
    const [first, last] = curves.widened(from, to);
    const name = `${first}-${last}`;
    if (last - first >= 20_000 || this.requests.has(name)) return;
    this.requests.set(name, true);
    const answer = await get(`runs/${encodeURIComponent(run.run)}/metrics?from=${first}&to=${last}`);
    this.requests.delete(name);
    if (!answer.ok || this.curves !== curves) return;
    const places = curves.keys.map((key) => answer.data.keys.indexOf(key));
    curves.replace(answer.data.first, answer.data.rows.map((row) => places.map((place) => row[place])));
    this.emit('points');
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

  emit(name) {
    this.dispatchEvent(new Event(name));
  }

  /** Call `listener` at any of the events named; gives a function that stops it. */
  on(names, listener) {
    const list = names.split(' ');
    for (const name of list) this.addEventListener(name, listener);
    return () => list.forEach((name) => this.removeEventListener(name, listener));
  }

  /** What went wrong in the run itself, or threatens to, in the page's language. */
  get error() {
    return say(this.run?.error) || say(this.run?.warning);
  }
}

const tokenKey = (id) => `aigc-token-${id}`;

function remember(id, token) {
  try {
    localStorage.setItem(tokenKey(id), token);
  } catch {
    // private windows may refuse: the visitor then owns the run until the page is left
    session.set(id, token);
  }
}

const session = new Map();

/** The owner's token of a run, or ''. @param {string} id */
export function tokenOf(id) {
  try {
    return localStorage.getItem(tokenKey(id)) ?? session.get(id) ?? '';
  } catch {
    return session.get(id) ?? '';
  }
}

export const store = new RunStore();

window.addEventListener('popstate', () => {
  const asked = RunStore.addressed() || RECORDED;
  if (asked !== (store.run?.run ?? RECORDED)) store.begin();
});
