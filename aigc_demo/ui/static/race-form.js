// Entering a race: a ready-made one, or two to four runners of one's own that differ in what one likes.

import { openDialog } from './dialog.js';
import { make, setText } from './dom.js';
import { catalogue, say, t } from './i18n.js';
import { race } from './race-store.js';

const LEAST = 2;
const MOST = 4;
const SECONDS = 20;

/** @type {{recipe: string, loss: string, settings: Object<string, number>}[]} the race offered first */
const EXAMPLE = [
  { recipe: 'fast', loss: 'non_saturating', settings: {} },
  { recipe: 'fast', loss: 'minimax', settings: {} },
];

/** Open the form. */
export function proposeRace() {
  const dialog = openDialog(t('race.new'), make('p', {}, t('race.about')), ...presets(), ownRace());
  dialog.classList.add('aigc-wide');
}

addEventListener('aigc:race', ({ detail }) => startPreset(detail.key));

/** @param {string} key of a preset whose kind is `race` */
export function startPreset(key) {
  const preset = catalogue.presets[key];
  return race.start(preset.experiments, preset.experiments[0].seconds, 0);
}

function presets() {
  const races = Object.entries(catalogue.presets ?? {}).filter(([, preset]) => preset.kind === 'race');
  if (!races.length) return [];
  const card = ([key, preset]) => make('button.aigc-card', { type: 'button', onclick: (event) => starting(event, () => startPreset(key)) },
    make('b', {}, words(preset.title)), make('span', {}, words(preset.story)));
  return [make('h3', {}, t('race.presets')), make('div.aigc-cards', {}, ...races.map(card))];
}

/** Disable the button while the race is being started; the dialog closes once it is. */
async function starting(event, start) {
  const button = event.currentTarget;
  button.disabled = true;
  const ok = await start();
  button.disabled = false;
  if (ok) button.closest('dialog').close();
}

function ownRace() {
  const rows = make('div.aigc-runners');
  const add = make('button.aigc-quiet', { type: 'button', onclick: () => addRunner(rows, EXAMPLE[0], update) }, t('race.add'));
  const update = () => {
    [...rows.children].forEach((row, place) => setText(row.querySelector('legend'), t('race.runner', { name: String.fromCharCode(65 + place) })));
    add.disabled = rows.children.length >= MOST;
    rows.querySelectorAll('.aigc-remove').forEach((button) => (button.disabled = rows.children.length <= LEAST));
  };
  for (const runner of EXAMPLE) addRunner(rows, runner, update);
  const seconds = make('input', { type: 'number', min: 5, max: 600, value: SECONDS });
  const seed = make('input', { type: 'number', min: 0, value: 0 });
  const form = make('form.aigc-race-form', {}, rows, add,
    make('div.aigc-runner-row', {}, field('race.seconds', seconds), field('race.seed', seed)),
    make('button.aigc-primary', { type: 'submit' }, t('race.start')));
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const button = form.querySelector('[type="submit"]');
    button.disabled = true;
    setText(button, t('race.starting'));
    const ok = await race.start([...rows.children].map(experimentOf), Number(seconds.value), Number(seed.value));
    button.disabled = false;
    setText(button, t('race.start'));
    if (ok) form.closest('dialog').close();
  });
  return make('section', {}, make('h3', {}, t('race.own')), form);
}

function addRunner(rows, runner, changed) {
  const recipe = choice(catalogue.recipes, runner.recipe);
  const loss = choice(catalogue.losses, runner.loss);
  recipe.addEventListener('change', () => (loss.value = catalogue.recipes[recipe.value].loss));
  const rate = (player) => make('input', { type: 'number', name: `lr.${player}`, min: 0, step: 'any', placeholder: t('race.asRecipe'), value: runner.settings[`lr.${player}`] });
  recipe.name = 'recipe';
  loss.name = 'loss';
  const remove = make('button.aigc-quiet.aigc-remove', { type: 'button' }, t('race.remove'));
  const row = make('fieldset', {}, make('legend'), make('div.aigc-runner-row', {},
    field('race.recipe', recipe), field('race.loss', loss), field('race.rateD', rate('d')), field('race.rateG', rate('g')), remove));
  remove.addEventListener('click', () => {
    row.remove();
    changed();
  });
  rows.append(row);
  changed();
}

function choice(items, value) {
  const select = make('select', {}, ...Object.entries(items).map(([key, item]) => make('option', { value: key }, item.title)));
  select.value = value;
  return select;
}

/** @param {string | {zh: string, en: string}} text */
const words = (text) => (typeof text === 'string' ? text : say(text));

const field = (word, control) => make('label', {}, make('span', {}, t(word)), control);

function experimentOf(row) {
  const value = (name) => row.querySelector(`[name="${name}"]`).value;
  const settings = {};
  for (const name of ['lr.d', 'lr.g']) if (value(name) !== '') settings[name] = Number(value(name));
  return { recipe: value('recipe'), loss: value('loss'), dataset: 'digits5k', settings };
}
