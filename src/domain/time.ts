/** Instants and intervals. Every interval is half open: [start, end). */

/** Milliseconds since the Unix epoch, UTC. */
export type EpochMs = number;

/** A half-open interval [start, end) in epoch milliseconds. */
export interface TimeWindow {
  readonly start: EpochMs;
  readonly end: EpochMs;
}

export const contains = (window: TimeWindow, at: EpochMs): boolean => at >= window.start && at < window.end;

/** RFC 3339 in UTC with milliseconds, e.g. `2025-02-01T14:05:01.214Z`. */
export const toRfc3339 = (at: EpochMs): string => new Date(at).toISOString();
