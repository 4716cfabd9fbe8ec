// One step of the laboratory in slow motion: data, D's opinion, D's step, the arrows, G's step; each beat waits.

import { make, setText } from './dom.js';
import { t } from './i18n.js';
import { short } from './numbers.js';

const BEAT_MS = 1600;
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

function arrowSize(arrows) {
  let sum = 0;
  for (let i = 0; i < arrows.length; i += 2) sum += Math.hypot(arrows[i], arrows[i + 1]);
  return sum / Math.max(1, arrows.length / 2);
}

export class PlaneSlow {
  /** @param {import('./plane.js').Plane} plane */
  constructor(plane) {
    this.plane = plane;
    this.text = make('p', { 'aria-live': 'polite' });
    this.element = make('div.aigc-plane-slow', { hidden: true }, this.text);
  }

  /** Walk through one step; a click on anything that plays ends it. */
  async begin() {
    const { plane } = this;
    if (!plane.engine || this.isOn) return;
    plane.pause();
    this.isOn = true;
    this.element.hidden = false;
    const { ground, layers } = plane.stage;
    const before = [...layers];
    for (const beat of this.beats()) {
      if (!this.isOn || plane.isPlaying || !plane.isSeen) break;
      setText(this.text, await beat());
      await new Promise((resolve) => setTimeout(resolve, BEAT_MS));
    }
    plane.stage.look(ground, before);
    this.isOn = false;
  }

  beats() {
    const { plane } = this;
    const { stage } = plane;
    return [
      async () => {
        await plane.look();
        stage.look('none', ['real', 'fake']);
        return t('plane.slow.data');
      },
      async () => {
        stage.look('d', ['real', 'fake']);
        await plane.look();
        const { logitsReal, logitsFake } = plane.snapshot;
        return t('plane.slow.judge', { real: short(mean(logitsReal)), fake: short(mean(logitsFake)) });
      },
      async () => {
        const { dTotal } = plane.snapshot;
        await plane.advance('d', 1);
        return t('plane.slow.d', { before: short(dTotal), after: short(plane.snapshot.dTotal) });
      },
      async () => {
        stage.look('d', ['real', 'fake', 'arrows']);
        await plane.look();
        return t('plane.slow.arrows', { size: short(arrowSize(plane.snapshot.arrows)) });
      },
      async () => {
        const { gTotal } = plane.snapshot;
        stage.look('d', ['real', 'fake', 'arrows', 'trail']);
        await plane.advance('g', 1, true);
        return t('plane.slow.g', { before: short(gTotal), after: short(plane.snapshot.gTotal) });
      },
    ];
  }
}
