// Files that were dropped or chosen: an archive, or pictures with the folders they lie in.

import { datasets } from './dataset-list.js';
import { t } from './i18n.js';
import { OwnError, begin, drop, send } from './own-stream.js';

const ARCHIVE = /\.(zip|npz)$/i;
const PICTURE = /\.(png|jpe?g|gif|bmp|webp|tiff?|p[bgpn]m)$/i;

/** @typedef {{file: File, path: string}} Given */

/** What lies in a drop, with the folders that were dropped read to the bottom. @returns {Promise<Given[]>} */
export async function dropped({ items, files }) {
  const entries = [...(items ?? [])].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  if (!entries.length) return chosen(files);
  return (await Promise.all(entries.map((entry) => within(entry)))).flat();
}

/** @param {FileList} files @returns {Given[]} */
export const chosen = (files) => [...files].map((file) => ({ file, path: file.webkitRelativePath || file.name }));

async function within(entry) {
  if (entry.isFile) return [{ file: await new Promise((done, failed) => entry.file(done, failed)), path: entry.fullPath.slice(1) }];
  const reader = entry.createReader();
  const found = [];
  for (;;) {
    const some = await new Promise((done, failed) => reader.readEntries(done, failed)); // a hundred at a time
    if (!some.length) return found;
    found.push(...(await Promise.all(some.map((each) => within(each)))).flat());
  }
}

/**
 * Send them. @param {Given[]} given @param {AbortSignal} signal @param {(words: string, share: number) => void} tell
 * @returns {Promise<string>} the draft
 */
export async function sendFiles(given, signal, tell) {
  const most = 1e6 * datasets.limits.megabytes;
  const size = given.reduce((sum, { file }) => sum + file.size, 0);
  if (most && size > most) throw new OwnError(t('own.tooLarge', { mb: datasets.limits.megabytes }));
  const archives = given.filter(({ file }) => ARCHIVE.test(file.name));
  const pictures = given.filter(({ file }) => PICTURE.test(file.name));
  if (archives.length === 1 && given.length === 1) return sendArchive(archives[0].file, signal, tell);
  if (archives.length || !pictures.length) throw new OwnError(t('own.mixed'));
  return sendPictures('pictures', nameOf(pictures), pictures.map(({ file, path }) => ({ content: file, path })), signal, tell);
}

async function sendArchive(file, signal, tell) {
  const megabytes = (bytes) => (bytes / 1e6).toFixed(1);
  const draft = await begin('file', file.name.replace(ARCHIVE, ''));
  return kept(draft, () => send(`data/drafts/${draft}/content`, file, signal, (share) =>
    tell(t('own.sendingBytes', { done: megabytes(share * file.size), total: megabytes(file.size) }), share)));
}

/** @param {'pictures' | 'drawn'} kind @param {{content: Blob, path: string}[]} pictures */
export async function sendPictures(kind, name, pictures, signal, tell) {
  const draft = await begin(kind, name);
  return kept(draft, async () => {
    for (const [number, { content, path }] of pictures.entries()) {
      tell(t('own.sending', { done: number, total: pictures.length }), number / pictures.length);
      await send(`data/drafts/${draft}/pictures?name=${encodeURIComponent(path)}`, content, signal);
    }
  });
}

async function kept(draft, work) {
  try {
    await work();
    return draft;
  } catch (error) {
    drop(draft);
    throw error;
  }
}

/** The folder that all of them lie in, else the first one's name. */
const nameOf = ([{ path, file }]) => (path.includes('/') ? path.split('/')[0] : file.name.replace(/\.\w+$/, ''));
