/** Decimal numbers from bytes, without a string where that gives the same double. */

const ZERO = 48;
const MINUS = 45;
const POINT = 46;
/** Integers of so many digits, and powers of ten up to 10^22, are exact: one division then rounds once, as reading the text does (Clinger 1990). */
const MAX_DIGITS = 15;
const POWERS = Float64Array.from({ length: 23 }, (_, i) => Number(`1e${i}`));

const decoder = new TextDecoder('latin1');

/** What `Number` makes of the text: 0 of nothing, NaN of what is no number. */
export const numberOfBytes = (bytes: Uint8Array, start: number, end: number): number => {
  const isNegative = bytes[start] === MINUS;
  let value = 0;
  let digits = 0;
  let point = -1;
  for (let at = isNegative ? start + 1 : start; at < end; at++) {
    const code = bytes[at] ?? 0;
    if (code === POINT && point < 0) point = at;
    else if (code < ZERO || code > ZERO + 9) return Number(decoder.decode(bytes.subarray(start, end)));
    else {
      value = 10 * value + code - ZERO;
      digits += 1;
    }
  }
  if (digits === 0 || digits > MAX_DIGITS) return Number(decoder.decode(bytes.subarray(start, end)));
  const size = point < 0 ? value : value / (POWERS[end - point - 1] ?? 1);
  return isNegative ? -size : size;
};
