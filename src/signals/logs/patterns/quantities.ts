/** Numbers with what they count: units that a statement chooses by size, and nouns in the singular and the plural. */
import { WILDCARD } from './wildcard.ts';

/** What a number is counted in, where the same statement may choose another unit for another size. */
const UNITS: ReadonlySet<string> = new Set(
  (
    'B b byte bytes Byte Bytes kB KB kb Kb MB mb Mb GB gb Gb TB tb PB KiB MiB GiB TiB K M G bit bits ' +
    'ns us ms s msec msecs millis millisecond milliseconds microseconds nanoseconds sec secs second seconds min mins minute minutes hr hrs hour hours day days week weeks month months year years ' +
    'Hz kHz KHz MHz GHz bps kbps Kbps Mbps Gbps B/s KiB/s MiB/s GiB/s KB/s kB/s MB/s GB/s % percent'
  ).split(' '),
);

/** Where the unit at `at` ends, with the same quantity again in brackets: `bytes (4.0 KB)`; `at` where no unit stands. */
export const unitEnd = (words: readonly string[], at: number): number => {
  if (!UNITS.has(words[at] ?? '') || words[at + 1] === '=') return at;
  const again = words[at + 1] === '(' && words[at + 2] === WILDCARD && UNITS.has(words[at + 3] ?? '') && words[at + 4] === ')';
  return again ? at + 5 : at + 1;
};

/** Shorter words (`is`, `was`, `has`) are verbs. */
const MIN_NOUN = 5;

/** What a number counts, in the singular: `1 connection` and `2 connections` are of one statement. */
export const countedNoun = (word: string): string => {
  if (word.length < MIN_NOUN || !/^[a-z]+s$/.test(word) || word.endsWith('ss')) return word;
  return word.endsWith('ies') ? `${word.slice(0, -3)}y` : word.slice(0, -1);
};
