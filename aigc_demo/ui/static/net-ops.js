// The operations of a network's graph: what a generator does to z until it is a picture.
//
// `OPERATIONS[op](node, weights, shapes)` checks the node once and returns what is done with every batch:
// `(inputs, output, n)` reads n samples from each of `inputs` and writes n to `output`. A sample is a row of numbers; an
// image's are [height, width, channels], the channels of a pixel side by side. Where nothing is computed (`same`), the
// output is the input itself.

import { CODES } from './net-codes.js';
import { ATTENTION } from './net-attention.js';
import { convolution, transposedConvolution } from './net-conv.js';
import { demand } from './net-error.js';
import { multiplyAdd, pack } from './net-multiply.js';
import { GROWING } from './net-growing.js';
import { PLACES } from './net-places.js';
import { STYLES } from './net-style.js';
import { suits, winograd } from './net-winograd.js';

/**
 * @typedef {import('./net-file.js').GraphNode} GraphNode
 * @typedef {(name: string | null | undefined) => import('./net-file.js').Tensor | null} Weights a tensor of the file by name
 * @typedef {(inputs: Float32Array[], output: Float32Array, n: number) => void} Step
 */

export const sizeOf = (shape) => shape.reduce((product, size) => product * size, 1);

/** @type {Object<string, (node: GraphNode, weights: Weights, shapes: number[][]) => Step | 'same'>} */
export const OPERATIONS = {
  /** y = x · W + b */
  dense(node, weights, [from]) {
    const kernel = weights(node.kernel);
    const [depth, columns] = kernel.shape;
    demand(kernel.shape.length === 2 && depth === sizeOf(from) && columns === sizeOf(node.shape), 'net.sizes');
    const bias = biasOf(weights(node.bias), columns);
    const matrix = pack(kernel.data, depth, columns);
    let rows = { from: new Int32Array(0), to: new Int32Array(0) };
    return ([x], y, n) => {
      if (rows.from.length !== n) rows = { from: every(depth, n), to: every(columns, n) };
      fill(y, bias, n * columns);
      multiplyAdd(x, 0, rows.from, matrix, depth, columns, y, 0, rows.to);
    };
  },

  conv(node, weights, [from]) {
    const kernel = kernelOf(weights(node.kernel), from, node.shape);
    const stride = strideOf(node);
    const same = node.padding === 'same';
    const layer = suits(kernel, stride, same)
      ? winograd(kernel, from, node.shape)
      : convolution(kernel, from, node.shape, stride, same);
    return withBias(layer, weights(node.bias), node.shape);
  },

  conv_transposed(node, weights, [from]) {
    const kernel = kernelOf(weights(node.kernel), from, node.shape);
    const layer = transposedConvolution(kernel, from, node.shape, strideOf(node), node.padding === 'same');
    return withBias(layer, weights(node.bias), node.shape);
  },

  /** A batch normalisation in use: every channel has a factor and an offset of its own. */
  norm(node, weights, [from]) {
    const channels = from.at(-1);
    const [scale, shift] = [node.scale, node.shift].map((name) => biasOf(weights(name), channels));
    const size = sizeOf(sameShape(node, from));
    return ([x], y, n) => {
      for (let i = 0; i < n * size; i++) y[i] = x[i] * scale[i % channels] + shift[i % channels];
    };
  },

  scale(node, _, [from]) {
    const [factor, offset = 0] = [node.factor, node.offset];
    demand(Number.isFinite(factor) && Number.isFinite(offset), 'net.damaged');
    const size = sizeOf(sameShape(node, from));
    return ([x], y, n) => {
      for (let i = 0; i < n * size; i++) y[i] = x[i] * factor + offset;
    };
  },

  /** Along the last axis. */
  concat(node, _, shapes) {
    const widths = shapes.map((shape) => shape.at(-1));
    const rows = sizeOf(node.shape) / node.shape.at(-1);
    demand(widths.reduce((sum, width) => sum + width, 0) === node.shape.at(-1), 'net.sizes');
    demand(shapes.every((shape) => sizeOf(shape) === rows * shape.at(-1)), 'net.sizes');
    return (inputs, y, n) => {
      let place = 0;
      for (let row = 0; row < n * rows; row++) {
        inputs.forEach((x, i) => {
          for (let k = 0; k < widths[i]; k++) y[place++] = x[row * widths[i] + k];
        });
      }
    };
  },

  flatten: asItIs,
  reshape: asItIs,

  ...CODES,
  ...ATTENTION,
  ...GROWING,
  ...PLACES,
  ...STYLES,

  add(node, _, shapes) {
    const size = sizeOf(node.shape);
    demand(shapes.length === 2 && shapes.every((shape) => sizeOf(shape) === size), 'net.sizes');
    return ([a, b], y, n) => {
      for (let i = 0; i < n * size; i++) y[i] = a[i] + b[i];
    };
  },

  /** A projection discriminator's conditional part: the features times a learnt vector of the class. */
  projection(node, weights, [features, label]) {
    const { shape: [classes, depth], data } = weights(node.kernel);
    demand(depth === sizeOf(features) && classes === sizeOf(label ?? []) && Number.isFinite(node.scale), 'net.sizes');
    return ([x, wish], y, n) => {
      for (let sample = 0; sample < n; sample++) {
        let sum = 0;
        for (let c = 0; c < classes; c++) {
          const share = wish[sample * classes + c];
          if (share) for (let k = 0; k < depth; k++) sum += share * x[sample * depth + k] * data[c * depth + k];
        }
        y[sample] = sum * node.scale;
      }
    };
  },

  /** An activation by itself: what follows every node does the work. */
  activation(node, _, [from]) {
    const size = sizeOf(sameShape(node, from));
    return ([x], y, n) => y.set(n * size === x.length ? x : x.subarray(0, n * size));
  },
};

