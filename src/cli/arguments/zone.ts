/** Time zones by IANA name, offset or common abbreviation; used for times given as arguments. */

const FIXED = /^(?:UTC|GMT)?([+-])(\d{1,2})(?::?(\d{2}))?$/i;

const fixedOffsetMs = (zone: string): number | null => {
  if (/^(?:UTC|GMT|Z)$/i.test(zone)) return 0;
  const match = FIXED.exec(zone);
  if (match === null) return null;
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0);
  return minutes > 18 * 60 ? null : (match[1] === '-' ? -1 : 1) * minutes * 60_000;
};

/** Abbreviations that mean one zone to those who write them. */
const ABBREVIATIONS: Readonly<Record<string, string>> = { KST: 'Asia/Seoul', JST: 'Asia/Tokyo', SGT: 'Asia/Singapore', IST: 'Asia/Kolkata', CET: 'Europe/Berlin', PST: 'America/Los_Angeles', PDT: 'America/Los_Angeles', EST: 'America/New_York', EDT: 'America/New_York' };

const formatOf = (zone: string): Intl.DateTimeFormat | null => {
  const name = zone === 'local' ? undefined : (ABBREVIATIONS[zone.toUpperCase()] ?? zone);
  try {
    return new Intl.DateTimeFormat('en-US', {
      ...(name === undefined ? {} : { timeZone: name }), hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit',
    });
  } catch {
    return null;
  }
};

/** What a clock on the wall shows. `month` from 1. */
export interface WallTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly ms: number;
}

export interface Zone {
  readonly name: string;
  toWall(atMs: number): WallTime;
  /** A time that the clock skipped is moved forward, of two equal ones the first is meant. */
  toEpochMs(wall: WallTime): number;
}

const utcOf = (wall: WallTime): number => Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute, wall.second, wall.ms);

const fromUtcFields = (atMs: number): WallTime => {
  const date = new Date(atMs);
  return {
    year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate(),
    hour: date.getUTCHours(), minute: date.getUTCMinutes(), second: date.getUTCSeconds(), ms: date.getUTCMilliseconds(),
  };
};

/** Null for a name that is no zone. */
export const zoneOf = (name: string): Zone | null => {
  const fixed = fixedOffsetMs(name.trim());
  if (fixed !== null) return { name, toWall: (atMs) => fromUtcFields(atMs + fixed), toEpochMs: (wall) => utcOf(wall) - fixed };
  const format = formatOf(name.trim());
  if (format === null) return null;
  const offsetAt = (atMs: number): number => {
    const parts = Object.fromEntries(format.formatToParts(atMs).map(({ type, value }) => [type, Number(value)]));
    const wall = { year: parts['year'] ?? 0, month: parts['month'] ?? 1, day: parts['day'] ?? 1, hour: parts['hour'] ?? 0, minute: parts['minute'] ?? 0, second: parts['second'] ?? 0, ms: 0 };
    return utcOf(wall) - Math.floor(atMs / 1000) * 1000;
  };
  return {
    name,
    toWall: (atMs) => fromUtcFields(atMs + offsetAt(atMs)),
    toEpochMs: (wall) => {
      const naive = utcOf(wall);
      const before = offsetAt(naive - 86_400_000);
      const candidate = naive - before;
      return offsetAt(candidate) === before ? candidate : naive - offsetAt(candidate);
    },
  };
};
