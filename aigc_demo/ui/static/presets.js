// <aigc-presets>: experiments that are known to break, their menu, and, once the verdict has come, their cure.

import { begin, choose } from './controls.js';
import { openDialog } from './dialog.js';
import { make, setText } from './dom.js';
import { form, startBody } from './form.js';
import { catalogue, say, t } from './i18n.js';
import { isFinal } from './feed.js';
import { openTab } from './tabs.js';
import { tryCure } from './remedy.js';
import { store } from './run-store.js';

const KINDS = ['show', 'break', 'race'];
const MEMORY = 'aigc-preset-'; // which run began as which experiment, for as long as the browser's tab lives
const STAGE_KEYS = 9;

const listed = () => Object.entries(catalogue.presets ?? {});

/** Begin the experiment called `key`; a race is handed on. */
export async function startPreset(key) {
  const preset = catalogue.presets?.[key];
  if (!preset) return;
  openTab('train');
  if (preset.kind === 'race') {
    dispatchEvent(new CustomEvent('aigc:race', { detail: { key } }));
    return;
  }
  const { recipe, loss, dataset, settings, seconds, seed } = preset.experiments[0];
  choose({ recipe, loss: loss ?? catalogue.recipes[recipe].loss, dataset: dataset ?? 'digits5k', seconds, seed }, settings ?? {});
  const run = await begin(startBody(form.choices, settings ?? {}));
  if (run) note(run, key);
}

function note(run, key) {
  try {
    sessionStorage.setItem(MEMORY + run, key);
  } catch {
    // the cure is then offered by the verdict alone
  }
  dispatchEvent(new CustomEvent('aigc:preset-started'));
}

/** The experiment that this run began as, or null. */
function presetOf(run) {
  try {
    return catalogue.presets?.[sessionStorage.getItem(MEMORY + run.run)] ?? null;
  } catch {
    return null;
  }
}

const keyOf = (preset) => listed().find(([, candidate]) => candidate === preset)[0];

/** The menu of all experiments. */
export function openPresets() {
  const groups = KINDS.map((kind) => group(kind)).filter(Boolean);
  const dialog = openDialog(t('lab.presets'), ...(groups.length ? groups : [make('p', {}, t('presets.none'))]));
  dialog.classList.add('aigc-wide');
}

function group(kind) {
  const cards = listed().map(([key, preset], place) => [key, preset, place]).filter(([, preset]) => preset.kind === kind);
  if (!cards.length) return null;
  const about = kind === 'break' ? [make('p', {}, t('presets.about'))] : [];
  return make('section', {}, make('h3', {}, t(`presets.${kind}`)), ...about, make('div.aigc-cards', {}, ...cards.map(card)));
}

function card([key, preset, place]) {
  const small = place < STAGE_KEYS ? [make('small.aigc-card-key', {}, t('presets.key', { n: place + 1 }))] : [];
  return make('button.aigc-card', { type: 'button', 'data-preset': key, onclick: (event) => event.currentTarget.closest('dialog').close() || startPreset(key) },
    make('b', {}, preset.title), make('span', {}, preset.story), ...small);
}

export class Presets extends HTMLElement {
  connectedCallback() {
    if (this.heading) return;
    this.heading = make('b');
    this.story = make('p');
    this.hint = make('p.aigc-hint', { role: 'status' });
    this.cure = make('button.aigc-plain', { type: 'button', onclick: () => this.rescue() });
    const word = t('presets.dismiss');
    const dismiss = make('button.aigc-quiet.aigc-close', { type: 'button', 'aria-label': word, title: word, onclick: () => this.dismiss() }, '×');
    this.replaceChildren(make('header', {}, this.heading, dismiss), this.story, this.hint, this.cure);
    this.cured = new Set();
    addEventListener('aigc:preset', ({ detail }) => startPreset(detail.key));
    addEventListener('aigc:presets', () => openPresets());
    addEventListener('aigc:preset-started', () => this.show());
    store.on('run state', () => this.show());
    this.show();
  }

  show() {
    const run = store.isRecorded ? null : store.run;
    const preset = run && run.run !== this.dismissed ? presetOf(run) : null;
    this.hidden = !preset;
    if (!preset) return;
    setText(this.heading, preset.title);
    setText(this.story, preset.story);
    const { remedy } = preset;
    const isDue = remedy !== null && this.hasFailed(run, preset) && !this.cured.has(run.run);
    this.cure.hidden = !isDue;
    if (isDue) setText(this.cure, t('presets.cure', { title: cureTitle(remedy) }));
    const words = this.cured.has(run.run) ? t('presets.cured', { title: cureTitle(remedy) }) : remedy && !isDue ? t('presets.waiting') : '';
    this.hint.hidden = !words;
    setText(this.hint, words);
  }

  /** The verdict it is known for has come. A run that ended without it gets its cure as well: nobody is left waiting. */
  hasFailed(run, preset) {
    if ((preset.expect && run.verdict?.key === preset.expect) || isFinal(run.state)) this.failed = run.run;
    return this.failed === run.run;
  }

  async rescue() {
    const run = store.run.run;
    const preset = presetOf(store.run);
    this.cure.disabled = true;
    const ok = await tryCure(preset.remedy);
    this.cure.disabled = false;
    if (!ok) return;
    for (const id of [run, store.run.run]) this.cured.add(id);
    if (store.run.run !== run) note(store.run.run, keyOf(preset));
    this.show();
  }

  dismiss() {
    this.dismissed = store.run.run;
    this.show();
  }
}

/** A cure's name, in whichever of the two forms the catalogue has it. */
const cureTitle = (remedy) => (typeof remedy.title === 'string' ? remedy.title : say(remedy));
