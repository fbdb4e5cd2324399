/** Instants and lengths of time for prose. */
import type { EpochMs, TimeWindow } from '../../domain/time.ts';
import { toRfc3339 } from '../../domain/time.ts';

export type InstantText = (at: EpochMs) => string;

/** The largest instant that a date can hold, ECMA-262. */
const MAX_INSTANT = 8.64e15;

const dayOf = (at: EpochMs): number => Math.floor(at / 86_400_000);

/** `09:03:30 UTC`; with its date where the window holds more than one day, or the instant is of another. */
export const instantText = (window: TimeWindow): InstantText => (at) => {
  if (!Number.isFinite(at) || Math.abs(at) > MAX_INSTANT) return '–';
  const text = toRfc3339(at);
  const clock = `${text.slice(-13, -5)} UTC`;
  const oneDay = dayOf(window.start) === dayOf(Math.max(window.start, window.end - 1));
  return oneDay && dayOf(at) === dayOf(window.start) ? clock : `${text.slice(0, -14)} ${clock}`;
};

/** `45 s`, `3 min 30 s`, `2 h 5 min`. */
export const lengthText = (ms: number, [hour, minute, second]: readonly [string, string, string]): string => {
  const seconds = Math.round(Math.abs(ms) / 1000);
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60), seconds % 60];
  const parts = h > 0 ? [`${h}${hour}`, ...(m > 0 ? [`${m}${minute}`] : [])] : m > 0 ? [`${m}${minute}`, ...(s > 0 ? [`${s}${second}`] : [])] : [`${s}${second}`];
  return parts.join(' ');
};
