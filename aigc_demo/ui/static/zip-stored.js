// A zip of some files, uncompressed: what a visitor chose one by one travels as the one file that the server reads.

const TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let value = n;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});

/** The CRC-32 that zips carry. @param {Uint8Array} bytes */
export function crc32(bytes) {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = TABLE[(crc ^ byte) & 0xff] ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

/** @param {{name: string, bytes: Uint8Array}[]} files with plain names, together far below 4 GB @returns {Uint8Array[]} */
export function storedZip(files) {
  const parts = [];
  const directory = [];
  let offset = 0;
  for (const { name, bytes } of files) {
    const title = new TextEncoder().encode(name);
    const facts = [20, 0x800, 0, 0, 0x21, [crc32(bytes)], [bytes.length], [bytes.length], title.length, 0]; // 0x21: 1 January 1980
    const head = words([0x04034b50], ...facts);
    parts.push(head, title, bytes);
    directory.push(words([0x02014b50], 20, ...facts, 0, 0, 0, [0], [offset]), title);
    offset += head.length + title.length + bytes.length;
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0);
  return [...parts, ...directory, words([0x06054b50], 0, 0, files.length, files.length, [size], [offset], 0)];
}

/** Numbers of two bytes, and in brackets of four, the lowest byte first. */
function words(...values) {
  const bytes = values.flatMap((value) => (Array.isArray(value) ? [0, 8, 16, 24].map((shift) => (value[0] >>> shift) & 0xff) : [value & 0xff, value >>> 8]));
  return Uint8Array.from(bytes);
}
