// Why a network file cannot be used: a word of the page and what to fill it with, which also travel out of a Worker.

export class NetError extends Error {
  /** @param {string} key of the page's words @param {Object<string, string | number>} [values] */
  constructor(key, values = {}) {
    super(key);
    this.key = key;
    this.values = values;
  }
}

/** Throw unless `right`. */
export function demand(right, key, values) {
  if (!right) throw new NetError(key, values);
}
