// Bringing a model from the Hub in: by its name there, at a revision if need be; the server checks every byte of it.

import { openDialog } from './dialog.js';
import { make } from './dom.js';
import { HubAccount } from './hub-account.js';
import { HubTransfer, hubAbout } from './hub-transfer.js';
import { t } from './i18n.js';
import { knownIds, models } from './model-list.js';
import { remember } from './run-store.js';

/** @param {(result: {id: string, duplicate: boolean, commit: string}) => void} pulled */
export async function openPull(pulled) {
  const hub = await hubAbout();
  const refused = hub.ok ? (hub.data.pull ? '' : t('models.pullRefused')) : hub.error;
  if (refused) return void openDialog(t('models.pullTitle'), make('p', { role: 'alert' }, refused));
  new PullDialog(hub.data, pulled);
}

class PullDialog {
  constructor(hub, pulled) {
    this.pulled = pulled;
    this.repo = make('input', { type: 'text', id: 'hub-pull-repo', maxlength: 300, autocomplete: 'off', spellcheck: 'false',
      placeholder: 'owner/name@main', 'aria-describedby': 'hub-pull-hint' });
    this.name = make('input', { type: 'text', maxlength: 60, autocomplete: 'off', dir: 'auto' });
    this.account = new HubAccount(hub);
    this.transfer = new HubTransfer({ label: t('models.pullGo'), stopped: t('models.pullStopped'), start: () => this.pull() });
    const form = make('form', { onsubmit: (event) => (event.preventDefault(), this.pull()) },
      make('label.aigc-field', {}, make('span', {}, t('models.pullRepo')), this.repo),
      make('p.aigc-note', { id: 'hub-pull-hint' }, t('models.pullHint')),
      make('label.aigc-field', {}, make('span', {}, t('models.pullName')), this.name),
      make('button.aigc-unseen', { type: 'submit', tabindex: -1, 'aria-hidden': 'true' }));
    this.dialog = openDialog(t('models.pullTitle'),
      make('p', {}, t('models.pullAbout', { host: hub.endpoint, most: hub.megabytes })), form,
      make('details', {}, make('summary', {}, t('models.pullPrivate')), this.account.element), this.transfer.element);
    this.dialog.id = 'models-pull';
    this.dialog.classList.add('aigc-hub-model');
    this.dialog.addEventListener('close', () => {
      this.transfer.stop();
      this.account.close();
    });
    this.repo.focus();
  }

  async pull() {
    const body = { repo: this.repo.value, name: this.name.value.trim(), runs: knownIds().slice(0, 100), ...this.account.rights };
    const end = await this.transfer.run('hub/pull', body);
    if (!end) return;
    if (end.token) remember(end.id, end.token);
    await models.refresh(true);
    this.dialog.close();
    this.pulled(end);
  }
}
