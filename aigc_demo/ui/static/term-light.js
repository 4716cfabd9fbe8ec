// One term of the loss lit on the Train tab: whoever points at it says so, and the ledger and the chart mark it.

const EVENT = 'aigc:term';

/** @param {(key: string | null) => void} listener gets the key of the term that is pointed at, or null */
export function onTerm(listener) {
  addEventListener(EVENT, ({ detail }) => listener(detail.key));
}

/** What makes an element light its term while the pointer or the focus is on it. @param {string} key */
export function lighting(key) {
  const light = (now) => () => dispatchEvent(new CustomEvent(EVENT, { detail: { key: now } }));
  return { onpointerenter: light(key), onpointerleave: light(null), onfocus: light(key), onblur: light(null) };
}
