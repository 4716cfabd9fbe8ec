// Who judges digits better, people or D: the standing of a run's game, kept up to date while it is shown.

import { get } from './api.js';
import { make } from './dom.js';
import { t } from './i18n.js';

const POLL_MS = 1500;

/** @typedef {{right: number, asked: number}} Tally */

export class Standing {
  /** @param {string} run its id */
  constructor(run) {
    this.path = `runs/${encodeURIComponent(run)}/game`;
    /** @type {Tally | null} the player's own */
    this.mine = null;
    this.element = make('dl.aigc-standing', { hidden: true });
    this.timer = setInterval(() => this.poll(), POLL_MS);
    this.poll();
  }

  end() {
    clearInterval(this.timer);
  }

  async poll() {
    const answer = await get(this.path);
    if (answer.ok) this.show(answer.data);
  }

  /** @param {{players: number, human: Tally, d: Tally}} standing */
  show(standing) {
    const row = (player, name, tally) => make('div', { 'data-player': player }, make('dt', {}, name), make('dd', {}, share(tally)));
    const rows = [row('human', t('game.people', { n: standing.players }), standing.human), row('d', t('game.d'), standing.d)];
    if (this.mine) rows.unshift(row('you', t('game.you'), this.mine));
    this.element.hidden = !standing.players;
    this.element.replaceChildren(...rows);
  }
}

/** @param {Tally} tally */
function share({ right, asked }) {
  return asked ? t('game.rate', { percent: Math.round((100 * right) / asked), right, asked }) : t('game.none');
}
