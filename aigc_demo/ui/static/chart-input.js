// What hands do on the chart: hover, drag to zoom, wheel, pinch, keys. It knows pixels and keys, not curves.

import { make } from './dom.js';

const DRAG_PIXELS = 6;
const DOUBLE_MS = 260;

/**
 * @typedef {{left: () => number, width: () => number, hover: (x: number | null) => void, choose: (x: number) => void, zoom: (fromX: number, toX: number) => void,
 *            scale: (x: number, factor: number) => void, shift: (share: number) => void, reset: () => void,
 *            key: (name: string, far: boolean) => boolean}} Hands `x` in pixels from the canvas's left edge
 * @param {HTMLElement} surface @param {Hands} hands
 */
export function handle(surface, hands) {
  const selection = make('div.aigc-selection', { hidden: true });
  surface.append(selection);
  const touches = new Map();
  let dragFrom = null;
  let pinch = 0;
  let lastTap = 0;
  let clicked = 0;
  const at = (event) => event.clientX - surface.getBoundingClientRect().left;
  const inside = (x) => Math.min(Math.max(x, hands.left()), hands.left() + hands.width());

  /** A click counts once it is clear that no second one follows, which would mean something else. */
  const click = (x) => {
    clearTimeout(clicked);
    clicked = setTimeout(() => hands.choose(x), DOUBLE_MS);
  };

  surface.addEventListener('pointerdown', (event) => {
    if (event.pointerType === 'mouse' && event.button !== 0) return;
    if (event.pointerType === 'touch') {
      touches.set(event.pointerId, at(event));
      if (touches.size === 2) pinch = spread(touches);
      const now = performance.now();
      if (touches.size === 1 && now - lastTap < 300) hands.reset();
      lastTap = now;
      hands.hover(inside(at(event)));
      return;
    }
    dragFrom = inside(at(event));
    surface.setPointerCapture(event.pointerId);
  });

  surface.addEventListener('pointermove', (event) => {
    const x = inside(at(event));
    if (touches.has(event.pointerId)) {
      touches.set(event.pointerId, at(event));
      if (touches.size === 2) {
        const wide = spread(touches);
        const middle = [...touches.values()].reduce((sum, value) => sum + value, 0) / 2;
        if (pinch > 10 && wide > 10) hands.scale(middle, pinch / wide);
        pinch = wide;
        return;
      }
    }
    hands.hover(x);
    if (dragFrom === null) return;
    selection.hidden = Math.abs(x - dragFrom) < DRAG_PIXELS;
    selection.style.left = `${Math.min(x, dragFrom)}px`;
    selection.style.width = `${Math.abs(x - dragFrom)}px`;
  });

  const end = (event) => {
    touches.delete(event.pointerId);
    if (dragFrom !== null && event.type === 'pointerup') {
      const x = inside(at(event));
      if (Math.abs(x - dragFrom) >= DRAG_PIXELS) hands.zoom(Math.min(x, dragFrom), Math.max(x, dragFrom));
      else click(x);
    }
    dragFrom = null;
    selection.hidden = true;
  };
  surface.addEventListener('pointerup', end);
  surface.addEventListener('pointercancel', end);
  surface.addEventListener('pointerleave', (event) => event.pointerType === 'mouse' && hands.hover(null));
  surface.addEventListener('dblclick', () => {
    clearTimeout(clicked);
    hands.reset();
  });

  // A plain wheel belongs to the page until the chart has been chosen by a click or by Tab; a pinch arrives with ctrl.
  surface.addEventListener('wheel', (event) => {
    if (!event.ctrlKey && !event.metaKey && !event.shiftKey && !surface.contains(document.activeElement)) return;
    event.preventDefault();
    const sideways = Math.abs(event.deltaX) > Math.abs(event.deltaY) && !event.shiftKey;
    if (sideways) hands.shift(event.deltaX / hands.width());
    else hands.scale(inside(at(event)), Math.exp((event.deltaY || event.deltaX) * (event.ctrlKey ? 0.01 : 0.0015)));
  }, { passive: false });

  surface.addEventListener('keydown', (event) => {
    if (!event.ctrlKey && !event.metaKey && !event.altKey && hands.key(event.key, event.shiftKey)) event.preventDefault();
  });
}

function spread(touches) {
  const [a, b] = touches.values();
  return Math.abs(a - b);
}
