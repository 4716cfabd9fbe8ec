// One game in the plane: two networks, their optimisers and the traced graphs that say what each update is.

import { sampler } from './plane-data.js';
import { PlaneGraph } from './plane-graph.js';
import { optimiser } from './plane-optimisers.js';
import { normalDraws, uniformDraws } from './plane-random.js';

/** @typedef {import('./plane-graph.js').GraphData} GraphData */
/** @typedef {{terms: Object<string, number>, dTotal: number, gTotal: number, gradNormD: number, gradNormG: number}} Figures */

const SECOND_STREAM = 7919; // the games' seeds are small, so that no two streams are the same

export class PlaneGame {
  /** @param {object} traced as the route /plane/<loss>.json answers @param {object} settings complete ones */
  constructor(traced, settings) {
    this.traced = traced;
    this.settings = settings;
    this.step = 0;
    this.uniform = uniformDraws(settings.seed);
    this.normal = normalDraws(uniformDraws(settings.seed + SECOND_STREAM));
    this.fill = sampler(settings.data, this.uniform, settings.drawn);
    this.weights = { d: this.begin(traced.shapes.d), g: this.begin(traced.shapes.g) };
    this.graphs = { d: this.laid(traced.d), g: this.laid(traced.g, (name) => name !== 'logits_real') };
    this.optimisers = { d: optimiser(settings.optimiser, this.weights.d), g: optimiser(settings.optimiser, this.weights.g) };
    this.gradients = Object.fromEntries(['d', 'g'].map((who) => [who, this.weights[who].map((_, k) => this.graphs[who].outputs[`grad:${who}${k}`])]));
    this.use(settings);
    this.look();
  }

  /** Kernels by Glorot's uniform rule, biases 0. */
  begin(shapes) {
    return shapes.map((shape) => {
      const weights = new Float32Array(shape.reduce((size, side) => size * side, 1));
      const limit = Math.sqrt(6 / (shape[0] + shape[1]));
      return shape.length === 1 ? weights : weights.map(() => limit * (2 * this.uniform() - 1));
    });
  }

  /** @param {GraphData} data @param {(name: string) => boolean} [isWanted] */
  laid(data, isWanted) {
    const shared = Object.fromEntries(['d', 'g'].flatMap((who) => this.weights[who].map((weight, k) => [`${who}${k}`, weight])));
    return new PlaneGraph(data, shared, isWanted);
  }

  /** Settings that may change while it is played. */
  use(settings) {
    this.settings = settings;
    for (const { key, player, weight } of this.traced.terms) {
      this.graphs[player].inputs[`w:${key}`]?.fill(settings.weights?.[key] ?? weight);
    }
  }

  /** @param {'both' | 'd' | 'g'} who learns @param {boolean} [again] one player from the last batch, not from a new one */
  play(who, again = false) {
    const { d_steps: dSteps, order } = this.settings;
    if (who === 'd') this.learn('d', !again);
    else if (who === 'g') this.learn('g', !again);
    else if (order === 'simultaneous') {
      for (let k = 1; k < dSteps; k++) this.learn('d');
      this.evaluate('d');
      this.evaluate('g', false);
      this.apply('d');
      this.apply('g');
    } else {
      for (let k = 0; k < dSteps; k++) this.learn('d');
      this.learn('g');
    }
    if (who !== 'd') this.step += 1;
  }

  learn(who, isNew = true) {
    this.evaluate(who, isNew);
    this.apply(who);
  }

  /** The graph of a player on a batch: a new one, or, where both learn at once, the same for both. */
  evaluate(who, isNew = true) {
    const { inputs } = this.graphs[who];
    if (isNew) this.batch = { x: this.fill(new Float32Array(2 * this.settings.batch)), z: this.noise(new Float32Array(this.settings.latent * this.settings.batch)) };
    inputs.x?.set(this.batch.x);
    inputs.z?.set(this.batch.z);
    this.graphs[who].run(this.uniform);
    if (who === 'd') this.real = this.batch.x;
  }

  noise(z) {
    const draw = this.settings.latent_law === 'uniform' ? () => 2 * this.uniform() - 1 : this.normal;
    for (let i = 0; i < z.length; i++) z[i] = draw();
    return z;
  }

  apply(who) {
    const { lr_d, lr_g, beta_1: beta1, beta_2: beta2, clip } = this.settings;
    this.optimisers[who].apply(this.weights[who], this.gradients[who], { rate: who === 'd' ? lr_d : lr_g, beta1, beta2 });
    const bound = clip ?? this.traced.clip;
    if (who === 'd' && bound) for (const weight of this.weights.d) for (let i = 0; i < weight.length; i++) weight[i] = Math.max(-bound, Math.min(bound, weight[i]));
  }

  /** Evaluate both players on the last batch as they are now, without learning. */
  look() {
    this.evaluate('d', !this.batch);
    this.evaluate('g', false);
  }

  /** @returns {Figures} of the last evaluations */
  figures() {
    const terms = Object.fromEntries(this.traced.terms.map(({ key, player }) => [key, this.graphs[player].outputs[`term:${key}`][0]]));
    const [dTotal, gTotal] = ['d', 'g'].map((who) => this.graphs[who].outputs.total[0]);
    return { terms, dTotal, gTotal, gradNormD: norm(this.gradients.d), gradNormG: norm(this.gradients.g) };
  }

  /** Points of the last evaluations: real, fake, the arrow of each fake, and the logits. */
  points() {
    const { d, g } = this.graphs;
    return { real: this.real.slice(), fake: g.outputs.fake.slice(), arrows: g.outputs.arrows.slice(), logitsReal: d.outputs.logits_real.slice(), logitsFake: g.outputs.logits_fake.slice() };
  }

  get isFinite() {
    return [...this.weights.d, ...this.weights.g].every((weight) => Number.isFinite(weight.reduce((sum, value) => sum + value, 0)));
  }
}

function norm(arrays) {
  let sum = 0;
  for (const array of arrays) for (let i = 0; i < array.length; i++) sum += array[i] * array[i];
  return Math.sqrt(sum);
}
