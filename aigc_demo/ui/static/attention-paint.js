// A row of attention as a map of heat and as bars.

const BAR_HEIGHT = 72; // page pixels
// From nothing to the most, in red, green, blue: dark, then violet, then orange, then nearly white, each lighter than the last.
const HEAT = [[0, 0, 4], [66, 10, 104], [147, 38, 103], [221, 81, 58], [252, 165, 10], [252, 255, 164]];

/** @param {number} share 0..1 @returns {number[]} */
export function heatColour(share) {
  const place = Math.max(0, Math.min(1, share)) * (HEAT.length - 1);
  const below = Math.min(HEAT.length - 2, Math.floor(place));
  return HEAT[below].map((value, i) => Math.round(value + (HEAT[below + 1][i] - value) * (place - below)));
}

/** @param {HTMLCanvasElement} canvas @param {Float32Array} row one share a place, row by row @param {number} width @param {number} most */
export function paintHeat(canvas, row, width, most) {
  const height = row.length / width;
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  const context = canvas.getContext('2d');
  const image = context.createImageData(width, height);
  row.forEach((share, i) => image.data.set([...heatColour(share / most), 255], 4 * i));
  context.putImageData(image, 0, 0);
}

/** Every share as a bar, and a dashed line where all would be alike. @param {CSSStyleDeclaration} style of the place around it */
export function paintRow(canvas, row, style) {
  const width = canvas.clientWidth;
  if (!width) return;
  const ratio = devicePixelRatio || 1;
  Object.assign(canvas, { width: Math.round(width * ratio), height: Math.round(BAR_HEIGHT * ratio) });
  const context = canvas.getContext('2d');
  context.scale(ratio, ratio);
  const most = row.reduce((a, b) => Math.max(a, b));
  const step = width / row.length;
  context.fillStyle = style.getPropertyValue('--aigc-ink');
  row.forEach((share, i) => {
    const tall = (share / most) * (BAR_HEIGHT - 2);
    context.fillRect(i * step, BAR_HEIGHT - tall, Math.max(0.5, step - 0.5), tall);
  });
  const even = BAR_HEIGHT - (BAR_HEIGHT - 2) / (most * row.length);
  context.strokeStyle = style.getPropertyValue('--aigc-muted');
  context.setLineDash([4, 4]);
  context.beginPath();
  context.moveTo(0, even);
  context.lineTo(width, even);
  context.stroke();
}
