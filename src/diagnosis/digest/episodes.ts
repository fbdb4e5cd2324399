/**
 * Third stage, first half: when each pattern was out of its usual.
 *
 * A pattern that occurs all along is background; only bins that stand far above its own usual count are an episode of it. A pattern
 * that does not is an episode wherever it occurs, unless it is one of many rare kinds of error that occur all along together.
 */
import type { LogSummary, SeriesBucket, TimeSeries } from '../../domain/log-summary.ts';
import type { EpochMs, TimeWindow } from '../../domain/time.ts';
import type { Annotated } from './annotate.ts';
import type { PatternChange } from './change.ts';
import { poissonUpperTail } from './counts-test.ts';
import { binCounts, binWidth, coveredTime, dispersionOf, durationOf, median, totalOf } from './timeline.ts';

/** A stretch of activity: at most one bucket long. `end` is the last instant that may hold an event, inclusive. */
export interface Activity {
  readonly item: Annotated;
  readonly start: EpochMs;
  readonly end: EpochMs;
  readonly count: number;
}
export interface Episodes {
  readonly activities: readonly Activity[];
  /** Patterns that occur all along, alone or together. */
  readonly steady: readonly Annotated[];
  /** Errors of rare kinds that occur all along together. */
  readonly scattered: number;
}

/** From this share of all events on, errors all along are not a usual day. */
export const SERIOUS_SHARE = 0.1;

const MAX_BINS = 512;
/**
 * Background needs at least this many events, over at least this long, in 60 % of twenty parts; where there are few events, in
 * 75 % of the parts that as many events at random would be in.
 */
const STEADY_EVENTS = 10;
const STEADY_MS = 10 * 60_000;
const PARTS = 20;
const STEADY_SHARE = 0.6;
const STEADY_OF_RANDOM = 0.75;
/** Parts up to this many times the usual rate show how a pattern clumps when nothing is wrong. */
const CALM_RATIO = 2;
/** Events a bin, where the median part has none: a pattern known from the baseline that was quiet until now. */
const LEAST_MEAN = 0.01;
/** A bin is out of the usual from three times the usual count on, where chance makes that less than once in 10,000 series. */
const HOT_RATIO = 3;
const HOT_ALPHA = 1e-4;

/** @param changes the same items, as compared with the baseline */
export const findEpisodes = (summary: LogSummary, changes: readonly PatternChange[], baselineGiven: boolean): Episodes => {
  const covered = coveredTime(summary);
  const activities: Activity[] = [];
  const steady: Annotated[] = [];
  const rare: Annotated[] = [];
  for (const change of changes) {
    const { item } = change;
    if (item.weight === 'mild' || item.series.buckets.length === 0) continue;
    const known = baselineGiven && change.kind === 'ongoing' && change.baselineCount > 0;
    if (known || isSteady(item.series, covered)) {
      steady.push(item);
      activities.push(...hotActivities([item], covered));
    } else if (isMinor(item) && !(baselineGiven && change.kind === 'new')) rare.push(item);
    else activities.push(...allActivities(item));
  }
  const pooled = sumOf(rare) < SERIOUS_SHARE * summary.events && isSteady(pool(rare), covered);
  if (pooled) steady.push(...rare);
  const told = pooled ? hotActivities(rare, covered) : rare.flatMap(allActivities);
  const scattered = pooled ? sumOf(rare) - told.reduce((sum, { count }) => sum + count, 0) : 0;
  return { activities: [...activities, ...told].sort(compareActivities), steady, scattered };
};

/** An error that a program lives with: it can be one of many kinds that add up to a background. */
const isMinor = ({ weight, failure }: Annotated): boolean => weight === 'error' && failure?.severe !== true && failure?.terminal === undefined;

const sumOf = (items: readonly Annotated[]): number => items.reduce((sum, { series }) => sum + totalOf(series.buckets), 0);

const allActivities = (item: Annotated): readonly Activity[] => item.series.buckets.map((bucket) => activityOf(item, bucket));

/** The events of several patterns as one series. */
const pool = (items: readonly Annotated[]): TimeSeries => ({
  widthMs: Math.max(1000, ...items.map(({ series }) => series.widthMs)),
  buckets: items.flatMap(({ series }) => series.buckets).sort((a, b) => a.first - b.first),
});

