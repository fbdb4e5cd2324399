/** Events over time split into errors, warnings and the rest: what the charts stack. */
import type { LogPattern, LogSummary } from '../domain/log-summary.ts';
import type { TimeWindow } from '../domain/time.ts';
import { resample, zeros } from './resample.ts';

export const EVENT_CLASSES = ['error', 'warn', 'other'] as const;
export type EventClass = (typeof EVENT_CLASSES)[number];
export type ClassCounts = Readonly<Record<EventClass, readonly number[]>>;

/** A pattern's share of events at each class; its level decides where levels were not counted. */
const shares = ({ level, levels, count }: LogPattern): Readonly<Record<EventClass, number>> => {
  const error = (levels.ERROR ?? 0) + (levels.FATAL ?? 0);
  const warn = levels.WARN ?? 0;
  const total = Object.values(levels).reduce((sum, events) => sum + events, 0);
  if (total === 0) {
    const own: EventClass = level === 'ERROR' || level === 'FATAL' ? 'error' : level === 'WARN' ? 'warn' : 'other';
    return { error: 0, warn: 0, other: 0, [own]: 1 };
  }
  const all = Math.max(total, count);
  return { error: error / all, warn: warn / all, other: (all - error - warn) / all };
};

export const countsByClass = (summary: LogSummary, window: TimeWindow, slots: number): ClassCounts => {
  const counts = { error: zeros(slots), warn: zeros(slots), other: zeros(slots) };
  for (const pattern of summary.patterns) {
    const share = shares(pattern);
    for (const [slot, events] of resample(pattern.series, window, slots).entries())
      for (const kind of EVENT_CLASSES) counts[kind][slot] = (counts[kind][slot] ?? 0) + events * share[kind];
  }
  return counts;
};
