/** Bytes of the line in memory: their classes, and the first of a kind, sixteen at a time. */

export const LF: u32 = 10;
export const CR: u32 = 13;
export const SPACE: u32 = 32;
export const QUOTE: u32 = 34;
export const PLUS: u32 = 43;
export const COMMA: u32 = 44;
export const DASH: u32 = 45;
export const DOT: u32 = 46;
export const SLASH: u32 = 47;
export const COLON: u32 = 58;
export const LETTER_T: u32 = 84;
export const BACKSLASH: u32 = 92;
export const CLOSE_BRACKET: u32 = 93;
export const LOWER_U: u32 = 117;
export const OPEN_BRACE: u32 = 123;
export const CLOSE_BRACE: u32 = 125;

// @ts-ignore: decorator
@inline
export function byte(at: usize): u32 {
  return load<u8>(at);
}

/** Letters, `_` and all of UTF-8's high bytes, or digits. */
// @ts-ignore: decorator
@inline
export function isWordByte(c: u32): bool {
  return (c | 32) - 97 < 26 || c - 48 < 10 || c == 95 || c >= 128;
}

/** Bytes that a long variable word swallows beside its own: `- . + /`, and ASCII letters and digits. */
// @ts-ignore: decorator
@inline
export function isBlobByte(c: u32): bool {
  return (c | 32) - 97 < 26 || c - 45 < 13 || c == PLUS || c == 95;
}

/** Of sixteen bytes, one bit for each that belongs to a word. */
// @ts-ignore: decorator
@inline
export function wordBits(v: v128): u64 {
  const lower = i8x16.sub(v128.or(v, i8x16.splat(32)), i8x16.splat(97));
  const letters = i8x16.lt_u(lower, i8x16.splat(26));
  const digits = i8x16.lt_u(i8x16.sub(v, i8x16.splat(48)), i8x16.splat(10));
  const underscore = i8x16.eq(v, i8x16.splat(95));
  return <u64>i8x16.bitmask(v128.or(v128.or(letters, digits), v128.or(underscore, v)));
}

/** Of sixteen bytes, one bit for each that is a digit. */
// @ts-ignore: decorator
@inline
export function digitBits(v: v128): u64 {
  return <u64>i8x16.bitmask(i8x16.lt_u(i8x16.sub(v, i8x16.splat(48)), i8x16.splat(10)));
}

/** Of sixteen bytes, one bit for each that is an @. */
// @ts-ignore: decorator
@inline
export function atBits(v: v128): u64 {
  return <u64>i8x16.bitmask(i8x16.eq(v, i8x16.splat(64)));
}

/** The first line feed in [from, to), or `to`. */
export function findFeed(from: usize, to: usize): usize {
  const feeds = i8x16.splat(10);
  for (let i = from; i < to; i += 16) {
    const bits = i8x16.bitmask(i8x16.eq(v128.load(i), feeds));
    if (bits != 0) {
      const at = i + ctz(bits);
      return at < to ? at : to;
    }
  }
  return to;
}

/** The first quote or backslash in [from, to), or `to`. */
export function findQuote(from: usize, to: usize): usize {
  const quotes = i8x16.splat(34);
  const backslashes = i8x16.splat(92);
  for (let i = from; i < to; i += 16) {
    const v = v128.load(i);
    const bits = i8x16.bitmask(v128.or(i8x16.eq(v, quotes), i8x16.eq(v, backslashes)));
    if (bits != 0) {
      const at = i + ctz(bits);
      return at < to ? at : to;
    }
  }
  return to;
}
