// One call in flight, and the last wish always granted: what slider movements need of a server.

/**
 * A function that runs `work`, or, while it runs, notes that it must run once more.
 * @param {() => Promise<void>} work must not throw
 * @returns {() => Promise<void>} resolves when nothing is wished for any more
 */
export function latest(work) {
  let wanted = false;
  let running = null;
  const run = async () => {
    await null; // what else is wished for in this same moment is granted in one
    while (wanted) {
      wanted = false;
      await work();
    }
    running = null;
  };
  return () => {
    wanted = true;
    running ??= run();
    return running;
  };
}
