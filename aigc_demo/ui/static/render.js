// What turns a point of the latent space into pixels. The only file that knows who computes them.

import { lang, route, t } from './i18n.js';

export const SIDE = 28;
export const PIXELS = SIDE * SIDE;
export const MAX_ROWS = 64;

/** A refusal in the page's language; `status` 0 means that nobody answered. */
export class RenderError extends Error {
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}

/**
 * The drawing function of one model.
 * @param {string} model its id
 * @returns {(z: ArrayLike<number>[], labels: number[] | null, truncation: number) => Promise<Uint8Array>}
 *   n points of the latent space to n × 784 bytes, row by row, 0 = black; throws RenderError
 */
export function openRenderer(model) {
  return async function render(z, labels, truncation) {
    let answer;
    try {
      answer = await fetch(route(`models/${encodeURIComponent(model)}/render`), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ z: z.map((row) => Array.from(row)), labels, truncation, lang }),
      });
    } catch {
      throw new RenderError(t('error.offline'), 0);
    }
    if (!answer.ok) {
      const { error } = await answer.json().catch(() => ({}));
      throw new RenderError(typeof error === 'string' ? error : t('error.unknown'), answer.status);
    }
    const pixels = new Uint8Array(await answer.arrayBuffer());
    if (pixels.length !== z.length * PIXELS) throw new RenderError(t('error.unknown'), answer.status);
    return pixels;
  };
}
