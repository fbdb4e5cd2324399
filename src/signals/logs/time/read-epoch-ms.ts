/** Reads one timestamp from bytes: the hot path of every event, so digits and integers only, nothing allocated. */
import { isDigit, isLetter } from './ascii.ts';
import { dateMs, dayMs, fullYear, monthOfLetters, withHalfDay } from './date-ms.ts';
import { fixedIsoMs } from './fixed-iso.ts';
import { latestDay, latestYear } from './latest-date.ts';
import { TIME_LAYOUT, type TimeContext, type TimeLayout } from './layout.ts';
import { packedZoneOffsetMs } from './zone-names.ts';

// One cursor and one set of fields for the whole module: a call never yields, so no two of them meet.
let bytes: Uint8Array = new Uint8Array(0);
let at = 0;
let read = 0;

const peek = (): number => (at < bytes.length ? (bytes[at] as number) : 0);

/** Reads up to `max` digits; `read` is how many there were, NaN where there are none. */
const number = (max: number): number => {
  let value = 0;
  read = 0;
  let c = peek();
  while (read < max && isDigit(c)) {
    value = value * 10 + c - 48;
    read++;
    at++;
    c = peek();
  }
  return read === 0 ? Number.NaN : value;
};

const skipSpaces = (): void => {
  while (peek() === 32) at++;
};

/** Passes bytes between a date and a time, or between the parts of a date; four at most. */
const skipSeparators = (): void => {
  for (let n = 0; n < 4; n++) {
    const c = peek();
    // space , - . / : T [ ] _
    if (c !== 32 && (c < 44 || c > 47) && c !== 58 && c !== 84 && c !== 91 && c !== 93 && c !== 95) return;
    at++;
  }
};

/** Digits after the separator of a fraction, as whole milliseconds; behind a colon they count milliseconds, unpadded. */
const fractionMs = (): number => {
  const c = peek();
  if (c !== 46 && c !== 44 && c !== 58) return 0;
  if (!isDigit(bytes[at + 1] ?? 0)) return 0;
  at++;
  const value = number(3);
  const ms = read === 3 || c === 58 ? value : read === 2 ? value * 10 : value * 100;
  while (isDigit(peek())) at++;
  return ms;
};

/** 0: none, 1: before noon, 2: after noon. `AM`, `pm`, `오전`, `오후`. */
const halfDay = (): number => {
  let p = at;
  while (bytes[p] === 32) p++;
  const c = bytes[p] ?? 0;
  const d = bytes[p + 1] ?? 0;
  if ((c === 65 || c === 97 || c === 80 || c === 112) && (d === 77 || d === 109) && !isLetter(bytes[p + 2] ?? 0)) {
    at = p + 2;
    return (c | 32) === 97 ? 1 : 2;
  }
  // 오 EC 98 A4, 전 EC A0 84, 후 ED 9B 84
  if (c === 0xec && d === 0x98 && bytes[p + 2] === 0xa4) {
    const half = bytes[p + 3] === 0xec ? 1 : bytes[p + 3] === 0xed ? 2 : 0;
    if (half !== 0) at = p + 6;
    return half;
  }
  return 0;
};

/** Milliseconds of the day, or NaN: `h:m`, `h:m:s`, `h.m.s`, a fraction, AM and PM before or behind. */
const clock = (): number => {
  const before = halfDay();
  if (before !== 0) skipSpaces();
  const hour = number(2);
  let c = peek();
  if (c !== 58 && c !== 46) return Number.NaN;
  at++;
  const minute = number(2);
  let second = 0;
  let ms = 0;
  c = peek();
  if ((c === 58 || c === 46) && isDigit(bytes[at + 1] ?? 0)) {
    at++;
    second = number(2);
    ms = fractionMs();
  }
  return dayMs(withHalfDay(hour, before !== 0 ? before : halfDay()), minute, second) + ms;
};

/** `hhmmss` with or without colons. */
const compactClock = (): number => {
  const begin = at;
  const hour = number(2);
  if (peek() === 58) {
    at = begin;
    return clock();
  }
  const minute = number(2);
  const second = number(2);
  return dayMs(hour, minute, second) + fractionMs();
};

/** Offset in milliseconds of the zone at the cursor; NaN where none stands there. */
const zone = (): number => {
  let p = at;
  let c = bytes[p] ?? 0;
  const spaced = c === 32;
  if (spaced) c = bytes[++p] ?? 0;
  if ((c === 90 || c === 122) && !isLetter(bytes[p + 1] ?? 0)) return 0;
  if (c === 43 || c === 45) return signedZone(p, spaced);
  let packed = 0;
  let length = 0;
  while (c >= 65 && c <= 90 && length < 5) {
    packed = packed * 32 + c - 64;
    length++;
    c = bytes[++p] ?? 0;
  }
  return length < 3 || length > 4 || isLetter(c) || isDigit(c) ? Number.NaN : packedZoneOffsetMs(packed);
};

