// <aigc-growth>: how far networks that grow have grown at the moment looked at, and a few real images as D sees them then
// beside as many of G's. Hidden for networks that do not grow.

import { make, setText } from './dom.js';
import { alphasAt, asSeen, growthOf, stageAt } from './growth-stages.js';
import { catalogue, route, t } from './i18n.js';
import { store } from './run-store.js';

const SIDE = 28;
const SHOWN = 4; // images of each kind

export class GrowthStrip extends HTMLElement {
  connectedCallback() {
    if (this.stages) return;
    this.stages = make('ol.aigc-growth-stages');
    this.now = make('p.aigc-growth-now');
    this.canvases = { real: canvas(), fake: canvas() };
    this.pairs = make('div.aigc-growth-pairs', {}, ...Object.entries(this.canvases).map(([kind, element]) =>
      make('figure', {}, element, make('figcaption', {}, t(`growth.${kind}`)))));
    this.replaceChildren(this.stages, this.now, this.pairs);
    store.on('run points state frame cursor', () => this.update());
    this.update();
  }

  update() {
    const growth = growthOf(store.run, catalogue.generators);
    this.hidden = !growth;
    if (!growth) return;
    if (this.drawn !== JSON.stringify(growth)) this.draw(growth);
    const step = store.cursor?.step ?? store.run.step;
    const [stage, alphas] = [stageAt(growth, step), alphasAt(growth, step)];
    this.dataset.stage = String(growth.sizes[stage]);
    this.dataset.alpha = alphas[stage].toFixed(3);
    [...this.stages.children].forEach((item, i) => {
      item.style.setProperty('--share', String(alphas[i]));
      item.classList.toggle('aigc-here', i === stage);
      if (i === stage) item.setAttribute('aria-current', 'step');
      else item.removeAttribute('aria-current');
    });
    setText(this.now, words(growth, stage, alphas[stage]));
    this.paintReal(alphas);
    this.paintFake();
  }

  draw(growth) {
    this.drawn = JSON.stringify(growth);
    this.stages.replaceChildren(...growth.sizes.map((size) => make('li', {}, `${size}×${size}`)));
  }

  /** The data's own images, blurred as far as D sees them blurred. */
  async paintReal(alphas) {
    const name = `${store.run.dataset} ${alphas}`;
    if (this.realOf === name) return;
    this.realOf = name;
    const images = await realImages(store.run.dataset);
    this.canvases.real.parentElement.hidden = !images;
    if (!images || this.realOf !== name) return;
    images.forEach((image, i) => paint(this.canvases.real, asSeen(image, SIDE, alphas), i));
  }

  /** The first row of the sample grid. */
  async paintFake() {
    const frame = store.cursor ?? store.frames?.last;
    const name = frame && `${store.frames.run}/${frame.index}`;
    if (!name || this.fakeOf === name) return;
    this.fakeOf = name;
    const picture = await store.frames.picture(frame.index);
    if (!picture || this.fakeOf !== name) return;
    this.canvases.fake.getContext('2d').drawImage(picture, 0, 0, SHOWN * SIDE, SIDE, 0, 0, SHOWN * SIDE, SIDE);
  }
}

/** What happens at this stage, in words. */
function words({ sizes, phase }, stage, alpha) {
  const values = { size: sizes[stage], below: sizes[stage - 1], alpha: alpha.toFixed(2), n: phase };
  if (stage > 0 && alpha < 1) return t('growth.fading', values);
  return stage === sizes.length - 1 ? t('growth.whole', values) : t('growth.training', values);
}

const canvas = () => make('canvas', { width: SHOWN * SIDE, height: SIDE, 'aria-hidden': 'true' });

/** @param {HTMLCanvasElement} element @param {Float32Array} image 0..255 @param {number} place */
function paint(element, image, place) {
  const pixels = new ImageData(SIDE, SIDE);
  image.forEach((value, i) => pixels.data.set([value, value, value, 255], 4 * i));
  element.getContext('2d').putImageData(pixels, place * SIDE, 0);
}

const real = new Map();

/** A few images of a dataset. @param {string} dataset @returns {Promise<Float32Array[] | null>} null where they cannot be had */
function realImages(dataset) {
  if (!real.has(dataset)) {
    real.set(dataset, fetchImages(dataset).catch(() => {
      real.delete(dataset);
      return null;
    }));
  }
  return real.get(dataset);
}

async function fetchImages(dataset) {
  const answer = await fetch(route(`datasets/${encodeURIComponent(dataset)}/sample.png`));
  if (!answer.ok) throw new Error(String(answer.status));
  const picture = await createImageBitmap(await answer.blob());
  const context = new OffscreenCanvas(SHOWN * SIDE, SIDE).getContext('2d', { willReadFrequently: true });
  context.drawImage(picture, 0, 0);
  return Array.from({ length: SHOWN }, (_, i) => {
    const { data } = context.getImageData(i * SIDE, 0, SIDE, SIDE);
    return Float32Array.from({ length: SIDE * SIDE }, (_, k) => data[4 * k]);
  });
}
