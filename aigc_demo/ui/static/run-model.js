// One run as its messages tell it: facts, curves, frames, probes, and the moment of it that is looked at.
// It knows no stream and no address. Whoever draws listens to its events:
//   run      another run, or a new snapshot of it: everything may differ
//   points   new figures         frame    a new sample grid         probe    a new measurement
//   state    state, step, seconds, verdict, error                   cursor   another moment is looked at

import { get } from './api.js';
import { Curves } from './curves.js';
import { isFinal } from './feed.js';
import { Frames } from './frames.js';
import { say } from './i18n.js';
import { Probes } from './probes.js';

/** @typedef {{step: number, index: number, playing: boolean}} Cursor `index` is the frame's */

const MOST_ROWS = 20_000;

export class RunModel extends EventTarget {
  constructor() {
    super();
    this.run = null; // the last snapshot's facts, brought up to date by each message
    this.curves = null;
    this.frames = null;
    this.probes = new Probes();
    /** @type {Cursor | null} null: the newest moment */
    this.cursor = null;
    this.requests = new Set();
  }

  /** @param {object} data a message of the run @param {Frames} frames the store of its pictures */
  receive(data, frames) {
    if (data.type === 'snapshot') this.takeSnapshot(data, frames);
    else if (this.run) this.takeNews(data);
  }

  takeSnapshot(data, frames) {
    const { curves, frame, probes, type: _type, ...facts } = data;
    if (this.run?.run !== facts.run) this.cursor = null; // the recording may have played on until now
    this.run = facts;
    this.frames = frames;
    this.probes = new Probes(probes);
    this.curves = new Curves(facts.keys, curves);
    if (frame) frames.add(frame);
    this.emit('run');
    frames.load().then((ok) => ok && this.frames === frames && this.emit('frame'));
  }

  takeNews(data) {
    const { rows, first, frame, probe, type: _type, ...facts } = data;
    const before = this.run.state;
    Object.assign(this.run, facts);
    if (rows?.length) {
      if (first <= this.curves.last) this.curves.truncate(first - 1);
      this.curves.append(first, rows);
      this.emit('points');
    }
    if (probe) {
      this.probes.add(probe);
      this.emit('probe');
    }
    if (frame) {
      this.frames.add(frame);
      this.emit('frame');
    }
    this.emit('state');
    if (before !== data.state && isFinal(data.state)) this.frames.load().then(() => this.emit('frame'));
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

  /** The probe at the moment looked at; `measured` asks for one in which the digits were measured. */
  probe(measured = false) {
    const step = this.cursor?.step ?? null;
    return measured ? this.probes.figures(step) : this.probes.at(step);
  }

  /** Fetch exact rows for from..to where only buckets are held; resolves when they are in place. */
  async refine(from, to) {
    const { curves, run } = this;
    if (!curves || curves.isExact(from, to)) return;
    const [first, last] = curves.widened(from, to);
    const name = `${first}-${last}`;
    if (last - first >= MOST_ROWS || this.requests.has(name)) return;
    this.requests.add(name);
    const answer = await get(`runs/${encodeURIComponent(run.run)}/metrics?from=${first}&to=${last}`);
    this.requests.delete(name);
    if (!answer.ok || this.curves !== curves) return;
    const places = curves.keys.map((key) => answer.data.keys.indexOf(key));
    curves.replace(answer.data.first, answer.data.rows.map((row) => places.map((place) => row[place])));
    this.emit('points');
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
