// The search for settings, as a dialog: the studies there are and a form for a new one, or one study as it goes on.

import { get } from './api.js';
import { openDialog } from './dialog.js';
import { make } from './dom.js';
import { catalogue, t } from './i18n.js';
import { short } from './numbers.js';
import { SearchForm } from './search-form.js';
import { SearchStudy } from './search-study.js';

const LIST_MS = 3000;
const STUDY_MS = 1500;

export function openSearch() {
  new SearchDialog();
}

class SearchDialog {
  constructor() {
    this.body = make('div.aigc-search');
    this.error = make('p.aigc-search-error', { role: 'alert' });
    this.dialog = openDialog(t('search.title'), make('p', {}, t('search.about')), this.error, this.body);
    this.dialog.classList.add('aigc-wide', 'aigc-search-dialog');
    this.dialog.addEventListener('close', () => clearTimeout(this.timer));
    this.openList();
  }

  openList() {
    this.study = null;
    this.list = make('div.aigc-search-list', { role: 'list' });
    this.form = new SearchForm((name) => this.openStudy(name), (words) => this.say(words));
    this.body.replaceChildren(make('section', {}, make('h3', {}, t('search.studies')), this.list), this.form.element);
    this.say('');
    this.follow();
  }

  openStudy(name) {
    this.study = new SearchStudy(name, { back: () => this.openList(), say: (words) => this.say(words), close: () => this.dialog.close(), ask: () => this.follow() });
    this.body.replaceChildren(this.study.element);
    this.say('');
    this.follow();
  }

  say(words) {
    this.error.textContent = words;
    this.error.hidden = !words;
  }

  /** Ask again and again while the dialog is open: another program may be at work on what is shown. */
  async follow() {
    clearTimeout(this.timer);
    const { study } = this;
    const answer = await get(study ? `studies/${encodeURIComponent(study.name)}` : 'studies');
    if (!this.dialog.isConnected || study !== this.study) return;
    if (!answer.ok) this.say(answer.error);
    else if (study) study.show(answer.data);
    else this.showList(answer.data.studies);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.follow(), study ? STUDY_MS : LIST_MS);
  }

  showList(studies) {
    const told = JSON.stringify(studies);
    if (told === this.told && this.list.firstChild) return;
    this.told = told;
    const held = this.list.contains(document.activeElement) ? document.activeElement.dataset.study : null;
    this.list.replaceChildren(...(studies.length ? studies.map((study) => this.line(study)) : [make('p.aigc-hint', {}, t('search.none'))]));
    if (held) this.list.querySelector(`[data-study="${CSS.escape(held)}"]`)?.focus();
  }

  line(study) {
    const about = study.damaged
      ? t('search.damaged')
      : `${catalogue.recipes[study.recipe]?.title ?? study.recipe} · ${catalogue.losses[study.loss]?.title ?? study.loss}`;
    const state = study.damaged ? [] : [
      make('span', {}, t('search.counts', study.counts)),
      make('span.aigc-search-best', {}, study.best === null ? '–' : `digit-FD ${short(study.best)}`),
      ...(study.going ? [make('span.aigc-search-going', {}, t('search.goingOn'))] : []),
    ];
    return make('div', { role: 'listitem' }, make('button.aigc-search-line', {
      type: 'button', 'data-study': study.study, disabled: study.damaged, onclick: () => this.openStudy(study.study),
    }, make('b', {}, study.study), make('span', {}, about), ...state));
  }
}
