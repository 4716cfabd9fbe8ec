// What the buttons do. Gradio hands the fields' values over; the answers show in the store and in the notice.

import { post } from './api.js';
import { datasets } from './dataset-list.js';
import { setText } from './dom.js';
import { CHOICES, form, startBody } from './form.js';
import { hideAsAsked } from './hide.js';
import { catalogue, t } from './i18n.js';
import { isOwner, isWatched, noteRefusal, ownRun } from './owner.js';
import { race } from './race-store.js';
import { store, tokenOf } from './run-store.js';
import { complaint, followForm, readAddress } from './url-state.js';

const EXTRA_SECONDS = 10;
const GRADIO_DRAWS = 50; // milliseconds in which the fields take what they were given
const ACTIVE = new Set(['queued', 'compiling', 'training', 'paused']);
const RESUMABLE = new Set(['paused', 'interrupted']);
const EXTENDABLE = new Set(['training', 'paused', 'interrupted', 'finished', 'stopped']);

const button = (name) => document.getElementById(`train-${name}`);
let busy = false;
let seen = ''; // the run whose choices the fields already show
let told = ''; // and its settings, as they were last told
let wish = {}; // what the fields are to show instead: see `refill`
let filled = () => {}; // to be called when they do
let filling = Promise.resolve();

/** The word on a Gradio button, which may stand beside an icon. */
function label(element, text) {
  if (element) setText(element.querySelector('span') ?? element, text);
}

/** What the buttons steer: the race that is open, else the run on the page. */
function steered() {
  if (race.isOpen) return { state: race.state, isOwn: isOwner(race.id) };
  return { state: store.isRecorded ? 'idle' : store.run.state, isOwn: ownRun() !== null };
}

function show() {
  const { state, isOwn } = steered();
  const may = (name, yes) => {
    const element = button(name);
    if (element) element.disabled = !yes;
  };
  may('start', !busy);
  button('start')?.classList.toggle('aigc-busy', busy);
  label(button('start'), t(busy ? 'starting' : 'start'));
  label(button('pause'), t(RESUMABLE.has(state) ? 'resume' : 'pause'));
  may('pause', isOwn && (ACTIVE.has(state) || RESUMABLE.has(state)));
  for (const name of ['step', 'step-d', 'step-g']) may(name, isOwn && RESUMABLE.has(state) && !race.isOpen);
  may('stop', isOwn && ACTIVE.has(state));
  may('extend', isOwn && EXTENDABLE.has(state));
  may('again', !busy && state !== 'idle' && !race.isOpen);
  may('slow', !busy && !isWatched() && !race.isOpen);
  document.body.dataset.aigcRun = ACTIVE.has(state) ? 'active' : state === 'idle' ? 'none' : 'over';
}

async function act(action, extra) {
  if (race.isOpen) return race.control(action, extra);
  const answer = await store.control(action, extra);
  if (answer.status === 403) noteRefusal(store.run.run);
  show();
  return answer;
}

/** Put other choices into the fields; only Gradio can, so a hidden button of its own is pressed for it. */
function fill(choices) {
  wish = choices;
  const refill = button('refill');
  if (refill) filling = new Promise((resolve) => (filled = resolve));
  refill?.click();
  setText(button('story'), catalogue.recipes[form.choices.recipe]?.story ?? '');
}

/** Make these the form's choices and settings. */
export function choose(choices, settings) {
  form.replace(choices, settings);
  fill(form.choices);
}

/** Start a run. @param {object} body as `POST /runs` takes it @returns {Promise<string>} its id, or '' */
export async function begin(body) {
  if (busy) return '';
  return launch(() => post('runs', body));
}

async function launch(ask) {
  busy = true;
  store.say('');
  show();
  const answer = await ask();
  busy = false;
  if (answer.ok) {
    seen = answer.data.run;
    told = '';
    store.adopt(answer.data.run, answer.data.token);
  } else store.say(answer.error, 'error');
  show();
  return answer.ok ? answer.data.run : '';
}

