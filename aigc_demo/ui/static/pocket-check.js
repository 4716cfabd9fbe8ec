// Whether this browser draws what TensorFlow drew when the file was made: at the same points, pixel by pixel.

import { fromBase64 } from './base64.js';
import { make, setText } from './dom.js';
import { t } from './i18n.js';
import { PIXELS } from './pixels.js';
import { RenderError } from './render.js';

const MOST = 2; // grey levels of 255: what half-precision kernels may cost, rounded to whole ones

export class Check {
  /**
   * @param {import('./latent-state.js').LatentState} state
   * @param {{z: number[][], labels: number[] | null, pixels: string}} reference TensorFlow's pictures, in base64
   */
  constructor(state, reference) {
    Object.assign(this, { state, reference });
    this.element = make('p.aigc-note', { id: 'pocket-check', role: 'status' }, t('pocket.checking'));
  }

  async run() {
    const { z, labels, pixels } = this.reference;
    const theirs = fromBase64(pixels);
    try {
      const ours = await this.state.draw(z, { classes: labels, truncation: 1, styling: null, priority: 'later' });
      const most = ours.reduce((found, value, i) => Math.max(found, Math.abs(value - theirs[i])), 0);
      this.tell(most <= MOST ? 'pocket.checked' : 'pocket.differs', { n: ours.length / PIXELS, most });
      Object.assign(this.element.dataset, { most, level: most <= MOST ? '' : 'error' });
    } catch (error) {
      if (!(error instanceof RenderError)) throw error;
      setText(this.element, error.message);
      this.element.dataset.level = 'error';
    }
  }

  tell(word, values) {
    setText(this.element, t(word, values));
  }
}
