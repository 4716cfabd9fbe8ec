// <aigc-search>: the button below the settings that opens the search; its scripts are fetched with the first click.

import { make } from './dom.js';
import { t } from './i18n.js';
import { part } from './parts.js';

export class Search extends HTMLElement {
  connectedCallback() {
    if (this.firstChild) return;
    const open = async () => (await part(() => import('./search-dialog.js')))?.openSearch();
    this.replaceChildren(make('button.aigc-plain', { type: 'button', id: 'train-search', 'aria-haspopup': 'dialog', onclick: open }, t('search.title')));
  }
}
