// Glyphs drawn by hand: each is a class, and is drawn some times, a little differently.

import { make, setText } from './dom.js';
import { DrawingPad } from './drawing-pad.js';
import { t } from './i18n.js';
import { fit } from './mnist-fit.js';
import { sendPictures } from './own-files.js';
import { SIDE } from './pixels.js';

const FEWEST = 5; // drawings of a glyph
const MOST = 100;
const MOST_GLYPHS = 64;
const LONGEST_NAME = 20;

/** @typedef {{name: HTMLInputElement, drawings: {content: Blob, small: HTMLCanvasElement}[], list: HTMLElement, count: HTMLElement, element: HTMLElement}} Glyph */

export class DrawGlyphs {
  /** @param {{send: Function, say: (words: string) => void}} panel */
  constructor(panel) {
    this.panel = panel;
    /** @type {Glyph[]} */
    this.glyphs = [];
    this.pad = new DrawingPad('own');
    setText(this.pad.hint, t('own.drawHere'));
    this.takeButton = make('button.aigc-primary', { id: 'own-take', type: 'button', onclick: () => this.take() }, t('own.keepDrawing'));
    this.list = make('div.aigc-own-glyphs');
    this.more = make('button.aigc-plain', { id: 'own-add-glyph', type: 'button', onclick: () => this.addGlyph() }, t('own.addGlyph'));
    this.go = make('button.aigc-primary', { id: 'own-drawn', type: 'button', onclick: () => this.send() }, t('own.toPreview'));
    this.element = make('div.aigc-own-draw', {},
      make('p', {}, t('own.drawIntro')),
      make('div.aigc-own-drawing', {},
        make('div.aigc-own-pad', {}, this.pad.box, this.pad.keys,
          make('div.aigc-row', {}, this.takeButton, this.pad.undoButton, this.pad.clearButton)),
        make('div', {}, this.list, make('div.aigc-row', {}, this.more, this.go))));
    this.pad.addEventListener('ink', () => this.show());
    this.addGlyph();
  }

  addGlyph() {
    const number = this.glyphs.length + 1;
    const name = make('input', { type: 'text', maxlength: LONGEST_NAME, 'aria-label': t('own.glyph'), value: t('own.glyphNumber', { n: number }) });
    const count = make('small');
    const list = make('div.aigc-own-drawings');
    const glyph = { name, drawings: [], list, count };
    glyph.element = make('fieldset.aigc-own-glyph', {}, make('div.aigc-row', {}, name, count), list);
    glyph.element.addEventListener('pointerdown', () => this.choose(glyph));
    name.addEventListener('focus', () => this.choose(glyph));
    this.glyphs.push(glyph);
    this.list.append(glyph.element);
    this.choose(glyph);
  }

  choose(glyph) {
    this.glyph = glyph;
    for (const each of this.glyphs) each.element.classList.toggle('aigc-chosen', each === glyph);
    this.show();
  }

  async take() {
    const { glyph } = this;
    const ink = fit(this.pad.ink.read());
    const content = await new Promise((done) => this.pad.canvas.toBlob(done, 'image/png'));
    const small = make('canvas', { width: SIDE, height: SIDE });
    paint(small, ink);
    glyph.drawings.push({ content, small });
    this.pad.clear();
    this.listDrawings(glyph);
  }

  listDrawings(glyph) {
    glyph.list.replaceChildren(...glyph.drawings.map((drawing, place) =>
      make('button', { type: 'button', 'aria-label': t('own.removeDrawing', { n: place + 1 }), title: t('own.removeDrawing', { n: place + 1 }),
        onclick: () => {
          glyph.drawings.splice(place, 1);
          this.listDrawings(glyph);
        } }, drawing.small)));
    this.show();
  }

  show() {
    for (const { drawings, count } of this.glyphs) setText(count, t('own.drawn', { n: drawings.length }));
    this.takeButton.disabled = this.pad.ink.isEmpty || (this.glyph?.drawings.length ?? 0) >= MOST;
    this.more.disabled = this.glyphs.length >= MOST_GLYPHS;
    const drawn = this.glyphs.filter(({ drawings }) => drawings.length);
    this.go.disabled = !drawn.length;
  }

  send() {
    const drawn = this.glyphs.filter(({ drawings }) => drawings.length);
    if (drawn.some(({ drawings }) => drawings.length < FEWEST)) return this.panel.say(t('own.needMore', { n: FEWEST }));
    const names = unique(drawn.map(({ name }, place) => folderName(name.value) || t('own.glyphNumber', { n: place + 1 })));
    const pictures = drawn.flatMap(({ drawings }, place) =>
      drawings.map(({ content }, number) => ({ content, path: `${names[place]}/${number + 1}.png` })));
    return this.panel.send((signal, tell) => sendPictures('drawn', names.length > 1 ? t('own.drawnName') : names[0], pictures, signal, tell));
  }
}

/** A name that can be a folder's: its parts are told by what is between the strokes. */
const folderName = (name) => name.replaceAll(/[/\\]/g, ' ').replace(/^\.+/, '').trim();

function unique(names) {
  const met = new Map();
  return names.map((name) => {
    met.set(name, (met.get(name) ?? 0) + 1);
    return met.get(name) > 1 ? `${name} ${met.get(name)}` : name;
  });
}

function paint(canvas, ink) {
  const context = canvas.getContext('2d');
  const image = context.createImageData(SIDE, SIDE);
  ink.forEach((value, place) => image.data.set([255 * value, 255 * value, 255 * value, 255], 4 * place));
  context.putImageData(image, 0, 0);
}
