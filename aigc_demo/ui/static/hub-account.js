// With whose rights something is asked of the Hub: a sign-in of this page, or a token that is typed and kept nowhere.

import { make, setText } from './dom.js';
import { t } from './i18n.js';
import { session } from './hub-session.js';

export class HubAccount {
  /** @param {{endpoint: string, sign_in: boolean}} hub @param {() => void} changed */
  constructor(hub, changed = () => {}) {
    this.hub = hub;
    this.changed = changed;
    this.token = make('input', { type: 'password', autocomplete: 'off', spellcheck: 'false', maxlength: 4096, id: 'hub-token',
      'aria-describedby': 'hub-token-hint', oninput: changed });
    const field = make('div', {},
      make('label.aigc-field', {}, make('span', {}, t('account.token')), this.token),
      make('p.aigc-note', { id: 'hub-token-hint' }, t('account.tokenHint', { host: hub.endpoint })));
    this.words = make('p.aigc-note', { role: 'status' });
    this.enter = make('button.aigc-quiet', { type: 'button', id: 'hub-sign-in', onclick: () => this.signIn() }, t('account.signIn'));
    this.leave = make('button.aigc-quiet', { type: 'button', id: 'hub-sign-out', onclick: () => session.signOut() }, t('account.signOut'));
    this.who = make('strong');
    this.code = make('input', { type: 'password', autocomplete: 'off', 'aria-label': t('account.code'), placeholder: t('account.code') });
    this.hand = make('form.aigc-row', { hidden: true, onsubmit: (event) => this.handOver(event) }, this.code,
      make('button.aigc-quiet', { type: 'submit' }, t('account.finish')));
    this.link = make('p.aigc-note', { hidden: true });
    const parts = hub.sign_in
      ? [make('div.aigc-row', {}, this.enter, this.who, this.leave), this.words, this.link, this.hand,
        make('details', {}, make('summary', {}, t('account.orToken')), field)]
      : [field];
    this.element = make('div.aigc-account', {}, ...parts);
    this.update = () => this.show();
    session.addEventListener('change', this.update);
    this.show();
  }

  /** To be called when the element leaves the page. */
  close() {
    session.removeEventListener('change', this.update);
    this.token.value = '';
  }

  /** What a request needs of it. */
  get rights() {
    const typed = this.token.value.trim();
    return typed ? { hub_token: typed } : session.id ? { session: session.id } : {};
  }

  /** The visitor's name on the Hub, where it is known. */
  get name() {
    return this.token.value.trim() ? '' : session.name;
  }

  show() {
    const isIn = Boolean(session.id);
    this.enter.hidden = isIn;
    this.leave.hidden = this.who.hidden = !isIn;
    setText(this.who, !isIn ? '' : session.name ? t('account.signedIn', { name: session.name }) : t('account.someone'));
    setText(this.words, session.said.text);
    this.words.dataset.level = session.said.level;
    this.hand.hidden = !session.ticket;
    if (isIn) this.link.hidden = true;
    this.changed();
  }

  /** The window is opened at once, while the browser still knows that it was a click; where it leads is asked for meanwhile. */
  async signIn() {
    const opened = window.open('about:blank', '_blank');
    const address = await session.begin();
    if (!address) return void opened?.close();
    if (opened) return void (opened.location.href = address);
    this.link.replaceChildren(t('account.blocked'), ' ', make('a', { href: address, target: '_blank', rel: 'opener' }, t('account.openWindow')));
    this.link.hidden = false;
  }

  handOver(event) {
    event.preventDefault();
    const { value } = this.code;
    this.code.value = '';
    session.finish(value);
  }
}
