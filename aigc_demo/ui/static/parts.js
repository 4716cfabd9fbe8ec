// What the page needs later than at first is fetched when it is first asked for. Whoever waits for it is told so, and so is
// whoever waits in vain: the network may be gone, or the server may have been started anew with another version.

import { make } from './dom.js';
import { t } from './i18n.js';

const PATIENCE_MS = 150; // until the waiting is spoken of
const TABS = {
  generate: () => import('./generate-elements.js'),
  explain: () => import('./explain-elements.js'),
  models: () => import('./models-elements.js'),
};

let box = null; // the words at the edge of the window: they move nothing that is there
let waiting = 0;

/**
 * What `load` imports; null where that cannot be fetched, which the visitor is told. Asking again tries again.
 * @template T @param {() => Promise<T>} load @returns {Promise<T | null>}
 */
export async function part(load) {
  waiting += 1;
  const timer = setTimeout(() => tell('status', t('part.coming')), PATIENCE_MS);
  let isMissing = false;
  try {
    return await load();
  } catch (error) {
    isMissing = error instanceof TypeError && /import/i.test(error.message); // else it is a fault of the scripts
    if (!isMissing) throw error;
    return null;
  } finally {
    clearTimeout(timer);
    waiting -= 1;
    if (isMissing) tell('alert', t('part.missing'), button('part.reload', () => location.reload()), button('close', () => tell('status', '')));
    else if (!waiting) tell('status', '');
  }
}

/** The scripts of a tab. @param {string} name */
export const tabPart = (name) => (TABS[name] ? part(TABS[name]) : null);

const button = (word, press) => make('button.aigc-quiet', { type: 'button', onclick: press }, t(word));

function tell(role, words, ...more) {
  box?.remove();
  box = words ? make('div.aigc-part', { id: 'aigc-part', role }, make('p', {}, words), ...more) : null;
  if (box) document.body.append(box);
}
