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
   * @param {(name: string) => boolean} [isWanted] outputs that are asked for; what only others need is not computed
   */
  constructor(data, shared = {}, isWanted = () => true) {
    const outputs = Object.entries(data.outputs).filter(([name]) => isWanted(name));
    const needed = needs(data, outputs.map(([, { at }]) => at));
    this.inputs = {};
    const values = data.inputs.map(({ name, shape }) => (this.inputs[name] = laid(shared[name], name, count(shape))));
    for (const constant of data.constants) values.push(filled(constant));
    this.steps = [];
    for (const node of data.nodes) {
      const out = needed.has(values.length) ? new Float32Array(count(node.shape)) : null;
      const given = node.from.map(({ at }) => values[at]);
      values.push(out);
      if (out) this.steps.push(node.op === 'MatMul' ? multiplication(node, given, out) : operation(node, given, out));
    }
    this.outputs = Object.fromEntries(outputs.map(([name, { at }]) => [name, values[at]]));
    this.draws = Object.keys(this.inputs).filter((name) => name.startsWith('uniform:')).map((name) => this.inputs[name]);
  }

  /** Evaluate everything; `outputs` holds the results until the next run. @param {() => number} [uniform] */
  run(uniform) {
    for (const draw of this.draws) for (let i = 0; i < draw.length; i++) draw[i] = uniform();
    for (const step of this.steps) step();
    return this.outputs;
  }
}

/** The numbers of the values that these depend on, themselves included. */
function needs({ inputs, constants, nodes }, asked) {
  const needed = new Set(asked);
  const first = inputs.length + constants.length;
  for (let place = nodes.length - 1; place >= 0; place--) {
    if (needed.has(first + place)) for (const { at } of nodes[place].from) needed.add(at);
  }
  return needed;
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
