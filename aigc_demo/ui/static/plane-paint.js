// The plane of the laboratory: pure functions that paint one layer each onto a canvas whose units are data units.

/** What is seen of the plane: x and y in -3..3. */
export const REACH = 3;

/** @typedef {{width: number, x: (value: number) => number, y: (value: number) => number, scale: number}} View in CSS pixels */

/** @param {number} width of the square canvas @returns {View} */
export const viewOf = (width) => ({
  width,
  scale: width / (2 * REACH),
  x: (value) => ((value + REACH) / (2 * REACH)) * width,
  y: (value) => width - ((value + REACH) / (2 * REACH)) * width,
});

/** Where a point of the canvas lies in data units. @param {View} view */
export const dataAt = (view, left, top) => [(left / view.width) * 2 * REACH - REACH, REACH - (top / view.width) * 2 * REACH];

const small = typeof document === 'undefined' ? null : document.createElement('canvas');

/**
 * A field as colours. `shade(value)` says where it lies on `table`, 0..1.
 * @param {CanvasRenderingContext2D} context @param {View} view @param {{n: number, values: Float32Array}} field row by row from below
 * @param {(value: number) => number} shade @param {Uint8ClampedArray} table 256 × 3
 */
export function paintField(context, view, { n, values }, shade, table) {
  if (small.width !== n || small.height !== n) Object.assign(small, { width: n, height: n });
  const painter = small.getContext('2d');
  const image = painter.createImageData(n, n);
  for (let row = 0; row < n; row++) {
    for (let column = 0; column < n; column++) {
      const place = Math.max(0, Math.min(255, Math.round(255 * shade(values[row * n + column]))));
      const at = 4 * ((n - 1 - row) * n + column);
      for (let part = 0; part < 3; part++) image.data[at + part] = table[3 * place + part];
      image.data[at + 3] = 255;
    }
  }
  painter.putImageData(image, 0, 0);
  context.imageSmoothingEnabled = true;
  context.drawImage(small, 0, 0, view.width, view.width);
}

/** The line along which a field takes `level`. */
export function paintContour(context, view, { n, values }, level, colour) {
  const step = (2 * REACH) / (n - 1);
  const at = (column, row) => [view.x(-REACH + column * step), view.y(-REACH + row * step)];
  context.beginPath();
  for (let row = 0; row + 1 < n; row++) {
    for (let column = 0; column + 1 < n; column++) crossCell(context, values, n, column, row, level, at);
  }
  Object.assign(context, { strokeStyle: colour, lineWidth: 1.2 });
  context.setLineDash([]);
  context.stroke();
}

const EDGES = [[[0, 0], [1, 0]], [[1, 0], [1, 1]], [[1, 1], [0, 1]], [[0, 1], [0, 0]]];

function crossCell(context, values, n, column, row, level, at) {
  const found = [];
  for (const [from, to] of EDGES) {
    const a = values[(row + from[1]) * n + column + from[0]] - level;
    const b = values[(row + to[1]) * n + column + to[0]] - level;
    if (a < 0 === b < 0) continue;
    const share = a / (a - b);
    found.push(at(column + from[0] + share * (to[0] - from[0]), row + from[1] + share * (to[1] - from[1])));
  }
  for (let i = 0; i + 1 < found.length; i += 2) {
    context.moveTo(...found[i]);
    context.lineTo(...found[i + 1]);
  }
}

/** Points as small discs. @param {Float32Array} points x, y, x, y … */
export function paintPoints(context, view, points, colour, radius, alpha = 0.75) {
  context.globalAlpha = alpha;
  context.fillStyle = colour;
  context.beginPath();
  for (let i = 0; i < points.length; i += 2) {
    const [x, y] = [view.x(points[i]), view.y(points[i + 1])];
    context.moveTo(x + radius, y);
    context.arc(x, y, radius, 0, 2 * Math.PI);
  }
  context.fill();
  context.globalAlpha = 1;
}

/**
 * Where G takes a grid of latent points: each cell as dense as its area is small; a cell that G turned over is hatched by
 * the other colour. Of a one-dimensional latent space only the curve.
 * @param {{n: number, columns: number, points: Float32Array, det: Float32Array}} manifold
 */
