// A tensor as a box: its face has the sides of the map, its depth the root of its channels; a vector is a bar.

const SVG = 'http://www.w3.org/2000/svg';
const PER_PIXEL = 2;
const PER_CHANNEL = 2.2; // times the square root of their number
const SLANT = 0.5; // how far a box recedes upwards for each pixel to the right
const THICK = 7; // of a vector's bar
const LONGEST = 128;

/** The page pixels of a box. @param {number[]} shape without the batch @returns {{kind: 'map' | 'vector', width: number, height: number, depth: number}} */
export function tensorBox(shape) {
  if (shape.length === 3) {
    const [rows, columns, channels] = shape;
    return { kind: 'map', width: Math.max(2, columns * PER_PIXEL), height: Math.max(2, rows * PER_PIXEL), depth: PER_CHANNEL * Math.sqrt(channels) };
  }
  const length = PER_PIXEL * Math.sqrt(shape.reduce((product, side) => product * side, 1));
  return { kind: 'vector', width: Math.min(LONGEST, Math.max(3, length)), height: THICK, depth: 2 };
}

/** @param {number[]} shape @returns {SVGElement} in the colour of its surroundings */
export function drawBox(shape) {
  const { width, height, depth } = tensorBox(shape);
  const [dx, dy] = [depth, depth * SLANT];
  const svg = node('svg', { width: Math.ceil(width + dx + 2), height: Math.ceil(height + dy + 2), 'aria-hidden': 'true', class: 'aigc-tensor' });
  const corner = [1, 1 + dy];
  const path = (...points) => `M${points.map(([x, y]) => `${(corner[0] + x).toFixed(1)} ${(corner[1] + y).toFixed(1)}`).join('L')}Z`;
  svg.append(
    node('path', { d: path([0, 0], [dx, -dy], [width + dx, -dy], [width, 0]), class: 'aigc-tensor-top' }),
    node('path', { d: path([width, 0], [width + dx, -dy], [width + dx, height - dy], [width, height]), class: 'aigc-tensor-side' }),
    node('path', { d: path([0, 0], [width, 0], [width, height], [0, height]), class: 'aigc-tensor-face' }));
  return svg;
}

function node(name, attributes) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  return element;
}
