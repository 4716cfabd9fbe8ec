// Dragging, zooming and picking on a canvas: mouse, wheel, one finger, two fingers, and the keyboard.

const STILL = 5; // pixels: what moved less was a click
const WHEEL = 0.0016; // of a doubling, for each pixel of the wheel
const LINE = 16; // pixels of a wheel that counts in lines
const PINCH = 6; // a touchpad's pinch comes as a wheel of few pixels
const KEY_ZOOM = 1.25;
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/**
 * @typedef {{drag: (dx: number, dy: number) => void, zoom: (factor: number, x: number, y: number) => void,
 *            pick: (x: number, y: number) => void, step: (right: number, down: number, large: boolean) => void,
 *            home: () => void, held: (down: boolean) => void}} Told in CSS pixels of the canvas
 */

/** @param {HTMLCanvasElement} canvas @param {Told} told */
export function listenToGestures(canvas, told) {
  new Fingers(canvas, told);
  canvas.addEventListener('wheel', (event) => turned(event, canvas, told), { passive: false });
  canvas.addEventListener('keydown', (event) => pressed(event, canvas, told));
}

/** The fingers, or the mouse, that are down on a canvas. */
class Fingers {
  constructor(canvas, told) {
    Object.assign(this, { canvas, told, travelled: 0 });
    this.down = new Map();
    canvas.addEventListener('pointerdown', (event) => this.put(event));
    canvas.addEventListener('pointermove', (event) => this.move(event));
    for (const name of ['pointerup', 'pointercancel']) canvas.addEventListener(name, (event) => this.lift(event));
  }

  put(event) {
    if (event.button > 0) return;
    this.canvas.setPointerCapture(event.pointerId);
    this.down.set(event.pointerId, placeOf(event, this.canvas));
    this.travelled = this.down.size > 1 ? Infinity : 0; // two fingers pick nothing
    this.told.held(true);
  }

  move(event) {
    if (!this.down.has(event.pointerId)) return;
    const before = this.spread();
    this.down.set(event.pointerId, placeOf(event, this.canvas));
    const now = this.spread();
    this.travelled += Math.hypot(now.x - before.x, now.y - before.y);
    if (this.travelled < STILL) return;
    this.told.drag(now.x - before.x, now.y - before.y);
    if (before.size && now.size) this.told.zoom(now.size / before.size, now.x, now.y);
  }

  lift(event) {
    if (!this.down.delete(event.pointerId)) return;
    const { x, y } = placeOf(event, this.canvas);
    if (event.type === 'pointerup' && this.travelled < STILL) this.told.pick(x, y);
    if (!this.down.size) this.told.held(false);
  }

  /** The middle of the fingers, and how far two of them are apart. */
  spread() {
    const [a, b] = [...this.down.values()];
    return b ? { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, size: Math.hypot(a.x - b.x, a.y - b.y) } : { ...a, size: 0 };
  }
}

function turned(event, canvas, told) {
  event.preventDefault();
  const { x, y } = placeOf(event, canvas);
  const pixels = event.deltaY * (event.deltaMode === 1 ? LINE : 1) * (event.ctrlKey ? PINCH : 1);
  told.zoom(2 ** (-pixels * WHEEL), x, y);
}

function pressed(event, canvas, told) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const middle = [canvas.clientWidth / 2, canvas.clientHeight / 2];
  if (ARROWS[event.key]) told.step(...ARROWS[event.key], event.shiftKey);
  else if (event.key === '+' || event.key === '=') told.zoom(KEY_ZOOM, ...middle);
  else if (event.key === '-' || event.key === '_') told.zoom(1 / KEY_ZOOM, ...middle);
  else if (event.key === 'Enter' || event.key === ' ') told.pick(...middle);
  else if (event.key === 'Home') told.home();
  else return;
  event.preventDefault();
}

function placeOf(event, canvas) {
  const box = canvas.getBoundingClientRect();
  return { x: event.clientX - box.left, y: event.clientY - box.top };
}
