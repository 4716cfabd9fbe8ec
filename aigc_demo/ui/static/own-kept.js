// The sets of one's own that are there: choose one, give it another name, delete it.

import { post } from './api.js';
import { datasets, forgetOwn, ownToken, refreshDatasets } from './dataset-list.js';
import { make } from './dom.js';
import { openFinetune } from './finetune.js';
import { lang, route, t } from './i18n.js';

export class Kept {
  /** @param {{choose: (key: string) => void, say: (words: string) => void}} panel */
  constructor(panel) {
    this.panel = panel;
    this.element = make('div.aigc-own-kept');
    this.show();
    datasets.refresh().then(() => this.show());
  }

  show() {
    const list = datasets.own;
    this.element.replaceChildren(list.length ? make('ul', {}, ...list.map((entry) => this.row(entry))) : make('p', {}, t('own.none')));
  }

  row(entry) {
    const name = make('input', { type: 'text', value: entry.title, maxlength: 60, 'aria-label': t('own.name') });
    name.addEventListener('change', () => this.act(entry, 'rename', { name: name.value }));
    const button = (words, kind, action) => make(`button.${kind}`, { type: 'button', onclick: action }, t(words));
    const away = button('own.delete', 'aigc-plain', () => away.replaceWith(button('own.deleteSure', 'aigc-plain', () => this.remove(entry))));
    return make('li', { 'data-key': entry.key },
      make('img', { src: route(`datasets/${encodeURIComponent(entry.key)}/sample.png`), alt: t('own.sample', { name: entry.title }), loading: 'lazy' }),
      make('div', {}, name, make('p.aigc-hint', {}, `${entry.about} ${entry.class_names.slice(0, 12).join(lang === 'zh' ? '、' : ', ')}`)),
      make('div.aigc-row', {}, button('own.choosing', 'aigc-primary', () => this.panel.choose(entry.key)),
        button('finetune.open', 'aigc-plain', () => { this.element.closest('dialog')?.close(); openFinetune({ dataset: entry.key }); }), away));
  }

  async act(entry, action, extra) {
    this.panel.say('');
    const answer = await post(`datasets/${encodeURIComponent(entry.key)}/${action}`, { ...extra, token: ownToken(entry.key) });
    if (!answer.ok) this.panel.say(answer.error);
    await refreshDatasets();
    this.show();
    return answer.ok;
  }

  async remove(entry) {
    if (await this.act(entry, 'delete', {})) forgetOwn(entry.key);
  }
}
