// Making elements, without ever reading a string as HTML.

/**
 * @param {string} tag e.g. 'p' or 'button.aigc-quiet'
 * @param {Object<string, any>} [properties] attributes; `on…` keys are listeners
 * @param {...(Node | string)} children
 * @returns {HTMLElement}
 */
export function make(tag, properties = {}, ...children) {
  const [name, ...classes] = tag.split('.');
  const element = document.createElement(name);
  if (classes.length) element.className = classes.join(' ');
  for (const [key, value] of Object.entries(properties)) {
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else if (value === true && !key.startsWith('aria-')) element.setAttribute(key, '');
    else if ((value !== false || key.startsWith('aria-')) && value !== null && value !== undefined) element.setAttribute(key, String(value));
  }
  element.append(...children);
  return element;
}

/** Set text only where it differs, in the text node that is there: nothing is laid out or made anew without need. */
export function setText(element, text) {
  const node = element.firstChild;
  if (node?.nodeType === Node.TEXT_NODE && !node.nextSibling) {
    if (node.data !== text) node.data = text;
  } else if (element.textContent !== text) {
    element.textContent = text;
  }
}

/**
 * A function that calls `action` at most every `ms` milliseconds, and always once more after the last call.
 * @param {() => void} action @param {number} ms
 */
export function atMostEvery(ms, action) {
  let last = -Infinity;
  let timer = 0;
  return () => {
    if (timer) return;
    const wait = last + ms - performance.now();
    const run = () => {
      timer = 0;
      last = performance.now();
      action();
    };
    if (wait <= 0) run();
    else timer = setTimeout(run, wait);
  };
}
