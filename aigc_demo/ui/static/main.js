// The page's entry: fetch the words, bring the elements to life, show a run.

import { startApiView } from './api-view.js';
import { Chart } from './chart.js';
import { Classes } from './classes.js';
import { controls, startControls } from './controls.js';
import { DatasetStrip } from './dataset-strip.js';
import { startGoing } from './explain-go.js';
import { startTrials } from './explain-trials.js';
import { Figures } from './figures.js';
import { formulaNode, openBank } from './formula.js';
import { startGlossary } from './glossary.js';
import { GrowthStrip } from './growth.js';
import { startHeader } from './header.js';
import { keepDocumentLanguage, loadCatalogue } from './i18n.js';
import { Inner } from './inner.js';
import './latent-wish.js';
import { Ledger } from './ledger.js';
import { Outcome } from './outcome.js';
import { part, tabPart } from './parts.js';
import { Presets } from './presets.js';
import { race } from './race-store.js';
import { Race } from './race.js';
import { Remedy } from './remedy.js';
import { Replay } from './replay.js';
import { store } from './run-store.js';
import { Samples } from './samples.js';
import { Scores } from './scores.js';
import { Settings } from './settings.js';
import { Search } from './search-button.js';
import { Share } from './share.js';
import { startStage } from './stage.js';
import { Status } from './status.js';
import { openTab, startTabs } from './tabs.js';
import { Takeaway } from './takeaway.js';
import { startTours } from './tours.js';

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
  classes: Classes,
  data: DatasetStrip,
  figures: Figures,
  inner: Inner,
  growth: GrowthStrip,
  ledger: Ledger,
  outcome: Outcome,
  presets: Presets,
  race: Race,
  remedy: Remedy,
  replay: Replay,
  samples: Samples,
  scores: Scores,
  search: Search,
  settings: Settings,
  share: Share,
  status: Status,
  takeaway: Takeaway,
};

let formOpen = Promise.resolve();
let opened = null; // the scripts of the tab that was last opened
const ready = (async () => {
  keepDocumentLanguage();
  await loadCatalogue();
  await whenThere(() => document.getElementById('train-start') && document.getElementById('aigc-header'));
  startHeader();
  formOpen = startControls();
  for (const [name, kind] of Object.entries(ELEMENTS)) customElements.define(`aigc-${name}`, kind);
  addEventListener('aigc:tab', ({ detail }) => (opened = tabPart(detail)));
  addEventListener('aigc:slow', async () => (await part(() => import('./slow.js')))?.openSlow());
  openBank('formula-bank');
  startTabs();
  startStage();
  startGoing();
  startTrials();
  store.begin();
  race.begin();
  startTours();
  startGlossary();
  startApiView();
})();
ready.then(() => Promise.all([formOpen, opened])).finally(() => (document.body.dataset.aigcReady = ''));

// A click before this file had arrived left its wish in `aigcEarly`.
const whenReady = (name) => (...values) => ready.then(() => controls[name](...values));

window.aigc = {
  store,
  openTab,
  formulaNode,
  ...Object.fromEntries(Object.keys(controls).map((name) => [name, whenReady(name)])),
};

if (window.aigcEarly) window.aigc.start(...window.aigcEarly);
