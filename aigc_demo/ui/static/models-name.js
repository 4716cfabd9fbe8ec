// The name on a model's card, and the field in which its owner changes it.

import { make, setText } from './dom.js';
import { t } from './i18n.js';
import { rename } from './models-owner.js';

const MOST = 60;

export class ModelName {
  /** @param {import('./model-list.js').Model} model */
  constructor(model) {
    this.title = make('bdi');
    this.made = make('p.aigc-note');
    this.heading = make('h3', { tabindex: -1 }, this.title);
    this.input = make('input', { type: 'text', maxlength: MOST, 'aria-label': t('models.name'), autocomplete: 'off', dir: 'auto' });
    this.complaint = make('p.aigc-note', { role: 'alert' });
    this.form = make('form.aigc-rename', { hidden: true, onsubmit: (event) => this.save(event), onkeydown: (event) => this.pressed(event) },
      this.input,
      make('button.aigc-quiet', { type: 'submit' }, t('models.save')),
      make('button.aigc-quiet', { type: 'button', onclick: () => this.close() }, t('models.cancel')),
      this.complaint);
    this.element = make('div.aigc-name', {}, this.heading, this.form, this.made);
    this.update(model);
  }

  update(model) {
    this.model = model;
    setText(this.title, model.title);
    setText(this.made, model.name ? model.made : '');
    this.made.hidden = !model.name;
  }

  open() {
    this.input.value = this.model.name || this.model.title.slice(0, MOST);
    this.input.placeholder = this.model.made ?? '';
    setText(this.complaint, '');
    this.form.hidden = false;
    this.heading.hidden = true;
    this.input.focus();
    this.input.select();
  }

  close() {
    this.form.hidden = true;
    this.heading.hidden = false;
    this.heading.focus();
  }

  pressed(event) {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    this.close();
  }

  async save(event) {
    event.preventDefault();
    const wrong = await rename(this.model, this.input.value.trim());
    setText(this.complaint, wrong);
    if (!wrong) this.close();
  }
}
