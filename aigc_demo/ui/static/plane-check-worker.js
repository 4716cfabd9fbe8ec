// A Worker that plays a preset of the laboratory to its end, for the figures that its claims are about.

import { outcome } from './plane-outcome.js';

addEventListener('message', ({ data: { traced, settings, steps } }) => {
  try {
    postMessage({ figures: outcome(traced, settings, steps, (step) => postMessage({ step })) });
  } catch (error) {
    postMessage({ error: String(error.message) });
  }
});
