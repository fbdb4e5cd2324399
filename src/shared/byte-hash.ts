/**
 * 53-bit numbers for byte strings, so that ids and names of a million records need no string each. Two of a million distinct strings
 * share a number about once in 20,000 inputs; they would then be taken for one. Not cryptographic.
 */

/** MurmurHash3's multipliers (Austin Appleby, public domain). */
const PRIME_LOW = 0xcc9e2d51 | 0;
const PRIME_HIGH = 0x1b873593;
const START_LOW = 0x9747b28c | 0;
const START_HIGH = 0x3c6ef372;
const HIGH_BITS = 0x1f_ffff;
const TWO_32 = 0x1_0000_0000;

const joined = (low: number, high: number): number => {
  let mixedLow = Math.imul(low ^ (low >>> 16), 0x85ebca6b) ^ high;
  mixedLow = Math.imul(mixedLow ^ (mixedLow >>> 13), 0xc2b2ae35);
  mixedLow ^= mixedLow >>> 16;
  const mixedHigh = Math.imul(high ^ (high >>> 15), 0x85ebca77) ^ mixedLow;
  // 0 stands for "none" wherever such numbers are kept.
  return ((mixedHigh ^ (mixedHigh >>> 13)) & HIGH_BITS) * TWO_32 + (mixedLow >>> 0) || 1;
};

/** Of `bytes` from `start` to before `end`; 1 to 2^53 - 1. */
export const hashBytes = (bytes: Uint8Array, start: number, end: number): number => {
  let low = START_LOW ^ (end - start);
  let high = START_HIGH;
  let at = start;
  for (const last = end - 3; at < last; at += 4) {
    const word = (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24);
    low = Math.imul(low ^ word, PRIME_LOW);
    low ^= low >>> 15;
    high = Math.imul(high ^ word, PRIME_HIGH);
    high ^= high >>> 13;
  }
  for (; at < end; at++) {
    low = Math.imul(low ^ (bytes[at] ?? 0), PRIME_LOW);
    low ^= low >>> 15;
    high = Math.imul(high ^ (bytes[at] ?? 0), PRIME_HIGH);
    high ^= high >>> 13;
  }
  return joined(low, high);
};

const encoder = new TextEncoder();

/** The number of the text's UTF-8 bytes. */
export const hashText = (text: string): number => {
  const bytes = encoder.encode(text);
  return hashBytes(bytes, 0, bytes.length);
};

/** One number for an ordered pair of such numbers. */
export const hashPair = (first: number, second: number): number => {
  const low = Math.imul((first | 0) ^ START_LOW, PRIME_LOW) ^ ((second / TWO_32) | 0);
  const high = Math.imul((second | 0) ^ START_HIGH, PRIME_HIGH) ^ Math.imul((first / TWO_32) | 0, PRIME_LOW);
  return joined(low, high);
};
