// Whether this page has signed in at the Hub. Kept in its memory alone: a page that is loaded anew has not.
// Emits `change`.

import { post } from './api.js';
import { t } from './i18n.js';

const CHANNEL = 'aigc-sign-in';

class HubSession extends EventTarget {
  id = '';
  name = '';
  /** Of a sign-in that was begun: what finishes it. */
  ticket = '';
  #state = '';
  /** What is to be said of it; `level` is 'error' for what went wrong. */
  said = { text: '', level: '' };
  #listening = false;
  #timer = 0;

  /** Where the visitor agrees, or '' where the server has said why not. */
  async begin() {
    const answer = await post('hub/sign-in', {});
    if (!answer.ok) return this.say(answer.error, 'error'), '';
    this.ticket = answer.data.ticket;
    this.#state = new URL(answer.data.url).searchParams.get('state') ?? '';
    this.#listen();
    this.say(t('account.window'));
    return answer.data.url;
  }

  /** @param {string} handed what the window that came back has: by itself, or typed by the visitor @returns {Promise<boolean>} */
  async finish(handed) {
    const { ticket } = this;
    if (!ticket || this.id) return Boolean(this.id);
    this.ticket = ''; // it can be tried once
    const answer = await post('hub/sign-in/finish', { ticket, handed });
    if (!answer.ok) return this.say(answer.error, 'error'), false;
    Object.assign(this, { id: answer.data.session, name: answer.data.name });
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.forget(), Math.min(1000 * answer.data.seconds, 2 ** 31 - 1));
    this.say('');
    return true;
  }

  async signOut() {
    const session = this.id;
    this.forget();
    await post('hub/sign-out', { session });
  }

  forget() {
    Object.assign(this, { id: '', name: '', ticket: '' });
    this.say('');
  }

  say(text, level = '') {
    this.said = { text, level };
    this.dispatchEvent(new Event('change'));
  }

  /** The window that came back speaks to the page that opened it, or, where it has lost that, to all pages of ours. */
  #listen() {
    if (this.#listening) return;
    this.#listening = true;
    window.addEventListener('message', (event) => event.origin === location.origin && this.#hear(event.data, event.source));
    if ('BroadcastChannel' in window) {
      const channel = new BroadcastChannel(CHANNEL);
      channel.onmessage = ({ data }) => this.#hear(data, channel);
    }
  }

  async #hear(data, from) {
    if (!this.ticket || typeof data?.aigcSignIn !== 'string') return;
    if (!data.aigcSignIn) return void this.say(t('account.denied'), 'error');
    if (!data.aigcSignIn.startsWith(`${this.#state}.`)) return; // another page's
    const isIn = await this.finish(data.aigcSignIn);
    const news = { aigcSignedIn: isIn };
    if (from instanceof BroadcastChannel) from.postMessage(news);
    else from?.postMessage(news, location.origin);
  }
}

export const session = new HubSession();
