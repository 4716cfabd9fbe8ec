// The time machine's clock: any run played from a moment of it to its end, at a chosen speed. The recorded run plays by
// itself, from noise to digits and again, until the visitor does something of their own.

import { RECORDED, store } from './run-store.js';

/** How many times as fast as the run itself was trained. */
export const SPEEDS = [0.5, 1, 2, 4, 8];

const LEAST_MS = 40; // about as fast as a picture can be fetched and drawn
const MOST_MS = 1500; // a pause in training is no pause in its film
const REST_MS = 4500; // the finished digits stay long enough to be looked at
const stillness = matchMedia('(prefers-reduced-motion: reduce)');

let timer = 0;
let speed = 1;
let isOn = false; // the visitor has pressed Play
let isShow = true; // the recording plays by itself
let frames = []; // what is played: new frames that come meanwhile move nothing

const isRecording = () => store.run?.run === RECORDED;

/** Whether the run before one's eyes plays now. */
export const isPlaying = () => isOn || (isShow && isRecording() && !stillness.matches);

export const speedOf = () => speed;

/** @param {number} wanted one of `SPEEDS` */
export function setSpeed(wanted) {
  speed = wanted;
  if (isPlaying()) schedule(0);
}

/** Play on from the moment looked at, or from the beginning where that is the end; or rest there. @param {boolean} wanted */
export function play(wanted) {
  isOn = wanted;
  isShow = false;
  frames = store.frames?.list ?? [];
  clearTimeout(timer);
  if (!wanted) {
    if (store.cursor?.playing) store.look(store.cursor.step);
    return;
  }
  if (place() >= frames.length - 1) show(0);
  schedule(wait(place()));
}

/** Where in the film the moment looked at stands. */
function place() {
  const { cursor } = store;
  if (!cursor) return frames.length - 1;
  return Math.max(0, frames.findIndex((frame) => frame.index === cursor.index));
}

function show(at) {
  if (frames[at]) store.look(frames[at].step, true);
}

/** How long frame `at` stays: as long as its training took, by the chosen speed. */
function wait(at) {
  const { run } = store;
  const next = frames[at + 1];
  if (!next || !run?.step) return LEAST_MS;
  const seconds = ((next.step - frames[at].step) * run.seconds) / run.step;
  return Math.min(MOST_MS, Math.max(LEAST_MS, (1000 * seconds) / speed));
}

function schedule(delay) {
  clearTimeout(timer);
  if (isPlaying()) timer = setTimeout(advance, delay);
}

async function advance() {
  if (document.hidden) return schedule(1000);
  if (!isOn) frames = store.frames?.list ?? [];
  const at = store.cursor ? place() + 1 : 0;
  if (!frames[at]) return end();
  await store.frames.picture(frames[at].index);
  if (!isPlaying()) return undefined;
  show(at);
  return schedule(frames[at + 1] ? wait(at) : isOn ? 0 : REST_MS);
}

/** The recording begins again; any other run is followed again from its newest moment on. */
function end() {
  if (isRecording()) {
    if (frames.length < 2) return;
    show(0);
    schedule(wait(0));
    return;
  }
  isOn = false;
  store.look(null);
}

let played = '';
store.on('run', () => {
  if (store.run.run === played) return;
  played = store.run.run;
  isOn = false;
  clearTimeout(timer);
});
// The list of frames arrives after the snapshot.
store.on('frame', () => {
  if (!store.cursor && isPlaying()) schedule(0);
});
