// The whole form in the address, so that a link is an experiment; only what differs from an untouched form is written.

import { atMostEvery } from './dom.js';
import { CHOICES, form } from './form.js';
import { catalogue, t } from './i18n.js';
import { store } from './run-store.js';

const WRITE_MS = 300; // some browsers allow a hundred changes of the address in thirty seconds

/** What the address asks for: `{choices, settings, broken}`; null where it asks for nothing. */
export function readAddress() {
  const query = new URL(location.href).searchParams;
  const choices = {};
  for (const key of CHOICES) if (query.has(key)) choices[key] = read(query.get(key));
  const settings = {};
  const broken = [];
  for (const part of (query.get('set') ?? '').split(',').filter(Boolean)) {
    const [key, value] = split(part);
    if (key && value) settings[key] = read(value);
    else broken.push(part.slice(0, 40));
  }
  const isEmpty = !query.has('set') && !Object.keys(choices).length;
  return isEmpty ? null : { choices, settings, broken };
}

/** Numbers as numbers: the server's sentences quote what they were given. */
const read = (text) => (text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text);

function split(part) {
  const place = part.indexOf(':');
  return place < 0 ? [part, ''] : [part.slice(0, place).trim(), part.slice(place + 1).trim()];
}

/** One sentence about what of the address could not be used; '' where all of it could. */
export function complaint(broken, refused) {
  const keys = [...Object.keys(refused), ...broken];
  if (!keys.length) return '';
  return t('lab.linkBad', { keys: keys.map((key) => key.slice(0, 40)).join(', '), reason: Object.values(refused)[0] ?? t('lab.linkBroken') });
}

/** Keep the address in step with the form from now on. */
export function followForm() {
  const write = atMostEvery(WRITE_MS, writeAddress);
  form.addEventListener('change', write);
  store.on('run', write);
  write();
}

function writeAddress() {
  const address = new URL(location.href);
  const query = address.searchParams;
  for (const key of CHOICES) {
    const value = form.choices[key];
    if (value === null || value === '' || value === undefined || value === untouched(key)) query.delete(key);
    else query.set(key, String(value));
  }
  const set = Object.entries(form.settings).map(([key, value]) => `${key}:${value}`).sort().join(',');
  if (set) query.set('set', set);
  else query.delete('set');
  address.search = query.toString().replaceAll('%3A', ':').replaceAll('%2C', ',');
  if (address.href !== location.href) history.replaceState(history.state, '', address);
}

/** What a field holds when nobody touches it; the loss follows the recipe. */
function untouched(key) {
  return key === 'loss' ? catalogue.recipes[form.choices.recipe]?.loss : form.base?.[key];
}
