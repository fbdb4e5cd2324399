/** Dates and times of the day as milliseconds, checked; the last answers are kept. */
import { DAY_MS, daysFromCivil, isDate, yearOf } from './civil.ts';

// A log stays on one day for long.
let lastDate = -1;
let lastDateMs = Number.NaN;

/** Milliseconds from 1970 to the beginning of a date; NaN where there is no such date. */
export const dateMs = (year: number, month: number, day: number): number => {
  const key = (year * 128 + month) * 128 + day;
  if (key === lastDate) return lastDateMs;
  const value = isDate(year, month, day) ? daysFromCivil(year, month, day) * DAY_MS : Number.NaN;
  lastDate = key;
  lastDateMs = value;
  return value;
};

/** Two digits of a year: 70 to 99 are the last century's. */
export const fullYear = (year: number): number => (year < 100 ? (year < 70 ? 2000 : 1900) + year : year);

let lastInstant = Number.NaN;
let lastYear = 0;
/** The year of an instant, UTC. */
export const yearAt = (epochMs: number): number => {
  if (epochMs !== lastInstant) {
    lastInstant = epochMs;
    lastYear = yearOf(epochMs);
  }
  return lastYear;
};

/** `half` is 1 before noon, 2 after noon, 0 where the clock has 24 hours. */
export const withHalfDay = (hour: number, half: number): number => (half === 0 ? hour : (hour % 12) + (half === 2 ? 12 : 0));

/** Milliseconds since midnight; NaN where no clock shows that. A leap second is allowed. */
export const dayMs = (hour: number, minute: number, second: number): number =>
  hour < 24 && minute < 60 && second <= 60 ? hour * 3_600_000 + minute * 60_000 + second * 1000 : Number.NaN;

/** 1 to 12 of three lower-case letters packed by 8 bits; NaN otherwise. */
export const monthOfLetters = (packed: number): number => {
  switch (packed) {
    case 0x6a616e: return 1;
    case 0x666562: return 2;
    case 0x6d6172: return 3;
    case 0x617072: return 4;
    case 0x6d6179: return 5;
    case 0x6a756e: return 6;
    case 0x6a756c: return 7;
    case 0x617567: return 8;
    case 0x736570: return 9;
    case 0x6f6374: return 10;
    case 0x6e6f76: return 11;
    case 0x646563: return 12;
    default: return Number.NaN;
  }
};
