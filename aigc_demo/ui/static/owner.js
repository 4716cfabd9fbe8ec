// Whether this browser may control the run before it. The server decides; here only what is worth offering.

import { store, tokenOf } from './run-store.js';

const LOCAL = new Set(['localhost', '127.0.0.1', '[::1]']);
const ACTIVE = new Set(['queued', 'compiling', 'training', 'paused']);
const refused = new Set();

/** The server has refused to let this browser control run `id`. */
export const noteRefusal = (id) => refused.add(id);

/** Whether this browser started the run or the race `id`, or is on the machine that it runs on. @param {string} id */
export const isOwner = (id) => !refused.has(id) && Boolean(tokenOf(id) || LOCAL.has(location.hostname));

/** The run on the page if it is this visitor's own, else null. */
export function ownRun() {
  return !store.isRecorded && isOwner(store.run.run) ? store.run : null;
}

/** The visitor's own run while it is under way: its live settings act at once. */
export function liveRun() {
  const run = ownRun();
  return run && ACTIVE.has(run.state) ? run : null;
}

/** Whether the run on the page is under way and somebody else's. */
export const isWatched = () => !store.isRecorded && ACTIVE.has(store.run.state) && !ownRun();
