// A frozen replay's entry: one run, played from the very file that holds it. Nothing here asks a server.

import { Chart } from './chart.js';
import { Classes } from './classes.js';
import { make, setText } from './dom.js';
import { Figures } from './figures.js';
import { formulasFrom } from './formula.js';
import { startLanguage, startTheme } from './frozen-frame.js';
import { gameOf, recipeTitle } from './game.js';
import { loadCatalogue, t } from './i18n.js';
import { Inner } from './inner.js';
import { Ledger } from './ledger.js';
import { count } from './numbers.js';
import { isPlaying, play } from './playback.js';
import { Replay } from './replay.js';
import { store } from './run-store.js';
import { Samples } from './samples.js';
import { Scores } from './scores.js';

const ELEMENTS = { chart: Chart, classes: Classes, figures: Figures, inner: Inner, ledger: Ledger, replay: Replay, samples: Samples, scores: Scores };

/** Which run this is, and what it was trained on. */
function tellFacts(run, device) {
  const facts = [
    [t('frozen.recipe'), recipeTitle(run)],
    [t('frozen.loss'), gameOf(run)?.title ?? run.loss],
    [t('frozen.seed'), String(run.seed)],
    [t('steps'), count(run.step)],
    [t('frozen.time'), t('seconds', { n: run.seconds.toFixed(1) })],
    [t('frozen.device'), device],
  ];
  const shown = facts.filter(([, value]) => value).map(([name, value]) => make('div', {}, make('dt', {}, name), make('dd', {}, value)));
  document.getElementById('frozen-facts').replaceChildren(...shown);
  document.title = t('frozen.title', { recipe: recipeTitle(run), loss: gameOf(run)?.title ?? run.loss });
  setText(document.getElementById('frozen-about'), t('frozen.about'));
  setText(document.getElementById('frozen-keys'), t('frozen.keys'));
}

/** Frame by frame, from the one before one's eyes. @param {number} by */
function turnOver(by) {
  const frames = store.frames?.list ?? [];
  const here = store.cursor ? frames.findIndex((frame) => frame.index === store.cursor.index) : frames.length - 1;
  const frame = frames[Math.min(frames.length - 1, Math.max(0, here + by))];
  play(false);
  if (frame) store.look(frame.step);
}

/** Keys for whoever stands in front of a hall; what has the focus keeps its own. */
function startKeys() {
  const acts = {
    ' ': () => play(!isPlaying()),
    ArrowRight: () => turnOver(1),
    ArrowLeft: () => turnOver(-1),
    Home: () => turnOver(-Infinity),
    End: () => turnOver(Infinity),
  };
  addEventListener('keydown', (event) => {
    if (event.target !== document.body || event.ctrlKey || event.metaKey || event.altKey || !acts[event.key]) return;
    event.preventDefault();
    acts[event.key]();
  });
}

await loadCatalogue();
const { snapshot, device, mathml } = window.aigcFrozen;
formulasFrom(mathml);
startLanguage();
startTheme();
tellFacts(snapshot, device);
for (const [name, kind] of Object.entries(ELEMENTS)) customElements.define(`aigc-${name}`, kind);
store.begin();
startKeys();
document.body.dataset.aigcReady = '';
