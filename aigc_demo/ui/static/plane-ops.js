// The operations of the plane's graphs, but for products of matrices: what TensorFlow means by each name.
// The ones that work on whole layers have loops of their own; the others share one loop.

const sigmoid = (x) => 1 / (1 + Math.exp(-x));

const ONE = {
  Neg: (x) => -x,
  Square: (x) => x * x,
  Sqrt: Math.sqrt,
  Sigmoid: sigmoid,
  Softplus: (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
  Relu: (x) => (x > 0 ? x : 0),
  Tanh: Math.tanh,
  Exp: Math.exp,
  Log: Math.log,
  Abs: Math.abs,
};

const TWO = {
  Add: (x, y) => x + y,
  Sub: (x, y) => x - y,
  Mul: (x, y) => x * y,
  Div: (x, y) => x / y,
  Maximum: Math.max,
  Minimum: Math.min,
  LessEqual: (x, y) => (x <= y ? 1 : 0),
  Greater: (x, y) => (x > y ? 1 : 0),
  SigmoidGrad: (y, slope) => slope * y * (1 - y),
  TanhGrad: (y, slope) => slope * (1 - y * y),
  SqrtGrad: (y, slope) => (0.5 * slope) / y,
  ReluGrad: (slope, x) => (x > 0 ? slope : 0),
};

const count = (shape) => shape.reduce((product, size) => product * size, 1);
const isWhole = (source, shape) => count(source.shape) === count(shape);

/** For each place of `shape`, the place of a value of shape `from` that is stretched over it. @returns {Int32Array} */
export function places(from, shape) {
  const aligned = [...Array(shape.length - from.length).fill(1), ...from];
  const strides = [];
  let stride = 1;
  for (let axis = aligned.length - 1; axis >= 0; axis--) {
    strides[axis] = aligned[axis] === 1 ? 0 : stride;
    stride *= aligned[axis];
  }
  return Int32Array.from({ length: count(shape) }, (_, place) => {
    let [rest, found] = [place, 0];
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      found += (rest % shape[axis]) * strides[axis];
      rest = Math.floor(rest / shape[axis]);
    }
    return found;
  });
}

/**
 * What computes `node` from arrays into `out`.
 * @param {object} node of the graph @param {Float32Array[]} given its operands @param {Float32Array} out
 * @returns {() => void}
 */
export function operation(node, given, out) {
  const { op, from, shape } = node;
  const [a, b, c] = given;
  if (op === 'LeakyRelu') return () => leaky(a, out, node.alpha);
  if (op === 'LeakyReluGrad' && from.every((source) => isWhole(source, shape))) return () => leakySlope(a, b, out, node.alpha);
  if (op === 'Relu') return () => leaky(a, out, 0);
  if (op === 'ReluGrad' && from.every((source) => isWhole(source, shape))) return () => leakySlope(a, b, out, 0);
  if (op === 'Add' && isRow(from[1], from[0], shape)) return () => addRow(a, b, out);
  if (op === 'Sum' || op === 'Mean') return () => reduce(a, out, node, op === 'Mean' ? 1 / node.size : 1);
  if (op === 'Broadcast') return stretched(a, from[0], shape, out);
  if (op === 'Select') return chosen([a, b, c], from, shape, out);
  if (ONE[op]) return () => one(ONE[op], a, out);
  const two = op === 'LeakyReluGrad' ? (slope, x) => (x > 0 ? slope : node.alpha * slope) : TWO[op];
  if (!two) throw new Error(`the page cannot evaluate ${op}`);
  return pairs(two, a, b, from, shape, out);
}

const isRow = (row, whole, shape) => row.shape.length === 1 && shape.length > 1 && row.shape[0] === shape.at(-1) && isWhole(whole, shape);

function leaky(x, out, alpha) {
  for (let i = 0; i < out.length; i++) out[i] = x[i] > 0 ? x[i] : alpha * x[i];
}

function leakySlope(slope, x, out, alpha) {
  for (let i = 0; i < out.length; i++) out[i] = x[i] > 0 ? slope[i] : alpha * slope[i];
}

function addRow(x, row, out) {
  const columns = row.length;
  for (let i = 0; i < out.length; i += columns) for (let j = 0; j < columns; j++) out[i + j] = x[i + j] + row[j];
}

function reduce(x, out, { outer, size, inner }, factor) {
  if (inner === 1) {
    for (let o = 0; o < outer; o++) {
      let sum = 0;
      for (let k = o * size; k < (o + 1) * size; k++) sum += x[k];
      out[o] = sum * factor;
    }
    return;
  }
  out.fill(0);
  for (let o = 0; o < outer; o++) {
    for (let k = 0; k < size; k++) {
      const from = (o * size + k) * inner;
      for (let i = 0; i < inner; i++) out[o * inner + i] += x[from + i];
    }
  }
  if (factor !== 1) for (let i = 0; i < out.length; i++) out[i] *= factor;
}

function one(compute, x, out) {
  for (let i = 0; i < out.length; i++) out[i] = compute(x[i]);
}

function stretched(x, source, shape, out) {
  const at = places(source.shape, shape);
  return () => {
    for (let i = 0; i < out.length; i++) out[i] = x[at[i]];
  };
}

function chosen([test, yes, no], from, shape, out) {
  const [t, y, n] = from.map((source) => places(source.shape, shape));
  return () => {
    for (let i = 0; i < out.length; i++) out[i] = test[t[i]] !== 0 ? yes[y[i]] : no[n[i]];
  };
}

function pairs(compute, a, b, from, shape, out) {
  const [whole, other] = from.map((source) => isWhole(source, shape));
  if (whole && other) return () => { for (let i = 0; i < out.length; i++) out[i] = compute(a[i], b[i]); };
  if (whole && b.length === 1) return () => { for (let i = 0; i < out.length; i++) out[i] = compute(a[i], b[0]); };
  if (other && a.length === 1) return () => { for (let i = 0; i < out.length; i++) out[i] = compute(a[0], b[i]); };
  const [p, q] = from.map((source) => places(source.shape, shape));
  return () => { for (let i = 0; i < out.length; i++) out[i] = compute(a[p[i]], b[q[i]]); };
}
