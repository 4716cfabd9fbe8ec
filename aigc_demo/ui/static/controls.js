// What the buttons do. Gradio hands the fields' values over; the answers show in the store and in the notice.

import { post } from './api.js';
import { setText } from './dom.js';
import { catalogue, t } from './i18n.js';
import { store } from './run-store.js';

const EXTRA_SECONDS = 10;
const RECON = 'g_recon_x';
const ACTIVE = new Set(['queued', 'compiling', 'training', 'paused']);
const RESUMABLE = new Set(['paused', 'interrupted']);
const EXTENDABLE = new Set(['training', 'paused', 'interrupted', 'finished', 'stopped']);

const button = (name) => document.getElementById(`train-${name}`);
let busy = false;
let isSpectator = false;
let seen = ''; // the run whose choices the fields already show
let wish = {}; // what the fields are to show instead: see `refill`

/** The word on a Gradio button, which may stand beside an icon. */
function label(element, text) {
  if (element) setText(element.querySelector('span') ?? element, text);
}

function show() {
  const own = store.isRecorded ? null : store.run;
  const state = own?.state ?? 'idle';
  const may = (name, yes) => {
    const element = button(name);
    if (element) element.disabled = !yes || isSpectator;
  };
  const start = button('start');
  if (start) start.disabled = busy;
  start?.classList.toggle('aigc-busy', busy);
  label(start, t(busy ? 'starting' : 'start'));
  label(button('pause'), t(RESUMABLE.has(state) ? 'resume' : 'pause'));
  may('pause', ACTIVE.has(state) || RESUMABLE.has(state));
  may('step', RESUMABLE.has(state));
  may('stop', ACTIVE.has(state));
  may('extend', EXTENDABLE.has(state));
  document.body.dataset.aigcRun = ACTIVE.has(state) ? 'active' : state === 'idle' ? 'none' : 'over';
}

async function act(action, extra) {
  const answer = await store.control(action, extra);
  if (answer.status === 403) {
    isSpectator = true;
    show();
  }
}

/** λ is sent only where it means something: a loss without the term gains it by asking for a weight. */
function weightsFor(loss, strength) {
  const isOwn = catalogue.losses[loss]?.terms.some((term) => term.key === RECON);
  return isOwn || strength !== 0 ? { [RECON]: strength } : {};
}

function strengthOf(loss) {
  return catalogue.losses[loss]?.terms.find((term) => term.key === RECON)?.weight ?? 0;
}

/** Put other choices into the fields; only Gradio can, so a hidden button of its own is pressed for it. */
function choose(choices) {
  wish = choices;
  button('refill')?.click();
  if (choices.recipe) setText(document.getElementById('train-story'), catalogue.recipes[choices.recipe]?.story ?? '');
}

export const controls = {
  async start(recipe, loss, dataset, seconds, seed, strength) {
    if (busy) return;
    busy = true;
    store.say('');
    show();
    const answer = await post('runs', { recipe, loss, dataset, seconds, seed, weights: weightsFor(loss, strength) });
    busy = false;
    isSpectator = false;
    if (answer.ok) {
      seen = answer.data.run;
      store.adopt(answer.data.run, answer.data.token);
    } else store.say(answer.error, 'error');
    show();
  },
  pause: () => act(RESUMABLE.has(store.run?.state) ? 'resume' : 'pause'),
  step: () => act('step'),
  stop: () => act('stop'),
  extend: () => act('extend', { seconds: EXTRA_SECONDS }),
  /** A recipe brings its own loss. @returns {[string, number]} the loss and λ */
  recipeChosen(recipe) {
    const chosen = catalogue.recipes[recipe];
    setText(document.getElementById('train-story'), chosen?.story ?? '');
    return [chosen?.loss, strengthOf(chosen?.loss)];
  },
  /** The fields' values with what was chosen elsewhere in their place; given in the order of the fields. */
  refill(recipe, loss, dataset, seconds, seed, strength) {
    const chosen = { recipe, loss, dataset, seconds, seed, ...wish };
    const weight = wish.weights ? wish.weights[RECON] ?? 0 : strength;
    return [chosen.recipe, chosen.loss, chosen.dataset, chosen.seconds, chosen.seed, weight];
  },
  /** @returns {number} λ as the loss itself has it */
  lossChosen: (loss) => strengthOf(loss),
};

export function startControls() {
  const notice = document.getElementById('train-notice');
  store.addEventListener('notice', ({ detail }) => {
    setText(notice, detail.text);
    notice.dataset.level = detail.level;
  });
  store.addEventListener('run', showChoices);
  store.on('run state', show);
  addEventListener('aigc:choose', ({ detail }) => {
    const recipe = detail.recipe && { recipe: detail.recipe };
    choose({ ...recipe, loss: detail.loss, weights: detail.weights ?? { [RECON]: strengthOf(detail.loss) } });
    store.say(t('chosen', { loss: catalogue.losses[detail.loss]?.title ?? detail.loss }));
  });
  show();
}

/** The fields show what the run before one's eyes was started with, as far as they can. */
function showChoices() {
  const { run } = store;
  if (store.isRecorded || run.run === seen) return;
  seen = run.run;
  isSpectator = false;
  if (!catalogue.recipes[run.recipe] || !catalogue.datasets[run.dataset] || !catalogue.losses[run.loss]) return;
  const { recipe, loss, dataset, seed, weights, budget } = run;
  choose({ recipe, loss, dataset, seed, weights, ...(budget.seconds ? { seconds: Math.round(budget.seconds) } : {}) });
}
