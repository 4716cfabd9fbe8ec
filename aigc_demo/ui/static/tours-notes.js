// The speaker's notes in a window of their own, for the screen that the hall does not see.

import { make } from './dom.js';
import { lang, t } from './i18n.js';

const STYLE = 'font: 20px/1.6 system-ui, sans-serif; margin: 28px; color: #1c1e22; background: #fff; max-width: 42em';

/**
 * @param {(event: KeyboardEvent) => void} press keys in that window steer the tour as well @param {() => void} closed
 * @returns {{show: (tour: object, place: number) => void, close: () => void} | null} null where the browser allows no window
 */
export function openNotes(press, closed) {
  const view = window.open('', 'aigc-notes', 'width=560,height=640');
  if (!view) return null;
  view.document.title = t('tours.notes');
  view.document.documentElement.lang = lang;
  view.document.body.style.cssText = STYLE;
  view.addEventListener('keydown', press);
  view.addEventListener('pagehide', closed);
  return {
    show({ title, steps }, place) {
      const { title: heading, watch, notes } = steps[place];
      const next = steps[place + 1];
      view.document.body.replaceChildren(
        make('p', {}, `${title} · ${t('tours.place', { n: place + 1, all: steps.length })}`), make('h1', {}, heading), make('p', {}, notes),
        make('p', {}, make('i', {}, t('tours.watch')), watch), make('p', {}, next ? t('tours.upNext', { title: next.title }) : t('tours.done')), make('p', {}, t('tours.keys')));
    },
    close: () => view.close(),
  };
}
