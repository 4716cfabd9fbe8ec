// The studio of a pocket page: the picture, what moves the point, and nothing that would need a server.

import { make, setText } from './dom.js';
import { catalogue, t } from './i18n.js';
import { LatentDrawing } from './latent-drawing.js';
import { copyPoint, LARGE, savePicture } from './latent-home.js';
import { LatentPicture } from './latent-picture.js';
import { drawPoint } from './latent-points.js';
import { state } from './latent-state.js';
import { LatentVoice } from './latent-voice.js';
import { SlidersPanel } from './panel-sliders.js';
import { StylesPanel } from './panel-styles.js';

const THANKS_MS = 1500;

export class Pocket extends HTMLElement {
  connectedCallback() {
    if (this.picture) return;
    const { model } = catalogue;
    this.picture = new LatentPicture((label) => state.setLabel(label));
    this.drawing = new LatentDrawing(state, this.picture);
    this.sliders = new SlidersPanel(state);
    this.replaceChildren(
      make('div.aigc-stage', {},
        make('h1', {}, model.title),
        make('div.aigc-view', {}, this.picture.element, this.picture.keys, this.picture.noLabel),
        ...this.actions(), new LatentVoice(state, this.picture.canvas).element),
      make('div.aigc-panel', {},
        make('p.aigc-note', {}, t(model.conditional ? 'pocket.keys' : 'pocket.keysAny')),
        this.sliders.element, ...(model.styles ? [this.styles()] : [])));
    state.addEventListener('label', () => this.picture.showLabel(state));
    state.setModel(model);
    this.picture.showLabel(state);
    this.sliders.opened();
    this.drawing.ask('image', 'digits');
  }

  actions() {
    const button = (name, action, title = '', kind = '.aigc-quiet') =>
      make(`button${kind}`, { id: `generate-${name}`, type: 'button', title, onclick: action }, t(`generate.${WORDS[name]}`));
    const size = (side) => t('generate.downloadTitle', { width: side, height: side });
    const copy = button('copy', () => this.copy(copy), t('generate.copyTitle'));
    const save = (factor) => () => savePicture(state, this.picture.canvas, factor);
    return [
      make('div.aigc-actions', {},
        button('random', () => state.setPoint(drawPoint(state.z.length)), '', '.aigc-primary'),
        button('reset', () => state.setPoint(state.z.map(() => 0)), t('generate.resetTitle'))),
      make('div.aigc-actions.aigc-take', {},
        button('download', save(1), size(28)), button('download-large', save(LARGE), size(28 * LARGE)), copy),
    ];
  }

  async copy(button) {
    await copyPoint(state);
    setText(button, t('generate.copied'));
    setTimeout(() => setText(button, t('generate.copy')), THANKS_MS);
  }

  /** Mixing and noise, at rest until they are opened. */
  styles() {
    const panel = new StylesPanel(state);
    const drawer = make('details.aigc-more', { id: 'pocket-styles', ontoggle: () => (drawer.open ? panel.opened() : panel.closed()) },
      make('summary', {}, t('pocket.styles')), panel.element);
    return drawer;
  }
}

const WORDS = { random: 'random', reset: 'reset', copy: 'copy', download: 'download', 'download-large': 'downloadLarge' };
