// Products of matrices for the plane's graphs. Two rows and four columns are worked on at a time, so that eight sums
// stay in registers and each number that is read takes part in several multiplications. Transposed operands are copied
// first: that costs a few thousand moves against a million multiplications.

/**
 * c = a · b, either operand transposed first where asked. All are Float32Arrays, row by row.
 * @param {{rows: number, depth: number, columns: number, ta: boolean, tb: boolean}} size of the product
 * @returns {(a: Float32Array, b: Float32Array, c: Float32Array) => void}
 */
export function product({ rows, depth, columns, ta, tb }) {
  const left = ta ? new Float32Array(rows * depth) : null;
  const right = new Float32Array(depth * columns);
  return (a, b, c) => {
    if (left) transpose(a, depth, rows, left);
    if (tb) packTransposed(b, depth, columns, right);
    else pack(b, depth, columns, right);
    multiply(left ?? a, right, c, rows, depth, columns);
  };
}

function transpose(from, rows, columns, to) {
  for (let r = 0; r < rows; r++) for (let c = 0; c < columns; c++) to[c * rows + r] = from[r * columns + c];
}

/** Panels of four columns, then single columns, each read from front to end. */
function pack(b, depth, columns, to) {
  let place = 0;
  let j = 0;
  for (; j + 3 < columns; j += 4) {
    for (let k = 0; k < depth; k++) {
      const from = k * columns + j;
      to[place] = b[from];
      to[place + 1] = b[from + 1];
      to[place + 2] = b[from + 2];
      to[place + 3] = b[from + 3];
      place += 4;
    }
  }
  for (; j < columns; j++) for (let k = 0; k < depth; k++) to[place++] = b[k * columns + j];
}

function packTransposed(b, depth, columns, to) {
  let place = 0;
  let j = 0;
  for (; j + 3 < columns; j += 4) {
    for (let k = 0; k < depth; k++) {
      const from = j * depth + k;
      to[place] = b[from];
      to[place + 1] = b[from + depth];
      to[place + 2] = b[from + 2 * depth];
      to[place + 3] = b[from + 3 * depth];
      place += 4;
    }
  }
  for (; j < columns; j++) for (let k = 0; k < depth; k++) to[place++] = b[j * depth + k];
}

function multiply(a, b, c, rows, depth, columns) {
  let panel = 0;
  let j = 0;
  for (; j + 3 < columns; j += 4) {
    let r = 0;
    for (; r + 1 < rows; r += 2) twoRows(a, r * depth, b, panel, depth, c, r * columns + j, columns);
    for (; r < rows; r++) oneRow(a, r * depth, b, panel, depth, c, r * columns + j);
    panel += depth * 4;
  }
  for (; j < columns; j++) {
    oneColumn(a, b, panel, rows, depth, c, j, columns);
    panel += depth;
  }
}

function twoRows(a, first, b, panel, depth, c, target, columns) {
  const second = first + depth;
  let x0 = 0, x1 = 0, x2 = 0, x3 = 0;
  let y0 = 0, y1 = 0, y2 = 0, y3 = 0;
  let place = panel;
  for (let k = 0; k < depth; k++) {
    const b0 = b[place];
    const b1 = b[place + 1];
    const b2 = b[place + 2];
    const b3 = b[place + 3];
    place += 4;
    const x = a[first + k];
    x0 += x * b0;
    x1 += x * b1;
    x2 += x * b2;
    x3 += x * b3;
    const y = a[second + k];
    y0 += y * b0;
    y1 += y * b1;
    y2 += y * b2;
    y3 += y * b3;
  }
  c[target] = x0;
  c[target + 1] = x1;
  c[target + 2] = x2;
  c[target + 3] = x3;
  target += columns;
  c[target] = y0;
  c[target + 1] = y1;
  c[target + 2] = y2;
  c[target + 3] = y3;
}

function oneRow(a, first, b, panel, depth, c, target) {
  let x0 = 0, x1 = 0, x2 = 0, x3 = 0;
  for (let k = 0; k < depth; k++) {
    const x = a[first + k];
    x0 += x * b[panel + 4 * k];
    x1 += x * b[panel + 4 * k + 1];
    x2 += x * b[panel + 4 * k + 2];
    x3 += x * b[panel + 4 * k + 3];
  }
  c[target] = x0;
  c[target + 1] = x1;
  c[target + 2] = x2;
  c[target + 3] = x3;
}

function oneColumn(a, b, panel, rows, depth, c, target, columns) {
  for (let r = 0; r < rows; r++) {
    let sum = 0;
    for (let k = 0; k < depth; k++) sum += a[r * depth + k] * b[panel + k];
    c[r * columns + target] = sum;
  }
}
