// The bar over every tab: which device computes, what the run does, the other language, light and dark.

import { get } from './api.js';
import { setText } from './dom.js';
import { say, stateName, t } from './i18n.js';
import { race } from './race-store.js';
import { store } from './run-store.js';

const THEME = 'aigc-theme';
const USUAL = 'float32';

export function startHeader() {
  const device = document.getElementById('aigc-device');
  const state = document.getElementById('aigc-run-state');
  const show = () => {
    const own = store.isRecorded ? null : store.run;
    state.dataset.state = race.isOpen ? race.state : own?.state ?? 'idle';
    setText(state.lastElementChild, stateName(state.dataset.state));
    if (own?.device) showDevice(device, own.device, own.arithmetic);
  };
  askForDevice(device);
  store.on('run state', show);
  for (const name of ['race', 'news']) race.addEventListener(name, show);
  show();
  startLanguage();
  startTheme();
}

/** The server knows its device only once TensorFlow has loaded, some seconds after its start. */
async function askForDevice(element, patience = 20) {
  const answer = await get('device');
  if (answer.ok && answer.data.device) showDevice(element, answer.data.device);
  else if (patience) setTimeout(() => askForDevice(element, patience - 1), 3000);
}

/**
 * @param {{name: string, kind: string, why: {zh: string, en: string}}} info `why` says why it is not a GPU
 * @param {string} arithmetic in what the run is computed; the usual of a CPU goes without saying
 */
function showDevice(element, info, arithmetic = USUAL) {
  const told = info.kind === 'gpu' || arithmetic !== USUAL ? arithmetic.replace('+xla', ' · XLA') : '';
  element.hidden = false;
  element.title = [say(info.why), told && t('device.arithmetic', { what: told })].filter(Boolean).join(' ');
  setText(element, told ? `${info.name} · ${told}` : info.name);
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
