// A graph that the server has traced: arrays are laid out once, and each run evaluates the operations in their order.

import { product } from './plane-matrix.js';
import { operation } from './plane-ops.js';

/** @typedef {{at: number, shape: number[]}} Source a value by its number, and the shape in which it is read */
/** @typedef {{inputs: {name: string, shape: number[]}[], constants: object[], nodes: object[], outputs: Object<string, Source>}} GraphData */

const count = (shape) => shape.reduce((total, size) => total * size, 1);

export class PlaneGraph {
  /**
   * @param {GraphData} data @param {Object<string, Float32Array>} shared arrays that inputs of these names are to be,
   *   so that two graphs read the same weights without copying
   */
  constructor(data, shared = {}) {
    this.inputs = {};
    const values = data.inputs.map(({ name, shape }) => (this.inputs[name] = laid(shared[name], name, count(shape))));
    for (const constant of data.constants) values.push(filled(constant));
    this.steps = data.nodes.map((node) => {
      const out = new Float32Array(count(node.shape));
      const given = node.from.map(({ at }) => values[at]);
      values.push(out);
      return node.op === 'MatMul' ? multiplication(node, given, out) : operation(node, given, out);
    });
    this.outputs = Object.fromEntries(Object.entries(data.outputs).map(([name, { at }]) => [name, values[at]]));
    this.draws = Object.keys(this.inputs).filter((name) => name.startsWith('uniform:')).map((name) => this.inputs[name]);
  }

  /** Evaluate everything; `outputs` holds the results until the next run. @param {() => number} [uniform] */
  run(uniform) {
    for (const draw of this.draws) for (let i = 0; i < draw.length; i++) draw[i] = uniform();
    for (const step of this.steps) step();
    return this.outputs;
  }
}

function laid(array, name, size) {
  if (array && array.length !== size) throw new Error(`${name} has ${array.length} numbers, not ${size}`);
  return array ?? new Float32Array(size);
}

function filled({ shape, data, fill }) {
  return data ? Float32Array.from(data) : new Float32Array(count(shape)).fill(fill);
}

function multiplication({ from, shape, ta, tb }, [a, b], out) {
  const depth = ta ? from[0].shape[0] : from[0].shape[1];
  const compute = product({ rows: shape[0], depth, columns: shape[1], ta, tb });
  return () => compute(a, b, out);
}
