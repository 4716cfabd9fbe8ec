// Two Gaussians of the plane as ellipses of one and of two deviations.

const SIZE = 260; // page pixels
const REACH = 6; // of the axes

/** @param {HTMLCanvasElement} canvas @param {import('./papers-math.js').Gaussian[]} gaussians the real one first @param {{d: string, g: string, line: string}} look */
export function paintGaussians(canvas, gaussians, look) {
  const ratio = devicePixelRatio || 1;
  Object.assign(canvas, { width: SIZE * ratio, height: SIZE * ratio });
  const context = canvas.getContext('2d');
  context.scale(ratio, ratio);
  const place = (value) => SIZE / 2 + (value / REACH) * (SIZE / 2);
  context.fillStyle = look.line;
  context.fillRect(0, SIZE / 2, SIZE, 1);
  context.fillRect(SIZE / 2, 0, 1, SIZE);
  gaussians.forEach(({ mean, covariance }, i) => {
    const { major, minor, angle } = axes(covariance);
    context.strokeStyle = i ? look.g : look.d;
    context.fillStyle = context.strokeStyle;
    for (const [reach, opacity] of [[2, 0.1], [1, 0.25]]) {
      context.beginPath();
      context.ellipse(place(mean[0]), place(-mean[1]), (reach * major * SIZE) / (2 * REACH), (reach * minor * SIZE) / (2 * REACH), -angle, 0, 2 * Math.PI);
      context.globalAlpha = opacity;
      context.fill();
      context.globalAlpha = 1;
      context.stroke();
    }
  });
}

/** The half axes of the ellipse of one deviation, and how far it is turned from the horizontal. */
export function axes([[a, b], [, c]]) {
  const middle = (a + c) / 2;
  const root = Math.sqrt(((a - c) / 2) ** 2 + b * b);
  return { major: Math.sqrt(middle + root), minor: Math.sqrt(Math.max(0, middle - root)), angle: 0.5 * Math.atan2(2 * b, a - c) };
}
