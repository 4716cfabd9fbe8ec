// The bar over every tab: which device computes, what the run does, the other language, light and dark.

import { setText } from './dom.js';
import { stateName } from './i18n.js';
import { store } from './run-store.js';

const THEME = 'aigc-theme';

export function startHeader() {
  const device = document.getElementById('aigc-device');
  const state = document.getElementById('aigc-run-state');
  const show = () => {
    const own = store.isRecorded ? null : store.run;
    state.dataset.state = own?.state ?? 'idle';
    setText(state.lastElementChild, stateName(state.dataset.state));
    if (own?.device) showDevice(device, own.device);
  };
  store.on('run state', show);
  show();
  startLanguage();
  startTheme();
}

/** @param {string | {name: string, why?: string}} info */
function showDevice(element, info) {
  element.hidden = false;
  setText(element, typeof info === 'string' ? info : info.name);
  if (info.why) element.title = info.why;
}

/** The switch leads to the same run and the same tab in the other language. */
function startLanguage() {
  const link = document.getElementById('language');
  const bare = link.getAttribute('href');
  const complete = () => link.setAttribute('href', `${bare}${location.search}${location.hash}`);
  for (const name of ['pointerdown', 'focus', 'click']) link.addEventListener(name, complete);
  complete();
}

/** Light or dark as the visitor chose before, unless the address says otherwise; the system's choice without either. */
function startTheme() {
  const asked = new URL(location.href).searchParams.get('__theme');
  const chosen = read();
  if (!asked && chosen) document.body.classList.toggle('dark', chosen === 'dark');
  document.getElementById('aigc-theme').addEventListener('click', () => {
    const dark = document.body.classList.toggle('dark');
    try {
      localStorage.setItem(THEME, dark ? 'dark' : 'light');
    } catch {
      // a private window forgets the choice, which is its purpose
    }
  });
  let dark = document.body.classList.contains('dark');
  new MutationObserver(() => {
    if (document.body.classList.contains('dark') === dark) return;
    dark = !dark;
    dispatchEvent(new Event('aigc:theme'));
  }).observe(document.body, { attributes: true, attributeFilter: ['class'] });
}

function read() {
  try {
    return localStorage.getItem(THEME);
  } catch {
    return null;
  }
}
