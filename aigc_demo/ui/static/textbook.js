// <aigc-textbook>: the tutorial's chapter. Its diagrams explain what is chosen, its table follows the reader, and a
// paragraph and the live part that it speaks of light each other up.

const LIT = 'aigc-lit';
const ABOUT = '[data-about]';
const LIVE = 'aigc-experiment, .aigc-erratum, .aigc-chapter [id^="explain-"], .aigc-chapter';

export class Textbook extends HTMLElement {
  connectedCallback() {
    if (this.observer) return;
    this.lit = [];
    this.follow();
    this.addEventListener('click', (event) => this.explain(event.target));
    this.addEventListener('keydown', (event) => this.press(event));
    for (const name of ['pointerover', 'focusin']) document.addEventListener(name, ({ target }) => this.point(target));
    addEventListener('aigc:show', ({ detail }) => this.show(detail));
  }

  // -- the table of sections ------------------------------------------------------------------------------------------

  follow() {
    const links = new Map([...this.querySelectorAll('.aigc-lessons a')].map((link) => [link.dataset.go.split('/')[1], link]));
    const seen = new Set();
    this.observer = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) {
        if (isIntersecting) seen.add(target.dataset.section);
        else seen.delete(target.dataset.section);
      }
      const here = [...links.keys()].find((number) => seen.has(number));
      for (const [number, link] of links) link.toggleAttribute('aria-current', number === here);
    }, { rootMargin: '-15% 0px -70% 0px' });
    for (const lesson of this.querySelectorAll('.aigc-lesson')) this.observer.observe(lesson);
  }

  // -- the diagrams ---------------------------------------------------------------------------------------------------

  press(event) {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    if (this.explain(event.target)) event.preventDefault();
  }

  /** Say what a box or an arrow of a diagram means. @param {Element} target @returns {boolean} whether it is one */
  explain(target) {
    const part = target.closest('.aigc-flow-part');
    if (!part) return false;
    const figure = part.closest('.aigc-flow');
    for (const other of figure.querySelectorAll('.aigc-flow-part')) other.toggleAttribute('data-chosen', other === part);
    for (const text of figure.querySelectorAll('.aigc-flow-text [data-part]')) text.hidden = text.dataset.part !== part.dataset.part;
    return true;
  }

  /** Somebody was sent to a place: unfold the card there, and light the paragraphs that speak of it. */
  show({ chapter, item }) {
    const fold = chapter === 'erratum' && document.getElementById(`erratum-${item}`)?.querySelector('.aigc-more');
    if (fold) fold.open = true;
    this.light(this.speakersOf(placeName({ chapter, item })));
  }

  // -- lighting up ----------------------------------------------------------------------------------------------------

  /** What the pointer or the focus is on: a paragraph lights what it speaks of, a live part the paragraphs about it. */
  point(target) {
    const paragraph = target.closest?.(`${ABOUT}:not(.aigc-erratum)`);
    if (paragraph && this.contains(paragraph)) this.light(subjectsOf(paragraph));
    else this.light(this.speakersOf(liveName(target.closest?.(LIVE))));
  }

  /** The paragraphs about a part, or about any part of a chapter. @param {string} name 'losses/hinge', 'lab' @returns {Element[]} */
  speakersOf(name) {
    if (!name || name.startsWith('tutorial')) return [];
    const isMeant = (target) => target === name || target.startsWith(`${name}/`);
    return [...this.querySelectorAll(ABOUT)].filter(({ dataset }) => dataset.about.split(' ').some(isMeant));
  }

  /** @param {Element[]} elements */
  light(elements) {
    if (elements.length === this.lit.length && elements.every((element, place) => element === this.lit[place])) return;
    for (const element of this.lit) element.classList.remove(LIT);
    for (const element of elements) element.classList.add(LIT);
    this.lit = elements;
  }
}

const placeName = ({ chapter, item }) => (item ? `${chapter}/${item}` : chapter);

/** The elements that a paragraph speaks of. @param {HTMLElement} paragraph */
function subjectsOf(paragraph) {
  return paragraph.dataset.about.split(' ').map(elementOf).filter(Boolean);
}

function elementOf(name) {
  const [chapter, item] = name.split('/');
  if (!item) return null; // a whole chapter is too much to outline
  return document.getElementById(chapter === 'erratum' ? `erratum-${item}` : `explain-${chapter}-${item}`);
}

/** What a live part is called in the links. @param {HTMLElement | null} element */
function liveName(element) {
  if (!element) return '';
  if (element.dataset.erratum) return `erratum/${element.dataset.erratum}`;
  if (element.dataset.key) return `erratum/${element.dataset.key}`;
  const { chapter } = element.closest('.aigc-chapter').dataset;
  const item = element.id.replace(`explain-${chapter}`, '').replace(/^-/, '');
  return placeName({ chapter, item });
}
