// Every technical word explains itself: rest the pointer on it anywhere on the page, or, in the Explain tab, tap it or move
// the focus to where a chapter first uses it.

import { get } from './api.js';
import { make } from './dom.js';
import { lang } from './i18n.js';
import { findWord, matcher } from './glossary-match.js';

const DWELL_MS = 350;
const SILENT = 'canvas, code, input, textarea, select, .katex, .aigc-formula, svg, [data-no-words], .aigc-word-tip';
const PROSE = '.aigc-chapter :is(p, li, dd, blockquote, legend, figcaption)';
const MARKED = 'aigc-word';

let asked = null;
let tip = null;
let timer = 0;

/** @returns {Promise<ReturnType<typeof matcher> | null>} */
function words() {
  asked ??= get('glossary.json').then((answer) => {
    if (!answer.ok) asked = null;
    return answer.ok ? matcher(answer.data, lang) : null;
  });
  return asked;
}

export function startGlossary() {
  document.addEventListener('pointermove', (event) => {
    clearTimeout(timer);
    if (event.pointerType !== 'mouse') return;
    if (tip && !near(event)) hide();
    timer = setTimeout(() => look(event.clientX, event.clientY), DWELL_MS);
  }, { passive: true });
  document.addEventListener('scroll', hide, { passive: true, capture: true });
  document.addEventListener('keydown', (event) => event.key === 'Escape' && hide());
  document.addEventListener('pointerdown', (event) => {
    const word = event.target.closest?.(`.${MARKED}`);
    if (!word) hide();
    else if (event.pointerType !== 'mouse') showAt(word.dataset.word, word.getBoundingClientRect(), word);
  });
  document.addEventListener('focusin', ({ target }) => target.matches?.(`.${MARKED}`) && showAt(target.dataset.word, target.getBoundingClientRect(), target));
  document.addEventListener('focusout', hide);
}

/** Mark where a chapter first uses each word. @param {Element} chapter */
export async function markWords(chapter) {
  const found = await words();
  if (!found || chapter.dataset.words) return;
  chapter.dataset.words = 'marked';
  const seen = new Set();
  for (const element of chapter.querySelectorAll(PROSE)) {
    for (const node of textsIn(element)) markIn(node, found, seen);
  }
}

function textsIn(element) {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const list = [];
  while (walker.nextNode()) if (!walker.currentNode.parentElement.closest(`${SILENT}, a, button, .${MARKED}`)) list.push(walker.currentNode);
  return list;
}

function markIn(node, found, seen) {
  for (const { key, from, to } of found.all(node.data)) {
    if (seen.has(key)) continue;
    seen.add(key);
    const range = document.createRange();
    range.setStart(node, from);
    range.setEnd(node, to);
    range.surroundContents(make(`dfn.${MARKED}`, { tabindex: 0, 'data-word': key }));
    return; // the rest of the text is another node now; its words are marked where they come again
  }
}

const near = ({ clientX, clientY }) => {
  const { left, right, top, bottom } = tip.of;
  return clientX >= left - 4 && clientX <= right + 4 && clientY >= top - 6 && clientY <= bottom + 6;
};

async function look(x, y) {
  const element = document.elementFromPoint(x, y);
  if (!element || element.closest(SILENT)) return;
  const at = document.caretPositionFromPoint?.(x, y) ?? rangeAt(x, y);
  if (at?.offsetNode?.nodeType !== Node.TEXT_NODE) return;
  const found = await words();
  const word = found && findWord(found, at.offsetNode.data, at.offset);
  if (!word) return;
  const range = document.createRange();
  range.setStart(at.offsetNode, word.from);
  range.setEnd(at.offsetNode, word.to);
  const box = [...range.getClientRects()].find(({ left, right, top, bottom }) => x >= left - 2 && x <= right + 2 && y >= top - 2 && y <= bottom + 2);
  if (box) showAt(word.key, box);
}

function rangeAt(x, y) {
  const range = document.caretRangeFromPoint?.(x, y);
  return range && { offsetNode: range.startContainer, offset: range.startOffset };
}

/** @param {string} key @param {DOMRect} box where the word stands @param {Element} [described] what a screen reader is on */
async function showAt(key, box, described) {
  const word = (await words())?.byKey.get(key);
  if (!word) return;
  hide();
  const element = make('div.aigc-word-tip', { id: 'aigc-word-tip', role: 'tooltip', 'data-word': key },
    make('b', {}, word.name), word.other === word.name ? '' : ` · ${word.other}`, make('span', {}, word.meaning));
  document.body.append(element);
  described?.setAttribute('aria-describedby', 'aigc-word-tip');
  const { offsetWidth: width, offsetHeight: height } = element;
  const below = box.bottom + 8 + height < innerHeight;
  element.style.left = `${Math.max(8, Math.min(innerWidth - width - 8, box.left))}px`;
  element.style.top = `${below ? box.bottom + 8 : Math.max(8, box.top - height - 8)}px`;
  tip = { element, of: box, described };
}

function hide() {
  tip?.described?.removeAttribute('aria-describedby');
  tip?.element.remove();
  tip = null;
}
