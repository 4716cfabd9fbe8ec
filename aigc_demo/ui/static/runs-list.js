// The list of runs: those this browser has started, and on one's own machine all of them; what each came to, the way back
// to it, and going on with one that was cut off.

import { get } from './api.js';
import { openDialog } from './dialog.js';
import { make } from './dom.js';
import { say, stateName, t } from './i18n.js';
import { count } from './numbers.js';
import { race } from './race-store.js';
import { ownIds, store } from './run-store.js';

const LOCAL = new Set(['localhost', '127.0.0.1', '[::1]']);
const MOST_IDS = 100;

/** @typedef {{run: string, state: string, step: number, seconds: number, seed: number, created: number | string, digit_fd: number | null,
 *             race: string | null, title: {zh: string, en: string}, queue: number}} Line */

export async function openRuns() {
  const body = make('div.aigc-runs', { role: 'status' }, t('runs.loading'));
  const dialog = openDialog(t('runs.title'), make('p.aigc-hint', {}, t(LOCAL.has(location.hostname) ? 'runs.aboutLocal' : 'runs.about')), body);
  dialog.classList.add('aigc-wide');
  const answer = await ask();
  if (!answer.ok) return body.replaceChildren(answer.error);
  const lines = answer.data.runs;
  if (!lines.length) return body.replaceChildren(t('runs.none'));
  return body.replaceChildren(make('ul', {}, ...lines.map((line) => row(line, dialog))));
}

/** On this very machine everything may be seen; elsewhere only what one has the token of. */
function ask() {
  if (LOCAL.has(location.hostname)) return get('runs');
  return get(`runs?runs=${ownIds().slice(-MOST_IDS).map(encodeURIComponent).join(',')}`);
}

/** @param {Line} line */
function row(line, dialog) {
  const isHere = line.run === store.run?.run;
  const open = make('button.aigc-plain', { type: 'button', onclick: () => go(line, dialog) }, t(line.race ? 'runs.openRace' : 'runs.open'));
  const actions = [open];
  if (line.state === 'interrupted') {
    actions.unshift(make('button.aigc-primary', { type: 'button', onclick: () => resume(line, dialog) }, t('resume')));
  }
  return make('li', { 'data-run': line.run, 'data-state': line.state, 'aria-current': isHere },
    make('i.aigc-dot', { 'aria-hidden': true }),
    make('div', {}, make('b', {}, say(line.title)), make('p.aigc-hint', {}, facts(line))),
    make('div.aigc-row', {}, ...actions));
}

/** @param {Line} line */
function facts(line) {
  const list = [stateName(line.state), t('replayAt', { step: count(line.step) }), t('seconds', { n: Number(line.seconds).toFixed(1) }), t('seed', { n: line.seed })];
  if (Number.isFinite(line.digit_fd)) list.push(`digit-FD ${line.digit_fd.toFixed(1)}`);
  const made = new Date(typeof line.created === 'number' ? 1000 * line.created : line.created);
  if (!Number.isNaN(made.getTime())) list.push(made.toLocaleString(document.documentElement.lang, { dateStyle: 'short', timeStyle: 'short' }));
  return list.join(' · ');
}

function go(line, dialog) {
  dialog.close();
  if (line.race) return race.enterFrom(line.race);
  if (race.isOpen) race.leave();
  return store.adopt(line.run, '');
}

async function resume(line, dialog) {
  if (line.race) {
    go(line, dialog);
    return void (await race.control('resume'));
  }
  go(line, dialog);
  await whenShown(line.run);
  return void (await store.control('resume'));
}

/** Resolves once the page shows this run. */
function whenShown(id) {
  return new Promise((resolve) => {
    if (store.run?.run === id) return resolve();
    const stop = store.on('run', () => {
      if (store.run.run !== id) return;
      stop();
      resolve();
    });
    return undefined;
  });
}
