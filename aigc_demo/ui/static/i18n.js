// The page's language, its words and the addresses of its routes.

/** @typedef {{losses: Object<string, object>, auxiliaries: Object<string, object>, recipes: Object<string, object>,
 *             datasets: Object<string, object>, states: Object<string, string>, strings: Object<string, string>}} Catalogue */

/** The folder above the page: `/zh/` and `/en/` hang below it, and so do all routes, under whatever prefix. */
export const BASE = new URL('../', document.baseURI);

/** @type {'zh' | 'en'} */
export const lang = document.querySelector('meta[name="aigc-lang"]')?.content === 'zh' ? 'zh' : 'en';

/** @type {Catalogue} filled by `loadCatalogue`, which main.js awaits before any element comes alive */
export const catalogue = { losses: {}, auxiliaries: {}, recipes: {}, datasets: {}, states: {}, strings: {} };

/** @param {string} path without a leading slash */
export const route = (path) => new URL(path, BASE);

export async function loadCatalogue() {
  if (window.aigcFrozen) return void Object.assign(catalogue, window.aigcFrozen.catalogue);
  const answer = await fetch(route(`catalogue/${lang}.json`));
  if (!answer.ok) throw new Error(`catalogue: ${answer.status}`);
  Object.assign(catalogue, await answer.json());
}

/**
 * A string of the page with its `{placeholders}` filled.
 * @param {string} key
 * @param {Object<string, string | number>} [values]
 */
export function t(key, values = {}) {
  const text = catalogue.strings[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/** The word for a run's state. @param {string} state */
export const stateName = (state) => catalogue.states[state] ?? t(`state.${state}`);

/** The sentence of a pair that came with a message. @param {{zh: string, en: string} | null | undefined} pair */
export const say = (pair) => (pair ? pair[lang] : '');

/** Gradio writes the browser's language into <html lang>; a screen reader needs the page's. */
export function keepDocumentLanguage() {
  const wanted = lang === 'zh' ? 'zh-CN' : 'en';
  const root = document.documentElement;
  const set = () => root.lang !== wanted && (root.lang = wanted);
  set();
  new MutationObserver(set).observe(root, { attributes: true, attributeFilter: ['lang'] });
}
