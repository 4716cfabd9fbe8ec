// The stage: the run full screen in large type, grid and ledger first, moved by single keys.

import { showAddress } from './address.js';
import { make } from './dom.js';
import { catalogue, t } from './i18n.js';
import { openTab } from './tabs.js';

const WRITING = 'input, textarea, select, [contenteditable="true"], [role="listbox"]';
let bar = null;

export const isOnStage = () => document.body.classList.contains('aigc-stage');

/** Begin on the stage where the address asks for it. */
export function startStage() {
  addEventListener('keydown', press);
  document.addEventListener('fullscreenchange', () => !document.fullscreenElement && isOnStage() && leaveStage());
  if (new URL(location.href).searchParams.get('stage') === '1') enterStage(false);
}

/** @param {boolean} [full] ask the browser for its whole screen, which it grants only to a click or a key */
export function enterStage(full = true) {
  if (isOnStage()) return;
  openTab('train');
  document.body.classList.add('aigc-stage');
  bar = make('div.aigc-stage-bar', {},
    make('span', {}, t('stage.keys')),
    make('button.aigc-quiet', { id: 'stage-leave', type: 'button', onclick: leaveStage }, t('stage.leave')));
  document.body.append(bar);
  note('1');
  if (full) document.documentElement.requestFullscreen?.().catch(() => {}); // the stage also works in a window
  dispatchEvent(new Event('resize'));
}

export function leaveStage() {
  if (!isOnStage()) return;
  document.body.classList.remove('aigc-stage');
  bar?.remove();
  note(null);
  if (document.fullscreenElement) document.exitFullscreen();
  dispatchEvent(new Event('resize'));
}

/** Keep the stage in the address, so that a reload stays on it. */
function note(value) {
  const address = new URL(location.href);
  if (value) address.searchParams.set('stage', value);
  else address.searchParams.delete('stage');
  history.replaceState(history.state, '', address);
}

function press(event) {
  if (!isOnStage() || event.ctrlKey || event.metaKey || event.altKey) return;
  if (document.querySelector('dialog[open]') || event.target.closest?.(WRITING)) return;
  const act = actionOf(event.key);
  if (!act) return;
  event.preventDefault();
  act();
}

/** What a key does on the stage; null for a key that does nothing. */
function actionOf(key) {
  if (/^[1-9]$/.test(key)) return () => choosePreset(Number(key) - 1);
  const actions = {
    ' ': () => window.aigc.pause(),
    ArrowRight: () => window.aigc.step(),
    s: () => dispatchEvent(new CustomEvent('aigc:slow')),
    q: () => showAddress(),
    Escape: leaveStage,
  };
  return actions[key.length === 1 ? key.toLowerCase() : key] ?? null;
}

function choosePreset(place) {
  const [key, preset] = Object.entries(catalogue.presets ?? {})[place] ?? [];
  if (key) dispatchEvent(new CustomEvent(preset.kind === 'race' ? 'aigc:race' : 'aigc:preset', { detail: { key } }));
}
