/** Time values of JSON records. */
import { findTimestamp } from './find-timestamp.ts';
import type { TimeContext } from './layout.ts';
import { readEpochMs } from './read-epoch-ms.ts';

/** Longer strings are no timestamps. */
const MAX_LENGTH = 64;
const encoder = new TextEncoder();

/** Seconds, milliseconds, microseconds or nanoseconds since 1970, told apart by size: each range covers 1973 to 2286. */
const epochOfNumber = (value: number): number => {
  const size = Math.abs(value);
  if (size < 1e8) return Number.NaN;
  if (size < 1e11) return Math.floor(value * 1000);
  if (size < 1e14) return Math.floor(value);
  return Math.floor(size < 1e17 ? value / 1000 : value / 1e6);
};

/** Epoch milliseconds of a string in any known layout, or of a number by its size; NaN where it is no time. */
export const epochOf = (value: string | number, context: TimeContext): number => {
  if (typeof value === 'number') return Number.isFinite(value) ? epochOfNumber(value) : Number.NaN;
  const text = value.length > MAX_LENGTH ? '' : value.trim();
  const found = findTimestamp(text, 0);
  if (found === null) return Number.NaN;
  return readEpochMs(encoder.encode(text), 0, found.layout, context);
};