/** `+09:00`, `+0900`; `+09` only where it touches the time. */
const signedZone = (p: number, spaced: boolean): number => {
  const sign = bytes[p] === 45 ? -1 : 1;
  at = p + 1;
  const hours = number(2);
  if (at !== p + 3) return Number.NaN;
  if (peek() === 58) at++;
  const begin = at;
  const minutes = number(2);
  if (at === begin) return spaced ? Number.NaN : sign * hours * 3_600_000;
  return at === begin + 2 && hours <= 15 && minutes < 60 ? sign * (hours * 60 + minutes) * 60_000 : Number.NaN;
};

const instant = (localMs: number, context: TimeContext): number => {
  if (Number.isNaN(localMs)) return localMs;
  const offset = zone();
  return localMs - (Number.isNaN(offset) ? context.naiveOffsetMs(localMs) : offset);
};

const withoutYear = (month: number, day: number, ofDay: number, context: TimeContext): number => {
  if (Number.isNaN(ofDay)) return ofDay;
  const offset = zone();
  return latestYear({ month, day, ofDay, offset }, context);
};

/** 1 to 12 from the three letters at the cursor, in any case, passing the rest of the word; NaN otherwise. */
const monthName = (): number => {
  const a = (bytes[at] ?? 0) | 32;
  const b = (bytes[at + 1] ?? 0) | 32;
  const c = (bytes[at + 2] ?? 0) | 32;
  while (isLetter(peek())) at++;
  return monthOfLetters((a << 16) | (b << 8) | c);
};

/** `02:05:01 PM` is the other reader's. */
const behindClock = (p: number, localMs: number, context: TimeContext): number => {
  at = p;
  const next = peek() === 32 ? (bytes[at + 1] ?? 0) | 32 : peek() | 32;
  return (next === 97 || next === 112) && halfDay() !== 0 ? Number.NaN : instant(localMs, context);
};

const readIso = (start: number, context: TimeContext): number => {
  at = start;
  const year = number(4);
  skipSeparators();
  const month = number(2);
  skipSeparators();
  const day = number(2);
  skipSeparators();
  return instant(dateMs(year, month, day) + clock(), context);
};

const readCompact = (context: TimeContext): number => {
  const year = number(4);
  const month = number(2);
  const day = number(2);
  skipSeparators();
  return instant(dateMs(year, month, day) + compactClock(), context);
};

const readShortYear = (context: TimeContext): number => {
  const a = number(2);
  skipSeparators();
  const b = number(2);
  skipSeparators();
  const c = number(2);
  skipSeparators();
  const ofDay = clock();
  let date = dateMs(fullYear(a), b, c);
  if (Number.isNaN(date)) date = dateMs(fullYear(c), a, b);
  if (Number.isNaN(date)) date = dateMs(fullYear(c), b, a);
  return instant(date + ofDay, context);
};

const readCompactShortYear = (context: TimeContext): number => {
  const year = fullYear(number(2));
  const month = number(2);
  const day = number(2);
  skipSpaces();
  return instant(dateMs(year, month, day) + compactClock(), context);
};

const readMonthDay = (context: TimeContext): number => {
  const month = number(2);
  skipSeparators();
  const day = number(2);
  skipSeparators();
  const ofDay = clock();
  return withoutYear(month, day, ofDay, context);
};

const skipWeekday = (): void => {
  while (isLetter(peek())) at++;
  while (peek() === 44 || peek() === 32) at++;
};

const readDayMonthName = (context: TimeContext): number => {
  if (isLetter(peek())) skipWeekday();
  const day = number(2);
  skipSeparators();
  const month = monthName();
  skipSeparators();
  const year = fullYear(number(4));
  skipSeparators();
  return instant(dateMs(year, month, day) + clock(), context);
};

const readCtime = (context: TimeContext): number => {
  skipWeekday();
  const month = monthName();
  skipSpaces();
  const day = number(2);
  skipSpaces();
  const ofDay = clock();
  const offset = zone();
  while (at < bytes.length && !(peek() === 32 && isDigit(bytes[at + 1] ?? 0) && isDigit(bytes[at + 4] ?? 0))) {
    const c = peek();
    if (c !== 32 && !isLetter(c) && c !== 43 && c !== 45 && c !== 58 && !isDigit(c)) return Number.NaN;
    at++;
  }
  skipSpaces();
  const local = dateMs(number(4), month, day) + ofDay;
  if (Number.isNaN(local)) return local;
  return local - (Number.isNaN(offset) ? context.naiveOffsetMs(local) : offset);
};

