// Going to a place of the Explain tab: from its contents, from a link anywhere, from the address, from a script.

import { openTab } from './tabs.js';

const TAB = 'explain';
const LIT = 'aigc-lit';
const LIT_MS = 1500;
const ALIVE = 'aigc-explain'; // the tab's elements are fetched when it is first opened, and defined all at once
const SETTLING_MS = 2500;
const HANDS = ['wheel', 'touchstart', 'keydown', 'pointerdown'];
const PATIENCE_MS = 30_000; // Gradio lays a tab out when it is first opened

/**
 * Open the tab at `target` and light it for a moment: 'lab', 'erratum/C4', 'losses/hinge': a chapter, and an item of it.
 * The chapter hears of it by `aigc:show`.
 * @param {string} target @returns {Promise<boolean>} whether there is such a place
 */
export async function show(target) {
  openTab(TAB);
  const [chapter, item = ''] = target.split('/');
  const find = () => placeOf(chapter, item);
  if (!(await laidOut(find))) return false;
  await customElements.whenDefined(ALIVE);
  openAround(find());
  dispatchEvent(new CustomEvent('aigc:show', { detail: { chapter, item } }));
  note(target);
  keepInView(find);
  light(find());
  return true;
}

/** Scroll there, and again while the page is still being laid out or even made anew, until the visitor scrolls. */
function keepInView(find) {
  const scroll = () => find()?.scrollIntoView({ block: 'start', behavior: 'instant' });
  const observer = new ResizeObserver(scroll);
  const end = () => {
    observer.disconnect();
    clearInterval(again);
    clearTimeout(timer);
    for (const name of HANDS) removeEventListener(name, end);
  };
  const timer = setTimeout(end, SETTLING_MS);
  for (const name of HANDS) addEventListener(name, end, { passive: true });
  observer.observe(document.getElementById('explain-document'));
  const again = setInterval(scroll, 250); // what is made anew need not change its size
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

/** The element of a place, or of the chapter that does not know the item; null where there is none. */
function placeOf(chapter, item) {
  if (chapter === 'erratum') return document.getElementById(`erratum-${item}`);
  return (item && document.getElementById(`explain-${chapter}-${item}`)) || document.getElementById(`explain-${chapter}`);
}

/** Whether there is such a place, once the tab is laid out. */
async function laidOut(find) {
  for (const deadline = performance.now() + PATIENCE_MS; performance.now() < deadline; ) {
    if (document.querySelector('#explain-document .aigc-chapter')) return find() !== null;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return false;
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
