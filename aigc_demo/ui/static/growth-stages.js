// When a run's networks grow: which stage is trained at which step, and how far it has faded in. As networks/growing.py.

import { down, up } from './papers-math.js';

/** @typedef {{sizes: number[], phase: number}} Growth the side of the images at each stage, and the steps of a phase */

/**
 * @param {object | null} run @param {Object<string, {stages: number[]}> | undefined} generators the catalogue's
 * @returns {Growth | null} null for networks that do not grow
 */
export function growthOf(run, generators) {
  const sizes = generators?.[run?.values?.generator]?.stages ?? [];
  const phase = run?.values?.growth_steps;
  return sizes.length > 1 && phase > 0 ? { sizes, phase } : null;
}

/** After how many steps the fade of `stage` begins. @param {Growth} growth */
export const beginsAt = ({ phase }, stage) => Math.max(2 * stage - 1, 0) * phase;

/** How far each stage has come in after `step` steps, 0 to 1; the first is there from the beginning. @param {Growth} growth */
export function alphasAt({ sizes, phase }, step) {
  return sizes.map((_, stage) => (stage === 0 ? 1 : Math.min(1, Math.max(0, step / phase - (2 * stage - 1)))));
}

/** The stage that is trained after `step` steps. @param {Growth} growth */
export const stageAt = ({ sizes, phase }, step) => Math.min(Math.floor((Math.floor(step / phase) + 1) / 2), sizes.length - 1);

/**
 * A real image as D sees it: as coarse as the stage, in a fade as blended as G's own.
 * @param {Float32Array} image side x side @param {number} side @param {number[]} alphas of the stages up to this side's
 * @returns {Float32Array}
 */
export function asSeen(image, side, alphas) {
  if (alphas.length < 2) return image;
  const coarse = up(asSeen(down(image, side), side / 2, alphas.slice(0, -1)), side / 2);
  const alpha = alphas.at(-1);
  return image.map((value, i) => (1 - alpha) * coarse[i] + alpha * value);
}
