// A network as the page evaluates it: the graph of its file, one node after the other.

import { demand } from './net-error.js';
import { checkSum, isShape, readNetFile } from './net-file.js';
import { activationOf, OPERATIONS, sizeOf } from './net-ops.js';

export class Network {
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
    /** @type {Map<string, Float32Array>} what every node has put out last, as long as the largest batch so far */
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
    return { name: node.name, op: node.op, activation: node.activation ?? '', from: node.from, size: sizeOf(node.shape), work, activate: activationOf(node) };
  }

  /**
   * Evaluate a batch.
   * @param {Object<string, Float32Array>} inputs n samples of each input, one after the other
   * @param {number} n
   * @returns {(name: string) => Float32Array} the n samples of an output by name, until the next batch
   */
  run(inputs, n) {
    const { values } = this;
    for (const name of Object.keys(this.inputs)) values.set(name, inputs[name]);
    for (const { name, from, size, work, activate } of this.nodes) {
      const given = from.map((each) => values.get(each));
      if (work === 'same') {
        values.set(name, given[0]);
        continue;
      }
      let output = values.get(name);
      if (!output || output.length < n * size) values.set(name, (output = new Float32Array(n * size)));
      work(given, output, n);
      activate?.(output, n * size);
    }
    return (output) => values.get(this.outputs[output])?.subarray(0, n * sizeOf(this.shapes.get(this.outputs[output])));
  }

  /**
   * Every stage of one sample, from the inputs to the last node; what only hands numbers on is left out.
   * @param {Object<string, Float32Array>} inputs
   * @returns {{name: string, shape: [number, number, number], data: Float32Array, image: boolean, op: string, activation: string}[]}
   */
  stages(inputs) {
    this.run(inputs, 1);
    const picture = this.outputs.image;
    const reshaped = new Set(this.nodes.filter(({ op }) => op === 'reshape').map(({ from }) => from[0]));
    const shown = this.nodes.filter(({ name, op }) => !['concat', 'scale', 'flatten'].includes(op) && !reshaped.has(name));
    const maker = (node) => (node.op === 'reshape' && this.nodes.find(({ name }) => name === node.from[0])) || node;
    return [{ name: 'z', op: 'z', activation: '' }, ...shown].map((node) => {
      const { name } = node;
      const { op, activation } = maker(node);
      const shape = this.shapes.get(name);
      const spatial = /** @type {[number, number, number]} */ (shape.length === 3 ? shape : [1, 1, sizeOf(shape)]);
      return { name, shape: spatial, data: this.values.get(name).slice(0, sizeOf(shape)), image: name === picture, op, activation };
    });
  }
}
