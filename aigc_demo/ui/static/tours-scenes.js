// What a stop of a tour does to the page.

import { show } from './explain-go.js';
import { startPreset } from './presets.js';
import { openTab } from './tabs.js';

const PATIENCE_MS = 8000;

/** The element, once it is there and alive; null where it does not come or the stop is left. */
async function alive(selector, method, signal) {
  for (const deadline = performance.now() + PATIENCE_MS; performance.now() < deadline && !signal.aborted; ) {
    const element = document.querySelector(selector);
    if (typeof element?.[method] === 'function') return element;
    await new Promise((resolve) => setTimeout(resolve, 60));
  }
  return null;
}

const SCENES = {
  async tab({ value }) {
    openTab(value);
    scrollTo({ top: 0 });
  },
  show: ({ value }) => show(value),
  async preset({ value }) {
    openTab('train');
    scrollTo({ top: 0 });
    await startPreset(value);
  },
  async experiment({ value }, signal) {
    const place = value === 'ladder' ? 'tutorial/ladder' : `erratum/${value}`;
    await show(place);
    const element = await alive(`aigc-experiment[data-key="${value}"]`, 'run', signal);
    if (!element || signal.aborted) return;
    signal.addEventListener('abort', () => element.stop(), { once: true });
    element.scrollIntoView({ block: 'center' });
    await element.build();
    if (!signal.aborted) element.run(); // it goes on while the presenter speaks
  },
  async plane({ value }, signal) {
    await show('lab');
    const element = await alive('aigc-plane', 'load', signal);
    if (!element || signal.aborted) return;
    signal.addEventListener('abort', () => element.pause(), { once: true });
    await element.load(value);
  },
  async dirac({ options }, signal) {
    await show('dirac');
    const element = await alive('aigc-dirac', 'load', signal);
    if (element && !signal.aborted) await element.load(options);
  },
};

/** @param {{kind: string, value: string, options: object}} scene @param {AbortSignal} signal the stop has been left */
export async function setUp(scene, signal) {
  document.querySelector('dialog[open]')?.close();
  await SCENES[scene.kind]?.(scene, signal);
}
