// The formulas of the papers, on small arrays.

/** Average each 2 x 2. @param {Float32Array} image side x side @param {number} side even @returns {Float32Array} */
export function down(image, side) {
  const half = side / 2;
  const small = new Float32Array(half * half);
  for (let y = 0; y < half; y++) {
    for (let x = 0; x < half; x++) {
      const at = 2 * y * side + 2 * x;
      small[y * half + x] = (image[at] + image[at + 1] + image[at + side] + image[at + side + 1]) / 4;
    }
  }
  return small;
}

/** Repeat each pixel as 2 x 2. @param {Float32Array} image side x side @returns {Float32Array} */
export function up(image, side) {
  const large = new Float32Array(4 * side * side);
  for (let y = 0; y < 2 * side; y++) for (let x = 0; x < 2 * side; x++) large[y * 2 * side + x] = image[(y >> 1) * side + (x >> 1)];
  return large;
}

/** (1 - alpha) up(down(x)) + alpha x. @param {Float32Array} image @param {number} side @param {number} alpha */
export function faded(image, side, alpha) {
  const coarse = up(down(image, side), side / 2);
  return image.map((value, i) => (1 - alpha) * coarse[i] + alpha * value);
}

/** @param {ArrayLike<number>} values @returns {{mean: number, std: number}} of all, not of a sample */
export function moments(values) {
  let sum = 0;
  for (const value of values) sum += value;
  const mean = sum / values.length;
  let squares = 0;
  for (const value of values) squares += (value - mean) ** 2;
  return { mean, std: Math.sqrt(squares / values.length) };
}

/** y_s (x - mean) / deviation + y_b, the deviation kept from 0 by a millionth. @param {Float32Array} x @param {number} scale @param {number} shift */
export function adain(x, scale, shift) {
  const { mean, std } = moments(x);
  return Float64Array.from(x, (value) => (scale * (value - mean)) / Math.max(std, 1e-6) + shift);
}

/** @param {ArrayLike<number>} a @param {ArrayLike<number>} b */
export function largestDifference(a, b) {
  let most = 0;
  for (let i = 0; i < a.length; i++) most = Math.max(most, Math.abs(a[i] - b[i]));
  return most;
}

/** @param {ArrayLike<number>} a @param {ArrayLike<number>} [b] taken away from it */
export function norm(a, b) {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] - (b ? b[i] : 0)) ** 2;
  return Math.sqrt(sum);
}

/** Normal numbers from a seed. @param {number} seed @returns {() => number} */
export function normals(seed) {
  let state = (seed + 0x9e3779b9) >>> 0;
  const uniform = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
  return () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
}

/** The product of a [n, k] and b [k, m]. @returns {Float64Array} [n, m] */
export function multiply(a, b, n, k, m) {
  const result = new Float64Array(n * m);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < k; j++) {
      const factor = a[i * k + j];
      for (let l = 0; l < m; l++) result[i * m + l] += factor * b[j * m + l];
    }
  }
  return result;
}

/** softmax(factor f g^T), row by row. @param {ArrayLike<number>} f [n, k] @param {ArrayLike<number>} g [n, k] @returns {Float64Array} [n, n] */
export function attention(f, g, n, k, factor = 1) {
  const table = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    const row = table.subarray(i * n, (i + 1) * n);
    for (let j = 0; j < n; j++) {
      let product = 0;
      for (let c = 0; c < k; c++) product += f[i * k + c] * g[j * k + c];
      row[j] = factor * product;
    }
    const most = row.reduce((a, b) => Math.max(a, b), -Infinity);
    let sum = 0;
    for (let j = 0; j < n; j++) sum += row[j] = Math.exp(row[j] - most);
    for (let j = 0; j < n; j++) row[j] /= sum;
  }
  return table;
}

/** Every channel with mean 0 and deviation 1. @param {ArrayLike<number>} x [n, c] @returns {Float64Array} */
export function standardised(x, n, c) {
  const result = Float64Array.from(x);
  for (let channel = 0; channel < c; channel++) {
    const column = Float64Array.from({ length: n }, (_, i) => x[i * c + channel]);
    const { mean, std } = moments(column);
    for (let i = 0; i < n; i++) result[i * c + channel] = (column[i] - mean) / Math.max(std, 1e-6);
  }
  return result;
}

/** Parameters of SAGAN's layer: f and g to c/8 channels, h to c/2, back to c, and gamma; no biases. @param {number} c */
export const attentionParameters = (c) => 2 * c * (c / 8) + 2 * c * (c / 2) + 1;

/**
 * @typedef {{mean: [number, number], covariance: [[number, number], [number, number]]}} Gaussian
 *
 * ||m1-m2||^2 + tr(C1 + C2 - 2 (C1^½ C2 C1^½)^½). In two dimensions the trace of a root is (tr M + 2 det^½ M)^½, and M has the
 * trace and the determinant of C1 C2. @param {Gaussian} a @param {Gaussian} b @returns {{mean: number, spread: number, distance: number}}
 */
export function frechet(a, b) {
  const [[p, q], [r, s]] = a.covariance;
  const [[t, u], [v, w]] = b.covariance;
  const mean = (a.mean[0] - b.mean[0]) ** 2 + (a.mean[1] - b.mean[1]) ** 2;
  const trace = p * t + q * v + r * u + s * w;
  const determinant = Math.max(0, (p * s - q * r) * (t * w - u * v));
  const spread = Math.max(0, p + s + t + w - 2 * Math.sqrt(Math.max(0, trace + 2 * Math.sqrt(determinant))));
  return { mean, spread, distance: mean + spread };
}

/** Mean and unbiased covariance of n draws from N(0, I). @param {() => number} draw @param {number} n @returns {Gaussian} */
export function sampled(draw, n) {
  const xs = Float64Array.from({ length: n }, draw);
  const ys = Float64Array.from({ length: n }, draw);
  const [mx, my] = [moments(xs).mean, moments(ys).mean];
  const over = (a, ma, b, mb) => a.reduce((sum, value, i) => sum + (value - ma) * (b[i] - mb), 0) / (n - 1);
  const across = over(xs, mx, ys, my);
  return { mean: [mx, my], covariance: [[over(xs, mx, xs, mx), across], [across, over(ys, my, ys, my)]] };
}

/** What the distance of two sets of n draws from the same Gaussian in d dimensions comes to, to first order in 1/n. */
export const expectedBias = (d, n) => (d * (d + 5)) / (2 * n);
