// A point as others can be sent it: in an address, or as JSON. What it asks for is read here, but not judged.

/**
 * @typedef {{model?: any, label?: any, mix?: any, truncation?: any, z?: any, styles?: any, axes?: any, panel?: any}} Wish
 *   what a link or a JSON text asks for; a name is there only where it was given, and its value may be nonsense
 */

export const QUERY = ['model', 'label', 'mix', 'psi', 'z', 'styles', 'axes', 'panel'];
export const MOST_CHARACTERS = 100_000;
const BYTES = 4; // of a single-precision number

/** @param {ArrayLike<number>} z @returns {string} base64url of little-endian single-precision numbers */
export function encodeZ(z) {
  const view = new DataView(new ArrayBuffer(BYTES * z.length));
  Array.from(z).forEach((value, k) => view.setFloat32(BYTES * k, value, true));
  const text = btoa(String.fromCharCode(...new Uint8Array(view.buffer)));
  return text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** @param {string} text @returns {number[] | null} null for what is no such list */
export function decodeZ(text) {
  let bytes;
  try {
    bytes = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (sign) => sign.charCodeAt(0));
  } catch {
    return null;
  }
  if (!bytes.length || bytes.length % BYTES) return null;
  const view = new DataView(bytes.buffer);
  return Array.from({ length: bytes.length / BYTES }, (_, k) => view.getFloat32(BYTES * k, true));
}

/** @param {URLSearchParams} query @returns {Wish | null} null where the address asks for no point */
export function wishOfQuery(query) {
  if (!QUERY.some((name) => query.has(name))) return null;
  const readers = { label: readLabel, mix: readMix, psi: readNumber, z: decodeZ, styles: readStyles };
  const wish = {};
  for (const name of QUERY) {
    if (query.has(name)) wish[name === 'psi' ? 'truncation' : name] = (readers[name] ?? String)(query.get(name));
  }
  return wish;
}

/**
 * @param {string} text of a JSON object, or a link that carries a point
 * @returns {{wish: Wish, whole: boolean} | null} `whole`: what is not named is as nobody has touched it, as links are meant
 */
export function wishOfText(text) {
  const trimmed = text.trim();
  if (trimmed.length > MOST_CHARACTERS) return null;
  const isLink = /^https?:\/\//.test(trimmed) && URL.canParse(trimmed);
  const wish = isLink ? wishOfQuery(new URL(trimmed).searchParams) : wishOfJson(trimmed);
  return wish && { wish, whole: isLink };
}

function wishOfJson(text) {
  let found;
  try {
    found = JSON.parse(text);
  } catch {
    return null;
  }
  if (found === null || typeof found !== 'object' || Array.isArray(found)) return null;
  const names = ['model', 'label', 'mix', 'truncation', 'z', 'styles', 'axes', 'panel'].filter((name) => Object.hasOwn(found, name));
  return names.length ? Object.fromEntries(names.map((name) => [name, found[name]])) : null;
}

/** @param {Wish} wish as `wishOfQuery` would read it again @returns {Object<string, string>} */
export function queryOf({ model, label, mix, truncation, z, styles, axes, panel }) {
  const all = {
    model, label, axes, panel,
    mix: mix && `${mix.to}:${short(mix.share)}`,
    psi: truncation === undefined ? undefined : short(truncation),
    z: z && encodeZ(z),
    styles: styles && [styles.from ?? '', short(styles.noise), styles.seed, ...(styles.z ? [encodeZ(styles.z)] : [])].join(':'),
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined && value !== null).map(([name, value]) => [name, String(value)]));
}

const short = (value) => String(Math.round(value * 1e4) / 1e4);
const readNumber = (text) => (text.trim() === '' ? NaN : Number(text));
const readLabel = (text) => (/^\d+$/.test(text) ? Number(text) : text);

function readMix(text) {
  const [, to, share] = text.match(/^(\d+):([\d.]+)$/) ?? [];
  return to === undefined ? text : { to: Number(to), share: Number(share) };
}

/** "from:noise:seed:z", where nothing is mixed without the first and the last. */
function readStyles(text) {
  const [, from, noise, seed, z] = text.match(/^(\d*):([\d.]+):(\d+)(?::([\w-]+))?$/) ?? [];
  if (noise === undefined) return text;
  return { noise: Number(noise), seed: Number(seed), ...(z && { from: Number(from), z: decodeZ(z) }) };
}
