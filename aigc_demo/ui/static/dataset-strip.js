// <aigc-data>: below the choice of data, some real images of it, what is to be known of it, and the ways to other data.

import { datasets } from './dataset-list.js';
import { make, setText } from './dom.js';
import { form } from './form.js';
import { catalogue, route, t } from './i18n.js';
import { hubButton } from './hub-data.js';
import { openOwnData } from './own-panel.js';

export class DatasetStrip extends HTMLElement {
  connectedCallback() {
    if (this.tools) return;
    this.picture = make('img.aigc-data-strip', { loading: 'lazy', decoding: 'async', hidden: true, alt: '' });
    this.picture.addEventListener('error', () => this.stumble());
    this.picture.addEventListener('load', () => (this.picture.dataset.shown = this.shown));
    this.note = make('p.aigc-data-note', { 'aria-live': 'polite' });
    const own = make('button.aigc-quiet', { id: 'train-dataset-own', type: 'button', onclick: () => openOwnData() }, t('own.open'));
    this.tools = make('div', { id: 'train-dataset-tools' }, own, hubButton());
    this.replaceChildren(this.picture, this.note, this.tools);
    form.addEventListener('change', () => this.show());
    form.addEventListener('plan', () => this.show());
    datasets.addEventListener('change', () => this.show());
    this.show();
  }

  show() {
    const { dataset, recipe } = form.choices;
    if (!dataset) return;
    const entry = datasets.of(dataset);
    setText(this.note, entry ? notes(entry, catalogue.recipes[recipe]).join(' ') : '');
    if (entry && !entry.ready) {
      this.shown = '';
      this.picture.hidden = true;
    }
    if (dataset === this.shown || (entry && !entry.ready)) return;
    this.shown = dataset;
    this.picture.hidden = false;
    this.picture.alt = t('own.sample', { name: catalogue.datasets[dataset]?.title ?? dataset });
    this.picture.src = route(`datasets/${encodeURIComponent(dataset)}/sample.png`);
  }

  stumble() {
    this.picture.hidden = true;
    setText(this.note, t('own.sampleNone'));
  }
}

/** @param {import('./dataset-list.js').Entry} entry */
function notes(entry, recipe) {
  if (!entry.ready) return [entry.about];
  const said = entry.kind === 'own' ? [entry.about] : [];
  if (!entry.is_digits) said.push(t('own.stripNoDigits'));
  if (entry.class_names.length === 1 && recipe?.conditional && entry.kind !== 'own') said.push(t('own.oneClassNote'));
  return said;
}
