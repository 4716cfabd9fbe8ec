// The verdict on a run: one sentence, the figures that led to it, and the cure where there is one.

import { make, setText } from './dom.js';
import { say, t } from './i18n.js';

/** @typedef {{key: string, level: 'good' | 'watch' | 'bad', zh: string, en: string,
 *             evidence?: {zh: string, en: string, value: string}[], remedy?: object | null}} Facts */

export class Verdict {
  constructor() {
    this.sentence = make('span');
    this.words = make('p.aigc-verdict', { role: 'status' }, make('i', { 'aria-hidden': true }), this.sentence);
    this.evidence = make('ul.aigc-evidence', { 'aria-label': t('verdict.evidence') });
    this.aside = make('p.aigc-looking-back', { hidden: true });
    this.element = make('div.aigc-verdict-block', {}, this.words, this.evidence, make('aigc-remedy'), this.aside);
  }

  /** @param {Facts | null | undefined} verdict @param {string} aside what to say in its place while another moment is looked at */
  show(verdict, aside) {
    this.element.classList.toggle('aigc-past', aside !== '' || !verdict);
    this.aside.hidden = aside === '';
    setText(this.aside, aside);
    if (!verdict) return;
    this.words.dataset.level = this.element.dataset.level = verdict.level;
    this.element.dataset.verdict = verdict.key;
    setText(this.sentence, say(verdict));
    this.fill(verdict.evidence ?? []);
  }

  /** The chips stay while their names do: only their numbers move. */
  fill(evidence) {
    const names = evidence.map(say).join('|');
    if (names !== this.names) {
      this.names = names;
      this.values = evidence.map(() => make('b'));
      this.evidence.replaceChildren(...evidence.map((item, place) => make('li', {}, `${say(item)} `, this.values[place])));
    }
    evidence.forEach(({ value }, place) => setText(this.values[place], value));
  }
}
