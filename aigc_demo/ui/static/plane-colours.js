// Colours of the laboratory as numbers: two players' hues that fade into the page's paper.

/** @typedef {[number, number, number]} Rgb */

/** @param {string} css a colour as `getComputedStyle` gives it, hex or rgb() @returns {Rgb} */
export function rgb(css) {
  const hex = css.trim().match(/^#([\da-f]{2})([\da-f]{2})([\da-f]{2})$/i);
  if (hex) return hex.slice(1).map((part) => parseInt(part, 16));
  const parts = css.match(/[\d.]+/g)?.map(Number) ?? [0, 0, 0];
  return [parts[0] ?? 0, parts[1] ?? 0, parts[2] ?? 0];
}

/** @param {Rgb} from @param {Rgb} to @param {number} share 0..1 @returns {Rgb} */
export const mixed = (from, to, share) => from.map((part, i) => part + (to[i] - part) * share);

/**
 * 256 colours from `low` over `middle` to `high`, as bytes.
 * @param {Rgb} low @param {Rgb} middle @param {Rgb} high @param {number} strength 0..1: how far the ends leave the middle
 * @returns {Uint8ClampedArray} 256 × 3
 */
export function diverging(low, middle, high, strength = 0.62) {
  const table = new Uint8ClampedArray(256 * 3);
  for (let i = 0; i < 256; i++) {
    const place = (i - 127.5) / 127.5;
    table.set(mixed(middle, place < 0 ? low : high, strength * Math.abs(place)), 3 * i);
  }
  return table;
}

const kept = new Map(); // by theme: to read styles at each frame would lay the page out each time

/** The colours of everything on the plane, from the page's own variables. @param {Element} element */
export function planeLook(element) {
  const theme = document.body.className;
  if (!kept.has(theme)) kept.set(theme, lookOf(element));
  return kept.get(theme);
}

function lookOf(element) {
  const style = getComputedStyle(element);
  const css = Object.fromEntries(['d', 'g', 'ink', 'muted', 'line', 'paper', 'watch', 'good', 'page'].map((name) => [name, style.getPropertyValue(`--aigc-${name}`).trim()]));
  const [d, g, paper, ink] = [css.d, css.g, css.paper, css.ink].map(rgb);
  return {
    css,
    font: style.fontFamily,
    players: diverging(g, paper, d),
    rising: diverging(paper, mixed(paper, ink, 0.25), ink, 0.9),
    differences: diverging([148, 88, 196], paper, [64, 150, 96]),
  };
}
