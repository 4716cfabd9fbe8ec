// The optimisers of the laboratory, as Keras writes them.

const EPSILON = 1e-7;
const RHO = 0.9; // of RMSProp's running mean of squares

/** @typedef {{rate: number, beta1: number, beta2: number}} Dials read anew at each update */

class Sgd {
  apply(weights, gradients, { rate }) {
    weights.forEach((weight, which) => {
      const gradient = gradients[which];
      for (let i = 0; i < weight.length; i++) weight[i] -= rate * gradient[i];
    });
  }
}

class Adam {
  step = 0;

  constructor(weights) {
    this.means = weights.map((weight) => new Float32Array(weight.length));
    this.squares = weights.map((weight) => new Float32Array(weight.length));
  }

  apply(weights, gradients, { rate, beta1, beta2 }) {
    this.step += 1;
    const size = (rate * Math.sqrt(1 - beta2 ** this.step)) / (1 - beta1 ** this.step);
    weights.forEach((weight, which) => {
      const [gradient, mean, square] = [gradients[which], this.means[which], this.squares[which]];
      for (let i = 0; i < weight.length; i++) {
        const g = gradient[i];
        mean[i] += (g - mean[i]) * (1 - beta1);
        square[i] += (g * g - square[i]) * (1 - beta2);
        weight[i] -= (size * mean[i]) / (Math.sqrt(square[i]) + EPSILON);
      }
    });
  }
}

class RmsProp {
  constructor(weights) {
    this.squares = weights.map((weight) => new Float32Array(weight.length));
  }

  apply(weights, gradients, { rate }) {
    weights.forEach((weight, which) => {
      const [gradient, square] = [gradients[which], this.squares[which]];
      for (let i = 0; i < weight.length; i++) {
        const g = gradient[i];
        square[i] = RHO * square[i] + (1 - RHO) * g * g;
        weight[i] -= (rate * g) / Math.sqrt(square[i] + EPSILON);
      }
    });
  }
}

const KINDS = { sgd: Sgd, adam: Adam, rmsprop: RmsProp };

/** @param {'sgd' | 'adam' | 'rmsprop'} kind @param {Float32Array[]} weights that it is to change */
export function optimiser(kind, weights) {
  if (!KINDS[kind]) throw new Error(`no optimiser ${kind}`);
  return new KINDS[kind](weights);
}
