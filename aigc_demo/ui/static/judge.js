// A model's discriminator and the digit classifier, evaluated by the page.

import { t } from './i18n.js';
import { NetError } from './net-error.js';
import { fetchNetwork } from './net-fetch.js';
import { CLASSES } from './net-generator.js';
import { Network } from './net.js';
import { PIXELS } from './pixels.js';
import { RenderError, whyUnusable } from './render-error.js';

const REFUSED = 400;

/** What a discriminator thinks of an image. */
export class Judge {
  /** @param {Network} network */
  constructor(network) {
    this.network = network;
    this.conditional = 'label' in network.inputs;
  }

  /**
   * @param {ArrayLike<number>} image 784 numbers in [0, 1], 0 = black
   * @param {number | null} label the digit that it should be; null asks for D's mean opinion over all ten
   * @returns {{logit: number, classLogits: Float32Array | null}}
   */
  score(image, label = null) {
    const pixels = checked(image, 1).map((value) => 2 * value - 1);
    const weights = new Float32Array(CLASSES).fill(label === null ? 1 / CLASSES : 0);
    if (label !== null) weights[label] = 1;
    const output = this.network.run({ image: pixels, label: weights }, 1);
    const [logit] = output('logit');
    if (!Number.isFinite(logit)) throw new RenderError(t('net.overflow'), REFUSED);
    return { logit, classLogits: output('class_logits')?.slice() ?? null };
  }
}

/** Which digit an image shows, by the classifier that measures all models. */
export class Classifier {
  /** @param {Network} network */
  constructor(network) {
    this.network = network;
  }

  /** @param {ArrayLike<number>} images n × 784 numbers in [0, 1] @returns {Float32Array} n × 10 probabilities */
  read(images) {
    const n = Math.floor(images.length / PIXELS);
    const logits = this.network.run({ image: checked(images, n) }, n)('logits').slice();
    for (let i = 0; i < n; i++) softmax(logits.subarray(i * CLASSES, (i + 1) * CLASSES));
    return logits;
  }
}

/** @type {Promise<Classifier> | null} */
let classifier = null;

/** The discriminator of a model as it was last saved. @param {string} id @returns {Promise<Judge>} rejects with a RenderError */
export const openJudge = async (id) => new Judge(await open(`models/${encodeURIComponent(id)}/discriminator.net`, ['logit']));

/** The digit classifier, fetched once a page. @returns {Promise<Classifier>} rejects with a RenderError */
export function openClassifier() {
  classifier ??= open('classifier.net', ['logits']).then((network) => new Classifier(network)).catch((error) => {
    classifier = null;
    throw error;
  });
  return classifier;
}

async function open(path, outputs) {
  const { buffer } = await fetchNetwork(path);
  try {
    const network = await Network.open(buffer);
    const fits = String(network.inputs.image) === '28,28,1' && outputs.every((name) => name in network.outputs);
    if (fits) return network;
    throw new NetError('net.sizes');
  } catch (error) {
    throw error instanceof NetError ? new RenderError(whyUnusable(error), REFUSED) : error;
  }
}

function checked(image, n) {
  const pixels = Float32Array.from(image);
  if (n > 0 && pixels.length === n * PIXELS && pixels.every(Number.isFinite)) return pixels;
  throw new RenderError(t('net.image'), REFUSED);
}

function softmax(row) {
  const most = Math.max(...row);
  const sum = row.reduce((total, value) => total + Math.exp(value - most), 0);
  for (let i = 0; i < row.length; i++) row[i] = Math.exp(row[i] - most) / sum;
}
