// The sample grids of a run: which ones exist, and their pictures.

import { get } from './api.js';
import { route } from './i18n.js';

/** @typedef {{index: number, step: number}} FrameInfo */

const KEPT = 300; // decoded pictures of 47 kB each

/** @param {string} base64 @returns {Promise<ImageBitmap>} */
export function decodePng(base64) {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  return createImageBitmap(new Blob([bytes], { type: 'image/png' }));
}

export class Frames {
  /** @param {string} run @param {{index: number, step: number, png: string}[] | null} embedded all of them, if they came with the page */
  constructor(run, embedded = null) {
    this.run = run;
    this.isWhole = embedded !== null;
    /** @type {FrameInfo[]} in the order of their steps */
    this.list = [];
    /** @type {Map<number, Promise<ImageBitmap | null>>} */
    this.pictures = new Map();
    this.capacity = Math.max(KEPT, embedded?.length ?? 0);
    for (const frame of embedded ?? []) this.add(frame);
  }

  get last() {
    return this.list[this.list.length - 1] ?? null;
  }

  /** Ask the server which frames exist; what arrived since the question stays. */
  async load() {
    if (this.isWhole) return true;
    const answer = await get(`runs/${encodeURIComponent(this.run)}/frames`);
    if (!answer.ok) return false;
    const known = new Map(answer.data.frames.map((frame) => [frame.index, frame]));
    for (const frame of this.list) if (frame.index > (answer.data.frames.at(-1)?.index ?? -1)) known.set(frame.index, frame);
    this.list = [...known.values()].sort((a, b) => a.step - b.step || a.index - b.index);
    return true;
  }

  /** A frame that came with a message. @param {{index: number, step: number, png: string}} frame */
  add(frame) {
    if (!this.pictures.has(frame.index)) this.keep(frame.index, decodePng(frame.png).catch(() => null));
    if (this.last && frame.index <= this.last.index) return;
    this.list = this.list.filter((old) => old.step < frame.step);
    this.list.push({ index: frame.index, step: frame.step });
  }

  /** The frame drawn nearest to `step`. */
  nearest(step) {
    let best = null;
    for (const frame of this.list) if (!best || Math.abs(frame.step - step) <= Math.abs(best.step - step)) best = frame;
    return best;
  }

  /** @param {number} index @returns {Promise<ImageBitmap | null>} null where the server has let it go */
  picture(index) {
    if (!this.pictures.has(index)) {
      const picture = fetch(route(`runs/${encodeURIComponent(this.run)}/frames/${index}.png`))
        .then((answer) => (answer.ok ? answer.blob() : Promise.reject(new Error(String(answer.status)))))
        .then(createImageBitmap)
        .catch(() => {
          this.pictures.delete(index);
          return null;
        });
      this.keep(index, picture);
    }
    return this.pictures.get(index);
  }

  keep(index, picture) {
    this.pictures.set(index, picture);
    if (this.pictures.size > this.capacity) this.pictures.delete(this.pictures.keys().next().value);
  }
}
