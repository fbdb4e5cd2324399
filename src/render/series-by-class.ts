/** Events over time split into errors, warnings and the rest: what the charts stack. */
import type { LogPattern, LogSummary } from '../domain/log-summary.ts';
import { isErrorLevel } from '../domain/severity.ts';
import type { TimeWindow } from '../domain/time.ts';
import { resample, zeros } from './resample.ts';

export const EVENT_CLASSES = ['error', 'warn', 'other'] as const;
export type EventClass = (typeof EVENT_CLASSES)[number];
export type ClassCounts = Readonly<Record<EventClass, readonly number[]>>;

/** Events at ERROR and above, where a pattern has milder ones, too (access logs); null where its level speaks for all. */
export const mixedErrors = ({ levels, count }: LogPattern): number | null => {
  const errors = (levels.ERROR ?? 0) + (levels.FATAL ?? 0);
  return errors > 0 && errors < count ? errors : null;
};

/** What most of its events are: one slow answer does not paint an access log red. */
export const mainClass = (pattern: Pick<LogPattern, 'level' | 'levels' | 'count'>): EventClass => {
  const errors = (pattern.levels.ERROR ?? 0) + (pattern.levels.FATAL ?? 0);
  if (isErrorLevel(pattern.level) && errors * 2 >= pattern.count) return 'error';
  return pattern.level !== null && (pattern.levels.WARN ?? 0) * 2 >= pattern.count ? 'warn' : 'other';
};

/** Errors are placed by their own series; warnings lie among the rest of their pattern's events evenly. */
const slotsOf = (pattern: LogPattern, window: TimeWindow, slots: number): ClassCounts => {
  const all = resample(pattern.series, window, slots);
  const none = zeros(slots);
  if (isErrorLevel(pattern.level) && pattern.errorSeries === undefined) return { error: all, warn: none, other: none };
  const error = pattern.errorSeries === undefined ? none : resample(pattern.errorSeries, window, slots);
  const mild = all.map((events, slot) => Math.max(0, events - (error[slot] ?? 0)));
  const mildTotal = Math.max(1, pattern.count - (mixedErrors(pattern) ?? 0));
  const warnShare = Math.min(1, (pattern.levels.WARN ?? 0) / mildTotal);
  return { error, warn: mild.map((events) => events * warnShare), other: mild.map((events) => events * (1 - warnShare)) };
};

export const countsByClass = (summary: LogSummary, window: TimeWindow, slots: number): ClassCounts => {
  const counts = { error: zeros(slots), warn: zeros(slots), other: zeros(slots) };
  for (const pattern of summary.patterns) {
    const own = slotsOf(pattern, window, slots);
    for (const kind of EVENT_CLASSES) for (const [slot, events] of own[kind].entries()) counts[kind][slot] = (counts[kind][slot] ?? 0) + events;
  }
  return counts;
};
