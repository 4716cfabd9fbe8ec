// What is known of a model beside what it measures, as a list.

import { make } from './dom.js';
import { catalogue, lang, t } from './i18n.js';
import { duration, pair } from './models-figures.js';
import { count } from './numbers.js';

/** @param {import('./model-list.js').Model} model */
export function factList(model) {
  const loss = [catalogue.losses[model.loss]?.title ?? model.loss, ...model.auxiliaries.map((key) => catalogue.auxiliaries[key]?.title ?? key)];
  const sizes = [model.g_parameters, model.d_parameters].map((size) => (Number.isFinite(size) ? count(size) : '–')).join(' / ');
  const rows = [
    ['models.recipe', catalogue.recipes[model.recipe]?.title ?? model.recipe],
    ['models.loss', model.loss ? loss.join(' + ') : ''],
    ['models.data', catalogue.datasets[model.data]?.title ?? model.data],
    ['models.parameters', model.g_parameters ? sizes : ''],
    ['models.steps', Number.isFinite(model.step) ? count(model.step) : ''],
    ['models.seconds', Number.isFinite(model.seconds) ? duration(model.seconds) : ''],
    ['models.latent', `${model.latent_size}`],
    ['models.fromHub', model.repo ? t('models.fromHubValue', { repo: model.repo, commit: model.commit.slice(0, 10) }) : ''],
    [model.kind === 'imported' ? 'models.importedOn' : 'models.date', model.date ? new Date(1000 * model.date).toLocaleDateString(lang) : ''],
  ];
  return make('dl.aigc-facts', {}, ...rows.filter(([, value]) => value).map(([name, value]) => pair(t(name), value)));
}
