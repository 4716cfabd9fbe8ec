// Guided tours: a bar below the page says where the talk stands and what to watch; each stop sets the page up by itself.
// `?tour=<key>&at=<stop>` opens one; the presenter moves with the arrow keys or a clicker.

import { get } from './api.js';
import { make, setText } from './dom.js';
import { t } from './i18n.js';
import { store } from './run-store.js';
import { openNotes } from './tours-notes.js';
import { setUp } from './tours-scenes.js';

const WRITING = 'input:not([type=range]):not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable="true"]';
const NEXT = new Set(['ArrowRight', 'PageDown']);
const BACK = new Set(['ArrowLeft', 'PageUp']);

class Tour {
  /** @param {{key: string, title: string, steps: {title: string, watch: string, notes: string, scene: object}[]}} tour */
  constructor(tour) {
    this.tour = tour;
    this.place = -1;
    this.build();
    document.body.append(this.bar);
    document.body.classList.add('aigc-on-tour');
    addEventListener('keydown', this.press, { capture: true });
  }

  build() {
    this.title = make('b');
    this.watch = make('span');
    this.count = make('span.aigc-tour-count');
    this.notes = make('p.aigc-tour-notes', { hidden: true });
    this.back = make('button.aigc-quiet', { type: 'button', onclick: () => this.go(this.place - 1) }, t('tours.back'));
    this.next = make('button.aigc-primary', { type: 'button', id: 'tour-next', onclick: () => this.forward() });
    const small = (id, key, act) => make('button.aigc-plain', { type: 'button', id, onclick: act }, t(key));
    this.bar = make('section.aigc-tour', { id: 'tour', 'aria-label': t('tours.bar') },
      make('div.aigc-tour-words', { 'aria-live': 'polite' }, make('p', {}, this.count, ' ', this.title), make('p', {}, make('i', {}, t('tours.watch')), this.watch)),
      make('div.aigc-tour-buttons', {},
        small('tour-again', 'tours.again', () => this.enter()), small('tour-notes', 'tours.notes', () => this.toggleNotes()),
        small('tour-window', 'tours.window', () => this.openWindow()), small('tour-leave', 'tours.leave', () => this.leave()),
        this.back, this.next),
      this.notes);
  }

  press = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]') || event.target.closest?.(WRITING)) return;
    if (event.key.startsWith('Arrow') && event.target.closest?.('input[type=range], [role="slider"], [role="tablist"], canvas[tabindex]')) return;
    const act = NEXT.has(event.key) ? () => this.forward() : BACK.has(event.key) ? () => this.go(this.place - 1)
      : event.key.toLowerCase() === 'n' ? () => this.toggleNotes() : event.key === 'Escape' ? () => this.leave() : null;
    if (!act) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    act();
  };

  forward() {
    if (this.place + 1 < this.tour.steps.length) this.go(this.place + 1);
    else this.leave();
  }

  /** @param {number} place */
  go(place) {
    const { steps } = this.tour;
    const wanted = Math.max(0, Math.min(steps.length - 1, place));
    if (wanted === this.place) return;
    this.place = wanted;
    const step = steps[wanted];
    setText(this.count, t('tours.place', { n: wanted + 1, all: steps.length }));
    setText(this.title, step.title);
    setText(this.watch, step.watch);
    setText(this.notes, step.notes);
    setText(this.next, t(wanted + 1 < steps.length ? 'tours.next' : 'tours.done'));
    this.back.disabled = wanted === 0;
    this.window?.show(this.tour, wanted);
    note(this.tour.key, wanted);
    this.enter();
  }

  /** Set the page up for this stop, again if need be; a stop that is left meanwhile sets up nothing more. */
  async enter() {
    this.entering?.abort();
    this.entering = new AbortController();
    this.bar.dataset.ready = 'false';
    const { signal } = this.entering;
    await setUp(this.tour.steps[this.place].scene, signal);
    if (!signal.aborted) this.bar.dataset.ready = 'true';
  }

  toggleNotes() {
    this.notes.hidden = !this.notes.hidden;
  }

  openWindow() {
    this.window = openNotes(this.press, () => { this.window = null; });
    if (this.window) return this.window.show(this.tour, this.place);
    this.notes.hidden = false;
    return store.say(t('tours.blocked'));
  }

  leave() {
    this.entering?.abort();
    removeEventListener('keydown', this.press, { capture: true });
    this.window?.close();
    this.bar.remove();
    document.body.classList.remove('aigc-on-tour');
    note(null);
    present = null;
  }
}

/** @type {Tour | null} */
let present = null;

/** @param {string} key @param {number} [at] the stop to begin with */
export async function startTour(key, at = 0) {
  const answer = await get('tours.json');
  const tour = answer.ok ? answer.data[key] : null;
  if (!tour) return store.say(answer.ok ? t('tours.missing') : answer.error, 'error');
  present?.leave();
  present = new Tour(tour);
  return present.go(Number.isInteger(at) ? at : 0);
}

/** Follow the buttons that begin a tour, and the address the page was opened with. */
export function startTours() {
  document.addEventListener('click', (event) => {
    const key = event.target.closest?.('[data-tour]')?.dataset.tour;
    if (key) startTour(key);
  });
  const { searchParams } = new URL(location.href);
  if (searchParams.get('tour')) startTour(searchParams.get('tour'), Number(searchParams.get('at') ?? 1) - 1);
}

function note(key, place = 0) {
  const address = new URL(location.href);
  for (const name of ['tour', 'at']) address.searchParams.delete(name);
  if (key) {
    address.searchParams.set('tour', key);
    address.searchParams.set('at', place + 1);
  }
  history.replaceState(history.state, '', address);
}
