/** Which date a timestamp means that leaves some of it out: the latest that the log can have been written on. */
import { DAY_MS } from './civil.ts';
import { dateMs, yearAt } from './date-ms.ts';
import type { TimeContext } from './layout.ts';

/** A month and a day after the reference by less than this are of its year: the log's zone may be unknown, or its clock fast. */
const DATE_SLACK_MS = DAY_MS;
/** The same for a time of day, where a whole day would let every event of today after the reference's time be tomorrow's: clock skew only. */
const TIME_SLACK_MS = 5 * 60_000;
/** The furthest east a clock is ahead of Greenwich, and an hour. */
const EASTMOST_MS = 15 * 3_600_000;
/** Leap days are at most eight years apart. */
const MAX_YEARS = 12;
const MAX_DAYS = 4;

/** A date without its year. `ofDay`: milliseconds since midnight; `offset`: of its zone in milliseconds, NaN where none is named. */
export interface YearlessTime {
  readonly month: number;
  readonly day: number;
  readonly ofDay: number;
  readonly offset: number;
}

/** Epoch milliseconds in the latest year in which month and day exist and the instant is not after the reference and a day; NaN for no date. */
export const latestYear = ({ month, day, ofDay, offset }: YearlessTime, context: TimeContext): number => {
  const limit = context.referenceMs + DATE_SLACK_MS;
  // A clock east of Greenwich may be in the next year already.
  const latest = yearAt(limit + EASTMOST_MS);
  for (let year = latest; year > latest - MAX_YEARS; year--) {
    const local = dateMs(year, month, day) + ofDay;
    if (Number.isNaN(local)) continue;
    const value = local - (Number.isNaN(offset) ? context.naiveOffsetMs(local) : offset);
    if (value <= limit) return value;
  }
  return Number.NaN;
};

/** Epoch milliseconds on the latest day on which a time of day is not after the reference and five minutes; NaN for no time. */
export const latestDay = (ofDay: number, context: TimeContext): number => {
  if (Number.isNaN(ofDay)) return ofDay;
  const limit = context.referenceMs + TIME_SLACK_MS;
  let local = Math.floor(limit / DAY_MS) * DAY_MS + DAY_MS + ofDay;
  for (let n = 0; n < MAX_DAYS; n++, local -= DAY_MS) {
    const value = local - context.naiveOffsetMs(local);
    if (value <= limit) return value;
  }
  return Number.NaN;
};
