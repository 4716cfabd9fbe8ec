// One step of the laboratory in slow motion: data, D's opinion, D's step, the arrows, G's step, all with the same points.

import { make, setText } from './dom.js';
import { t } from './i18n.js';
import { short } from './numbers.js';

const BEAT_MS = 5000; // long enough to read a sentence and look at the picture
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
    this.place = make('b');
    this.text = make('p', { 'aria-live': 'polite' });
    this.next = make('button.aigc-quiet', { id: 'plane-slow-next', type: 'button', onclick: () => this.goOn?.() }, t('plane.slow.next'));
    const end = make('button.aigc-quiet', { id: 'plane-slow-end', type: 'button', onclick: () => this.end() }, t('plane.slow.end'));
    this.element = make('div.aigc-plane-slow', { hidden: true }, this.text, make('div.aigc-actions', {}, this.next, end, this.place));
  }

  /** Walk through one step; anything that plays ends it. */
  async begin() {
    const { plane } = this;
    if (!plane.engine || this.isOn) return;
    plane.pause();
    this.isOn = true;
    this.element.hidden = false;
    this.before = { ground: plane.stage.ground, layers: [...plane.stage.layers] };
    const beats = this.beats();
    for (const [k, beat] of beats.entries()) {
      const said = await beat();
      if (!this.isOn) break;
      setText(this.text, said);
      setText(this.place, `${k + 1} / ${beats.length}`);
      await this.pause();
      if (!this.isOn) break;
    }
    this.end();
  }

  /** Until it is time for the next beat, or the visitor asks for it. */
  async pause() {
    let timer = 0;
    await new Promise((resolve) => {
      this.goOn = resolve;
      timer = setTimeout(resolve, BEAT_MS);
    });
    clearTimeout(timer);
  }

  /** The picture is as it was before. */
  end() {
    if (!this.isOn) return;
    this.isOn = false;
    this.element.hidden = true;
    this.plane.stage.look(this.before.ground, this.before.layers);
    this.goOn?.();
  }

  beats() {
    const { plane } = this;
    const { stage } = plane;
    const show = (ground, ...layers) => {
      stage.look(ground, layers);
      return plane.look();
    };
    return [
      async () => {
        await show('none', 'real', 'fake');
        return t('plane.slow.data');
      },
      async () => {
        await show('d', 'real', 'fake');
        const { logitsReal, logitsFake } = plane.snapshot;
        return t('plane.slow.judge', { real: short(mean(logitsReal)), fake: short(mean(logitsFake)) });
      },
      async () => {
        const { dTotal } = plane.snapshot;
        await plane.advance('d', 1, { again: true });
        return t('plane.slow.d', { before: short(dTotal), after: short(plane.snapshot.dTotal) });
      },
      async () => {
        await show('d', 'real', 'fake', 'arrows');
        return t('plane.slow.arrows', { size: short(arrowSize(plane.snapshot.arrows)) });
      },
      async () => {
        const { gTotal } = plane.snapshot;
        stage.look('d', ['real', 'fake', 'arrows', 'trail']);
        await plane.advance('g', 1, { again: true, metrics: true });
        return t('plane.slow.g', { before: short(gTotal), after: short(plane.snapshot.gTotal) });
      },
    ];
  }
}
