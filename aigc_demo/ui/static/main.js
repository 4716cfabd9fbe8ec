// The page's entry: fetch the words, bring the elements to life, show a run.

import { Chart } from './chart.js';
import { controls, startControls } from './controls.js';
import { Logits } from './explain.js';
import { formulaNode, openBank } from './formula.js';
import { startHeader } from './header.js';
import { keepDocumentLanguage, loadCatalogue } from './i18n.js';
import { Latent } from './latent.js';
import { Ledger } from './ledger.js';
import { Models } from './models.js';
import { Outcome } from './outcome.js';
import './playback.js';
import { Replay } from './replay.js';
import { store } from './run-store.js';
import { Samples } from './samples.js';
import { Status } from './status.js';
import { openTab, startTabs } from './tabs.js';

/** Resolves when `element()` gives something: Gradio builds the page at its own pace. */
function whenThere(element) {
  return new Promise((resolve) => {
    const look = () => element() && (observer.disconnect(), resolve());
    const observer = new MutationObserver(look);
    observer.observe(document.body, { childList: true, subtree: true });
    look();
  });
}

const ELEMENTS = {
  chart: Chart,
  latent: Latent,
  ledger: Ledger,
  logits: Logits,
  models: Models,
  outcome: Outcome,
  replay: Replay,
  samples: Samples,
  status: Status,
};

const ready = (async () => {
  keepDocumentLanguage();
  await loadCatalogue();
  await whenThere(() => document.getElementById('train-start') && document.getElementById('aigc-header'));
  startHeader();
  startControls();
  for (const [name, kind] of Object.entries(ELEMENTS)) customElements.define(`aigc-${name}`, kind);
  openBank();
  startTabs();
  store.begin();
  document.body.dataset.aigcReady = '';
})();

// A click before this file had arrived left its wish in `aigcEarly`.
const whenReady = (name) => (...values) => ready.then(() => controls[name](...values));

window.aigc = {
  store,
  openTab,
  formulaNode,
  start: whenReady('start'),
  pause: whenReady('pause'),
  step: whenReady('step'),
  stop: whenReady('stop'),
  extend: whenReady('extend'),
  recipeChosen: whenReady('recipeChosen'),
  lossChosen: whenReady('lossChosen'),
  refill: whenReady('refill'),
};

if (window.aigcEarly) window.aigc.start(...window.aigcEarly);
