/** The shape under way: its hash, and where the positions of variable words go. */

export const PRIME: u64 = 0x9e3779b97f4a7c15;
export const SEED: u64 = 0x243f6a8885a308d3;
/** What a word with a digit, and an e-mail address, are in the hash. */
export const VALUE_MARK: u64 = 0x13198a2e03707344;
export const EMAIL_MARK: u64 = 0xa4093822299f31d0;

export namespace shape {
  export let hash: u64 = 0;
  /** Where the next mark is written, and behind the last that has room. */
  export let markAt: usize = 0;
  export let markEnd: usize = 0;
}

/** The hash after one more item and the separator behind it. */
// @ts-ignore: decorator
@inline
export function mixed(h: u64, item: u64, c: u32): u64 {
  const x = (h ^ item) + <u64>c;
  return (x ^ (x >> 32)) * PRIME;
}

// @ts-ignore: decorator
@inline
export function mix(item: u64, c: u32): void {
  shape.hash = mixed(shape.hash, item, c);
}

/** Spreads what came last over all bits. */
export function seal(): void {
  const h = (shape.hash ^ (shape.hash >> 29)) * PRIME;
  shape.hash = h ^ (h >> 32);
}

/** The first `length` of eight bytes, up to seven of them. */
// @ts-ignore: decorator
@inline
function lowBytes(length: usize): u64 {
  return ~(u64.MAX_VALUE << (<u64>length << 3));
}

/** The hash after `length` bytes of text at `at` and the item behind them; eight bytes a step. */
// @ts-ignore: decorator
@inline
export function stretchHash(hash: u64, at: usize, length: usize, item: u64): u64 {
  let h = hash;
  let i = at;
  let left = length;
  while (left >= 8) {
    h = (h ^ load<u64>(i)) * PRIME;
    h ^= h >> 32;
    i += 8;
    left -= 8;
  }
  // Seven bytes at most: the eighth holds how many.
  h = (h ^ (load<u64>(i) & lowBytes(left)) ^ (<u64>left << 56) ^ item) * PRIME;
  return h ^ (h >> 32);
}

/** Of a word of fewer than sixteen bytes at `at`, without a branch. */
// @ts-ignore: decorator
@inline
export function shortWordHash(at: usize, length: usize): u64 {
  const isLong = length >= 8;
  const low = load<u64>(at) & select<u64>(u64.MAX_VALUE, lowBytes(length), isLong);
  const high = load<u64>(at, 8) & select<u64>(lowBytes(length - 8), 0, isLong);
  return (low ^ (high * PRIME) ^ (high >> 7) ^ length) * PRIME;
}

/** Of the word in bytes [at, at + length), which are read eight at a time. */
export function wordHash(at: usize, length: usize): u64 {
  if (length < 16) return shortWordHash(at, length);
  let h: u64 = length;
  let i = at;
  let left = length;
  while (left > 8) {
    h = (h ^ load<u64>(i)) * PRIME;
    h ^= h >> 29;
    i += 8;
    left -= 8;
  }
  if (left == 0) return h;
  return (h ^ (load<u64>(i) & (u64.MAX_VALUE >> (64 - (left << 3))))) * PRIME;
}
