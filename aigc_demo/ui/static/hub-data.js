// The button below the choice of data that leads to the Hub's sets, and the dialog that downloads them.

import { chooseDataset, datasets } from './dataset-list.js';
import { openDialog } from './dialog.js';
import { make, setText } from './dom.js';
import { form } from './form.js';
import { hubFetches } from './hub-fetch.js';
import { lang, t } from './i18n.js';

const MEGABYTE = 1e6;
const whole = (bytes) => Math.round(bytes / MEGABYTE);
const counted = (number) => number.toLocaleString(lang === 'zh' ? 'zh-CN' : 'en');

/** The button: it offers the download of the chosen set where that is still to be had, else all of them. */
export function hubButton() {
  const button = make('button.aigc-quiet', { id: 'train-dataset-hub', type: 'button' });
  const wanted = () => {
    const entry = datasets.of(form.choices.dataset);
    return entry?.kind === 'hub' && !entry.ready ? entry : null;
  };
  const show = () => {
    const entry = wanted();
    button.textContent = entry ? t('hub.download', { mb: whole(entry.bytes) }) : t('hub.open');
  };
  button.addEventListener('click', () => openHubData(wanted()?.key));
  form.addEventListener('change', show);
  datasets.addEventListener('change', show);
  show();
  return button;
}

/** @param {string} [wanted] a set whose download begins at once: its button was pressed for that */
function openHubData(wanted) {
  const rows = datasets.entries.filter(({ kind }) => kind === 'hub').map(({ key }) => new Row(key, (chosen) => {
    dialog.close();
    chooseDataset(chosen);
  }));
  const dialog = openDialog(t('hub.title'), make('p.aigc-hint', {}, t('hub.intro')), make('ul.aigc-hub', {}, ...rows.map(({ element }) => element)));
  dialog.classList.add('aigc-wide');
  const show = () => rows.forEach((row) => row.show());
  const sources = [hubFetches, datasets];
  for (const source of sources) source.addEventListener('change', show);
  dialog.addEventListener('close', () => sources.forEach((source) => source.removeEventListener('change', show)));
  rows.find(({ key }) => key === wanted)?.download();
}

class Row {
  constructor(key, choose) {
    this.key = key;
    const { title, about, source, going } = this.entry;
    this.state = make('p.aigc-hub-state');
    this.facts = make('p.aigc-hint');
    this.words = make('p.aigc-hub-words', { role: 'status' });
    this.bar = make('progress', { 'aria-label': t('hub.progress', { name: title }) });
    this.saying = make('span');
    this.cancel = make('button.aigc-plain', { type: 'button', onclick: () => hubFetches.cancel(key) }, t('hub.cancel'));
    this.going = make('div.aigc-hub-going', {}, this.bar, this.saying, this.cancel);
    this.get = make('button.aigc-primary', { type: 'button', onclick: () => this.download() });
    this.use = make('button.aigc-primary', { type: 'button', onclick: () => choose(key) }, t('hub.use'));
    this.element = make('li', { 'data-key': key },
      make('div', {}, make('h3', {}, title), make('p', {}, about), this.facts, this.state),
      make('div.aigc-hub-act', {}, this.get, this.use), this.going, this.words);
    if (going && source) hubFetches.follow(key); // somebody else, or this page before it was loaded anew, has begun it
    this.show();
  }

  get entry() {
    return datasets.of(this.key);
  }

  download() {
    if (datasets.limits.fetch) hubFetches.follow(this.key);
    else {
      setText(this.words, t('hub.refused', { key: this.key }));
      this.words.dataset.level = 'error';
    }
  }

  show() {
    const { ready, bytes, count, held_out: held, source, licence, commit } = this.entry;
    const fetch = hubFetches.of(this.key);
    const going = Boolean(fetch?.going);
    this.element.dataset.state = going ? 'going' : ready ? 'ready' : 'absent';
    setText(this.facts, t('hub.facts', { source, licence }) + (commit ? t('hub.commit', { commit: commit.slice(0, 8) }) : ''));
    setText(this.state, ready ? t('hub.there', { count: counted(count), held: counted(held) }) : t('hub.notYet', { mb: whole(bytes) }));
    setText(this.get, t('hub.download', { mb: whole(bytes) }));
    this.get.hidden = ready || going;
    this.use.hidden = !ready || going;
    this.going.hidden = !going;
    if (going) this.showProgress(fetch.line);
    if (!fetch) return;
    setText(this.words, fetch.words || (ready ? this.entry.changes.join(' ') : ''));
    this.words.dataset.level = fetch.level;
  }

  showProgress(line) {
    const isDownload = line?.stage === 'download' && line.total > 0;
    if (isDownload) this.bar.value = line.at / line.total;
    else this.bar.removeAttribute('value');
    setText(this.saying, said(line));
  }
}

function said(line) {
  const megabytes = (bytes) => (bytes / MEGABYTE).toFixed(1);
  if (line?.waiting) return t('hub.waiting', { n: line.waiting });
  if (line?.stage === 'download') return t('hub.downloading', { at: megabytes(line.at), total: megabytes(line.total) });
  if (line?.stage === 'unpack') return t('hub.unpacking', { n: counted(line.at) });
  return t(line?.stage === 'store' ? 'hub.storing' : 'hub.asking');
}
