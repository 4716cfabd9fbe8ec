// The picture of slow motion: z, G, the two pictures, D, its opinions, and below them both losses. It draws whatever
// beat it is given; what has not happened yet is faint.

import { paintDigits } from './digits-canvas.js';
import { make, setText } from './dom.js';
import { formula } from './formula.js';
import { gameOf } from './game.js';
import { t } from './i18n.js';
import { short, weight } from './numbers.js';
import { BEATS, askedFor, opinion, withSubscripts } from './slow-story.js';
import { difference, paintShares } from './slow-pixels.js';

/** From which beat on each part is seen, and at which beats it is what one should look at. */
const PARTS = {
  z: { from: 'noise', at: ['noise'] },
  g: { from: 'draw', at: ['draw', 'g'] },
  first: { from: 'draw', at: ['draw', 'judge', 'slope', 'g', 'done'] },
  second: { from: 'judge', at: ['judge', 'd', 'g', 'done'] },
  third: { from: 'slope', at: ['slope', 'g', 'done'] },
  d: { from: 'judge', at: ['judge', 'd'] },
  gauges: { from: 'judge', at: ['judge', 'd', 'g', 'done'] },
  sums: { from: 'losses', at: ['losses', 'd', 'g', 'done'] },
};
const WIDEST = 3; // of a bar of z, in standard deviations

const place = (key) => BEATS.findIndex((beat) => beat.key === key);

export class Scene {
  constructor() {
    this.bars = make('div.aigc-slow-bars', { 'aria-hidden': 'true' });
    this.plates = Object.fromEntries(['first', 'second', 'third'].map((name) => [name, plate()]));
    this.gauges = { fake: gauge('slow.fake'), real: gauge('slow.real') };
    this.sums = make('div.aigc-slow-sums');
    this.legend = make('p.aigc-slow-legend', {}, make('i.aigc-brighter'), t('slow.brighter'), make('i.aigc-darker'), t('slow.darker'), make('span'));
    this.parts = {
      z: make('div.aigc-slow-z', {}, make('p.aigc-slow-name', {}, t('slow.noise')), this.bars),
      g: make('div.aigc-slow-player', { 'data-player': 'g' }, t('slow.g')),
      first: this.plates.first.element,
      second: this.plates.second.element,
      third: this.plates.third.element,
      d: make('div.aigc-slow-player', { 'data-player': 'd' }, t('slow.d')),
      gauges: make('div.aigc-slow-gauges', {}, this.gauges.fake.element, this.gauges.real.element),
      sums: this.sums,
    };
    const { z, g, first, second, third, d, gauges } = this.parts;
    this.element = make('div.aigc-slow-scene', {},
      make('div.aigc-slow-flow', {}, z, g, make('div.aigc-slow-pictures', {}, first, second, third, this.legend), d, gauges), this.sums);
  }

  /** @param {number} beat @param {import('./slow-story.js').Moments} moments @param {number} pick @param {object} run */
  show(beat, moments, pick, run) {
    const { key, phase } = BEATS[beat];
    for (const [name, { from, at }] of Object.entries(PARTS)) {
      this.parts[name].classList.toggle('aigc-faint', beat < place(from));
      this.parts[name].classList.toggle('aigc-at', at.includes(key));
    }
    const now = moments[phase];
    this.showNoise(now.samples[pick]);
    this.showPictures(key, moments, pick, run);
    this.showOpinions(key, moments, pick, run);
    this.showSums(key, moments, run);
  }

  showNoise({ z }) {
    if (this.bars.children.length !== z.length) this.bars.replaceChildren(...z.map(() => make('div', {}, make('i'), make('span'))));
    z.forEach((value, n) => {
      const [bar, number] = this.bars.children[n].children;
      const width = Math.min(1, Math.abs(value) / WIDEST) / 2;
      bar.style.setProperty('--aigc-left', String(value < 0 ? 0.5 - width : 0.5));
      bar.style.setProperty('--aigc-width', String(width));
      setText(number, value.toFixed(2).replace('-', '−'));
    });
  }