/** What a node's `activation` makes of its first `count` numbers. @returns {((y: Float32Array, count: number) => void) | null} */
export function activationOf({ activation, slope = 0 }) {
  if (!activation || activation === 'linear') return null;
  demand(['relu', 'leaky', 'tanh'].includes(activation), 'net.unknown', { name: String(activation).slice(0, 40) });
  demand(Number.isFinite(slope), 'net.damaged');
  if (activation === 'tanh') {
    return (y, count) => {
      for (let i = 0; i < count; i++) y[i] = Math.tanh(y[i]);
    };
  }
  const below = activation === 'leaky' ? slope : 0;
  return (y, count) => {
    for (let i = 0; i < count; i++) if (y[i] < 0) y[i] *= below;
  };
}

function withBias(layer, tensor, shape) {
  const bias = biasOf(tensor, shape[2]);
  const size = sizeOf(shape);
  return ([x], y, n) => {
    fill(y, bias, n * size);
    layer(x, y, n);
  };
}

/** The bias again and again, for as many pixels or samples as there are. */
function fill(y, bias, count) {
  y.set(bias);
  for (let done = bias.length; done < count; done *= 2) y.copyWithin(done, 0, Math.min(done, count - done));
}

function asItIs(node, _, [from]) {
  demand(sizeOf(from) === sizeOf(node.shape), 'net.sizes');
  return 'same';
}

function biasOf(tensor, length) {
  demand(!tensor || sizeOf(tensor.shape) === length, 'net.sizes');
  return tensor?.data ?? new Float32Array(length);
}

function kernelOf(kernel, from, to) {
  demand(kernel.shape.length === 4 && from.length === 3 && to.length === 3, 'net.sizes');
  return kernel;
}

function strideOf({ strides = 1, padding }) {
  const [first, second] = Array.isArray(strides) ? strides : [strides, strides];
  demand(Number.isInteger(first) && first > 0 && first === second && ['same', 'valid'].includes(padding), 'net.damaged');
  return first;
}

function sameShape(node, shape) {
  demand(sizeOf(node.shape) === sizeOf(shape), 'net.sizes');
  return shape;
}

const every = (step, count) => Int32Array.from({ length: count }, (_, i) => i * step);
