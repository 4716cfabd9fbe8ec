// Numbers as people read them: few digits, a true minus sign, widths that do not jump.

const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

const withMinus = (text) => text.replaceAll('-', '−');

/** A loss or a norm at a glance: about four digits. @param {number} value */
export function short(value) {
  if (!Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  if (size >= 1e5) return withMinus(value.toExponential(1).replace('e+', 'e'));
  if (size >= 1000) return withMinus(grouped.format(value));
  if (size >= 100) return withMinus(value.toFixed(1));
  if (size >= 10) return withMinus(value.toFixed(2));
  if (size > 0 && size < 5e-4) return withMinus(value.toExponential(0));
  const text = value.toFixed(3);
  return withMinus(text === '-0.000' ? '0.000' : text);
}

/** All that a message carries: five significant digits. @param {number} value */
export function exact(value) {
  if (!Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e6 || size < 1e-4)) return withMinus(value.toExponential(4).replace('e+', 'e'));
  const decimals = size >= 1e4 ? 0 : size >= 1000 ? 1 : size >= 100 ? 2 : size >= 10 ? 3 : 4;
  return withMinus(value.toFixed(decimals));
}

/** A count with thousands separators. @param {number} value */
export const count = (value) => withMinus(grouped.format(Math.round(value || 0)));

/** Steps a second: whole above ten. @param {number} value */
export const rate = (value) => (!Number.isFinite(value) || value <= 0 ? '–' : value >= 10 ? count(value) : value.toFixed(1));

/** A weight as it stands in a formula: 0.5, 0.01, 10. @param {number} value */
export const weight = (value) => withMinus(String(Number(value.toPrecision(3))));

/** An axis label for ticks `step` apart. @param {number} value @param {number} step */
export function tick(value, step) {
  if (Math.abs(value) < step / 1e6) return '0';
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  return withMinus(decimals > 5 ? value.toExponential(0) : Math.abs(value) >= 1000 ? grouped.format(value) : value.toFixed(decimals));
}

/** Bytes as people read them. @param {number} bytes */
export function size(bytes) {
  const [unit, least] = [['GB', 1e9], ['MB', 1e6], ['kB', 1e3]].find(([, least]) => bytes >= least) ?? ['B', 1];
  const value = bytes / least;
  return `${value.toFixed(value < 10 && least > 1 ? 1 : 0)} ${unit}`;
}
