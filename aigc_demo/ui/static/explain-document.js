// <aigc-explain>: the Explain tab as a document: its formulas are typeset when it is first opened, and its contents show
// which chapter is being read.

import { openBank } from './formula.js';
import { markWords } from './glossary.js';

export class ExplainDocument extends HTMLElement {
  connectedCallback() {
    if (this.observer) return;
    openBank('explain-bank');
    this.links = new Map([...this.querySelectorAll('.aigc-contents [data-go]')].map((link) => [link.dataset.go, link]));
    this.seen = new Set();
    this.observer = new IntersectionObserver((entries) => this.look(entries), { rootMargin: '-15% 0px -55% 0px' });
    for (const chapter of this.querySelectorAll('.aigc-chapter')) this.observer.observe(chapter);
  }

  look(entries) {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) {
        this.seen.add(target.dataset.chapter);
        markWords(target);
      } else this.seen.delete(target.dataset.chapter);
    }
    const here = [...this.links.keys()].find((key) => this.seen.has(key));
    if (!here || here === this.here) return;
    this.here = here;
    for (const [key, link] of this.links) {
      if (key === here) link.setAttribute('aria-current', 'true');
      else link.removeAttribute('aria-current');
    }
    const link = this.links.get(here);
    const list = link.closest('ol'); // its own scroll alone: `scrollIntoView` would stop the page's
    list.scrollTo({ left: link.offsetLeft - list.offsetLeft - (list.clientWidth - link.clientWidth) / 2 });
  }
}
