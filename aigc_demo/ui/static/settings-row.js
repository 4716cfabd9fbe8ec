// One setting in the panel: its name, its value as a number and on a slider (or a choice), how to take a change back.

import { make, setText } from './dom.js';
import { t } from './i18n.js';
import { scaleOf } from './settings-scale.js';

const PLACES = 200; // of a slider
let count = 0;

/** A value as people type it. */
export function written(value) {
  if (typeof value !== 'number') return String(value ?? '');
  const size = Math.abs(value);
  if (size === 0 || (size >= 1e-4 && size < 1e6)) return String(Number(value.toPrecision(6)));
  return value.toExponential().replace('e+', 'e');
}

/**
 * @typedef {{key: string, title: string, about: string, kind: 'number' | 'whole' | 'choice', least: number, most: number,
 *   log: boolean, live: boolean, choices: {value: string, title: string}[], fromNothing?: number, off?: string}} Spec
 */

export class Row {
  /** @param {Spec} spec @param {(value: number | string | undefined) => void} changed undefined: back to the default */
  constructor(spec, changed) {
    this.spec = spec;
    this.changed = changed;
    this.base = null;
    const id = `aigc-setting-${(count += 1)}`;
    this.note = make('p.aigc-setting-note', { hidden: true });
    this.error = make('p.aigc-setting-error', { role: 'alert', hidden: true });
    this.reset = make('button.aigc-reset', { type: 'button', hidden: true, onclick: () => this.changed(undefined) }, '↺');
    const control = spec.kind === 'choice' ? this.choice(id) : this.number(id);
    const about = spec.about ? [make('p.aigc-setting-about', { id: `${id}-about` }, spec.about)] : [];
    const isBare = !spec.title; // the name stands above it already
    const name = isBare ? make('span') : make('label', { for: id }, spec.title);
    this.element = make('div.aigc-setting', { 'data-setting': spec.key },
      make('div.aigc-setting-head', {}, name, this.reset, ...control.head), ...control.below, ...about, this.note, this.error);
  }

  number(id) {
    const { spec } = this;
    this.field = make('input.aigc-setting-value', {
      id, type: 'text', inputmode: 'decimal', autocomplete: 'off', 'aria-label': spec.title ? null : spec.label,
      'aria-describedby': spec.about ? `${id}-about` : null,
      onchange: () => this.typed(),
      onblur: () => setTimeout(() => this.place(this.now)), // what was refused does not stay
      onkeydown: (event) => this.key(event, { ArrowUp: 1, ArrowDown: -1 }),
    });
    this.slider = make('input.aigc-range', {
      type: 'range', min: 0, max: PLACES, step: 1, 'aria-label': t('lab.sliderOf', { title: spec.title || spec.label }),
      oninput: () => this.changed(this.scale().value(Number(this.slider.value) / PLACES)),
      onkeydown: (event) => this.key(event, { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1 }),
    });
    return { head: [this.field], below: [this.slider] };
  }

  choice(id) {
    const { spec } = this;
    this.field = make('select.aigc-setting-choice', { id, onchange: () => this.changed(this.field.value) },
      ...spec.choices.map(({ value, title }) => make('option', { value }, title)));
    return { head: [], below: [this.field] };
  }

  scale() {
    return (this.made ??= scaleOf(this.spec, this.base));
  }

  /** What was typed is judged by the server, which also says what is wrong with it. */
  typed() {
    const text = this.field.value.trim().replace(',', '.').replace('−', '-');
    const value = Number(text);
    this.changed(text === '' ? undefined : Number.isFinite(value) ? value : text);
  }

  /** An arrow leads to the next value, however many places of the slider share the present one. */
  key(event, directions) {
    const direction = directions[event.key];
    if (!direction) return;
    event.preventDefault();
    const scale = this.scale();
    let place = Math.round(scale.place(Number(this.now)) * PLACES);
    let value = this.now;
    while (value === this.now && place >= 0 && place <= PLACES) value = scale.value((place += direction) / PLACES);
    if (place >= 0 && place <= PLACES) this.changed(value);
  }

  /** @param {{value: any, base: any, note: string, disabled?: boolean}} now */
  show({ value, base, note, disabled = false }) {
    if (base !== this.base) this.made = null;
    this.base = base;
    const isChanged = base !== undefined && base !== null && !same(value, base);
    this.element.classList.toggle('aigc-changed', isChanged);
    this.reset.hidden = !isChanged;
    if (isChanged) this.reset.setAttribute('aria-label', t('lab.reset', { value: this.shown(base) }));
    this.reset.title = this.reset.getAttribute('aria-label') ?? '';
    this.place(value);
    this.field.disabled = disabled;
    this.note.hidden = !note;
    setText(this.note, note);
  }

  place(value) {
    this.now = value;
    if (this.spec.kind === 'choice') {
      if (document.activeElement !== this.field || this.field.value !== value) this.field.value = value;
      return;
    }
    const text = value === 0 && this.spec.off ? this.spec.off : written(value);
    if (document.activeElement !== this.field && this.field.value !== text) this.field.value = text;
    const place = Math.round(this.scale().place(Number(value)) * PLACES);
    // While it is being dragged a slider stays where the hand is.
    if (!this.slider.matches(':active') && Number(this.slider.value) !== place) this.slider.value = String(place);
    this.slider.style.setProperty('--aigc-filled', `${(100 * Number(this.slider.value)) / PLACES}%`);
    this.slider.setAttribute('aria-valuetext', text);
  }

  shown(value) {
    return this.spec.choices?.find((choice) => choice.value === value)?.title ?? written(value);
  }

  /** @param {string} sentence '' when there is nothing to complain about */
  complain(sentence) {
    this.error.hidden = !sentence;
    setText(this.error, sentence);
  }
}

const same = (one, other) => one === other || (typeof one === 'number' && Number(one) === Number(other));
