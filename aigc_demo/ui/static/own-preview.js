// Twelve pictures before and after their conversion, the choices that change it, and the report of all of them.

import { post } from './api.js';
import { rememberOwn } from './dataset-list.js';
import { make, setText } from './dom.js';
import { t } from './i18n.js';
import { count } from './numbers.js';
import { OwnError, heard } from './own-stream.js';

const CHOICES = { invert: ['auto', 'yes', 'no'], fit: ['auto', 'ink', 'resize'], frame: ['pad', 'crop'] };

export class Preview {
  /** @param {string} draft @param {{back: () => void, say: (words: string) => void, kept: (key: string) => void}} panel */
  constructor(draft, panel) {
    Object.assign(this, { draft, panel });
    this.selects = Object.fromEntries(Object.entries(CHOICES).map(([name, values]) => [name, this.select(name, values)]));
    this.pairs = make('div.aigc-own-pairs', { role: 'list' });
    this.caption = make('p.aigc-hint', { 'aria-live': 'polite' });
    this.progress = make('progress', { max: 1, value: 0 });
    this.saying = make('span', { role: 'status' });
    this.going = make('div.aigc-own-going', {}, this.progress, this.saying);
    this.report = make('div.aigc-own-report');
    this.name = make('input', { id: 'own-name', type: 'text', maxlength: 60 });
    this.digits = make('input', { id: 'own-digits', type: 'checkbox' });
    this.digitsRow = make('label.aigc-own-digits', { hidden: true }, this.digits, t('own.digits'));
    this.use = make('button.aigc-primary', { id: 'own-use', type: 'button', disabled: true, onclick: () => this.keep() }, t('own.use'));
    this.element = make('div.aigc-own-preview', {},
      make('div.aigc-own-choices', {}, ...Object.entries(this.selects).map(([name, select]) => make('label', {}, t(`own.${name}`), select))),
      this.caption, this.pairs, this.going, this.report,
      make('div.aigc-row', {}, make('label.aigc-own-name', {}, t('own.name'), this.name), this.digitsRow),
      make('div.aigc-row', {}, this.use, make('button.aigc-plain', { type: 'button', onclick: panel.back }, t('own.back'))));
    this.run();
  }

  select(name, values) {
    return make('select', { id: `own-${name}`, onchange: () => this.run() },
      ...values.map((value) => make('option', { value }, t(`own.${name}.${value}`))));
  }

  get choices() {
    return Object.fromEntries(Object.entries(this.selects).map(([name, { value }]) => [name, value]));
  }

  /** Look at some pictures at once, and convert them all. */
  run() {
    this.leave();
    this.asking = new AbortController();
    const { signal } = this.asking;
    this.use.disabled = true;
    this.element.dataset.state = 'converting';
    this.panel.say('');
    this.follow('preview', signal, (line) => this.showPairs(line));
    this.follow('convert', signal, (line) => this.showReport(line));
  }

  async follow(action, signal, show) {
    try {
      for await (const line of heard(`data/drafts/${this.draft}/${action}`, { choices: this.choices }, signal)) show(line);
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof OwnError)) throw error;
      this.going.hidden = true;
      this.element.dataset.state = 'refused';
      this.report.replaceChildren();
      this.panel.say(error.message);
    }
  }

  showPairs({ pairs, total }) {
    if (!pairs) return;
    setText(this.caption, t('own.preview', { shown: count(pairs.length), total: count(total) }));
    this.pairs.replaceChildren(...pairs.map(pairOf));
  }

  showReport(line) {
    this.going.hidden = Boolean(line.done);
    if (line.waiting) setText(this.saying, t('own.waiting', { n: line.waiting }));
    if (line.total) {
      this.progress.value = line.seen / line.total;
      setText(this.saying, t('own.converting', { seen: count(line.seen), total: count(line.total) }));
    }
    if (!line.report) return;
    this.report.replaceChildren(...reportOf(line.report));
    this.digitsRow.hidden = !line.can_be_digits;
    this.use.disabled = false;
    this.element.dataset.state = 'ready';
  }

  async keep() {
    this.use.disabled = true;
    const digits = !this.digitsRow.hidden && this.digits.checked;
    const answer = await post(`data/drafts/${this.draft}/keep`, { name: this.name.value.trim(), digits });
    this.use.disabled = false;
    if (!answer.ok) return this.panel.say(answer.error);
    rememberOwn(answer.data.key, answer.data.token);
    return this.panel.kept(answer.data.key);
  }

  leave() {
    this.asking?.abort();
  }
}

function pairOf({ name, before, after, done, skipped }) {
  const image = (source, words) => (source ? make('img', { src: source, alt: t(words) }) : make('span.aigc-own-nothing', { 'aria-hidden': 'true' }, '×'));
  const said = skipped ? t('own.leftOut', { why: skipped }) : done.join(' · ');
  return make('figure', { role: 'listitem', title: name },
    make('div', {}, image(before, 'own.before'), make('span', { 'aria-hidden': 'true' }, '→'), image(after, 'own.after')),
    make('figcaption', {}, said));
}

function reportOf({ images, classes, done, skipped, few }) {
  const lines = (title, list) => (list.length
    ? [make('dt', {}, t(title)), ...list.map((line) => make('dd', {}, `${line.text}: `, make('b', {}, count(line.count)),
      ...(line.names?.length ? [make('small', {}, ` ${line.names.join(', ')}`)] : [])))] : []);
  const notes = [...(few ? [t('own.few')] : []), ...(classes.length === 1 ? [t('own.oneClass')] : [])];
  return [
    make('p', {}, make('b', {}, t('own.report', { n: count(images) }))),
    make('dl', {}, ...lines('own.classList', classes.map(({ name, count: n }) => ({ text: name, count: n }))),
      ...lines('own.done', done), ...lines('own.skipped', skipped)),
    ...notes.map((note) => make('p.aigc-own-warning', {}, note)),
  ];
}
