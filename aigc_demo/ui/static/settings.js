// <aigc-settings>: every setting of a run. While one's own run trains, those that can be turned act at once; the others
// wait for the next run. Three matter most and stand first; the rest is folded.

import { changes } from './changes.js';
import { atMostEvery, make, setText } from './dom.js';
import { form } from './form.js';
import { catalogue, t } from './i18n.js';
import { liveRun } from './owner.js';
import { store } from './run-store.js';
import { Addition, weightRow } from './settings-additions.js';
import { Ratio } from './settings-ratio.js';
import { Row } from './settings-row.js';

const SETTLE_MS = 120; // until Gradio has opened the drawer
const FIRST = ['lr.d', 'lr.g'];
const GROUPS = {
  play: ['discriminator_steps', 'updates', 'pac', 'augment', 'dropout', 'batch_size'],
  optimisers: ['rate_halving_steps', 'ema_decay', 'beta_1.d', 'beta_1.g', 'clip'],
  networks: ['generator', 'discriminator', 'growth_steps'],
  machine: ['precision', 'xla'],
  end: ['auto_stop'],
};
const NETWORKS = { generator: 'generators', discriminator: 'discriminators' };

export class Settings extends HTMLElement {
  connectedCallback() {
    if (this.rows) return;
    this.rows = new Map(); // key -> Row
    this.complaints = new Map(); // key -> sentence, until the key is touched again
    this.desk = {
      value: (key) => this.value(key),
      base: (key) => form.plan?.defaults[key],
      set: (settings) => this.set(settings),
      isLive: () => this.isLive,
    };
    this.build();
    const soon = atMostEvery(150, () => this.show());
    form.addEventListener('plan', soon);
    form.addEventListener('change', soon);
    changes.addEventListener('change', soon);
    store.on('run state', soon);
    const more = this.closest('#train-more');
    const opened = () => setTimeout(() => this.offsetParent && bringUp(more), SETTLE_MS);
    more?.querySelector('button')?.addEventListener('click', opened);
    opened(); // Gradio makes what is in the drawer when it is first opened
    for (const source of [form, changes]) source.addEventListener('refused', ({ detail }) => this.complain(detail));
    this.show();
  }

  build() {
    this.mode = make('p.aigc-settings-mode', { role: 'status' }, make('i', { 'aria-hidden': 'true' }), make('span'));
    this.resetAll = make('button.aigc-quiet', { type: 'button', onclick: () => this.clear() }, t('lab.resetAll'));
    this.count = make('span');
    this.changed = make('div.aigc-settings-changed', { hidden: true }, this.count, this.resetAll);
    this.ratio = new Ratio(this.desk);
    const first = FIRST.filter((key) => catalogue.settings[key]).map((key) => this.row(key));
    this.additions = Object.keys(catalogue.auxiliaries).map((key) => new Addition(key, this.desk));
    const known = new Set([...FIRST, 'lr.ratio', ...Object.values(GROUPS).flat(), 'weight']);
    const others = Object.keys(catalogue.settings).filter((key) => !known.has(key));
    this.replaceChildren(this.mode, this.changed, ...first, this.ratio.element, this.additionsGroup(),
      ...Object.entries(GROUPS).map(([name, keys]) => this.group(name, name === 'end' ? [...keys, ...others] : keys)));
  }

  row(key) {
    const spec = { ...catalogue.settings[key], key };
    if (spec.kind === 'choice') spec.choices = spec.choices.map((value) => ({ value, title: choiceTitle(key, value) }));
    if (key === 'auto_stop') Object.assign(spec, { fromNothing: 2, off: t('lab.never') });
    const row = new Row(spec, (value) => this.set(this.together(key, value)));
    this.rows.set(key, row);
    return row.element;
  }

  group(name, keys) {
    const rows = keys.filter((key) => catalogue.settings[key]).map((key) => this.row(key));
    return this.fold(name, ...rows);
  }

  fold(name, ...content) {
    const mark = make('small');
    const element = make('details.aigc-settings-group', { 'data-group': name },
      make('summary', {}, make('span', {}, t(`lab.group.${name}`)), mark), make('div.aigc-settings-rows', {}, ...content));
    (this.marks ??= new Map()).set(name, mark);
    return element;
  }

  additionsGroup() {
    this.own = make('div.aigc-settings-own');
    this.fitting = make('div');
    this.others = make('div');
    this.otherWord = make('summary');
    this.unfit = make('details.aigc-settings-unfit', {}, this.otherWord, this.others);
    return this.fold('additions', this.own, this.fitting, this.unfit);
  }

  /** Whether what is set now acts on the visitor's own run: it must play the game that the form shows. */
  get isLive() {
    const run = liveRun();
    return run !== null && Boolean(run.values) && run.recipe === form.choices.recipe && run.loss === form.choices.loss;
  }

  actsNow(key) {
    return this.isLive && (key.startsWith('weight.') || Boolean(catalogue.settings[key]?.live));
  }

  value(key) {
    if (!this.actsNow(key)) return form.value(key);
    return changes.value(key) ?? store.run.values[key] ?? (key.startsWith('weight.') ? 0 : form.value(key));
  }

