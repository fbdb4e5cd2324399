/** Offsets of a named zone for wall clock readings that carry none. */
import { AppError } from '../../../shared/errors.ts';
import { namedZoneOffsetMs } from './zone-names.ts';

const HOUR_MS = 3_600_000;
/** An hour each: enough for eleven years of logs. */
const MAX_CACHED_HOURS = 100_000;
const OFFSET = /^(?:UTC|GMT)?([+-])(\d{1,2})(?::?(\d{2}))?$/;

export type ZoneOffset = (epochLocalMs: number) => number;

const unknown = (timezone: string): AppError =>
  new AppError({
    code: 'timezone_unknown',
    message: `Unknown time zone: ${timezone.slice(0, 60)}`,
    hint: 'Give an IANA name (Asia/Seoul), an abbreviation (KST) or an offset (+09:00).',
  });

const formatOf = (timezone: string): Intl.DateTimeFormat => {
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone: timezone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric',
    });
  } catch {
    throw unknown(timezone);
  }
};

const offsetAt = (format: Intl.DateTimeFormat, epochMs: number): number => {
  const field: Record<string, number> = {};
  for (const part of format.formatToParts(epochMs)) field[part.type] = Number(part.value);
  const { year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = field;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(epochMs / 1000) * 1000;
};

const ianaOffset = (timezone: string): ZoneOffset => {
  const format = formatOf(timezone);
  const cache = new Map<number, number>();
  let lastHour = Number.NaN;
  let lastOffset = 0;
  return (epochLocalMs) => {
    const hour = Math.floor(epochLocalMs / HOUR_MS);
    if (hour === lastHour) return lastOffset;
    let offset = cache.get(hour);
    if (offset === undefined) {
      // Beyond what Intl can format no zone has rules.
      const local = Math.max(-8e15, Math.min(8e15, hour * HOUR_MS));
      const guess = offsetAt(format, local);
      offset = offsetAt(format, local - guess);
      if (cache.size >= MAX_CACHED_HOURS) cache.clear();
      cache.set(hour, offset);
    }
    lastHour = hour;
    lastOffset = offset;
    return offset;
  };
};

/**
 * The offset from UTC in milliseconds that a zone's wall clock had: `UTC`, `KST`, `+09:00`, `Asia/Seoul`.
 * A local time that occurs twice is taken for one of the two, one that is skipped for a neighbour.
 * Throws AppError `timezone_unknown`.
 */
export const zoneOffset = (timezone: string): ZoneOffset => {
  const name = timezone.trim();
  const match = OFFSET.exec(name);
  if (match !== null) {
    const hours = Number(match[2]);
    const minutes = Number(match[3] ?? 0);
    if (hours > 15 || minutes > 59) throw unknown(timezone);
    const offset = (match[1] === '-' ? -1 : 1) * (hours * 60 + minutes) * 60_000;
    return () => offset;
  }
  const named = name === 'Z' || name === 'z' ? 0 : namedZoneOffsetMs(name.toUpperCase());
  if (!Number.isNaN(named)) return () => named;
  return ianaOffset(name);
};
