// Dragging, zooming and picking on a canvas: mouse, wheel, one finger, two fingers, and the keyboard.

const STILL = 5; // pixels: what moved less was a click
const WHEEL = 0.0016; // of a doubling, for each pixel of the wheel
const KEY_ZOOM = 1.25;
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/**
 * @param {HTMLCanvasElement} canvas
 * @param {{drag: (dx: number, dy: number) => void, zoom: (factor: number, x: number, y: number) => void,
 *          pick: (x: number, y: number) => void, step: (right: number, down: number, large: boolean) => void,
 *          home: () => void, held?: (down: boolean) => void}} told in CSS pixels of the canvas
 */
export function listenToGestures(canvas, told) {
  const fingers = new Map();
  let travelled = 0;
  const place = (event) => {
    const box = canvas.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const spread = () => {
    const [a, b] = [...fingers.values()];
    return b ? { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, size: Math.hypot(a.x - b.x, a.y - b.y) } : { ...a, size: 0 };
  };
  canvas.addEventListener('pointerdown', (event) => {
    if (event.button > 0) return;
    canvas.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, place(event));
    travelled = fingers.size > 1 ? Infinity : 0;
    told.held?.(true);
  });
  canvas.addEventListener('pointermove', (event) => {
    if (!fingers.has(event.pointerId)) return;
    const before = spread();
    fingers.set(event.pointerId, place(event));
    const now = spread();
    travelled += Math.hypot(now.x - before.x, now.y - before.y);
    if (travelled < STILL) return;
    told.drag(now.x - before.x, now.y - before.y);
    if (before.size && now.size) told.zoom(now.size / before.size, now.x, now.y);
  });
  const lifted = (event) => {
    if (!fingers.delete(event.pointerId)) return;
    if (event.type === 'pointerup' && travelled < STILL) told.pick(...Object.values(place(event)));
    if (!fingers.size) told.held?.(false);
  };
  canvas.addEventListener('pointerup', lifted);
  canvas.addEventListener('pointercancel', lifted);
  canvas.addEventListener('wheel', (event) => {
    event.preventDefault();
    const { x, y } = place(event);
    const pixels = event.deltaY * (event.deltaMode === 1 ? 16 : 1) * (event.ctrlKey ? 6 : 1);
    told.zoom(2 ** (-pixels * WHEEL), x, y);
  }, { passive: false });
  canvas.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const middle = [canvas.clientWidth / 2, canvas.clientHeight / 2];
    if (ARROWS[event.key]) told.step(...ARROWS[event.key], event.shiftKey);
    else if (event.key === '+' || event.key === '=') told.zoom(KEY_ZOOM, ...middle);
    else if (event.key === '-' || event.key === '_') told.zoom(1 / KEY_ZOOM, ...middle);
    else if (event.key === 'Enter' || event.key === ' ') told.pick(...middle);
    else if (event.key === 'Home') told.home();
    else return;
    event.preventDefault();
  });
}
