/** Time series ► a fixed number of equal slots over a window. */
import type { LogSummary, TimeSeries } from '../domain/log-summary.ts';
import type { TimeWindow } from '../domain/time.ts';

/** The time that charts of a summary show: as long as the log went on, whatever a filter left of it. */
export const chartWindow = ({ extent, period }: Pick<LogSummary, 'extent' | 'period'>): TimeWindow | null => extent ?? period;

export const zeros = (length: number): number[] => Array.from({ length }, () => 0);

/**
 * Events a slot. The one event of a bucket lies where it was; several are spread evenly over the slots of the bucket
 * from the first event on, so the sum stays the number of events (as far as they lie in the window).
 */
export const resample = (series: TimeSeries, window: TimeWindow, slots: number): readonly number[] => {
  const counts = zeros(slots);
  const slotMs = (window.end - window.start) / slots;
  if (!(slotMs > 0)) return counts;
  const slotOf = (at: number): number => Math.min(slots - 1, Math.max(0, Math.floor((at - window.start) / slotMs)));
  for (const { at, count, first } of series.buckets) {
    const end = at + series.widthMs;
    if (end <= window.start || at >= window.end) continue;
    const from = slotOf(Math.max(at, first));
    const to = count === 1 ? from : Math.max(from, slotOf(Math.min(end, window.end) - 1));
    const share = count / (to - from + 1);
    for (let slot = from; slot <= to; slot++) counts[slot] = (counts[slot] ?? 0) + share;
  }
  return counts;
};

const BARS = '▁▂▃▄▅▆▇█';

/** Eight heights; an empty slot is a space-like low dot, so that rare events stay visible. */
export const sparkline = (counts: readonly number[]): string => {
  const max = Math.max(...counts, 0);
  if (max === 0) return '·'.repeat(counts.length);
  return counts.map((count) => (count === 0 ? '·' : (BARS[Math.min(7, Math.floor((count / max) * 7.999))] ?? '█'))).join('');
};
