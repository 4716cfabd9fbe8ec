// The recorded run, played gently from noise to digits until the visitor does something of their own.

import { RECORDED, store } from './run-store.js';

const FRAME_MS = 260;
const REST_MS = 4500; // the finished digits stay long enough to be looked at
const stillness = matchMedia('(prefers-reduced-motion: reduce)');

let timer = 0;
let place = 0;
let on = true;

/** Whether the recording plays now, or would if it were shown. */
export const isPlaying = () => on && !stillness.matches;

/** @param {boolean} wanted */
export function play(wanted) {
  on = wanted;
  schedule(0);
}

function schedule(delay) {
  clearTimeout(timer);
  if (store.run?.run === RECORDED && isPlaying()) timer = setTimeout(advance, delay);
}

async function advance() {
  const frames = store.frames?.list ?? [];
  if (store.run?.run !== RECORDED || !isPlaying() || frames.length < 2) return;
  if (document.hidden) return schedule(1000);
  place = place >= frames.length ? 0 : place;
  const frame = frames[place];
  const isLast = place === frames.length - 1;
  store.look(frame.step, true);
  place += 1;
  const next = frames[place];
  if (next) await store.frames.picture(next.index);
  schedule(isLast ? REST_MS : FRAME_MS);
}

store.on('run', () => (place = 0));
// The list of frames arrives after the snapshot.
store.on('frame', () => {
  if (!store.cursor) schedule(0);
});
