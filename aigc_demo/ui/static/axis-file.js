// Directions as a file that can be kept, sent to somebody and loaded again.

import { unit } from './axis-math.js';

export const FORMAT = 'aigc-directions-1';
export const MOST_BYTES = 1_000_000;
export const MOST_DIRECTIONS = 64;
export const LONGEST_TITLE = 40;
const DIGITS = 1e6;

/** @typedef {{title: string, direction: import('./axis-math.js').Direction}} Named */

/** What is wrong with a file: a key of the table of words, and what its sentence is filled with. */
export class FileProblem extends Error {
  constructor(key, values = {}) {
    super(key);
    Object.assign(this, { key, values });
  }
}

/** @param {string} model @param {number} size of the latent space @param {Named[]} axes @returns {string} JSON */
export function written(model, size, axes) {
  const directions = axes.map(({ title, direction }) => ({
    title, direction: direction.map((value) => Math.round(value * DIGITS) / DIGITS + 0),
  }));
  return JSON.stringify({ format: FORMAT, model, latent_size: size, directions }, null, 1);
}

/**
 * @param {string} text of a file @param {number} size of the latent space that it must be for
 * @returns {{model: string, directions: Named[]}} throws a FileProblem for anything that `written` did not write
 */
export function read(text, size) {
  const data = parsed(text);
  if (data?.format !== FORMAT || !Array.isArray(data.directions)) throw new FileProblem('foreign');
  if (data.latent_size !== size) throw new FileProblem('size', { size: Number(data.latent_size) || '?', wanted: size });
  if (!data.directions.length) throw new FileProblem('empty');
  if (data.directions.length > MOST_DIRECTIONS) throw new FileProblem('many', { most: MOST_DIRECTIONS });
  return { model: String(data.model ?? ''), directions: data.directions.map((row, i) => readOne(row, i, size)) };
}

function parsed(text) {
  if (text.length > MOST_BYTES) throw new FileProblem('large');
  try {
    return JSON.parse(text);
  } catch {
    throw new FileProblem('damaged');
  }
}

function readOne(row, i, size) {
  const numbers = row?.direction;
  const isWhole = Array.isArray(numbers) && numbers.length === size && numbers.every((value) => Number.isFinite(value));
  const direction = isWhole ? unit(numbers) : null;
  if (!direction) throw new FileProblem('numbers', { n: i + 1, size });
  return { title: cleaned(row.title), direction };
}

/** A title on one line and of bearable length, '' for none. @param {unknown} title */
export const cleaned = (title) =>
  (typeof title === 'string' ? title.replace(/[\s\p{C}]+/gu, ' ').trim() : '').slice(0, LONGEST_TITLE);
