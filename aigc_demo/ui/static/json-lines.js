// Answers that arrive line by line, each line a JSON value of its own.

/**
 * What the lines of a stream say, as they come. A line that is no JSON is left out: half a line, where the connection broke.
 * @param {ReadableStream<Uint8Array>} stream @returns {AsyncGenerator<any>} throws what reading throws
 */
export async function* jsonLines(stream) {
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  try {
    for (;;) {
      const { value, done } = await reader.read();
      const lines = (rest + (value ?? '')).split('\n');
      rest = done ? '' : lines.pop();
      for (const line of lines) {
        const said = parsed(line);
        if (said !== undefined) yield said;
      }
      if (done) return;
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

function parsed(line) {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
