// What networks tell of themselves, from a run's probes.

export const PLAYERS = ['g', 'd'];

/** Scalars by their name without the player, in the order in which they were first told. @param {import('./probes.js').Probe[]} probes */
export function seriesOf(probes) {
  /** @type {Map<string, Object<string, [number, number][]>>} */
  const series = new Map();
  for (const { step, inner } of probes) {
    for (const [name, value] of Object.entries(inner ?? {})) {
      const [player, ...rest] = name.split('.');
      if (!PLAYERS.includes(player) || !Number.isFinite(value)) continue;
      const key = rest.join('.');
      if (!series.has(key)) series.set(key, {});
      (series.get(key)[player] ??= []).push([step, value]);
    }
  }
  return series;
}
