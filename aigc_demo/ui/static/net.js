// A network as the page evaluates it: the graph of its file, one node after the other.

import { demand } from './net-error.js';
import { checkSum, isShape, readNetFile } from './net-file.js';
import { activationOf, OPERATIONS, sizeOf } from './net-ops.js';

const HANDED_ON = ['concat', 'scale', 'flatten', 'styles', 'pick_style', 'style_average']; // nothing new to be seen

export class Network {
  /** @type {Map<string, Float32Array>} room for what a node puts out, as long as the largest batch so far */
  #own = new Map();

  /**
   * Every node is checked and prepared here. Throws a NetError that says what is wrong.
   * @param {import('./net-file.js').NetFile} file
   */
  constructor({ graph, tensors, step }) {
    this.step = step;
    this.macs = Number(graph.macs) || 0;
    this.outputs = graph.outputs;
    /** @type {Map<string, number[]>} */
    this.shapes = new Map(Object.entries(graph.inputs).map(([name, shape]) => [name, [shape].flat()]));
    demand([...this.shapes.values()].every(isShape), 'net.damaged');
    this.inputs = Object.fromEntries(this.shapes);
    this.nodes = graph.nodes.map((node) => this.#prepare(node, tensors));
    demand(Object.values(this.outputs).every((name) => this.shapes.has(name)), 'net.damaged');
    /** @type {Map<string, Float32Array>} what every node has put out last */
    this.values = new Map();
  }

  /** @param {ArrayBuffer} buffer a network file */
  static async open(buffer) {
    const file = readNetFile(buffer);
    await checkSum(file);
    return new Network(file);
  }

  #prepare(node, tensors) {
    const operation = Object.hasOwn(OPERATIONS, node.op) ? OPERATIONS[node.op] : null;
    demand(operation, 'net.unknown', { name: String(node.op).slice(0, 40) });
    const follows = node.from.length > 0 && node.from.every((name) => this.shapes.has(name));
    demand(follows && !this.shapes.has(node.name), 'net.damaged');
    const weights = (name) => {
      if (name === null || name === undefined) return null;
      demand(tensors.has(name), 'net.lacks', { name: String(name).slice(0, 80) });
      return tensors.get(name);
    };
    demand(!['dense', 'conv', 'conv_transposed', 'projection'].includes(node.op) || node.kernel, 'net.damaged');
    const work = operation(node, weights, node.from.map((name) => this.shapes.get(name)));
    this.shapes.set(node.name, node.shape);
    const { name, op, activation = '', from, place } = node;
    return { name, op, activation, from, place, size: sizeOf(node.shape), work, activate: activationOf(node) };
  }

  /**
   * Evaluate a batch.
   * @param {Object<string, Float32Array>} inputs n samples of each input, one after the other; what is given of a node
   *   stands in for what it would put out
   * @param {number} n
   * @param {string} [last] the node to end with, whose n samples are then returned
   * @returns {((name: string) => Float32Array) | Float32Array} the n samples of an output by name, until the next batch
   */
  run(inputs, n, last = '') {
    const { values } = this;
    for (const name of Object.keys(this.inputs)) values.set(name, inputs[name]);
    for (const { name, from, size, work, activate } of this.nodes) {
      const read = from.map((each) => values.get(each));
      if (inputs[name]) values.set(name, inputs[name]);
      else if (work === 'same') values.set(name, read[0]);
      else {
        let output = this.#own.get(name);
        if (!output || output.length < n * size) this.#own.set(name, (output = new Float32Array(n * size)));
        values.set(name, output);
        work(read, output, n);
        activate?.(output, n * size);
      }
      if (name === last) return values.get(name).subarray(0, n * size);
    }
    return (output) => values.get(this.outputs[output])?.subarray(0, n * sizeOf(this.shapes.get(this.outputs[output])));
  }

  /**
   * Every stage of one sample, from the inputs to the last node; what only hands numbers on is left out. An attention
   * also says where its places look.
   * @param {Object<string, Float32Array>} inputs as `run` takes them
   * @returns {{name: string, shape: [number, number, number], data: Float32Array, image: boolean, op: string, activation: string,
   *   looks?: import('./net-attention.js').Looks}[]}
   */
  stages(inputs) {
    this.run(inputs, 1);
    const picture = this.outputs.image;
    const reshaped = new Set(this.nodes.filter(({ op }) => op === 'reshape').map(({ from }) => from[0]));
    const shown = this.nodes.filter(({ name, op }) => !HANDED_ON.includes(op) && !reshaped.has(name));
    const maker = (node) => (node.op === 'reshape' && this.nodes.find(({ name }) => name === node.from[0])) || node;
    return [{ name: 'z', op: 'z', activation: '' }, ...shown].map((node) => {
      const { name, work, from } = node;
      const { op, activation } = maker(node);
      const looks = work?.look?.(this.values.get(from[0]));
      const shape = this.shapes.get(name);
      const spatial = /** @type {[number, number, number]} */ (shape.length === 3 ? shape : [1, 1, sizeOf(shape)]);
      return { name, shape: spatial, data: this.values.get(name).slice(0, sizeOf(shape)), image: name === picture, op, activation, looks };
    });
  }
}