export function paintManifold(context, view, manifold, colours) {
  const { n, points, det } = manifold;
  const rows = points.length / 2 / n;
  const corner = (row, column) => 2 * (row * n + column);
  if (rows < 2) return paintCurveOf(context, view, points, colours.g);
  const cellArea = ((2 * REACH) / n) ** 2;
  for (let row = 0; row + 1 < rows; row++) {
    for (let column = 0; column + 1 < n; column++) {
      const corners = [corner(row, column), corner(row, column + 1), corner(row + 1, column + 1), corner(row + 1, column)];
      const area = Math.abs(shoelace(points, corners));
      context.beginPath();
      corners.forEach((at, i) => context[i ? 'lineTo' : 'moveTo'](view.x(points[at]), view.y(points[at + 1])));
      context.closePath();
      context.globalAlpha = Math.min(0.6, 0.05 + (0.1 * cellArea) / Math.max(area, 1e-4));
      context.fillStyle = det[row * n + column] < 0 ? colours.fold : colours.g;
      context.fill();
      context.globalAlpha = 0.35;
      Object.assign(context, { strokeStyle: colours.g, lineWidth: 0.6 });
      context.stroke();
    }
  }
  context.globalAlpha = 1;
  return undefined;
}

function paintCurveOf(context, view, points, colour) {
  context.beginPath();
  for (let i = 0; i < points.length; i += 2) context[i ? 'lineTo' : 'moveTo'](view.x(points[i]), view.y(points[i + 1]));
  Object.assign(context, { strokeStyle: colour, lineWidth: 1.6 });
  context.stroke();
}

function shoelace(points, corners) {
  let sum = 0;
  corners.forEach((at, i) => {
    const next = corners[(i + 1) % corners.length];
    sum += points[at] * points[next + 1] - points[next] * points[at + 1];
  });
  return sum / 2;
}

const DECADES = 4; // an arrow's length says the decade: 1 is the longest, 1e-4 and less is a dot
export const LONGEST = 0.55; // in data units

/** How long an arrow is drawn, for a gradient of this size. @param {number} size */
export const arrowLength = (size) => (size <= 0 ? 0 : LONGEST * Math.max(0, Math.min(1.15, 1 + Math.log10(size) / DECADES)));

/** An arrow from each fake in the direction in which G's loss falls. @param {Float32Array} from @param {Float32Array} arrows */
export function paintArrows(context, view, from, arrows, colour, most = 90) {
  const stride = Math.max(1, Math.ceil(from.length / 2 / most)) * 2;
  Object.assign(context, { strokeStyle: colour, lineWidth: 1.1 });
  context.beginPath();
  for (let i = 0; i < from.length; i += stride) {
    const size = Math.hypot(arrows[i], arrows[i + 1]);
    const length = arrowLength(size);
    if (!length) continue;
    const [dx, dy] = [arrows[i] / size, arrows[i + 1] / size];
    strokeArrow(context, view.x(from[i]), view.y(from[i + 1]), dx * length * view.scale, -dy * length * view.scale);
  }
  context.stroke();
}

/** Add an arrow to the path. */
export function strokeArrow(context, x, y, dx, dy) {
  const length = Math.hypot(dx, dy);
  const head = Math.min(5, 0.45 * length);
  const angle = Math.atan2(dy, dx);
  context.moveTo(x, y);
  context.lineTo(x + dx, y + dy);
  for (const turn of [-2.6, 2.6]) {
    context.moveTo(x + dx, y + dy);
    context.lineTo(x + dx + head * Math.cos(angle + turn), y + dy + head * Math.sin(angle + turn));
  }
}

/** Where one sample has been, the older the fainter. @param {Float32Array} trail */
export function paintTrail(context, view, trail, colour) {
  const n = trail.length / 2;
  Object.assign(context, { strokeStyle: colour, lineWidth: 2 });
  for (let i = 1; i < n; i++) {
    context.globalAlpha = 0.1 + (0.9 * i) / n;
    context.beginPath();
    context.moveTo(view.x(trail[2 * i - 2]), view.y(trail[2 * i - 1]));
    context.lineTo(view.x(trail[2 * i]), view.y(trail[2 * i + 1]));
    context.stroke();
  }
  context.globalAlpha = 1;
  if (!n) return;
  context.beginPath();
  context.arc(view.x(trail[2 * n - 2]), view.y(trail[2 * n - 1]), 5, 0, 2 * Math.PI);
  context.stroke();
}
