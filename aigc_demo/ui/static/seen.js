// Sleeping while nobody looks: what is live on a long page works only where it is on the screen of a visible document.

/**
 * Call `wake` whenever the element comes into view and `rest` whenever it leaves it, or the document is hidden.
 * @param {HTMLElement} element @param {{wake: () => void, rest?: () => void, margin?: string}} what
 * @returns {() => void} stops watching, and rests
 */
export function whileSeen(element, { wake, rest = () => {}, margin = '120px' }) {
  let near = false;
  let awake = false;
  const settle = () => {
    const wanted = near && !document.hidden;
    if (wanted === awake) return;
    awake = wanted;
    if (awake) wake();
    else rest();
  };
  const observer = new IntersectionObserver(([...entries]) => {
    near = entries.at(-1).isIntersecting;
    settle();
  }, { rootMargin: margin });
  observer.observe(element);
  document.addEventListener('visibilitychange', settle);
  return () => {
    observer.disconnect();
    document.removeEventListener('visibilitychange', settle);
    near = false;
    settle();
  };
}
