/** Round ticks for a time axis. */
import type { TimeWindow } from '../../domain/time.ts';

export interface Tick {
  readonly atMs: number;
  readonly label: string;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const STEPS = [
  SECOND, 2 * SECOND, 5 * SECOND, 10 * SECOND, 15 * SECOND, 30 * SECOND, MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 15 * MINUTE, 30 * MINUTE,
  HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY, 2 * DAY, 7 * DAY, 14 * DAY, 30 * DAY, 90 * DAY, 365 * DAY,
];

const labelOf = (atMs: number, stepMs: number): string => {
  const text = new Date(atMs).toISOString();
  if (stepMs >= DAY) return text.slice(5, 10);
  if (atMs % DAY === 0) return text.slice(5, 10);
  return stepMs < MINUTE ? text.slice(11, 19) : text.slice(11, 16);
};

/** At most `most` ticks, each at a whole multiple of its step. */
export const timeTicks = ({ start, end }: TimeWindow, most: number): readonly Tick[] => {
  const step = STEPS.find((candidate) => (end - start) / candidate <= most) ?? Math.ceil((end - start) / most / (365 * DAY)) * 365 * DAY;
  const ticks: Tick[] = [];
  for (let atMs = Math.ceil(start / step) * step; atMs < end && ticks.length < most + 1; atMs += step) ticks.push({ atMs, label: labelOf(atMs, step) });
  return ticks;
};
