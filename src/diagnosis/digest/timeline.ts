/** Series brought to one scale, and the time that is really covered by lines. */
import type { LogSummary, SeriesBucket, TimeSeries } from '../../domain/log-summary.ts';
import type { EpochMs, TimeWindow } from '../../domain/time.ts';

/** Quiet shorter than this is quiet; longer may be a file that is missing. */
const MIN_BRIDGE_MS = 60_000;
const BRIDGE_GAPS = 20;

/**
 * The time a summary speaks for. Where a level or service filter left events out (the log went on beyond what is analysed), the
 * silence between those that are left says nothing, so all of the extent counts.
 */
export const coveredTime = ({ series, period, extent }: LogSummary): readonly TimeWindow[] => {
  const filtered = extent !== undefined && (period === null || extent.start < period.start || extent.end > period.end);
  return filtered ? [extent] : coveredStretches(series);
};

/** Stretches of time with lines in them, in order. A quiet longer than 20 usual gaps (and a minute) is not covered. */
export const coveredStretches = (series: TimeSeries): readonly TimeWindow[] => {
  const { buckets, widthMs } = series;
  const gaps = buckets.slice(1).map((bucket, i) => bucket.at - (buckets[i]?.at ?? bucket.at));
  const bridgeMs = Math.max(MIN_BRIDGE_MS, 2 * widthMs, BRIDGE_GAPS * median(gaps));
  const stretches: { start: EpochMs; end: EpochMs }[] = [];
  for (const bucket of buckets) {
    const open = stretches.at(-1);
    if (open !== undefined && bucket.at - open.end <= bridgeMs) open.end = bucket.at + widthMs;
    else stretches.push({ start: bucket.at, end: bucket.at + widthMs });
  }
  return stretches;
};

export const durationOf = (stretches: readonly TimeWindow[]): number => stretches.reduce((sum, { start, end }) => sum + end - start, 0);

/** The parts of stretches inside a window. */
export const clip = (stretches: readonly TimeWindow[], window: TimeWindow): readonly TimeWindow[] =>
  stretches.map(({ start, end }) => ({ start: Math.max(start, window.start), end: Math.min(end, window.end) })).filter(({ start, end }) => end > start);

export const totalOf = (buckets: readonly SeriesBucket[]): number => buckets.reduce((sum, { count }) => sum + count, 0);

/** Events in buckets that start inside a window. */
export const countWithin = (series: TimeSeries, window: TimeWindow): number =>
  series.buckets.reduce((sum, { at, count }) => (at >= window.start && at < window.end ? sum + count : sum), 0);

/** Counts per bin of `binMs` over covered time; bins without events are in it as zero. */
export const binCounts = (series: TimeSeries, covered: readonly TimeWindow[], binMs: number): ReadonlyMap<EpochMs, number> => {
  const bins = new Map<EpochMs, number>();
  for (const { start, end } of covered) for (let at = Math.floor(start / binMs) * binMs; at < end; at += binMs) bins.set(at, 0);
  for (const { at, count } of series.buckets) {
    const bin = Math.floor(at / binMs) * binMs;
    bins.set(bin, (bins.get(bin) ?? 0) + count);
  }
  return bins;
};

/** A power of two of one second that cuts a duration into at most `bins` parts, never finer than `leastMs`. */
export const binWidth = (durationMs: number, bins: number, leastMs: number): number => {
  let width = 1000;
  while (width < leastMs || durationMs / width > bins) width *= 2;
  return width;
};

/** Variance over mean of counts, at least 1; 1 where there are too few to tell. */
export const dispersionOf = (counts: readonly number[]): number => {
  if (counts.length < 8) return 1;
  const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  if (mean === 0) return 1;
  const variance = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / (counts.length - 1);
  return Math.max(1, variance / mean);
};

export const median = (values: readonly number[]): number => {
  if (values.length === 0) return 0;
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
};
