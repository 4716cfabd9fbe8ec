// The best discriminator there is against the present fakes: D* = p / (p + q), p known exactly, q by a kernel estimate.

import { REACH } from './plane-paint.js';

/**
 * The density of points by Gaussian kernels on the field's grid, spread by hand's rule (Silverman, in two dimensions).
 * @param {Float32Array} points x, y, x, y … @param {number} n of the grid's rows @returns {Float32Array} n × n
 */
export function kernelDensity(points, n) {
  const density = new Float32Array(n * n);
  const count = points.length / 2;
  if (!count) return density;
  const width = Math.max(0.06, bandwidth(points));
  const step = (2 * REACH) / (n - 1);
  const reach = Math.ceil((3 * width) / step);
  const norm = 1 / (count * 2 * Math.PI * width * width);
  for (let i = 0; i < points.length; i += 2) {
    const [column, row] = [Math.round((points[i] + REACH) / step), Math.round((points[i + 1] + REACH) / step)];
    for (let r = Math.max(0, row - reach); r <= Math.min(n - 1, row + reach); r++) {
      for (let c = Math.max(0, column - reach); c <= Math.min(n - 1, column + reach); c++) {
        const dx = -REACH + c * step - points[i];
        const dy = -REACH + r * step - points[i + 1];
        density[r * n + c] += norm * Math.exp(-(dx * dx + dy * dy) / (2 * width * width));
      }
    }
  }
  return density;
}

function bandwidth(points) {
  const count = points.length / 2;
  let [sx, sy, sxx, syy] = [0, 0, 0, 0];
  for (let i = 0; i < points.length; i += 2) {
    sx += points[i];
    sy += points[i + 1];
    sxx += points[i] ** 2;
    syy += points[i + 1] ** 2;
  }
  const variance = (sum, squares) => Math.max(0, squares / count - (sum / count) ** 2);
  const deviation = Math.sqrt((variance(sx, sxx) + variance(sy, syy)) / 2);
  return 0.35 * deviation * count ** (-1 / 6); // clumps are narrower than the whole cloud: a third of the rule's width
}

/** D* on the grid, 0..1; ½ where neither has mass. @param {Float32Array} p @param {Float32Array} q */
export function optimum(p, q) {
  const least = 1e-4;
  return p.map((value, i) => (value + least) / (value + q[i] + 2 * least));
}
