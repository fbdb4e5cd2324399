/** The usual spelling of an ISO 8601 instant, read without a cursor: most lines of most logs begin with one. */
import { isDigit, isLetter } from './ascii.ts';
import { dateMs, dayMs } from './date-ms.ts';
import type { TimeContext } from './layout.ts';

const DIGIT_0 = 48;
const DOT = 46;
const COMMA = 44;
const COLON = 58;
const PLUS = 43;
const MINUS = 45;
const UPPER_Z = 90;
/** Bytes of `YYYY-MM-DDThh:mm:ss` and what may follow it. */
const MAX_BYTES = 48;

/** Two digits at `at`; negative where there are no two. */
const two = (bytes: Uint8Array, at: number): number => {
  const tens = (bytes[at] as number) - DIGIT_0;
  const ones = (bytes[at + 1] as number) - DIGIT_0;
  return (tens | ones | (9 - tens) | (9 - ones)) < 0 ? -1 : tens * 10 + ones;
};

/**
 * Epoch milliseconds of `YYYY-MM-DD?hh:mm:ss`, perhaps a fraction of three digits or more behind `.` or `,`, and `Z` or `±hh:mm` that touches
 * it (RFC 3339, section 5.6); NaN for any other spelling, which may be an instant as well.
 *
 * @param otherwise the instant of a wall clock reading behind which, at byte `at`, something else stands
 */
export const fixedIsoMs = (bytes: Uint8Array, start: number, context: TimeContext, otherwise: (at: number, localMs: number, context: TimeContext) => number): number => {
  if (start + MAX_BYTES > bytes.length || bytes[start + 13] !== COLON || bytes[start + 16] !== COLON) return Number.NaN;
  const century = two(bytes, start);
  const year = two(bytes, start + 2);
  const month = two(bytes, start + 5);
  const day = two(bytes, start + 8);
  const hour = two(bytes, start + 11);
  const minute = two(bytes, start + 14);
  const second = two(bytes, start + 17);
  if ((century | year | month | day | hour | minute | second) < 0) return Number.NaN;
  let at = start + 19;
  // Behind a colon stand milliseconds as well, as many digits as there are.
  if (bytes[at] === COLON) return Number.NaN;
  let ms = 0;
  if (bytes[at] === DOT || bytes[at] === COMMA) {
    const tenths = two(bytes, at + 1);
    const last = (bytes[at + 3] as number) - DIGIT_0;
    if ((tenths | last | (9 - last)) < 0) return Number.NaN;
    ms = tenths * 10 + last;
    at += 4;
    for (let more = 0; more < 9 && isDigit(bytes[at] as number); more++) at++;
  }
  const local = dateMs(century * 100 + year, month, day) + dayMs(hour, minute, second) + ms;
  const mark = bytes[at];
  if (mark === UPPER_Z && !isLetter(bytes[at + 1] as number)) return local;
  if (mark !== PLUS && mark !== MINUS) return otherwise(at, local, context);
  const minutesAt = bytes[at + 3] === COLON ? at + 4 : at + 3;
  const hours = two(bytes, at + 1);
  const minutes = two(bytes, minutesAt);
  if ((hours | minutes) < 0 || hours > 15 || minutes > 59 || isDigit(bytes[minutesAt + 2] as number)) return Number.NaN;
  return local - (mark === PLUS ? 60_000 : -60_000) * (hours * 60 + minutes);
};