const compareActivities = (a: Activity, b: Activity): number => a.start - b.start || a.end - b.end || (a.item.pattern.id < b.item.pattern.id ? -1 : 1);

const activityOf = (item: Annotated, bucket: SeriesBucket): Activity => {
  const bucketEnd = bucket.count === 1 ? bucket.first : bucket.at + item.series.widthMs - 1;
  return { item, start: bucket.first, end: Math.max(bucket.first, Math.min(bucketEnd, item.pattern.lastSeen ?? bucketEnd)), count: bucket.count };
};

const isSteady = (series: TimeSeries, covered: readonly TimeWindow[]): boolean => {
  if (durationOf(covered) < STEADY_MS) return false;
  const parts = partCounts(series, covered);
  // A burst on top of it says nothing of what goes on all along.
  const most = Math.max(1, CALM_RATIO * usualPart(parts));
  const total = parts.reduce((sum, count) => sum + Math.min(count, most), 0);
  if (total < STEADY_EVENTS) return false;
  const atRandom = PARTS * (1 - (1 - 1 / PARTS) ** total);
  const occupied = parts.filter((count) => count > 0).length;
  return occupied >= Math.min(STEADY_SHARE * PARTS, STEADY_OF_RANDOM * atRandom);
};

/** Events in each of twenty equal parts of covered time. */
const partCounts = (series: TimeSeries, covered: readonly TimeWindow[]): readonly number[] => {
  const parts = Array<number>(PARTS).fill(0);
  const partOf = partFinder(covered);
  for (const { first, count } of series.buckets) parts[partOf(first)] = (parts[partOf(first)] ?? 0) + count;
  return parts;
};

const partFinder = (covered: readonly TimeWindow[]): ((at: EpochMs) => number) => {
  const place = coveredPlace(covered);
  const durationMs = Math.max(1, durationOf(covered));
  return (at) => Math.min(PARTS - 1, Math.floor((place(at) / durationMs) * PARTS));
};

/** Covered milliseconds before an instant. Instants must come in time order. */
const coveredPlace = (covered: readonly TimeWindow[]): ((at: EpochMs) => number) => {
  let index = 0;
  let passed = 0;
  return (at) => {
    let stretch = covered[index];
    while (stretch !== undefined && at >= stretch.end) {
      passed += stretch.end - stretch.start;
      stretch = covered[++index];
    }
    return stretch === undefined ? passed : passed + Math.max(0, at - stretch.start);
  };
};

/**
 * Buckets of bins far above the usual count of the patterns together. The usual is the rate of the quieter parts of the time, which a
 * burst in a few of them cannot move; how far is far comes from how the calm parts clump.
 */
const hotActivities = (items: readonly Annotated[], covered: readonly TimeWindow[]): Activity[] => {
  const durationMs = Math.max(1, durationOf(covered));
  const series = pool(items);
  const binMs = binWidth(durationMs, MAX_BINS, series.widthMs);
  const bins = binCounts(series, covered, binMs);
  const parts = partCounts(series, covered);
  const perPart = usualPart(parts);
  const mean = Math.max(LEAST_MEAN, (perPart * PARTS * binMs) / durationMs);
  const partOf = partFinder(covered);
  const calm = [...bins].filter(([at]) => (parts[partOf(at)] ?? 0) <= CALM_RATIO * perPart).map(([, count]) => count);
  const dispersion = dispersionOf(calm);
  const alpha = HOT_ALPHA / Math.max(1, bins.size);
  const isHot = (count: number): boolean => count >= HOT_RATIO && count >= HOT_RATIO * mean && poissonUpperTail(Math.floor(count / dispersion), mean / dispersion) < alpha;
  const inHotBin = ({ at }: SeriesBucket): boolean => isHot(bins.get(Math.floor(at / binMs) * binMs) ?? 0);
  return items.flatMap((item) => item.series.buckets.filter(inHotBin).map((bucket) => activityOf(item, bucket)));
};

/** The median, or the mean of the lower three quarters where most parts have none. */
const usualPart = (parts: readonly number[]): number => {
  const lower = [...parts].sort((a, b) => a - b).slice(0, Math.ceil(0.75 * parts.length));
  return Math.max(median(parts), lower.reduce((sum, count) => sum + count, 0) / Math.max(1, lower.length));
};
