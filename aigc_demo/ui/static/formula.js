// Formulas typeset by the page's own KaTeX. Gradio renders each once into the hidden bank; here they are cloned.

import { catalogue } from './i18n.js';

const BANKS = ['formula-bank', 'explain-bank']; // the second is typeset when the Explain tab is first opened
const plain = (latex) => latex.replace(/\s+/g, ' ').trim();

/** @type {Map<string, Element>} LaTeX as it was written -> its typeset node */
const bank = new Map();
/** @type {Set<HTMLElement>} shown as plain LaTeX until the bank has them */
const waiting = new Set();

/**
 * A span that holds the formula; it takes the colour of the text around it.
 * @param {string} latex one of the bank's formulas; anything else stays plain LaTeX
 */
export function formula(latex) {
  const span = document.createElement('span');
  span.className = 'aigc-formula';
  span.dataset.latex = plain(latex);
  fill(span);
  return span;
}

/** The formula of one term of a loss, or of an auxiliary. @param {string} lossKey @param {string} termKey */
export function formulaNode(lossKey, termKey) {
  const owners = [catalogue.losses[lossKey], ...Object.values(catalogue.auxiliaries)];
  for (const owner of owners) {
    const term = owner?.terms?.find((candidate) => candidate.key === termKey);
    if (term) return formula(term.latex);
  }
  return formula(termKey);
}

function fill(span) {
  const typeset = bank.get(span.dataset.latex);
  if (typeset) span.replaceChildren(document.importNode(typeset, true));
  else {
    span.textContent = span.dataset.latex;
    waiting.add(span);
  }
}

function collect() {
  // KaTeX keeps the source of a formula in its MathML, so no other key is needed.
  for (const node of document.querySelectorAll(BANKS.map((name) => `#${name} .katex`).join())) {
    const source = node.querySelector('annotation')?.textContent;
    if (source) bank.set(plain(source), node);
  }
  for (const span of waiting) {
    if (!bank.has(span.dataset.latex)) continue;
    waiting.delete(span);
    fill(span);
  }
}

/** The bank of a page without KaTeX: LaTeX -> MathML, which the browser sets itself. @param {Object<string, string>} mathml */
export function formulasFrom(mathml) {
  for (const [latex, code] of Object.entries(mathml)) {
    bank.set(plain(latex), new DOMParser().parseFromString(code, 'application/xml').documentElement);
  }
}

/** Watch a bank being typeset, from when it is there. @param {string} name one of `BANKS` */
export function openBank(name) {
  const element = document.getElementById(name);
  if (!element) return void whenThere(name, () => openBank(name));
  collect();
  let due = 0;
  const observer = new MutationObserver(() => {
    clearTimeout(due);
    due = setTimeout(collect, 30);
  });
  return void observer.observe(element, { childList: true, subtree: true });
}

function whenThere(id, act) {
  const observer = new MutationObserver(() => {
    if (!document.getElementById(id)) return;
    observer.disconnect();
    act();
  });
  observer.observe(document.body, { childList: true, subtree: true });
}
