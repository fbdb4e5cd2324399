/** `parseInstant` on bytes: what nearly every record has is read without a string, all else is asked there. */
import { parseInstant } from './instant.ts';
import type { EpochMs } from './time.ts';

const ZERO = 48;
const NANOS_DIGITS = 19;
const HIGH_DIGITS = 10;
/** Up to here ten digits times 10^9 are exact in a double: 5^9 times them stays below 2^53. */
const MAX_HIGH = 4_600_000_000;
const MIN_NANOS = 1e17;
/** `2030-01-01T10:00:00` and a zone. */
const MIN_ISO_LENGTH = 20;

export class InstantReader {
  private readonly decoder = new TextDecoder('latin1');
  /** The day last seen, as digits, and its first millisecond. */
  private day = 0;
  private dayMs = Number.NaN;

  /** Of an unquoted number; NaN where it is no instant. */
  ofNumber(bytes: Uint8Array, start: number, end: number): EpochMs {
    if (end - start === NANOS_DIGITS) {
      const nanos = nanosOf(bytes, start);
      // The same divisor as of any number, so that the same instant is the same double.
      if (nanos >= MIN_NANOS) return nanos / 1e6;
    }
    return parseInstant(Number(this.decoder.decode(bytes.subarray(start, end)))) ?? Number.NaN;
  }

  /** Of a text without escapes; NaN where it is no instant. */
  ofText(bytes: Uint8Array, start: number, end: number): EpochMs {
    const length = end - start;
    if (length === NANOS_DIGITS) {
      const nanos = nanosOf(bytes, start);
      if (nanos >= MIN_NANOS) return nanos / 1e6;
    }
    if (length >= MIN_ISO_LENGTH && length <= 30 && bytes[end - 1] === 90) {
      const at = this.iso(bytes, start, end - 1);
      if (!Number.isNaN(at)) return at;
    }
    return parseInstant(this.decoder.decode(bytes.subarray(start, end))) ?? Number.NaN;
  }

  /** `YYYY-MM-DDTHH:MM:SS` and perhaps a fraction; NaN for any other form. */
  private iso(bytes: Uint8Array, start: number, end: number): EpochMs {
    const isForm = bytes[start + 4] === 45 && bytes[start + 7] === 45 && bytes[start + 10] === 84 && bytes[start + 13] === 58 && bytes[start + 16] === 58;
    const day = pair(bytes, start) * 1_000_000 + pair(bytes, start + 2) * 10_000 + pair(bytes, start + 5) * 100 + pair(bytes, start + 8);
    const hour = pair(bytes, start + 11);
    const minute = pair(bytes, start + 14);
    const second = pair(bytes, start + 17);
    const milli = millisOf(bytes, start + 19, end);
    if (!isForm || !(hour < 24 && minute < 60 && second < 60) || Number.isNaN(milli) || Number.isNaN(day)) return Number.NaN;
    if (day !== this.day) {
      this.day = day;
      this.dayMs = parseInstant(`${this.decoder.decode(bytes.subarray(start, start + 10))}T00:00:00Z`) ?? Number.NaN;
    }
    return this.dayMs + hour * 3_600_000 + minute * 60_000 + second * 1000 + milli;
  }
}

/** Two digits; NaN where they are none. */
const pair = (bytes: Uint8Array, at: number): number => {
  const high = (bytes[at] ?? 0) - ZERO;
  const low = (bytes[at + 1] ?? 0) - ZERO;
  return high >= 0 && high <= 9 && low >= 0 && low <= 9 ? 10 * high + low : Number.NaN;
};

/** Three digits of a fraction, cut as `Date.parse` cuts them. */
const millisOf = (bytes: Uint8Array, start: number, end: number): number => {
  if (start === end) return 0;
  if (bytes[start] !== 46 || end - start < 2) return Number.NaN;
  let millis = 0;
  for (let i = 1; i < end - start; i++) {
    const digit = (bytes[start + i] ?? 0) - ZERO;
    if (digit < 0 || digit > 9) return Number.NaN;
    if (i <= 3) millis = 10 * millis + digit;
  }
  for (let i = end - start; i <= 3; i++) millis *= 10;
  return millis;
};

/** Nineteen digits as the nearest double; NaN where they are none or too many for that. */
const nanosOf = (bytes: Uint8Array, start: number): number => {
  let high = 0;
  let low = 0;
  for (let i = 0; i < NANOS_DIGITS; i++) {
    const digit = (bytes[start + i] ?? 0) - ZERO;
    if (digit < 0 || digit > 9) return Number.NaN;
    if (i < HIGH_DIGITS) high = 10 * high + digit;
    else low = 10 * low + digit;
  }
  return high <= MAX_HIGH ? high * 1e9 + low : Number.NaN;
};