  /** @param {Object<string, number | string | undefined>} settings undefined: the default again */
  set(settings) {
    for (const key of Object.keys(settings)) this.complaints.delete(key);
    const now = {};
    const later = {};
    for (const [key, value] of Object.entries(settings)) {
      if (!this.actsNow(key)) later[key] = value;
      else now[key] = value ?? form.plan?.defaults[key] ?? 0;
    }
    if (Object.keys(now).length) changes.make(now);
    if (Object.keys(later).length) form.set(later);
    this.show();
  }

  clear() {
    this.complaints.clear();
    this.set(Object.fromEntries(Object.keys(form.settings).map((key) => [key, undefined])));
  }

  /** Not every network goes with every other: the other one follows the one that was chosen. */
  together(key, value) {
    const own = NETWORKS[key];
    if (!own || value === undefined) return { [key]: value };
    const other = key === 'generator' ? 'discriminator' : 'generator';
    const { partners } = catalogue[own][value];
    if (partners.includes(this.value(other))) return { [key]: value };
    this.paired = other;
    return { [other]: partners.includes(value) ? value : partners[0], [key]: value };
  }

  complain(sentences) {
    for (const [key, sentence] of Object.entries(sentences)) this.complaints.set(key, sentence);
    this.show();
  }

  show() {
    this.hidden = !form.plan;
    if (!form.plan) return;
    this.showMode();
    for (const [key, row] of this.rows) this.showRow(key, row);
    this.ratio.show();
    this.showAdditions();
  }

  showMode() {
    const run = liveRun();
    this.mode.classList.toggle('aigc-live', this.isLive);
    setText(this.mode.lastElementChild, t(this.isLive ? 'lab.live' : run && run.values ? 'lab.nextOther' : 'lab.next'));
    const n = Object.keys(form.settings).length;
    this.changed.hidden = n === 0;
    setText(this.count, t('lab.changed', { n }));
    for (const [name, keys] of Object.entries(GROUPS)) {
      const own = keys.filter((key) => key in form.settings).length;
      setText(this.marks.get(name), own ? t('lab.changed', { n: own }) : '');
    }
  }

  showRow(key, row) {
    const value = this.value(key);
    row.element.hidden = value === null || value === undefined; // a clip where the loss has none
    if (row.element.hidden) return;
    const waits = this.isLive && !this.actsNow(key);
    const note = this.paired === key && key in form.settings ? t('lab.paired') : waits ? t('lab.nextOnly') : '';
    row.show({ value, base: form.plan.defaults[key], note });
    row.complain(this.complaints.get(key) ?? '');
  }

  showAdditions() {
    this.showOwn();
    const shown = this.additions.filter(({ key }) => form.plan.additions[key] && !form.plan.additions[key].own);
    for (const addition of shown) {
      addition.show(form.plan.additions[addition.key].why_not);
      const complaint = addition.terms.map((term) => this.complaints.get(`weight.${term.key}`)).find(Boolean);
      if (complaint) addition.complain(complaint);
    }
    const unfit = shown.filter((addition) => !addition.fits);
    hold(this.fitting, shown.filter((addition) => addition.fits));
    hold(this.others, unfit);
    const on = shown.filter((addition) => addition.isOn).length;
    setText(this.marks.get('additions'), on ? t('lab.on', { n: on }) : '');
    setText(this.otherWord, t('lab.notHere', { n: unfit.length }));
    this.unfit.hidden = unfit.length === 0;
  }

  /** The weights of the chosen loss's own terms. */
  showOwn() {
    const { loss } = form.choices;
    if (this.ownOf !== loss) {
      this.ownOf = loss;
      const terms = (catalogue.losses[loss]?.terms ?? []).filter((term) => term.symbol);
      this.ownRows = terms.map((term) => weightRow(term, this.desk, term.name));
      this.own.replaceChildren(...(terms.length ? [make('p.aigc-settings-sub', {}, t('lab.ofLoss'))] : []), ...this.ownRows.map((row) => row.element));
    }
    for (const row of this.ownRows) {
      row.show({ value: this.value(row.weightKey) ?? 0, base: form.plan.defaults[row.weightKey], note: '' });
      row.complain(this.complaints.get(row.weightKey) ?? '');
    }
  }
}

/** The fields above scroll away, so that the panel one has just opened is seen; a closed one stays where it is. */
function bringUp(more) {
  const fields = more.closest('#train-fields');
  const above = more.getBoundingClientRect().top - fields.getBoundingClientRect().top;
  if (fields.scrollHeight > fields.clientHeight) fields.scrollBy({ top: above, behavior: 'smooth' });
}

/** Put the additions into `home`, unless they are there: moving an element takes the focus from it. */
function hold(home, additions) {
  const elements = additions.map(({ element }) => element);
  const isThere = elements.length === home.children.length && elements.every((element, place) => element === home.children[place]);
  if (!isThere) home.replaceChildren(...elements);
}

function choiceTitle(key, value) {
  if (NETWORKS[key]) return catalogue[NETWORKS[key]][value]?.title ?? value;
  return catalogue.strings[`lab.${key}.${value}`] ?? catalogue.strings[`lab.${value}`] ?? value;
}
