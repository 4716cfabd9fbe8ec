// What a loss does to a whole batch: means of a term over the histograms of D's logits. Pure functions of the histograms.

/** @typedef {import('./probes.js').Scores} Scores */
/** @typedef {import('./losses-shapes.js').TermShape} TermShape */

const POINTS = 16; // of each bar at which a function is taken

/** The bars of one histogram. @param {Scores} scores @param {'real'|'fake'} which @returns {{from: number, to: number, share: number}[]} */
export function barsOf(scores, which) {
  const width = (scores.hi - scores.lo) / scores[which].length;
  const many = Math.max(1, scores.n);
  return scores[which].map((count, i) => ({ from: scores.lo + i * width, to: scores.lo + (i + 1) * width, share: count / many }));
}

/** The mean of f over the logits, those of a bar spread evenly over it. @param {(s: number) => number} f */
export function meanOver(scores, which, f) {
  let [sum, all] = [0, 0];
  for (const { from, to, share } of barsOf(scores, which)) {
    if (!share) continue;
    for (let i = 0; i < POINTS; i++) sum += (share / POINTS) * f(from + ((i + 0.5) / POINTS) * (to - from));
    all += share;
  }
  return all ? sum / all : NaN;
}

/** The share, 0..1, of the logits above `edge`; a bar that it cuts counts for its part. */
export function shareAbove(scores, which, edge) {
  const bars = barsOf(scores, which);
  const all = bars.reduce((sum, { share }) => sum + share, 0) || 1;
  const part = ({ from, to }) => Math.min(1, Math.max(0, (to - edge) / Math.max(1e-12, to - from)));
  return bars.reduce((sum, bar) => sum + bar.share * part(bar), 0) / all;
}

/** The mean logits. @param {Scores} scores @returns {{real: number, fake: number}} */
export const meansOf = (scores) => ({ real: scores.mean_real, fake: scores.mean_fake });

/** A term's mean value and slope over the batch; one that sees both takes the other side at its mean. @param {TermShape} shape */
export function overBatch(scores, shape) {
  const means = meansOf(scores);
  const other = means[shape.logit === 'real' ? 'fake' : 'real'];
  return {
    value: meanOver(scores, shape.logit, (s) => shape.along(s, other).value),
    slope: meanOver(scores, shape.logit, (s) => shape.along(s, other).slope),
    strength: meanOver(scores, shape.logit, (s) => Math.abs(shape.along(s, other).slope)),
    silent: meanOver(scores, shape.logit, (s) => (Math.abs(shape.along(s, other).slope) < SILENT ? 1 : 0)),
  };
}

/** A slope that hardly moves anything; the log losses' steepest is 1. */
export const SILENT = 0.05;
