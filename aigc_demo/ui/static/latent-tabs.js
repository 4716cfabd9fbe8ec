// The panels of the latent studio behind a row of tabs: each is made when it is first opened, and rests while it is not seen.

import { make } from './dom.js';
import { t } from './i18n.js';
import { wish } from './latent-wish.js';
import { DrawPanel } from './panel-draw.js';
import { InsidePanel } from './panel-inside.js';
import { MovePanel } from './panel-move.js';
import { SlidersPanel } from './panel-sliders.js';
import { StylesPanel } from './panel-styles.js';

const PANELS = { sliders: SlidersPanel, move: MovePanel, draw: DrawPanel, inside: InsidePanel, styles: StylesPanel };
const NEEDS = { styles: (model) => model?.styles > 0 }; // a panel that is not for every model
export const PANEL_NAMES = Object.keys(PANELS);

export class LatentTabs extends EventTarget {
  /** @param {import('./latent-state.js').LatentState} state */
  constructor(state) {
    super();
    this.state = state;
    this.panels = {};
    this.seen = false;
    this.first = PANEL_NAMES[0];
    this.awake = null; // the panel that is told to work
    this.buttons = PANEL_NAMES.map((name) => make('button', {
      id: `generate-tab-${name}`, type: 'button', role: 'tab', 'aria-controls': `generate-panel-${name}`,
      onclick: () => this.open(name), onkeydown: (event) => this.walk(event),
    }, t(`generate.panel.${name}`)));
    this.places = PANEL_NAMES.map((name) => make('div', {
      id: `generate-panel-${name}`, role: 'tabpanel', 'aria-labelledby': `generate-tab-${name}`, hidden: true,
    }));
    this.element = make('div.aigc-tabs', {},
      make('div.aigc-tablist', { role: 'tablist', 'aria-label': t('generate.panels') }, ...this.buttons), ...this.places);
    document.addEventListener('visibilitychange', () => this.wake());
    addEventListener('aigc:compare', () => this.open('inside'));
    state.addEventListener('model', () => this.offer());
    this.offer();
    this.open(wish.beside ? 'inside' : this.first);
  }

  /** The panels that the present model has a use for. */
  get offered() {
    return PANEL_NAMES.filter((name) => NEEDS[name]?.(this.state.model) ?? true);
  }

  offer() {
    PANEL_NAMES.forEach((name, i) => (this.buttons[i].hidden = !this.offered.includes(name)));
    if (this.name && !this.offered.includes(this.name)) this.open(this.first);
  }

  /** @param {string} name one of PANEL_NAMES */
  open(name) {
    if (!this.offered.includes(name) || name === this.name) return;
    this.name = name;
    PANEL_NAMES.forEach((other, i) => {
      this.buttons[i].setAttribute('aria-selected', String(other === name));
      this.buttons[i].tabIndex = other === name ? 0 : -1;
      this.places[i].hidden = other !== name;
    });
    this.wake();
    this.dispatchEvent(new Event('open'));
  }

  /** @param {boolean} seen whether the visitor looks at this part of the page */
  show(seen) {
    this.seen = seen;
    this.wake();
  }

  /** Exactly the panel that is open and seen works; it is made when that first happens. */
  wake() {
    const panel = this.seen && !document.hidden ? this.panel(this.name) : null;
    if (panel === this.awake) return;
    this.awake?.closed();
    this.awake = panel;
    panel?.opened();
  }

  panel(name) {
    if (!this.panels[name]) {
      this.panels[name] = new PANELS[name](this.state);
      this.places[PANEL_NAMES.indexOf(name)].append(this.panels[name].element);
    }
    return this.panels[name];
  }

  /** The arrow keys go from tab to tab, as in every row of tabs. */
  walk(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const { offered } = this;
    const next = offered[(offered.indexOf(this.name) + step + offered.length) % offered.length];
    this.open(next);
    this.buttons[PANEL_NAMES.indexOf(next)].focus();
  }
}
