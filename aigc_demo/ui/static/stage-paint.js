// Feature maps as pixels: every channel of a stage side by side on one canvas, in the stage's own scale of colours.

const GAP = 1; // between maps, in canvas pixels
const LEVELS = 128; // on either side of zero
const FAINT = 0.75; // an exponent below 1 lets small values be seen beside the largest
const LARGEST = 112; // page pixels that one map may be wide

/**
 * @typedef {{name: string, shape: [number, number, number], data: Float32Array, image: boolean, op?: string, activation?: string}} Stage
 * @typedef {{columns: number, scale: number, height: number, width: number}} Layout  sides in canvas pixels, `scale` page pixels each
 * @typedef {{minus: number[], zero: number[], plus: number[], mark: string}} Colours  red, green, blue
 */

/** A stage without places is a row of numbers. @param {Stage} stage */
export const isFlat = ({ shape: [height, width] }) => height * width === 1;

/**
 * The largest maps that fit.
 * @param {[number, number, number]} shape @param {number} width page pixels @param {number} height page pixels that should do
 * @returns {Layout}
 */
export function layOut([rows, columns, channels], width, height) {
  if (rows * columns === 1) return { columns: channels, scale: width / channels, width: channels, height: 1 };
  let scale = Math.max(1, Math.floor(LARGEST / columns));
  const across = () => Math.max(1, Math.min(channels, Math.floor(width / ((columns + GAP) * scale))));
  while (scale > 1 && Math.ceil(channels / across()) * (rows + GAP) * scale > height) scale--;
  const lines = Math.ceil(channels / across());
  return { columns: across(), scale, width: across() * (columns + GAP) - GAP, height: lines * (rows + GAP) - GAP };
}

/** Which channel lies at a place of the canvas, in canvas pixels; −1 for none. @param {Stage} stage @param {Layout} layout */
export function channelAt({ shape: [rows, columns, channels] }, layout, x, y) {
  if (x < 0 || y < 0) return -1;
  if (rows * columns === 1) return x < channels ? Math.floor(x) : -1;
  const column = Math.floor(x / (columns + GAP));
  const channel = Math.floor(y / (rows + GAP)) * layout.columns + column;
  return column < layout.columns && channel < channels ? channel : -1;
}

/** @param {Float32Array} data @returns {{low: number, high: number, zeros: number}} `zeros`: the share of exact zeros */
export function measure(data, start = 0, step = 1, count = data.length) {
  let [low, high, zeros] = [Infinity, -Infinity, 0];
  for (let i = 0, place = start; i < count; i++, place += step) {
    const value = data[place];
    if (value < low) low = value;
    if (value > high) high = value;
    if (value === 0) zeros += 1;
  }
  return { low, high, zeros: zeros / count };
}

/** One channel of a stage. @param {Stage} stage @param {number} channel */
export const measureChannel = ({ shape: [rows, columns, channels], data }, channel) =>
  measure(data, channel, channels, rows * columns);

/**
 * The colours from −1 to 1, packed as canvas pixels: two hues for what is signed, grey from black at 0 for what is not, and
 * grey from black at −1 for ink.
 * @param {'signed' | 'plain' | 'ink'} kind @param {Colours} colours
 */
export function palette(kind, { minus, zero, plus }) {
  const packed = new Uint32Array(2 * LEVELS + 1);
  const blend = (from, to, share) => from.map((value, i) => Math.round(value + (to[i] - value) * share));
  for (let i = -LEVELS; i <= LEVELS; i++) {
    const share = i / LEVELS;
    const grey = kind === 'ink' ? (share + 1) / 2 : Math.max(0, share) ** FAINT;
    const [red, green, blue] = kind === 'signed'
      ? blend(zero, i < 0 ? minus : plus, Math.abs(share) ** FAINT) : blend([0, 0, 0], [255, 255, 255], grey);
    packed[i + LEVELS] = (255 << 24) | (blue << 16) | (green << 8) | red;
  }
  return packed;
}

/**
 * Paint channels `first` … of a stage. The canvas is made as large as the layout.
 * @param {HTMLCanvasElement} canvas @param {Stage} stage @param {Layout} layout @param {Uint32Array} colours @param {number} peak
 */
export function paintStage(canvas, stage, layout, colours, peak, first = 0, count = stage.shape[2]) {
  const { width, height } = layout;
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  const context = canvas.getContext('2d');
  const image = context.createImageData(width, height);
  const pixels = new Uint32Array(image.data.buffer);
  const [rows, columns, channels] = stage.shape;
  const factor = peak > 0 ? LEVELS / peak : 0;
  for (let n = 0; n < count; n++) {
    const corner = Math.floor(n / layout.columns) * (rows + GAP) * width + (n % layout.columns) * (columns + (rows * columns > 1 ? GAP : 0));
    for (let y = 0; y < rows; y++) {
      for (let x = 0; x < columns; x++) {
        const value = stage.data[(y * columns + x) * channels + first + n];
        pixels[corner + y * width + x] = colours[LEVELS + Math.max(-LEVELS, Math.min(LEVELS, Math.round(value * factor)))];
      }
    }
  }
  context.putImageData(image, 0, 0);
}

/** Draw a line around one map, in the gaps between it and its neighbours. @param {HTMLCanvasElement} canvas @param {string} colour */
export function frameChannel(canvas, { shape: [rows, columns] }, layout, channel, colour) {
  const context = canvas.getContext('2d');
  const x = (channel % layout.columns) * (columns + GAP);
  const y = Math.floor(channel / layout.columns) * (rows + GAP);
  context.fillStyle = colour;
  for (const dx of [-GAP, columns]) context.fillRect(x + dx, y - GAP, GAP, rows + 2 * GAP);
  for (const dy of [-GAP, rows]) context.fillRect(x - GAP, y + dy, columns + 2 * GAP, GAP);
}
