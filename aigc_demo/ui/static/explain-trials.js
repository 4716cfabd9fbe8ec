// Buttons of the Explain tab that hand a choice to the Train tab.

import { openTab } from './tabs.js';

/** Let the Train tab take over a choice. @param {{loss: string, recipe?: string, weights?: Object<string, number>}} detail */
export function toTrain(detail) {
  dispatchEvent(new CustomEvent('aigc:choose', { detail }));
  openTab('train');
  scrollTo({ top: 0 });
}

export function startTrials() {
  document.addEventListener('click', (event) => {
    const button = event.target.closest?.('[data-trial], [data-scroll]');
    if (button?.dataset.trial) toTrain(JSON.parse(button.dataset.trial));
    if (button?.dataset.scroll) document.getElementById(button.dataset.scroll)?.scrollIntoView({ behavior: 'smooth' });
  });
}