export const controls = {
  /** The fields' values come from Gradio: they are what the visitor sees at the moment of the click. */
  start: (recipe, loss, dataset, seconds, seed) => begin(startBody({ recipe, loss, dataset, seconds, seed }, form.settings)),
  pause: () => act(RESUMABLE.has(steered().state) ? 'resume' : 'pause'),
  step: (who = 'both') => (race.isOpen ? undefined : act('step', { who })),
  stop: () => act('stop'),
  extend: () => act('extend', { seconds: EXTRA_SECONDS }),
  again() {
    if (busy || store.isRecorded || race.isOpen) return;
    const id = store.run.run;
    launch(() => post(`runs/${encodeURIComponent(id)}/again`, { token: tokenOf(id) }));
  },
  slow: () => dispatchEvent(new CustomEvent('aigc:slow')),
  presets: () => dispatchEvent(new CustomEvent('aigc:presets')),
  /** A recipe brings its own loss. @returns {string} it */
  recipeChosen(recipe) {
    form.note('recipe', recipe);
    setText(button('story'), catalogue.recipes[recipe]?.story ?? '');
    return form.choices.loss;
  },
  /** A field holds something else now. */
  noted: (key, value) => form.note(key, value),
  /** The fields' values with what was chosen elsewhere in their place; given in the order of the fields. */
  refill(...values) {
    setTimeout(filled, GRADIO_DRAWS);
    return CHOICES.map((key, place) => {
      const value = wish[key] ?? values[place];
      return key === 'dataset' ? datasets.update(value) : value;
    });
  },
};

/** Resolves when the form is open and its fields show what it holds: what is typed from then on stays. */
export async function startControls() {
  hideAsAsked();
  const notice = button('notice');
  store.addEventListener('notice', ({ detail }) => {
    setText(notice, detail.text);
    notice.dataset.level = detail.level;
  });
  store.on('run state', show);
  for (const name of ['race', 'news']) race.addEventListener(name, show);
  addEventListener('aigc:choose', ({ detail }) => chosenElsewhere(detail));
  show();
  await datasets.refresh(); // an address or a run may name a set of one's own
  datasets.addEventListener('change', ({ detail }) => (detail ? choose({ dataset: detail }, form.settings) : fill(form.choices)));
  await openForm();
  if (datasets.own.length) fill(form.choices); // the list of data has more to offer than Gradio drew
  await filling;
}

/** Fill the form from the address; where that says nothing, from the run that is shown. */
async function openForm() {
  const asked = readAddress();
  const answer = await form.begin(asked?.choices, asked?.settings);
  if (!answer.ok) return;
  if (asked) {
    seen = new URL(location.href).searchParams.get('run') ?? '';
    fill(form.choices);
    const words = complaint(asked.broken, answer.data.refused);
    if (words) store.say(words, 'error');
  }
  form.addEventListener('refused', ({ detail }) => (detail.recipe || detail.loss) && store.say(detail.loss ?? detail.recipe, 'error'));
  followForm();
  store.on('run state', followRun);
  followRun();
}

function chosenElsewhere({ recipe, loss, weights = {} }) {
  const own = Object.fromEntries(Object.entries(weights).map(([key, value]) => [`weight.${key}`, value]));
  choose({ ...(recipe && { recipe }), loss }, own);
  store.say(t('chosen', { loss: catalogue.losses[loss]?.title ?? loss }));
}

/** The form shows what the run before one's eyes was started with, and what has been changed since. */
function followRun() {
  const { run } = store;
  if (store.isRecorded || !run.settings) return;
  const now = JSON.stringify([run.loss, run.settings]);
  if (run.run !== seen) showRun(run);
  else if (told && now !== told && form.choices.recipe === run.recipe) showChange(run);
  told = run.run === seen ? now : '';
}

function showRun(run) {
  seen = run.run;
  if (!catalogue.recipes[run.recipe] || !catalogue.datasets[run.dataset] || !catalogue.losses[run.loss]) return;
  const { recipe, loss, dataset, seed, budget, settings } = run;
  choose({ recipe, loss, dataset, seed, ...(budget.seconds ? { seconds: Math.round(budget.seconds) } : {}) }, settings);
}

/** The run was changed, perhaps elsewhere; what only a new run can have stays as the visitor chose it. */
function showChange(run) {
  const [lossBefore] = JSON.parse(told);
  if (form.choices.loss !== lossBefore) return; // another run is being prepared
  const kept = Object.entries(form.settings).filter(([key]) => catalogue.settings[key] && !catalogue.settings[key].live);
  const settings = { ...run.settings, ...Object.fromEntries(kept) };
  if (run.loss !== lossBefore) choose({ loss: run.loss }, settings);
  else form.replace({}, settings);
}
