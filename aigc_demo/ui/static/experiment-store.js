// What the experiments ask and claim, fetched once, and running one: lines as they come.

import { get } from './api.js';
import { lang, route, t } from './i18n.js';
import { jsonLines } from './json-lines.js';

/** @typedef {{key: string, side: string, text: string, relation: '=' | '≈' | '<' | '>', value: number, tolerance: number, digits: number}} Claim */
/** @typedef {{question: string, choices: {text: string, right: boolean}[], claims: Claim[], seconds: number,
 *   series: {key: string, name: string, level: number | null, logarithmic: boolean}[],
 *   sides: {written: string, corrected: string}}} Experiment */

let catalogue = null;

/** @param {string} key @returns {Promise<Experiment | null>} null where it cannot be had now */
export async function experimentOf(key) {
  catalogue ??= get('experiments.json');
  const answer = await catalogue;
  if (!answer.ok) catalogue = null;
  return answer.ok ? answer.data[key] ?? null : null;
}

/**
 * Run one on the server; aborting the signal stops it there.
 * @param {string} key @param {number} seed @param {AbortSignal} signal
 * @returns {AsyncGenerator<object>} the lines, the last with `done`; throws an Error with a sentence for the visitor
 */
export async function* runExperiment(key, seed, signal) {
  const answer = await fetch(route(`experiments/${encodeURIComponent(key)}`), {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ seed, lang }), signal,
  }).catch((error) => {
    throw signal.aborted ? error : new Error(t('error.offline'));
  });
  if (!answer.ok) throw new Error((await answer.json().catch(() => ({}))).error ?? t('error.unknown'));
  for await (const line of jsonLines(answer.body)) {
    if (line.error) throw new Error(line.error);
    yield line;
    if (line.done) return;
  }
  if (!signal.aborted) throw new Error(t('experiment.broken'));
}
