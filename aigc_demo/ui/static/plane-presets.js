// Games whose outcome is known: each with what to watch and what is claimed of it.

import { get } from './api.js';
import { make, setText } from './dom.js';
import { t } from './i18n.js';
import { PlaneClaims } from './plane-claims.js';
import { prose } from './prose.js';

export class PlanePresets {
  /** @param {(key: string) => void} choose */
  constructor(choose) {
    this.choose = choose;
    this.buttons = make('div.aigc-plane-presets', { role: 'group', 'aria-label': t('plane.presets') });
    this.watch = make('p.aigc-plane-watch');
    this.claims = new PlaneClaims();
    this.element = make('div', {}, this.buttons, this.watch, this.claims.element);
  }

  /** @param {string} [key] the first where none is given @returns {Promise<object | null>} */
  async find(key) {
    this.asked ??= get('plane/presets.json');
    const answer = await this.asked;
    if (!answer.ok) {
      this.asked = null; // so that it is asked for again
      setText(this.watch, answer.error);
      return null;
    }
    if (!this.buttons.firstChild) {
      this.buttons.append(...answer.data.map((preset) =>
        make('button.aigc-quiet', { type: 'button', 'data-preset': preset.key, onclick: () => this.choose(preset.key) }, preset.title)));
    }
    return answer.data.find((preset) => preset.key === key) ?? (key ? null : answer.data[0]);
  }

  /** The preset's game begins anew, unless its settings were changed. */
  restart() {
    if (this.buttons.querySelector('[aria-pressed="true"]')) this.claims.restart();
  }

  /** The preset's game begins anew, unless its settings were changed. */
  restart() {
    if (this.buttons.querySelector('[aria-pressed="true"]')) this.claims.restart();
  }

  /** The game goes on otherwise than the preset has it; what it says stays, so that nothing jumps under the hand. */
  leave() {
    for (const button of this.buttons.children) button.setAttribute('aria-pressed', 'false');
    this.claims.leave();
  }

  /** @param {{key: string, watch: string} | null} preset the one that is played; null where the visitor has gone on from it */
  mark(preset) {
    for (const button of this.buttons.children) button.setAttribute('aria-pressed', String(button.dataset.preset === preset?.key));
    this.claims.show(preset);
    this.watch.replaceChildren(...(preset ? [make('b', {}, t('plane.watch')), ' ', prose(preset.watch)] : []));
  }
}
