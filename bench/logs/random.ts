/** A small deterministic source of randomness: the same seed gives the same inputs on every machine. */

export interface Random {
  /** 0 <= x < 1. */
  readonly next: () => number;
  /** from <= x < to, whole. */
  readonly int: (from: number, to: number) => number;
  readonly pick: <T>(values: readonly T[]) => T;
  /** `length` characters of `alphabet`. */
  readonly text: (length: number, alphabet?: string) => string;
  readonly hex: (length: number) => string;
}

const LETTERS_AND_DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const HEX = '0123456789abcdef';

/** Mulberry32 (Tommy Ettinger, public domain): 32 bits of state, good enough for test data. */
export const seededRandom = (seed: number): Random => {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const int = (from: number, to: number): number => from + Math.floor(next() * (to - from));
  const text = (length: number, alphabet = LETTERS_AND_DIGITS): string => {
    let made = '';
    for (let index = 0; index < length; index++) made += alphabet.charAt(int(0, alphabet.length));
    return made;
  };
  const pick = <T>(values: readonly T[]): T => {
    const value = values[int(0, values.length)];
    if (value === undefined) throw new RangeError('pick: no values');
    return value;
  };
  return { next, int, pick, text, hex: (length) => text(length, HEX) };
};
