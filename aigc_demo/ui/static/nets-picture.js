// Maps of a batch as a figure, painted as the feature maps of the Generate tab are.

import { make } from './dom.js';
import { t } from './i18n.js';
import { layOut, measure, paintStage, palette } from './stage-paint.js';

const TALLEST = 200;
const WIDEST = { 1: 112, 2: 226, 4: 226 }; // page pixels for so many maps

/** @typedef {{key: string, kind: 'ink' | 'signed' | 'plain', shape: [number, number, number], data: Float32Array}} Maps */

/** @param {Maps} maps @param {string} name @returns {{element: HTMLElement, paint: (colours: import('./stage-paint.js').Colours) => void}} */
export function pictureElement(maps, name) {
  const [height, width, n] = maps.shape;
  const canvas = make('canvas', { role: 'img', 'aria-label': t('nets.maps', { name, n, w: width, h: height }) });
  const { low, high } = measure(maps.data);
  const peak = maps.kind === 'ink' ? 1 : Math.max(Math.abs(low), Math.abs(high));
  const layout = layOut(maps.shape, WIDEST[n] ?? 342, TALLEST);
  canvas.style.width = `${layout.width * layout.scale}px`;
  const paint = (colours) => paintStage(canvas, maps, layout, palette(maps.kind, colours), peak);
  return { element: make('figure', { 'data-picture': maps.key }, canvas, make('figcaption', {}, name)), paint };
}

/** The style sheet names the colours; a canvas of one pixel knows what any colour is in numbers. @param {Element} element */
export function colours(element) {
  const style = getComputedStyle(element);
  const context = Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d');
  const read = (name) => {
    context.fillStyle = style.getPropertyValue(name).trim();
    context.fillRect(0, 0, 1, 1);
    return [...context.getImageData(0, 0, 1, 1).data.slice(0, 3)];
  };
  return { minus: read('--aigc-minus'), zero: read('--aigc-zero'), plus: read('--aigc-plus'), mark: style.getPropertyValue('--aigc-faint').trim() };
}
