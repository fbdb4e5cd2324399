/** Wall clock readings in a zone, for times given as arguments. The zones are those the log engine knows. */
import { type ZoneOffset, zoneOffset } from '../../signals/logs/time/zone-offset.ts';
import { AppError } from '../../shared/errors.ts';

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
  /** As the log engine takes it. */
  readonly name: string;
  toWall(atMs: number): WallTime;
  toEpochMs(wall: WallTime): number;
}

const offsetOf = (name: string): ZoneOffset | null => {
  try {
    return zoneOffset(name);
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
};

const fieldsOf = (localMs: number): WallTime => {
  const date = new Date(localMs);
  return {
    year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate(),
    hour: date.getUTCHours(), minute: date.getUTCMinutes(), second: date.getUTCSeconds(), ms: date.getUTCMilliseconds(),
  };
};

/** `local` is this machine's zone. Null for a name that is no zone. */
export const zoneOf = (given: string): Zone | null => {
  const name = given.toLowerCase() === 'local' ? new Intl.DateTimeFormat().resolvedOptions().timeZone : given.trim();
  const offset = offsetOf(name);
  if (offset === null) return null;
  return {
    name,
    toWall: (atMs) => fieldsOf(atMs + offset(atMs + offset(atMs))),
    toEpochMs: (wall) => {
      const localMs = Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute, wall.second, wall.ms);
      return localMs - offset(localMs);
    },
  };
};
