// A model's card as elements. It may be anybody's text: no string of it is ever read as HTML, and nothing of it is fetched.

import { make } from './dom.js';

const FENCE = /^ {0,3}(```+|~~~+)/;
const HEADING = /^ {0,3}(#{1,6})\s+(.*?)\s*#*$/;
const ITEM = /^ {0,3}(?:[-*+]|\d{1,4}[.)])\s+(.*)$/;
const RULE = /^ {0,3}(?:-{3,}|\*{3,}|_{3,})\s*$/;
const DASHES = /^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$/;
const INLINE = /(`[^`]+`|\*\*[^*]+\*\*|!?\[[^\]]*\]\([^()\s]*\)|\*[^*\s][^*]*\*)/;
const MOST_LINES = 4000;

/** @param {string} text @returns {DocumentFragment} headings begin at h4, for a card stands in a part of the page */
export function markdown(text) {
  const lines = text.replace(/\r\n?/g, '\n').split('\n').slice(0, MOST_LINES);
  const fragment = document.createDocumentFragment();
  for (let at = 0; at < lines.length;) {
    const [block, next] = readBlock(lines, at);
    if (block) fragment.append(block);
    at = next;
  }
  return fragment;
}

/** The block that begins in line `at`, and where the next one begins. */
function readBlock(lines, at) {
  const line = lines[at];
  if (!line.trim()) return [null, at + 1];
  if (FENCE.test(line)) return code(lines, at);
  const heading = HEADING.exec(line);
  if (heading) return [make(`h${Math.min(6, heading[1].length + 3)}`, {}, inline(heading[2])), at + 1];
  if (RULE.test(line)) return [make('hr'), at + 1];
  if (line.includes('|') && DASHES.test(lines[at + 1] ?? '') && lines[at + 1].includes('-')) return table(lines, at);
  if (ITEM.test(line)) return list(lines, at);
  let end = at + 1;
  while (end < lines.length && lines[end].trim() && !begins(lines[end])) end += 1;
  return [make('p', {}, inline(lines.slice(at, end).join(' ').replace(/^ {0,3}>\s?/, ''))), end];
}

const begins = (line) => FENCE.test(line) || HEADING.test(line) || ITEM.test(line) || RULE.test(line);

function code(lines, at) {
  const mark = FENCE.exec(lines[at])[1];
  let end = at + 1;
  while (end < lines.length && !lines[end].trim().startsWith(mark)) end += 1;
  return [make('pre', { tabindex: 0 }, make('code', {}, lines.slice(at + 1, end).join('\n'))), end + 1];
}

function list(lines, at) {
  const items = [];
  let end = at;
  for (; end < lines.length && ITEM.test(lines[end]); end += 1) items.push(make('li', {}, inline(ITEM.exec(lines[end])[1])));
  return [make(/^\s*\d/.test(lines[at]) ? 'ol' : 'ul', {}, ...items), end];
}

function table(lines, at) {
  const cells = (line) => line.trim().replace(/^\|/, '').replace(/\|$/, '').split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll('\\|', '|'));
  const head = cells(lines[at]);
  const rows = [];
  let end = at + 2;
  for (; end < lines.length && lines[end].includes('|'); end += 1) rows.push(cells(lines[end]));
  const row = (kind, values) => make('tr', {}, ...head.map((_, place) => make(kind, {}, inline(values[place] ?? ''))));
  const body = make('tbody', {}, ...rows.map((values) => row('td', values)));
  const heading = head.some(Boolean) ? [make('thead', {}, row('th', head))] : [];
  return [make('div.aigc-card-table', {}, make('table', {}, ...heading, body)), end];
}

/** @param {string} text @returns {DocumentFragment} */
function inline(text) {
  const fragment = document.createDocumentFragment();
  for (const piece of text.split(INLINE)) if (piece) fragment.append(INLINE.test(piece) ? marked(piece) : piece);
  return fragment;
}

function marked(piece) {
  if (piece.startsWith('`')) return make('code', {}, piece.slice(1, -1));
  if (piece.startsWith('**')) return make('strong', {}, piece.slice(2, -2));
  if (piece.startsWith('*')) return make('em', {}, piece.slice(1, -1));
  const [, words, address] = /^!?\[([^\]]*)\]\(([^()\s]*)\)$/.exec(piece);
  if (piece.startsWith('!') || !/^https:[/]{2}/.test(address)) return words; // a picture would be fetched, and no other address is safe
  return make('a', { href: address, rel: 'noopener noreferrer nofollow', target: '_blank' }, words || address);
}
