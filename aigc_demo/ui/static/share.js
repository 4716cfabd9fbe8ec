// <aigc-share>: ways to take the run before an audience: its address as a QR code, the stage, a game against D, a race.

import { copyText } from './clipboard.js';
import { openDialog } from './dialog.js';
import { make, setText } from './dom.js';
import { playDuel } from './duel.js';
import { route, t } from './i18n.js';
import { proposeRace } from './race-form.js';
import { store } from './run-store.js';
import { enterStage } from './stage.js';

const LOCAL = new Set(['localhost', '127.0.0.1', '[::1]']);

export class Share extends HTMLElement {
  connectedCallback() {
    if (this.firstChild) return;
    const button = (id, word, press) => make('button.aigc-quiet', { id, type: 'button', onclick: press }, t(word));
    this.append(
      button('share-open', 'share.open', () => showAddress()),
      button('share-game', 'game.open', () => playDuel()),
      button('share-race', 'race.open', () => proposeRace()),
      button('share-stage', 'stage.enter', () => enterStage()),
    );
  }
}

/** The page's address for others: without the tab, and without what belongs to this screen alone. */
export function publicAddress() {
  const address = new URL(location.href);
  address.hash = '';
  for (const name of ['stage', '__theme']) address.searchParams.delete(name);
  return address.href;
}

/** The address large enough for the back row, as a QR code and to copy. */
export function showAddress() {
  const address = publicAddress();
  const copy = make('button.aigc-plain', { type: 'button' }, t('share.copy'));
  copy.addEventListener('click', async () => {
    await copyText(address);
    setText(copy, t('share.copied'));
    setTimeout(() => setText(copy, t('share.copy')), 1500);
  });
  const code = make('img.aigc-qr', { src: `${route('qr.svg')}?text=${encodeURIComponent(address)}`, alt: t('share.qr') });
  const isOwn = new URL(address).searchParams.has('run') || new URL(address).searchParams.has('race');
  const hint = LOCAL.has(location.hostname) ? [make('p.aigc-hint', {}, t('share.local'))] : [];
  openDialog(t('share.title'),
    make('p', {}, t(isOwn && !store.isRecorded ? 'share.about' : 'share.aboutForm')),
    code,
    make('p.aigc-address', {}, make('a', { href: address }, address)),
    copy,
    ...hint);
}
