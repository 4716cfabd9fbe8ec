// <aigc-glossary>: all words with their one sentence, and a field that narrows them down.

import { get } from './api.js';
import { make, setText } from './dom.js';
import { t } from './i18n.js';
import { whileSeen } from './seen.js';

export class Glossary extends HTMLElement {
  connectedCallback() {
    if (this.field) return;
    this.field = make('input', { type: 'search', id: 'glossary-search', 'aria-label': t('glossary.search'), placeholder: t('glossary.search'), oninput: () => this.narrow() });
    this.list = make('dl', { 'data-no-words': '' });
    this.status = make('p.aigc-status', { role: 'status' });
    this.replaceChildren(this.field, this.status, this.list);
    whileSeen(this, { wake: () => this.fill(), margin: '800px' });
  }

  async fill() {
    if (this.filling) return;
    this.filling = true;
    const answer = await get('glossary.json');
    this.filling = answer.ok;
    if (!answer.ok) return void setText(this.status, answer.error);
    this.list.replaceChildren(...answer.data.map((word) =>
      make('div', { id: `explain-glossary-${word.key}`, 'data-search': [word.name, word.other, word.meaning, ...word.spellings].join(' ').toLowerCase() },
        make('dt', {}, word.name, word.other === word.name ? '' : make('small', {}, ` ${word.other}`)), make('dd', {}, word.meaning))));
    this.narrow();
  }

  narrow() {
    const wanted = this.field.value.trim().toLowerCase();
    let shown = 0;
    for (const entry of this.list.children) {
      entry.hidden = !entry.dataset.search.includes(wanted);
      if (!entry.hidden) shown += 1;
    }
    setText(this.status, wanted ? t(shown ? 'glossary.found' : 'glossary.none', { n: shown }) : '');
  }
}
