// Noise that is the same in the page and on the server: each pixel's number follows from a seed and its place alone.

const GOLDEN = 0x9e3779b9;
const WHOLE = 2 ** 32;

/**
 * @param {number} seed 0 .. 2³² − 1 @param {number} place of the layer among those with noise
 * @returns {Float32Array} height × width numbers of N(0, 1), row by row
 */
export function noiseMap(seed, place, height, width) {
  const stream = mixed(seed + Math.imul(GOLDEN, place));
  return Float32Array.from({ length: height * width }, (_, pixel) => {
    const [first, second] = [0, 1].map((half) => mixed(stream ^ mixed(2 * pixel + half)));
    return Math.sqrt(-2 * Math.log((first + 1) / WHOLE)) * Math.cos((2 * Math.PI * second) / WHOLE); // Box & Muller 1958
  });
}

/** Bits so stirred that neighbouring numbers have nothing in common: the finish of MurmurHash3. @returns {number} 32 bits */
function mixed(value) {
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}
