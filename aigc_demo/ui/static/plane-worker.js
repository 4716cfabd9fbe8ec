// A Worker that plays one game in the plane. Each message is answered in the order in which they came.

import { PlaneTable } from './plane-table.js';

let table = null;

const ANSWERS = {
  begin: ({ traced, settings }) => {
    table = new PlaneTable(traced, settings);
    return null;
  },
  use: ({ settings }) => table.use(settings),
  advance: ({ wish }) => table.advance(wish),
  perfect: () => table.perfect(),
};

addEventListener('message', ({ data }) => {
  try {
    postMessage({ id: data.id, value: ANSWERS[data.kind](data) });
  } catch (error) {
    postMessage({ id: data.id, error: String(error.message) });
  }
});
