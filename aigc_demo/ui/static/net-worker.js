// A Worker that draws: it is sent network files and points, and sends pixels back. What it says is in net-pool.js.

import { PageGenerator } from './net-generator.js';

/** @type {Map<number, Promise<PageGenerator>>} */
const generators = new Map();

addEventListener('message', ({ data }) => {
  if (data.kind === 'load') generators.set(data.id, PageGenerator.open(data.buffer));
  else if (data.kind === 'drop') generators.delete(data.id);
  else draw(data);
});

async function draw({ id, z, label, n, style }) {
  try {
    const generator = await generators.get(id);
    const started = performance.now();
    const pixels = generator.draw(z, label, n, style);
    postMessage({ pixels, took: performance.now() - started }, [pixels.buffer]);
  } catch (error) {
    postMessage({ key: error.key ?? 'net.damaged', values: error.values ?? {} });
  }
}
