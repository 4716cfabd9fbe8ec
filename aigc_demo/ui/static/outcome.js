// <aigc-outcome>: what the digits are worth, in one line under them: while the run trains, and when it is over.

import { atMostEvery, make, setText } from './dom.js';
import { distance } from './figures-list.js';
import { t } from './i18n.js';
import { count } from './numbers.js';
import { store } from './run-store.js';

export class Outcome extends HTMLElement {
  connectedCallback() {
    if (this.list) return;
    const figure = (key) => {
      const parts = { value: make('dd', {}, '–'), words: make('p') };
      this[key] = parts;
      return make('div', {}, make('dt', {}, t(`outcome.${key}`)), parts.value, parts.words);
    };
    this.list = make('dl', {}, figure('fd'), figure('accuracy'));
    this.replaceChildren(this.list);
    this.soon = atMostEvery(200, () => this.update());
    store.on('run state probe cursor', () => this.soon());
    this.update();
  }

  /** Classes that a fine-tuned model has learnt. @param {Object<string, number>} shares */
  showAdded(shares) {
    for (const old of this.list.querySelectorAll('[data-added]')) old.remove();
    this.list.append(...Object.entries(shares).map(([name, share]) => make('div', { 'data-added': name },
      make('dt', {}, t('finetune.added', { name })), make('dd', {}, `${Math.round(100 * share)}%`), make('p', {}, t('finetune.addedText')))));
  }

  update() {
    const run = store.isRecorded ? null : store.run;
    const isFinal = Boolean(run?.metrics) && !store.cursor;
    const probe = store.probe(true);
    const figures = isFinal ? run.metrics : probe?.figures;
    this.hidden = !run && !figures;
    this.toggleAttribute('data-final', isFinal);
    const { digit_fd: fd, digit_fd_floor: floor, label_accuracy: accuracy } = figures ?? {};
    setText(this.fd.value, distance(fd));
    const against = Number.isFinite(floor) ? t('outcome.against', { floor: distance(floor), step: count(isFinal ? run.step : probe.step) }) : '';
    const words = run?.is_digits === false ? t('own.noDigitFd') : against;
    setText(this.fd.words, run?.measuring ? t('metrics.measuring') : words);
    this.accuracy.value.parentElement.hidden = Boolean(figures) && !Number.isFinite(accuracy);
    setText(this.accuracy.value, Number.isFinite(accuracy) ? `${Math.round(100 * accuracy)}%` : '–');
    const before = figures?.label_accuracy_before;
    setText(this.accuracy.words, Number.isFinite(before)
      ? `${t('finetune.before', { before: `${Math.round(100 * before)}%` })} · ${t('outcome.accuracyText')}` : t('outcome.accuracyText'));
    this.showAdded(figures?.added ?? {});
  }
}
