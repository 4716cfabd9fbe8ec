// Histograms and channels as small plots.

const HEIGHT = 84;
const CHANNELS_HEIGHT = 120;

/** @typedef {{ink: string, muted: string, line: string}} Look */

/** Make a canvas sharp. @returns {CanvasRenderingContext2D & {wide: number}} */
function begin(canvas, height) {
  const wide = Math.max(60, canvas.parentElement.clientWidth);
  const ratio = devicePixelRatio || 1;
  Object.assign(canvas, { width: Math.round(wide * ratio), height: Math.round(height * ratio) });
  Object.assign(canvas.style, { width: '100%', height: `${height}px` });
  const context = canvas.getContext('2d');
  context.scale(ratio, ratio);
  return Object.assign(context, { wide });
}

/** Bars as high as the root of their counts, so that small ones are seen beside a large one. @param {{low: number, high: number, counts: number[]}} spread @param {Look} look */
export function paintHistogram(canvas, { low, high, counts }, look) {
  const context = begin(canvas, HEIGHT);
  const { wide } = context;
  const [base, most] = [HEIGHT - 16, Math.sqrt(Math.max(...counts, 1))];
  const x = (value) => ((value - low) / (high - low)) * wide;
  context.fillStyle = look.ink;
  counts.forEach((count, bin) => {
    const tall = (Math.sqrt(count) / most) * (base - 4);
    context.fillRect((bin * wide) / counts.length, base - tall, wide / counts.length - 1, tall);
  });
  context.fillStyle = look.line;
  context.fillRect(0, base, wide, 1);
  context.fillStyle = look.muted;
  context.font = '11px system-ui';
  const label = (value, align) => {
    context.textAlign = align;
    context.fillText(String(Number(value.toPrecision(2))).replace('-', '−'), Math.min(wide - 1, Math.max(1, x(value))), HEIGHT - 3);
  };
  label(low, 'left');
  label(high, 'right');
  if (low < 0 && high > 0) label(0, 'center');
}

/**
 * Each channel as its mean and a line of one standard deviation to either side.
 * @param {number[]} means @param {number[]} deviations @param {number} reach the largest value the plot must hold @param {Look} look
 */
export function paintChannels(canvas, means, deviations, reach, look) {
  const context = begin(canvas, CHANNELS_HEIGHT);
  const { wide } = context;
  const middle = CHANNELS_HEIGHT / 2;
  const y = (value) => middle - (value / reach) * (middle - 4);
  const step = wide / means.length;
  context.fillStyle = look.line;
  context.fillRect(0, middle, wide, 1);
  means.forEach((mean, channel) => {
    const x = (channel + 0.5) * step;
    context.fillStyle = look.muted;
    context.fillRect(x - 0.5, y(mean + deviations[channel]), 1, Math.max(1, y(mean - deviations[channel]) - y(mean + deviations[channel])));
    context.fillStyle = look.ink;
    context.fillRect(x - 1.5, y(mean) - 1.5, 3, 3);
  });
}
