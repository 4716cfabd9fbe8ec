// Taking a run away: as a moving picture, a table, a page that plays without a server, or as the program it was.

import { copyText } from './clipboard.js';
import { openDialog } from './dialog.js';
import { make, setText } from './dom.js';
import { catalogue, lang, route, t } from './i18n.js';
import { SPEEDS, speedOf } from './playback.js';
import { store } from './run-store.js';

const SCRIPT = 'script.py';

/** @param {string} file @param {Object<string, string | number>} [query] */
function address(file, query = {}) {
  const target = route(`runs/${encodeURIComponent(store.run.run)}/export/${file}`);
  target.search = new URLSearchParams({ lang, ...query }).toString();
  return target;
}

/** A list of every file that this run can become. */
export function openExports() {
  const notice = make('p.aigc-notice', { role: 'status' });
  const speed = make('select', { 'aria-label': t('exports.speed') }, ...SPEEDS.map((value) => make('option', { value }, `${value}×`)));
  speed.value = String(speedOf());
  const item = ({ key, file, title }) => make('button.aigc-card', { type: 'button', 'data-export': key, onclick: (event) => take(event.currentTarget, file, speed.value, notice) },
    make('b', {}, title), make('span', {}, catalogue.strings[`exports.${key}`] ?? file));
  openDialog(t('exports.title'),
    make('p.aigc-hint', {}, t('exports.about')),
    make('div.aigc-cards', {}, ...catalogue.exports.map(item)),
    make('label.aigc-inline', {}, t('exports.speed'), speed),
    notice);
}

/** Fetch the file and hand it to the browser; a refusal is said in its own words. */
async function take(button, file, speed, notice) {
  button.disabled = true;
  setText(notice, t('exports.making'));
  const answer = await fetched(address(file, { speed }));
  button.disabled = false;
  setText(notice, answer.error);
  if (answer.blob) save(answer.blob, file);
}

/** @param {URL} target @returns {Promise<{blob: Blob | null, error: string}>} */
async function fetched(target) {
  try {
    const answer = await fetch(target);
    if (answer.ok) return { blob: await answer.blob(), error: '' };
    const refusal = await answer.json().catch(() => ({}));
    return { blob: null, error: typeof refusal.error === 'string' ? refusal.error : t('error.unknown') };
  } catch {
    return { blob: null, error: t('error.offline') };
  }
}

function save(blob, file) {
  const link = make('a', { href: URL.createObjectURL(blob), download: `${store.run.run.slice(0, 8)}-${file}` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** The run as a program of its own: read it, copy it, take it away. */
export async function openCode() {
  const code = make('code');
  const copy = make('button.aigc-primary', { id: 'code-copy', type: 'button', disabled: true }, t('code.copy'));
  const download = make('button.aigc-plain', { id: 'code-download', type: 'button', disabled: true }, t('code.download'));
  const notice = make('p.aigc-hint', { role: 'status' }, t('code.making'));
  const dialog = openDialog(t('code.title'),
    make('p.aigc-hint', {}, t('code.about')),
    make('div.aigc-row', {}, copy, download, notice),
    make('pre.aigc-code', { tabindex: 0, 'aria-label': t('code.title') }, code));
  dialog.classList.add('aigc-wide');
  const answer = await fetched(address(SCRIPT));
  setText(notice, answer.error);
  if (!answer.blob) return;
  const source = await answer.blob.text();
  setText(code, source);
  copy.disabled = download.disabled = false;
  download.addEventListener('click', () => save(answer.blob, SCRIPT));
  copy.addEventListener('click', async () => {
    await copyText(source);
    setText(notice, t('copied'));
  });
}
