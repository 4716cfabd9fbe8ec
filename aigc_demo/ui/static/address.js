// The page's address for others: as text, as a link, and as a QR code for a hall of phones.

import { copyText } from './clipboard.js';
import { openDialog } from './dialog.js';
import { make, setText } from './dom.js';
import { route, t } from './i18n.js';
import { QUERY } from './point-code.js';
import { RECORDED, store } from './run-store.js';
import { Standing } from './standing.js';

const LOCAL = new Set(['localhost', '127.0.0.1', '[::1]']);

const GENERATE = '#generate';

/** Without what belongs to this screen alone: a point goes with its tab, and a run's link opens the run. */
export function publicAddress() {
  const address = new URL(location.href);
  const ofPoint = address.hash === GENERATE;
  if (!ofPoint) address.hash = '';
  for (const name of ['stage', '__theme', ...(ofPoint ? [] : QUERY)]) address.searchParams.delete(name);
  return address.href;
}

/** The address large enough for the back row, and how those who play against D are doing. */
export function showAddress() {
  const address = publicAddress();
  const copy = make('button.aigc-primary', { id: 'share-copy', type: 'button' }, t('share.copy'));
  copy.addEventListener('click', async () => {
    await copyText(address);
    setText(copy, t('share.copied'));
    setTimeout(() => setText(copy, t('share.copy')), 1500);
  });
  const code = make('img.aigc-qr', { src: `${route('qr.svg')}?text=${encodeURIComponent(address)}`, alt: t('share.qr') });
  const { hash, searchParams } = new URL(address);
  const ofPoint = hash === GENERATE;
  const isRun = searchParams.has('race') || (searchParams.has('run') && !store.isRecorded);
  const hint = LOCAL.has(location.hostname) ? [make('p.aigc-hint', {}, t('share.local'))] : [];
  const standing = ofPoint || searchParams.has('race') ? null : new Standing(store.run?.run ?? RECORDED);
  const dialog = openDialog(t(ofPoint ? 'point.shareDialog' : 'share.title'),
    make('p', {}, t(ofPoint ? 'point.shareAbout' : isRun ? 'share.about' : 'share.aboutForm')),
    code,
    make('p.aigc-address', {}, make('a', { href: address }, address)),
    make('div.aigc-row.aigc-centred', {}, copy),
    ...(standing ? [standing.element] : []),
    ...hint);
  dialog.addEventListener('close', () => standing?.end());
}
