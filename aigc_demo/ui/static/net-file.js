// Reading a network file: safetensors with half-precision kernels, whose metadata holds the network's graph.
//
// Nothing in it is trusted: a foreign, truncated or damaged file ends in a NetError that says what is wrong.

import { demand, NetError } from './net-error.js';

export const FORMAT = 'aigc-net-1';
const MOST_BYTES = 64_000_000;
const MOST_NODES = 200;
const PLAIN = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);

/**
 * @typedef {{name: string, op: string, from: string[], shape: number[], activation?: string, slope?: number,
 *            kernel?: string, bias?: string | null}} GraphNode and what else its operation needs
 * @typedef {{inputs: Object<string, number | number[]>, nodes: GraphNode[], outputs: Object<string, string>, macs: number}} Graph
 * @typedef {{shape: number[], data: Float32Array}} Tensor
 * @typedef {{graph: Graph, tensors: Map<string, Tensor>, sha256: string, step: number, body: Uint8Array}} NetFile
 */

/** @param {ArrayBuffer} buffer @returns {NetFile} */
export function readNetFile(buffer) {
  demand(buffer.byteLength > 8 && buffer.byteLength <= MOST_BYTES, 'net.foreign');
  const view = new DataView(buffer);
  const length = view.getUint32(0, true);
  demand(view.getUint32(4, true) === 0 && view.getUint8(8) === 0x7b, 'net.foreign'); // a header begins with {
  demand(8 + length <= buffer.byteLength, 'net.truncated');
  const header = parsed(new TextDecoder().decode(new Uint8Array(buffer, 8, length)));
  const { __metadata__: facts, ...entries } = header;
  demand(PLAIN(facts) && facts.format === FORMAT && typeof facts.graph === 'string', 'net.foreign');
  const body = new Uint8Array(buffer, 8 + length);
  const tensors = new Map(Object.entries(entries).map(([name, entry]) => [name, readTensor(name, entry, body)]));
  const step = Number(facts.step);
  return { graph: readGraph(facts.graph), tensors, sha256: String(facts.sha256 ?? ''), step: step >= 0 ? step : 0, body };
}

/** Whether the numbers are the ones that were written; where the browser keeps hashing from us (plain http), it is believed. */
export async function checkSum(file) {
  if (!file.sha256 || !globalThis.crypto?.subtle) return;
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', file.body));
  const hex = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
  demand(hex === file.sha256, 'net.damaged');
}

function parsed(text) {
  try {
    const value = JSON.parse(text);
    if (PLAIN(value)) return value;
  } catch {
    // the same refusal as for JSON that is no object
  }
  throw new NetError('net.damaged');
}

/** @returns {Graph} */
function readGraph(text) {
  const graph = parsed(text);
  const sound = PLAIN(graph.inputs) && PLAIN(graph.outputs) && Array.isArray(graph.nodes)
    && graph.nodes.length > 0 && graph.nodes.length <= MOST_NODES
    && graph.nodes.every((node) => PLAIN(node) && typeof node.name === 'string' && Array.isArray(node.from) && isShape(node.shape));
  demand(sound, 'net.damaged');
  return graph;
}

export const isShape = (shape) => Array.isArray(shape) && shape.every((size) => Number.isInteger(size) && size > 0 && size < 1e6);

/** @returns {Tensor} */
function readTensor(name, entry, body) {
  demand(PLAIN(entry) && isShape(entry.shape) && Array.isArray(entry.data_offsets), 'net.damaged');
  const [start, end] = entry.data_offsets;
  const count = entry.shape.reduce((product, size) => product * size, 1);
  const width = { F16: 2, F32: 4 }[entry.dtype];
  demand(width && end - start === count * width && start >= 0, 'net.damaged');
  demand(end <= body.length, 'net.truncated');
  const bytes = body.slice(start, end); // a copy begins at a multiple of eight, as the view of whole numbers needs it
  const data = width === 2 ? fromHalf(new Uint16Array(bytes.buffer)) : new Float32Array(bytes.buffer);
  demand(areFinite(data), 'net.infinite', { name: name.slice(0, 80) });
  return { shape: entry.shape, data };
}

/** A number times 0 is 0, unless it is infinite or none. */
function areFinite(data) {
  let sum = 0;
  for (let i = 0; i < data.length; i++) sum += data[i] * 0;
  return sum === 0;
}

/** Numbers of half precision (1 sign, 5 exponent and 10 fraction bits) as single precision. @param {Uint16Array} halves */
function fromHalf(halves) {
  const data = new Float32Array(halves.length);
  for (let i = 0; i < halves.length; i++) {
    const half = halves[i];
    const exponent = (half >> 10) & 31;
    const fraction = half & 1023;
    const size = exponent === 0 ? fraction * 2 ** -24 : exponent === 31 ? NaN : (1024 + fraction) * POWERS[exponent];
    data[i] = half & 0x8000 ? -size : size;
  }
  return data;
}

const POWERS = Float64Array.from({ length: 32 }, (_, exponent) => 2 ** (exponent - 25));
