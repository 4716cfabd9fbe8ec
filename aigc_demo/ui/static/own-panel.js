// The dialog for data of one's own: pictures are added or drawn, looked at as they are converted, and kept under a name.

import { chooseDataset, refreshDatasets } from './dataset-list.js';
import { openDialog } from './dialog.js';
import { make, setText } from './dom.js';
import { t } from './i18n.js';
import { AddPictures } from './own-add.js';
import { DrawGlyphs } from './own-draw.js';
import { Kept } from './own-kept.js';
import { Preview } from './own-preview.js';
import { OwnError, drop } from './own-stream.js';

const VIEWS = { add: AddPictures, draw: DrawGlyphs, mine: Kept };

export function openOwnData() {
  new OwnPanel();
}

class OwnPanel {
  constructor() {
    this.draft = '';
    this.leaving = new AbortController();
    this.tabs = make('div.aigc-own-tabs', { role: 'group', 'aria-label': t('own.title') },
      ...Object.keys(VIEWS).map((name) => make('button.aigc-plain', { type: 'button', 'data-view': name, onclick: () => this.open(name) }, t(`own.tab.${name}`))));
    this.trouble = make('p.aigc-own-trouble', { role: 'alert', hidden: true });
    this.progress = make('progress', { max: 1, value: 0 });
    this.saying = make('span');
    this.going = make('div.aigc-own-going', { hidden: true, 'aria-live': 'polite' }, this.progress, this.saying,
      make('button.aigc-plain', { type: 'button', onclick: () => this.stop() }, t('own.cancel')));
    this.body = make('div.aigc-own-body');
    this.dialog = openDialog(t('own.title'), make('p.aigc-hint', {}, t('own.intro')), this.tabs, this.trouble, this.going, this.body);
    this.dialog.classList.add('aigc-wide', 'aigc-own');
    this.dialog.addEventListener('close', () => this.left());
    this.open('add');
  }

  open(name) {
    this.forget();
    for (const tab of this.tabs.children) tab.setAttribute('aria-pressed', String(tab.dataset.view === name));
    this.tabs.hidden = false;
    this.view = new VIEWS[name]({ send: (work) => this.send(work), choose: (key) => this.chosen(key), say: (words) => this.complain(words) });
    this.body.replaceChildren(this.view.element);
    this.complain('');
  }

  /** Do what sends pictures, and go on to the preview. @param {(signal: AbortSignal, tell: Function) => Promise<string>} work */
  async send(work) {
    this.complain('');
    this.sending = new AbortController();
    this.body.inert = this.tabs.inert = true;
    const { signal } = this.sending;
    try {
      this.tell('', 0);
      this.draft = await work(signal, (words, share) => this.tell(words, share));
      if (signal.aborted || !this.dialog.isConnected) return this.forget();
      this.preview();
    } catch (error) {
      if (error instanceof OwnError) this.complain(error.message);
      else if (error.name !== 'AbortError') throw error;
    } finally {
      this.body.inert = this.tabs.inert = false;
      this.going.hidden = true;
    }
    return undefined;
  }

  tell(words, share) {
    this.going.hidden = false;
    this.progress.value = share;
    setText(this.saying, words);
  }

  preview() {
    this.tabs.hidden = true;
    this.view = new Preview(this.draft, {
      back: () => this.open('add'),
      say: (words) => this.complain(words),
      kept: (key) => {
        this.draft = '';
        this.chosen(key);
      },
    });
    this.body.replaceChildren(this.view.element);
  }

  async chosen(key) {
    const trouble = await refreshDatasets();
    if (trouble) return this.complain(trouble);
    chooseDataset(key);
    this.dialog.close();
    return undefined;
  }

  complain(words) {
    this.trouble.hidden = !words;
    setText(this.trouble, words);
  }

  stop() {
    this.sending?.abort();
  }

  left() {
    this.stop();
    this.forget();
    refreshDatasets();
  }

  forget() {
    this.view?.leave?.();
    if (this.draft) drop(this.draft);
    this.draft = '';
  }
}
