// What is to be said of a layer: its kind, its numbers, and its shares of the whole.

import { catalogue, t } from './i18n.js';
import { count } from './numbers.js';

/**
 * @typedef {{name: string, kind: string, inputs: string[], shape: number[], options: Object<string, any>,
 *            weights: [string, number[], boolean][], parameters: number, trainable: number, multiplications: number}} Layer
 * @typedef {{player: 'g' | 'd', network: string, layers: Layer[], outputs: Object<string, string>, counted: number, counted_trainable: number}} Network
 */

/** @param {number[]} shape */
export const shapeText = (shape) => shape.join(' × ');

/** @param {Layer} layer */
export const kindText = ({ kind }) => t(known(kind));

/** @param {Layer} layer */
export const aboutText = ({ kind }) => t(`${known(kind)}.text`);

const known = (kind) => (`nets.kind.${kind}` in catalogue.strings ? `nets.kind.${kind}` : 'nets.kind.other');

/** @param {Layer} layer @returns {[string, string][]} what it was built with */
export function optionsOf({ options }) {
  return Object.entries(options).map(([key, value]) => [t(`nets.option.${key}`), optionText(key, value)]);
}

function optionText(key, value) {
  if (Array.isArray(value)) return shapeText(value);
  if (typeof value === 'boolean') return t(value ? 'nets.yes' : 'nets.no');
  if (key === 'padding') return t(`nets.${value}`);
  if (Number.isInteger(value)) return count(value);
  return typeof value === 'number' ? String(Number(value.toPrecision(3))) : String(value);
}

/** @param {Layer} layer @returns {[string, string][]} each tensor of weights, as the product that its size is */
export const weightsOf = ({ weights }) =>
  weights.map(([name, shape, trainable]) => {
    const size = count(product(shape));
    const sum = shape.length > 1 ? `${shapeText(shape)} = ${size}` : size;
    return [name, trainable ? sum : `${sum}, ${t('nets.frozen')}`];
  });

/** @param {number[]} shape */
export const product = (shape) => shape.reduce((all, side) => all * side, 1);

/** Sums over a network's layers. @param {Network} network */
export function sums({ layers }) {
  const sum = (key) => layers.reduce((all, layer) => all + layer[key], 0);
  return { parameters: sum('parameters'), trainable: sum('trainable'), multiplications: sum('multiplications') };
}

/** A share as people read it: 12.3 %. @param {number} part @param {number} all */
export function share(part, all) {
  if (!all || !part) return '0 %';
  const percent = (100 * part) / all;
  return percent < 0.05 ? '< 0.1 %' : `${percent.toFixed(1)} %`;
}

/** Where a layer's input comes from, unless it is what stands just above it. @param {Layer[]} layers @param {number} place */
export function sources(layers, place) {
  const { inputs } = layers[place];
  return inputs.length === 1 && layers[place - 1]?.name === inputs[0] ? [] : inputs;
}
