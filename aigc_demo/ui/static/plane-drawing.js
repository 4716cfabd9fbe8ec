// A distribution of one's own: the visitor draws it on the picture, then trains on it.

import { setText } from './dom.js';
import { t } from './i18n.js';

const LEAST = 20; // points

export class PlaneDrawing {
  /** @param {import('./plane.js').Plane} plane */
  constructor(plane) {
    this.plane = plane;
  }

  /** Begin to draw; a second time, train on what is there. */
  async toggle() {
    const { stage, bar, status, engine } = this.plane;
    const { strokes } = stage;
    if (!engine) return;
    if (strokes && strokes.length / 2 >= LEAST) {
      const drawn = [...stage.endDrawing()];
      await this.plane.change({ data: 'drawn', drawn }, true);
      return;
    }
    this.plane.pause();
    this.plane.slow.end();
    if (!strokes) stage.beginDrawing();
    bar.showDrawing(true);
    setText(status, strokes ? t('plane.tooFew', { n: LEAST }) : t('plane.drawing'));
  }

  /** What was drawn is forgotten. */
  stop() {
    const { stage, bar, status } = this.plane;
    if (stage.strokes) {
      stage.endDrawing();
      setText(status, '');
    }
    bar.showDrawing(false);
  }
}