  /** Two pictures and the map of the slope; after G's half step the old picture, the new one and what changed. */
  showPictures(key, moments, pick, run) {
    const { first, second, third } = this.plates;
    const now = moments[BEATS[place(key)].phase].samples[pick];
    this.legend.classList.toggle('aigc-faint', place(key) < place('slope'));
    if (BEATS[place(key)].phase !== 'g') {
      first.digit(now.fakePixels, `G(z) · ${askedFor(run, now)}`);
      second.digit(now.realPixels, t('slow.real'));
      third.map(now.wishes, now.fakePixels, t('slow.heat'));
      this.legend.lastElementChild.replaceChildren(...withSubscripts(`${t('slow.legend')} · ${t('slow.most', { n: weight(now.gradient_max) })}`));
      return;
    }
    const before = now.beforePixels ?? moments.d.samples[pick].fakePixels;
    const { shares, most } = difference(before, now.fakePixels);
    first.digit(before, t('slow.before'));
    second.digit(now.fakePixels, t('slow.after'));
    third.map(shares, now.fakePixels, t('slow.difference', { n: most }));
    this.legend.lastElementChild.replaceChildren();
  }

  showOpinions(key, moments, pick, run) {
    const { phase } = BEATS[place(key)];
    const now = moments[phase].samples[pick];
    const before = phase === 'look' ? null : moments[phase === 'd' ? 'look' : 'd'].samples[pick];
    const readout = gameOf(run).readout;
    const seen = Object.values(moments).filter(Boolean).flatMap(({ samples }) => samples);
    const reach = Math.max(1, ...seen.flatMap((one) => [Math.abs(one.s_real), Math.abs(one.s_fake)]));
    for (const player of ['fake', 'real']) {
      const at = (sample) => (readout === 'probability' ? sample[`d_${player}`] : (sample[`s_${player}`] / reach + 1) / 2);
      this.gauges[player].show(at(now), before && at(before), t('slow.logit', { n: short(now[`s_${player}`]) }), opinion(readout, now[`d_${player}`]));
    }
  }

  /** Both losses as sums of their terms; a half step shows what its player's loss was before it. */
  showSums(key, moments, run) {
    const { phase } = BEATS[place(key)];
    const now = moments[phase];
    const before = key === 'done' ? moments.look : { look: null, d: moments.look, g: moments.d }[phase];
    const sides = gameOf({ ...run, weights: weightsOf(run) }).sides;
    this.sums.replaceChildren(...sides.map((side) => sum(side, now, side.player === phase || key === 'done' ? before : null)));
  }
}

/** Weights as they are now: a run's `values` follow its changes. */
function weightsOf(run) {
  const live = Object.entries(run.values ?? {}).filter(([key]) => key.startsWith('weight.'));
  return { ...run.weights, ...Object.fromEntries(live.map(([key, value]) => [key.slice('weight.'.length), value])) };
}

function sum(side, now, before) {
  const name = `\\mathcal{L}_${side.player.toUpperCase()}`;
  const total = now[side.total];
  const terms = side.terms.map((term) => {
    const factor = term.symbol && term.weight !== 1 ? `${weight(term.weight)} × ` : '';
    return make('span.aigc-slow-term', { style: `--term-light:${term.colour};--term-dark:${term.colour_dark}` },
      formula(term.latex), make('b', {}, `${factor}${short(now.terms[term.key])}`));
  });
  const was = before ? [make('span.aigc-slow-was', {}, short(before[side.total])), ' → '] : [];
  return make('div.aigc-slow-sum', { 'data-player': side.player },
    make('p.aigc-slow-total', {}, formula(name), ' = ', ...was, make('b', {}, short(total))), make('p.aigc-slow-terms', {}, ...terms));
}

function plate() {
  const canvas = make('canvas', { width: 28, height: 28, role: 'img' });
  const caption = make('figcaption');
  const say = (words) => {
    setText(caption, words);
    canvas.setAttribute('aria-label', words);
  };
  return {
    element: make('figure', {}, canvas, caption),
    digit(pixels, words) {
      paintDigits(canvas, pixels);
      say(words);
    },
    map(shares, pixels, words) {
      paintShares(canvas, shares, pixels);
      say(words);
    },
  };
}

/** One opinion of D on a line from fake to real, and where it was before. */
function gauge(title) {
  const ghost = make('i.aigc-ghost');
  const mark = make('i.aigc-mark-now');
  const logit = make('b');
  const words = make('span');
  const line = make('div.aigc-slow-line', { 'aria-hidden': 'true' }, ghost, mark);
  const element = make('div.aigc-slow-gauge', {}, make('p', {}, t(title)), make('p.aigc-slow-logit', {}, logit), line, words);
  return {
    element,
    show(at, was, logitText, text) {
      mark.style.left = `${100 * at}%`;
      ghost.hidden = was === null;
      if (was !== null) ghost.style.left = `${100 * was}%`;
      setText(logit, logitText);
      setText(words, text);
    },
  };
}
