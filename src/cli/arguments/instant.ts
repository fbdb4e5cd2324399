/**
 * Times as people type them. Relative ones count back from now; times without a zone are in `--timezone`; a clock time
 * or a date without year is the latest one that is not in the future.
 *
 *   -3h  90m  2d12h  now  today  yesterday  yesterday 14:00  09:10  Jun 19 11:22  19 Jun  monday
 *   2025-02-01  2025-02-01 14:05  2025-02-01T14:05:01.214+09:00  1738418701  1738418701214
 */
import type { EpochMs } from '../../domain/time.ts';
import type { WallTime, Zone } from './zone.ts';

export interface InstantContext {
  readonly nowMs: EpochMs;
  readonly zone: Zone;
  /** For the end of a range: a clock time means the first one after this, and `+10m` counts from it. */
  readonly after?: EpochMs;
}

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };
const UNIT_NAMES: Readonly<Record<string, string>> = {
  ms: 'ms', millis: 'ms', milliseconds: 'ms', s: 's', sec: 's', secs: 's', second: 's', seconds: 's', m: 'm', min: 'm', mins: 'm', minute: 'm', minutes: 'm',
  h: 'h', hr: 'h', hrs: 'h', hour: 'h', hours: 'h', d: 'd', day: 'd', days: 'd', w: 'w', week: 'w', weeks: 'w',
};
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const DAY_MS = 86_400_000;

/** `2h30m`, `90 min`, `1.5 hours` ► milliseconds. */
const durationMs = (text: string): number | null => {
  let total = 0;
  let rest = text.trim();
  if (rest === '') return null;
  while (rest !== '') {
    const match = /^(\d{1,9}(?:\.\d{1,3})?)\s*([a-z]{1,12})\s*/.exec(rest);
    const unit = UNIT_MS[UNIT_NAMES[match?.[2] ?? ''] ?? ''];
    if (match === null || unit === undefined) return null;
    total += Number(match[1]) * unit;
    rest = rest.slice(match[0].length);
  }
  return total;
};

const relative = (text: string, context: InstantContext): EpochMs | null => {
  const match = /^([+-])?\s*(.*?)(?:\s+ago)?$/.exec(text);
  const duration = durationMs(match?.[2] ?? '');
  if (duration === null) return null;
  return match?.[1] === '+' ? (context.after ?? context.nowMs) + duration : context.nowMs - duration;
};

interface Clock {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly ms: number;
}
const MIDNIGHT: Clock = { hour: 0, minute: 0, second: 0, ms: 0 };

