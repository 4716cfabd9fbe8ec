// How large a digit is: 28 × 28 pixels, a byte each, row by row, 0 = black.

export const SIDE = 28;
export const PIXELS = SIDE * SIDE;
