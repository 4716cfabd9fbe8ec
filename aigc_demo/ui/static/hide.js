// `?hide=recipe,loss,…` takes controls away, for exercises. Unknown names are ignored.

import { catalogue } from './i18n.js';

/** Names that are not simply `train-<name>`. */
const PLACES = {
  dataset: '#train-dataset, aigc-data',
  settings: '#train-more',
  story: '#train-story',
  step: '#train-step, #train-step-d, #train-step-g',
  presets: '#train-presets, aigc-presets',
  verdict: '.aigc-verdict',
  remedy: 'aigc-remedy',
  share: 'aigc-share',
  link: '#train-url-copy',
  figures: 'aigc-figures',
  inner: 'aigc-inner',
  scores: 'aigc-scores',
  outcome: 'aigc-outcome',
  chart: '#train-chart-area',
  ledger: '#train-ledger-area',
  samples: '#train-samples-area',
  replay: 'aigc-replay',
  controls: '#train-controls',
  generate: '#tab-generate-button',
  explain: '#tab-explain-button',
  models: '#tab-models-button',
};
const BY_ID = ['recipe', 'loss', 'seconds', 'seed', 'start', 'pause', 'stop', 'extend', 'again', 'slow'];

/** @param {string} name @returns {string} a selector, or '' for an unknown name */
function placeOf(name) {
  if (Object.hasOwn(PLACES, name)) return PLACES[name];
  if (BY_ID.includes(name)) return `#train-${name}`;
  if (Object.hasOwn(catalogue.settings ?? {}, name)) return `aigc-settings [data-setting="${name}"]`;
  return '';
}

/** Gradio writes its elements' classes anew at will, so a style sheet of its own does the hiding. */
export function hideAsAsked() {
  const names = (new URL(location.href).searchParams.get('hide') ?? '').split(',').map((name) => name.trim());
  const places = [...new Set(names)].map(placeOf).filter(Boolean);
  if (!places.length) return;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`:is(${places.join(', ')}) { display: none !important; }`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}
