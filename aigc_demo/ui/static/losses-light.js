// Lighting one term wherever it stands: whatever carries `data-term` answers to the pointer, the focus and the tap.
// Sends `light` when another term is lit, or none.

export class Lights extends EventTarget {
  /** @param {HTMLElement} root */
  constructor(root) {
    super();
    this.root = root;
    this.over = this.focused = this.pinned = null;
    this.shown = null;
    root.addEventListener('pointerover', (event) => event.pointerType !== 'touch' && this.point(termOf(event.target)));
    root.addEventListener('pointerleave', () => this.point(null));
    root.addEventListener('focusin', (event) => this.change({ focused: event.target.matches(':focus-visible') ? termOf(event.target) : null }));
    root.addEventListener('focusout', () => this.change({ focused: null }));
    root.addEventListener('click', (event) => this.tap(event.target));
    root.addEventListener('keydown', (event) => this.press(event));
    addEventListener('keydown', (event) => event.key === 'Escape' && this.key && this.change({ pinned: null, over: null }));
  }

  /** @returns {string | null} the term that is lit */
  get key() {
    return this.over ?? this.focused ?? this.pinned;
  }

  /** The pointer is at this term, or at none. @param {string | null} key */
  point(key) {
    this.change({ over: key });
  }

  /** A tap holds a term lit, a second one lets it go. @param {Element} target */
  tap(target) {
    const key = termOf(target);
    if (key) this.pin(key);
    else if (!target.closest('button, a, input, select, label, summary')) this.change({ pinned: null });
  }

  /** @param {string} key */
  pin(key) {
    this.change({ pinned: this.pinned === key ? null : key });
  }

  press(event) {
    const own = event.target.closest?.('[data-term][role=button]');
    if (!own || own instanceof HTMLButtonElement) return; // whose keys are clicks
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    this.pin(own.dataset.term);
  }

  change(changes) {
    Object.assign(this, changes);
    this.show();
  }

  /** Mark what belongs to the lit term; to be called again when elements were made anew. */
  show() {
    const { key } = this;
    for (const element of this.root.querySelectorAll('[data-term]')) {
      element.classList.toggle('aigc-term-lit', element.dataset.term === key);
      if (element.getAttribute('role') === 'button') element.setAttribute('aria-pressed', element.dataset.term === this.pinned);
    }
    if (key) this.root.dataset.lit = key;
    else delete this.root.dataset.lit;
    if (key === this.shown) return;
    this.shown = key;
    this.dispatchEvent(new Event('light'));
  }
}

const termOf = (target) => target.closest?.('[data-term]')?.dataset.term ?? null;
