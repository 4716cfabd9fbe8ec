// Teaching a trained model something new: a dialog that chooses both, and the run that follows.

import { post } from './api.js';
import { datasets } from './dataset-list.js';
import { openDialog } from './dialog.js';
import { make, setText } from './dom.js';
import { t } from './i18n.js';
import { models } from './model-list.js';
import { store } from './run-store.js';
import { openTab } from './tabs.js';

const SECONDS = 20;

/** @param {{model?: string, dataset?: string}} [chosen] what is known already */
export async function openFinetune({ model = 'fast', dataset = '' } = {}) {
  await Promise.all([models.refresh(), datasets.refresh()]);
  const able = models.list.filter((each) => !each.codes && each.kind !== 'live');
  const own = datasets.own;
  if (!able.length || !own.length) {
    openDialog(t('finetune.title'), make('p', {}, t(able.length ? 'finetune.noData' : 'finetune.noModel')));
    return;
  }
  const field = (key, input) => make('label.aigc-field', {}, make('span', {}, t(`finetune.${key}`)), input);
  const choice = (name, list, value) => make('select', { name },
    ...list.map(([key, title]) => make('option', { value: key, ...(key === value ? { selected: true } : {}) }, title)));
  const from = choice('model', able.map((each) => [each.id, each.name || each.title]), model);
  const what = choice('dataset', own.map((each) => [each.key, each.title]), dataset);
  const seconds = make('input', { type: 'number', name: 'seconds', min: 5, max: 600, value: SECONDS });
  const keep = make('input', { type: 'checkbox', name: 'keep', checked: true });
  const trouble = make('p.aigc-own-trouble', { role: 'alert', hidden: true });
  const start = make('button.aigc-primary', { type: 'submit' }, t('finetune.start'));
  const form = make('form.aigc-finetune', { novalidate: true }, make('p.aigc-hint', {}, t('finetune.intro')),
    field('model', from), field('data', what), field('seconds', seconds),
    make('label.aigc-check', {}, keep, make('span', {}, t('finetune.keep'))), trouble, start);
  const dialog = openDialog(t('finetune.title'), form);
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    start.disabled = true;
    const answer = await post('finetune', {
      model: from.value, dataset: what.value, seconds: seconds.value, keep: keep.checked,
    });
    start.disabled = false;
    trouble.hidden = answer.ok;
    if (!answer.ok) {
      setText(trouble, answer.error);
      return;
    }
    dialog.close();
    store.adopt(answer.data.run, answer.data.token);
    openTab('train');
  });
}
