// Sending a model of one's own to the Hub: what is sent, where to and who will see it are said before anything is.

import { get } from './api.js';
import { openDialog } from './dialog.js';
import { make, setText } from './dom.js';
import { HubAccount } from './hub-account.js';
import { HubTransfer, hubAbout, weight } from './hub-transfer.js';
import { t } from './i18n.js';
import { modelToken } from './models-owner.js';

/** @param {import('./model-list.js').Model} model */
export async function openPush(model) {
  const address = `models/${encodeURIComponent(model.id)}`;
  const [hub, files] = await Promise.all([hubAbout(), get(`${address}/files`)]);
  const failed = [hub, files].find(({ ok }) => !ok);
  if (failed) return void openDialog(t('models.pushTitle', { title: model.title }), make('p', { role: 'alert' }, failed.error));
  new PushDialog(model, address, hub.data, files.data.files);
}

class PushDialog {
  constructor(model, address, hub, files) {
    Object.assign(this, { model, address, hub });
    const change = () => this.update();
    this.repo = make('input', { type: 'text', id: 'hub-repo', maxlength: 200, autocomplete: 'off', spellcheck: 'false',
      'aria-describedby': 'hub-repo-hint', value: suggested(model), oninput: change });
    this.open = make('input', { type: 'checkbox', id: 'hub-public', onchange: change });
    this.target = make('p.aigc-target', { role: 'status' });
    this.transfer = new HubTransfer({ label: t('models.pushGo'), stopped: t('models.pushStopped'), start: () => this.push() });
    this.result = make('p.aigc-pushed');
    this.account = new HubAccount(hub, change);
    const listed = Object.entries(files).map(([name, size]) => make('li', {}, make('code', {}, name), ` ${weight(size)}`));
    this.dialog = openDialog(t('models.pushTitle', { title: model.title }), make('p', {}, t('models.pushAbout')),
      make('details', { open: true }, make('summary', {}, t('models.pushFiles')), make('ul.aigc-files', {}, ...listed)),
      make('label.aigc-field', {}, make('span', {}, t('models.pushRepo')), this.repo),
      make('p.aigc-note', { id: 'hub-repo-hint' }, t('models.pushRepoHint')),
      make('label.aigc-check', {}, this.open, ' ', t('models.pushPublic')),
      this.account.element, this.target, this.transfer.element, this.result);
    this.dialog.id = 'models-push';
    this.dialog.classList.add('aigc-hub-model');
    this.dialog.addEventListener('close', () => {
      this.transfer.stop();
      this.account.close();
    });
    this.update();
    this.repo.focus();
  }

  update() {
    if (!this.account) return; // it speaks while it is being made
    const name = this.repo.value.trim();
    const whole = name.includes('/') ? name : `${this.account.name || t('models.pushYou')}/${name}`;
    setText(this.target, t('models.pushTarget', { url: `${this.hub.endpoint}/${whole}`, visibility: t(this.open.checked ? 'models.public' : 'models.private') }));
  }

  async push() {
    const { rights } = this.account;
    if (!Object.keys(rights).length) return this.transfer.say(t('account.needed'), 'error');
    this.result.replaceChildren();
    const end = await this.transfer.run(`${this.address}/push`,
      { repo: this.repo.value, private: !this.open.checked, token: modelToken(this.model.id), ...rights });
    setText(this.transfer.button, t('models.pushAgain'));
    if (!end) return;
    const words = { visibility: t(end.private ? 'models.private' : 'models.public'), commit: end.commit.slice(0, 10) };
    this.transfer.say('');
    this.result.replaceChildren(t(end.changed ? 'models.pushed' : 'models.pushedSame', words), ' ',
      make('a', { href: end.url, target: '_blank', rel: 'noopener noreferrer' }, end.repo));
  }
}

/** A name that says what it is; letters, digits and `-` alone. */
const suggested = ({ recipe, id }) => `aigc-demo-${recipe}-${id.replace(/^i-|-best$/g, '').slice(0, 6)}`.replace(/[^A-Za-z0-9]+/g, '-').toLowerCase();