/** `9:10`, `09:10:05.25`, `2pm`, `2:30 pm`. */
const clockOf = (text: string): Clock | null => {
  const match = /^(\d{1,2})(?::(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?\s*(am|pm)?$/.exec(text);
  if (match === null || (match[2] === undefined && match[5] === undefined)) return null;
  let hour = Number(match[1]);
  if (match[5] !== undefined) {
    if (hour < 1 || hour > 12) return null;
    hour = (hour % 12) + (match[5] === 'pm' ? 12 : 0);
  }
  const clock = { hour, minute: Number(match[2] ?? 0), second: Number(match[3] ?? 0), ms: Math.floor(Number(`0.${match[4] ?? '0'}`) * 1000) };
  return hour > 23 || clock.minute > 59 || clock.second > 59 ? null : clock;
};

interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

const isRealDay = ({ year, month, day }: Day): boolean => {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
};

const at = (day: Day, clock: Clock, zone: Zone): EpochMs => zone.toEpochMs({ ...day, ...clock });

const dayBefore = (wall: WallTime, days: number): Day => {
  const date = new Date(Date.UTC(wall.year, wall.month - 1, wall.day) - days * DAY_MS);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
};

/** Of a clock time on every day: the first after `after`, else the last that is not in the future. */
const nearestClock = (clock: Clock, { nowMs, zone, after }: InstantContext): EpochMs => {
  const from = zone.toWall(after ?? nowMs);
  if (after === undefined) {
    const today = at(dayBefore(from, 0), clock, zone);
    return today <= nowMs ? today : at(dayBefore(from, 1), clock, zone);
  }
  const sameDay = at(dayBefore(from, 0), clock, zone);
  return sameDay > after ? sameDay : at(dayBefore(from, -1), clock, zone);
};

/** `today`, `yesterday`, a weekday: days back from today. */
const daysBack = (word: string, today: WallTime): number | null => {
  if (word === 'today') return 0;
  if (word === 'yesterday') return 1;
  const weekday = word.length >= 3 ? WEEKDAYS.findIndex((name) => word === name || (word.startsWith(name) && word.endsWith('day'))) : -1;
  if (weekday < 0) return null;
  const current = new Date(Date.UTC(today.year, today.month - 1, today.day)).getUTCDay();
  return (current - weekday + 7) % 7;
};

const namedDay = (text: string, { nowMs, zone }: InstantContext): EpochMs | null => {
  const [word = '', ...rest] = text.split(' ');
  const today = zone.toWall(nowMs);
  const back = daysBack(word, today);
  if (back === null) return null;
  const clock = rest.length === 0 ? MIDNIGHT : clockOf(rest.join(' ').replace(/^at /, ''));
  return clock === null ? null : at(dayBefore(today, back), clock, zone);
};

/** `jun 19`, `19 jun`, `jun 19 2025`, each with or without a clock time. */
const monthDay = (text: string, context: InstantContext): EpochMs | null => {
  const match = /^(?:([a-z]{3,9})\.? (\d{1,2})|(\d{1,2}) ([a-z]{3,9})\.?),?(?: (\d{4}))?(?:,? (.+))?$/.exec(text);
  const month = MONTHS.indexOf((match?.[1] ?? match?.[4] ?? '').slice(0, 3)) + 1;
  const clock = match?.[6] === undefined ? MIDNIGHT : clockOf(match[6]);
  if (match === null || month === 0 || clock === null) return null;
  const current = context.zone.toWall(context.nowMs).year;
  const years = match[5] === undefined ? [current, current - 1, current - 2, current - 3, current - 4] : [Number(match[5])];
  for (const year of years) {
    const day = { year, month, day: Number(match[2] ?? match[3]) };
    if (!isRealDay(day)) continue;
    const instant = at(day, clock, context.zone);
    if (match[5] !== undefined || instant <= context.nowMs) return instant;
  }
  return null;
};

/** `2025-02-01`, with or without clock time and zone; also with slashes. */
const isoDate = (text: string, { zone }: InstantContext): EpochMs | null => {
  const match = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[t ]+(.+?))??(?:\s*(z|utc|[+-]\d{2}:?\d{2}))?$/.exec(text);
  if (match === null) return null;
  const day = { year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) };
  const clock = match[4] === undefined ? MIDNIGHT : clockOf(match[4]);
  if (clock === null || !isRealDay(day)) return null;
  const offset = match[5];
  if (offset === undefined) return at(day, clock, zone);
  const utc = Date.UTC(day.year, day.month - 1, day.day, clock.hour, clock.minute, clock.second, clock.ms);
  if (offset === 'z' || offset === 'utc') return utc;
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(-2));
  return utc - (offset.startsWith('-') ? -1 : 1) * minutes * 60_000;
};

/** Seconds, milliseconds, microseconds or nanoseconds since 1970, told by their size. */
const unixTime = (text: string): EpochMs | null => {
  if (!/^\d{9,19}(?:\.\d{1,9})?$/.test(text)) return null;
  const value = Number(text);
  if (value < 1e11) return Math.round(value * 1000);
  if (value < 1e14) return value;
  return value < 1e17 ? Math.floor(value / 1e3) : Math.floor(value / 1e6);
};

/** Null for what is no time. */
export const parseInstant = (input: string, context: InstantContext): EpochMs | null => {
  const text = input.trim().toLowerCase().replaceAll(/\s+/g, ' ');
  if (text.length > 64) return null;
  if (text === 'now') return context.nowMs;
  const clock = clockOf(text);
  if (clock !== null) return nearestClock(clock, context);
  return unixTime(text) ?? isoDate(text, context) ?? namedDay(text, context) ?? monthDay(text, context) ?? relative(text, context);
};
