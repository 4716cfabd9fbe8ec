// <aigc-outcome>: what the run came to, once it is over: how far its digits are from real ones, and the way onwards.

import { make } from './dom.js';
import { t } from './i18n.js';
import { count } from './numbers.js';
import { store } from './run-store.js';
import { openTab } from './tabs.js';

export class Outcome extends HTMLElement {
  connectedCallback() {
    if (this.list) return;
    this.list = make('dl');
    this.onwards = make('button.aigc-quiet', { type: 'button', onclick: () => this.openModel() }, t('openModel'));
    this.wait = make('p.aigc-caption', { role: 'status', hidden: true }, t('metrics.measuring'));
    this.replaceChildren(this.wait, this.list, this.onwards);
    store.on('run state', () => this.update());
    this.update();
  }

  update() {
    const run = store.isRecorded ? null : store.run;
    const figures = run?.metrics ? figuresOf(run.metrics) : [];
    this.hidden = !run?.measuring && !run?.checkpoint && !figures.length;
    this.wait.hidden = !run?.measuring;
    this.onwards.hidden = !run?.checkpoint;
    const name = JSON.stringify(figures);
    if (name === this.shown) return;
    this.shown = name;
    this.list.replaceChildren(
      ...figures.map(([title, value, words]) =>
        make('div', {}, make('dt', {}, title), make('dd', {}, value), make('p', {}, words)),
      ),
    );
  }

  openModel() {
    openTab('generate');
    dispatchEvent(new CustomEvent('aigc:model', { detail: { id: store.run.run } }));
  }
}

/** @returns {[string, string, string][]} title, value, and what it is to be held against */
function figuresOf(metrics) {
  const figures = [];
  if (Number.isFinite(metrics.digit_fd)) figures.push([t('metrics.fd'), metrics.digit_fd.toFixed(1), distance(metrics)]);
  if (Number.isFinite(metrics.label_accuracy)) {
    figures.push([t('metrics.accuracy'), `${(100 * metrics.label_accuracy).toFixed(0)}%`, t('metrics.accuracyText')]);
  }
  return figures;
}

function distance({ digit_fd_floor: floor, n }) {
  const values = { floor: floor?.toFixed?.(1), n: count(n) };
  return Number.isFinite(floor) ? t('metrics.fdFloor', values) : t('metrics.fdAlone', values);
}
