// <aigc-papers>: the buttons of its pages, which start a run or a race in the Train tab, or open a model.

import { begin, choose } from './controls.js';
import { form, startBody } from './form.js';
import { startPreset } from './presets.js';
import { openTab } from './tabs.js';

export class Papers extends HTMLElement {
  connectedCallback() {
    if (this.listens) return;
    this.listens = true;
    this.addEventListener('click', ({ target }) => {
      const button = target.closest('[data-paper-run], [data-paper-preset], [data-paper-model]');
      if (button?.dataset.paperRun) train(JSON.parse(button.dataset.paperRun));
      else if (button?.dataset.paperPreset) startPreset(button.dataset.paperPreset);
      else if (button) show(button.dataset);
    });
  }
}

/** @param {{paperModel: string, panel: string}} wish */
function show({ paperModel, panel }) {
  dispatchEvent(new CustomEvent('aigc:model', { detail: { id: paperModel, panel } }));
  openTab('generate');
  scrollTo({ top: 0 });
}

/** @param {{recipe: string, loss: string}} choices */
function train(choices) {
  openTab('train');
  scrollTo({ top: 0 });
  choose(choices, {});
  return begin(startBody(form.choices, {}));
}
