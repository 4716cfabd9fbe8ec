// Whether this browser may control the run before it. The server decides; here only what is worth offering.

import { store, tokenOf } from './run-store.js';

const LOCAL = new Set(['localhost', '127.0.0.1', '[::1]']);
const ACTIVE = new Set(['queued', 'compiling', 'training', 'paused']);
const refused = new Set();

/** The server has refused to let this browser control run `id`. */
export const noteRefusal = (id) => refused.add(id);

/** The run on the page if it is this visitor's own, else null. */
export function ownRun() {
  const { run } = store;
  if (store.isRecorded || refused.has(run.run)) return null;
  return tokenOf(run.run) || LOCAL.has(location.hostname) ? run : null;
}

/** The visitor's own run while it is under way: its live settings act at once. */
export function liveRun() {
  const run = ownRun();
  return run && ACTIVE.has(run.state) ? run : null;
}
