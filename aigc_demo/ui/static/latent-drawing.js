// Keeps the large picture and the small digits true to the present point, each drawn as soon as its last drawing is done.

import { classesOf } from './class-names.js';
import { latest } from './latest.js';
import { ALL } from './latent-state.js';
import { RenderError } from './render.js';

const RETRY_MS = 1500;

export class LatentDrawing {
  /**
   * @param {import('./latent-state.js').LatentState} state @param {import('./latent-picture.js').LatentPicture} picture
   * @param {(error: RenderError) => void} [stumbled] is told of what could not be drawn
   */
  constructor(state, picture, stumbled = () => {}) {
    Object.assign(this, { state, picture, stumbled });
    this.pumps = { image: latest(() => this.drawImage()), digits: latest(() => this.drawKeys()) };
    for (const event of ['point', 'label', 'truncation', 'weights']) state.addEventListener(event, () => this.ask('image', 'digits'));
    this.begin();
  }

  /** Another model draws from now on. */
  begin() {
    this.pace = 0; // milliseconds from a wish to its picture, averaged
    this.isFirst = true;
  }

  /** Draw these parts: the small digits never hold the picture up. */
  ask(...parts) {
    if (this.state.model) for (const part of parts) this.pumps[part]();
  }

  async drawImage() {
    const { state } = this;
    const { model, label, z } = state;
    const all = model.conditional && label === ALL;
    const started = performance.now();
    try {
      const every = classesOf(model);
      const pixels = await (all ? state.draw(every.map(() => z), { classes: every }) : state.draw([z]));
      if (model.id !== state.model.id) return;
      this.measure(performance.now() - started);
      this.picture.paint(pixels, label, state);
      if (all) this.picture.paintKeys(pixels);
      this.showPace();
      this.picture.say('');
    } catch (error) {
      this.stumble(error);
    }
  }

  async drawKeys() {
    const { state } = this;
    const { model, z } = state;
    if (!model.conditional) return;
    try {
      const every = classesOf(model);
      const pixels = await state.draw(every.map(() => z), { classes: every, priority: 'later' });
      if (model.id === state.model.id) this.picture.paintKeys(pixels);
    } catch (error) {
      this.stumble(error);
    }
  }

  /** The first picture of a model waits for its weights: how long that took says nothing of the next one. */
  measure(took) {
    if (this.isFirst) this.isFirst = false;
    else this.pace = this.pace ? 0.7 * this.pace + 0.3 * took : took;
  }

  showPace() {
    this.picture.showPace(this.state, this.pace);
  }

  stumble(error) {
    if (error.name === 'AbortError') return;
    if (!(error instanceof RenderError)) throw error;
    this.picture.say(error.message, 'error');
    this.stumbled(error);
    if (error.status === 0) setTimeout(() => this.ask('image', 'digits'), RETRY_MS);
  }
}
