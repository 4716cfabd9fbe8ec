// Going to a place of the Explain tab: from its contents, from a link anywhere, from the address, from a script.

import { openTab } from './tabs.js';

const TAB = 'explain';
const LIT = 'aigc-lit';
const LIT_MS = 1500;
const SETTLING_MS = 2500;
const HANDS = ['wheel', 'touchstart', 'keydown', 'pointerdown'];
const PATIENCE_MS = 10_000; // Gradio lays a tab out when it is first opened

/**
 * Open the tab at `target` and light it for a moment: 'lab', 'erratum/C4', 'losses/hinge': a chapter, and an item of it.
 * The chapter hears of it by `aigc:show`.
 * @param {string} target @returns {Promise<boolean>} whether there is such a place
 */
export async function show(target) {
  openTab(TAB);
  const [chapter, item = ''] = target.split('/');
  const element = await placeOf(chapter, item);
  if (!element) return false;
  openAround(element);
  dispatchEvent(new CustomEvent('aigc:show', { detail: { chapter, item } }));
  note(target);
  keepInView(element);
  light(element);
  return true;
}

/** Scroll there, and again while the page above is still being laid out, until the visitor scrolls. */
function keepInView(element) {
  const scroll = () => element.scrollIntoView({ block: 'start', behavior: 'instant' });
  const observer = new ResizeObserver(scroll);
  const end = () => {
    observer.disconnect();
    clearTimeout(timer);
    for (const name of HANDS) removeEventListener(name, end);
  };
  const timer = setTimeout(end, SETTLING_MS);
  for (const name of HANDS) addEventListener(name, end, { passive: true });
  observer.observe(document.getElementById('explain-document'));
  scroll();
}

/** @param {Element} element */
export function light(element) {
  element.classList.add(LIT);
  setTimeout(() => element.classList.remove(LIT), LIT_MS);
}

/** Follow the links, and the address the page was opened with or is given later. */
export function startGoing() {
  document.addEventListener('click', (event) => {
    const link = event.target.closest?.('[data-go]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    show(link.dataset.go);
  });
  const follow = () => {
    const target = decodeURIComponent(location.hash).match(/^#explain\/([\w./-]+)$/)?.[1];
    if (target) show(/^[A-Z]\d+$/.test(target) ? `erratum/${target}` : target);
  };
  addEventListener('hashchange', follow);
  follow();
}

/** The element of a place, once it is laid out. */
async function placeOf(chapter, item) {
  const find = () =>
    (chapter === 'erratum' ? document.getElementById(`erratum-${item}`) : null) ??
    (item ? document.getElementById(`explain-${chapter}-${item}`) : null) ??
    (chapter === 'erratum' ? null : document.getElementById(`explain-${chapter}`));
  for (const deadline = performance.now() + PATIENCE_MS; performance.now() < deadline; ) {
    if (document.getElementById('explain-document')?.querySelector('.aigc-chapter')) return find() || null;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return null;
}

/** Unfold what holds the element, and the element itself. */
function openAround(element) {
  const more = element.querySelector(':scope > details.aigc-more');
  if (more) more.open = true;
  for (let around = element; around; around = around.parentElement?.closest('details')) {
    if (around instanceof HTMLDetailsElement) around.open = true;
  }
}

function note(target) {
  const address = new URL(location.href);
  address.hash = `${TAB}/${target.replace(/^erratum\//, '')}`;
  history.replaceState(history.state, '', address);
}