const readMonthNameDay = (context: TimeContext): number => {
  const month = monthName();
  skipSeparators();
  const day = number(2);
  skipSeparators();
  const begin = at;
  const year = number(4);
  if (read === 4) {
    skipSeparators();
    return instant(dateMs(year, month, day) + clock(), context);
  }
  at = begin;
  const ofDay = clock();
  // `Jun 14 15:16:01 2025`: the year behind, as some devices write it, would be taken for the message; it is left.
  return withoutYear(month, day, ofDay, context);
};

const readYearMonthName = (context: TimeContext): number => {
  const year = number(4);
  skipSpaces();
  const month = monthName();
  skipSpaces();
  const day = number(2);
  skipSpaces();
  return instant(dateMs(year, month, day) + clock(), context);
};

const readKlog = (context: TimeContext): number => {
  const month = number(2);
  const day = number(2);
  skipSeparators();
  const ofDay = compactClock();
  return withoutYear(month, day, ofDay, context);
};

const readDayMonthYear = (context: TimeContext): number => {
  const first = number(2);
  const dotted = peek() === 46;
  skipSeparators();
  const second = number(2);
  skipSeparators();
  const year = number(4);
  skipSeparators();
  const ofDay = clock();
  const preferred = dotted ? dateMs(year, second, first) : dateMs(year, first, second);
  const date = Number.isNaN(preferred) ? (dotted ? dateMs(year, first, second) : dateMs(year, second, first)) : preferred;
  return instant(date + ofDay, context);
};

const readEpoch = (): number => {
  let end = at;
  while (end < bytes.length && end - at < 20 && isDigit(bytes[end] as number)) end++;
  const digits = end - at;
  if (digits < 9 || digits > 19) return Number.NaN;
  if (digits < 12) return number(digits) * 1000 + fractionMs();
  // Nanoseconds have more digits than a number holds: those below a millisecond are not read.
  return number(digits < 15 ? digits : digits < 18 ? digits - 3 : digits - 6);
};

/** Passes anything that is no digit, eight bytes at most: the unit characters of a Korean date. */
const skipToDigit = (): void => {
  for (let n = 0; n < 8 && !isDigit(peek()) && at < bytes.length; n++) at++;
};

const readKorean = (context: TimeContext): number => {
  const year = number(4);
  skipToDigit();
  const month = number(2);
  skipToDigit();
  const day = number(2);
  at += 3; // 일
  skipSpaces();
  const half = halfDay();
  skipSpaces();
  const begin = at;
  const hour = number(2);
  if (peek() === 58) {
    at = begin;
    return instant(dateMs(year, month, day) + clock() + (half === 2 && hour < 12 ? 12 : half === 1 && hour === 12 ? -12 : 0) * 3_600_000, context);
  }
  skipToDigit();
  const minute = number(2);
  skipToDigit();
  const seconds = number(2);
  const local = dateMs(year, month, day) + dayMs(withHalfDay(hour, half), minute, read === 0 ? 0 : seconds);
  return Number.isNaN(local) ? local : local - context.naiveOffsetMs(local);
};

const readTimeOnly = (context: TimeContext): number => latestDay(clock(), context);

/**
 * Epoch milliseconds (whole, rounded down) of the timestamp at byte `start`; NaN where there is none of that layout.
 * Never throws and never reads outside of `source`.
 */
export const readEpochMs = (source: Uint8Array, start: number, layout: TimeLayout, context: TimeContext): number => {
  bytes = source;
  at = start;
  switch (layout) {
    case TIME_LAYOUT.iso: {
      const fixed = fixedIsoMs(source, start, context, behindClock);
      return Number.isNaN(fixed) ? readIso(start, context) : fixed;
    }
    case TIME_LAYOUT.compact: return readCompact(context);
    case TIME_LAYOUT.shortYear: return readShortYear(context);
    case TIME_LAYOUT.compactShortYear: return readCompactShortYear(context);
    case TIME_LAYOUT.monthDay: return readMonthDay(context);
    case TIME_LAYOUT.dayMonthName: return readDayMonthName(context);
    case TIME_LAYOUT.ctime: return readCtime(context);
    case TIME_LAYOUT.monthNameDay: return readMonthNameDay(context);
    case TIME_LAYOUT.klog: return readKlog(context);
    case TIME_LAYOUT.dayMonthYear: return readDayMonthYear(context);
    case TIME_LAYOUT.epoch: return readEpoch();
    case TIME_LAYOUT.korean: return readKorean(context);
    case TIME_LAYOUT.yearMonthName: return readYearMonthName(context);
    case TIME_LAYOUT.timeOnly: return readTimeOnly(context);
    default: return Number.NaN;
  }
};
