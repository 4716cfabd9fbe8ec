// Pictures as files: dropped, or chosen one by one or as a folder.

import { datasets } from './dataset-list.js';
import { make } from './dom.js';
import { t } from './i18n.js';
import { count } from './numbers.js';
import { chosen, dropped, sendFiles } from './own-files.js';

export class AddPictures {
  /** @param {{send: Function}} panel */
  constructor(panel) {
    this.panel = panel;
    const files = make('input', { type: 'file', multiple: true, hidden: true, accept: 'image/*,.zip,.npz', id: 'own-files' });
    const folder = make('input', { type: 'file', webkitdirectory: true, hidden: true, id: 'own-folder' });
    for (const input of [files, folder]) input.addEventListener('change', () => this.take(chosen(input.files)));
    const button = (words, input) => make('button.aigc-plain', { type: 'button', onclick: () => input.click() }, t(words));
    const { megabytes, images } = datasets.limits;
    this.element = make('div.aigc-own-drop', {},
      make('p', {}, t('own.drop')),
      make('div.aigc-row', {}, button('own.choose', files), button('own.folder', folder)), files, folder,
      make('p.aigc-hint', {}, t('own.classes', { mb: count(megabytes), images: count(images) })));
    this.element.addEventListener('dragover', (event) => this.over(event, true));
    this.element.addEventListener('dragleave', (event) => this.over(event, false));
    this.element.addEventListener('drop', (event) => this.dropped(event));
  }

  over(event, isOver) {
    event.preventDefault();
    this.element.classList.toggle('aigc-over', isOver);
  }

  async dropped(event) {
    this.over(event, false);
    this.take(await dropped(event.dataTransfer));
  }

  take(given) {
    if (given.length) this.panel.send((signal, tell) => sendFiles(given, signal, tell));
  }
}
