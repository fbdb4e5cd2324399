/**
 * Second stage: what changed against a baseline.
 *
 * With a baseline given, each pattern's rate over the covered time of the window is tested against its rate over the covered time of the
 * baseline. With none, the earlier part of the input serves: it ends where the rate of errors and warnings shifts most
 * (`change-point.ts`), or in the middle of covered time where it does not shift.
 */
import type { LogSummary, TimeSeries } from '../../domain/log-summary.ts';
import type { EpochMs, TimeWindow } from '../../domain/time.ts';
import type { Annotated } from './annotate.ts';
import { changePoint } from './change-point.ts';
import { compareRates } from './counts-test.ts';
import { clip, countWithin, coveredStretches, coveredTime, dispersionOf, durationOf, totalOf } from './timeline.ts';

export type ChangeKind = 'new' | 'growing' | 'gone' | 'ongoing';

export interface PatternChange {
  readonly item: Annotated;
  readonly kind: ChangeKind;
  /** Events compared: in the window (or its later part) and in the baseline (or the earlier part). */
  readonly count: number;
  readonly baselineCount: number;
  /** Rate now over rate before; Infinity where nothing was seen before; null where nothing was compared. */
  readonly ratio: number | null;
}
export interface Changes {
  readonly patterns: readonly PatternChange[];
  /** What was compared with: null where there was nothing to compare with. */
  readonly baseline: TimeWindow | null;
  readonly given: boolean;
}

/** Chance of one false call over all patterns (Bonferroni). */
const FAMILY_ALPHA = 0.01;
/** A significant change below this factor is not worth a reader's time. */
const LEAST_RATIO = 2;
/** Fewer events than this on either side, and nothing can be said. */
const LEAST_EVENTS = 50;
/** Events of patterns never met before that the baseline's own novelty makes one expect by chance; below it, unseen means new. */
const MAX_CHANCE_NOVELTY = 3;

export const findChanges = (summary: LogSummary, items: readonly Annotated[]): Changes => {
  if (summary.baseline !== null) return againstBaseline(summary, items, summary.baseline);
  const split = chooseSplit(summary, items);
  if (split === null) return { patterns: items.map(unchanged), baseline: null, given: false };
  return againstEarlier(summary, items, split);
};

const unchanged = (item: Annotated): PatternChange => ({ item, kind: 'ongoing', count: item.pattern.count, baselineCount: item.pattern.baselineCount, ratio: null });

interface Sides {
  readonly time: { readonly beforeMs: number; readonly nowMs: number };
  readonly eventsBefore: number;
  readonly eventsNow: number;
  /** A pattern's own clumping before. */
  readonly dispersion: (item: Annotated) => number;
}

const againstBaseline = (summary: LogSummary, items: readonly Annotated[], baseline: TimeWindow): Changes => {
  const before = coveredStretches(summary.baselineSeries);
  const beforeMs = durationOf(before) || baseline.end - baseline.start;
  const nowMs = durationOf(coveredTime(summary)) || 1;
  const eventsBefore = items.reduce((sum, item) => sum + item.pattern.baselineCount, 0);
  const counts = items.map((item) => ({ item, count: item.pattern.count, baselineCount: item.pattern.baselineCount }));
  const sides = { time: { beforeMs: Math.max(1, beforeMs), nowMs }, eventsBefore, eventsNow: summary.events, dispersion: (item: Annotated) => clumping(item.pattern.baselineSeries, before) };
  return { patterns: judge(counts, sides), baseline, given: true };
};

const againstEarlier = (summary: LogSummary, items: readonly Annotated[], split: EpochMs): Changes => {
  const covered = coveredTime(summary);
  const earlier: TimeWindow = { start: Number.NEGATIVE_INFINITY, end: split };
  const before = clip(covered, earlier);
  const time = { beforeMs: Math.max(1, durationOf(before)), nowMs: Math.max(1, durationOf(clip(covered, { start: split, end: Number.POSITIVE_INFINITY }))) };
  const counts = items.map((item) => {
    const baselineCount = countWithin(item.pattern.series, earlier);
    return { item, count: item.pattern.count - baselineCount, baselineCount };
  });
  const eventsBefore = counts.reduce((sum, { baselineCount }) => sum + baselineCount, 0);
  const clip0 = (series: TimeSeries): TimeSeries => ({ widthMs: series.widthMs, buckets: series.buckets.filter(({ at }) => at < split) });
  const sides = { time, eventsBefore, eventsNow: summary.events - eventsBefore, dispersion: (item: Annotated) => clumping(clip0(item.pattern.series), before) };
  const start = (summary.extent ?? summary.period)?.start ?? split;
  return { patterns: judge(counts, sides), baseline: { start, end: split }, given: false };
};

interface Counted {
  readonly item: Annotated;
  readonly count: number;
  readonly baselineCount: number;
}

const judge = (counts: readonly Counted[], sides: Sides): readonly PatternChange[] => {
  const enough = sides.eventsBefore >= LEAST_EVENTS;
  const alpha = FAMILY_ALPHA / Math.max(1, counts.length);
  const unseenIsNew = enough && chanceNovelty(counts, sides) < MAX_CHANCE_NOVELTY;
  return counts.map((counted) => {
    const { item, count, baselineCount } = counted;
    if (sides.eventsBefore === 0) return { ...counted, kind: 'ongoing', ratio: null };
    if (count === 0 && baselineCount === 0) return { ...counted, kind: 'ongoing', ratio: null };
    const dispersion = baselineCount === 0 ? 1 : sides.dispersion(item);
    const { ratio, pRise, pFall } = compareRates(baselineCount, count, sides.time, dispersion);
    return { ...counted, ratio, kind: kindOf(counted, { ratio, pRise, pFall, alpha, enough, unseenIsNew }) };
  });
};

interface Judgement {
  readonly ratio: number;
  readonly pRise: number;
  readonly pFall: number;
  readonly alpha: number;
  readonly enough: boolean;
  readonly unseenIsNew: boolean;
}

const kindOf = ({ item, count, baselineCount }: Counted, test: Judgement): ChangeKind => {
  const significantRise = test.pRise < test.alpha;
  if (baselineCount === 0) {
    // A rare warning or error never met in a fair sample of normal time is news, however rare.
    const telling = item.weight !== 'mild';
    return significantRise || (test.enough && (telling || test.unseenIsNew)) ? 'new' : 'ongoing';
  }
  if (count > 0 && significantRise && test.ratio >= LEAST_RATIO) return 'growing';
  if (count === 0 && test.pFall < test.alpha) return 'gone';
  return 'ongoing';
};

/**
 * How many events of unseen patterns to expect now by chance: the share of events whose pattern was met once before estimates the
 * probability that the next event's pattern is unseen (Good, Turing 1953).
 */
const chanceNovelty = (counts: readonly Counted[], sides: Sides): number => {
  const once = counts.reduce((sum, { baselineCount }) => (baselineCount === 1 ? sum + 1 : sum), 0);
  return (once / Math.max(1, sides.eventsBefore)) * sides.eventsNow;
};

/** Index of dispersion of a series over covered time, in about 60 bins. */
const clumping = (series: TimeSeries, covered: readonly TimeWindow[]): number => {
  const durationMs = durationOf(covered);
  const bins = 60;
  const binMs = Math.max(series.widthMs, Math.ceil(durationMs / bins));
  const counts = new Map<number, number>();
  for (const { at, count } of series.buckets) counts.set(Math.floor(at / binMs), (counts.get(Math.floor(at / binMs)) ?? 0) + count);
  const empty = Math.max(0, Math.min(bins, Math.round(durationMs / binMs)) - counts.size);
  return dispersionOf([...counts.values(), ...Array<number>(empty).fill(0)]);
};

/** Least covered time and events on each side of a split. */
const LEAST_SIDE_MS = 60_000;
const LEAST_SIDE_SHARE = 0.1;

/** Where the earlier part ends, on a border that every pattern's series shares; null where no split leaves enough on both sides. */
const chooseSplit = (summary: LogSummary, items: readonly Annotated[]): EpochMs | null => {
  const covered = coveredTime(summary);
  const total = durationOf(covered);
  if (total < 2 * LEAST_SIDE_MS || totalOf(summary.series.buckets) < 2 * LEAST_EVENTS) return null;
  const widthMs = items.reduce((widest, item) => Math.max(widest, item.pattern.series.widthMs), summary.series.widthMs);
  const telling = items.filter((item) => item.weight !== 'mild').flatMap((item) => item.series.buckets);
  const shift = changePoint(telling, covered, widthMs);
  const wanted = [shift, middleOf(covered, total)];
  for (const at of wanted) {
    if (at === null) continue;
    const split = Math.round(at / widthMs) * widthMs;
    if (isFair(summary, covered, split)) return split;
  }
  return null;
};

const isFair = (summary: LogSummary, covered: readonly TimeWindow[], split: EpochMs): boolean => {
  const total = durationOf(covered);
  const before = durationOf(clip(covered, { start: Number.NEGATIVE_INFINITY, end: split }));
  const least = Math.max(LEAST_SIDE_MS, LEAST_SIDE_SHARE * total);
  const events = countWithin(summary.series, { start: Number.NEGATIVE_INFINITY, end: split });
  return before >= least && total - before >= Math.min(least, LEAST_SIDE_MS) && events >= LEAST_EVENTS && totalOf(summary.series.buckets) - events >= LEAST_EVENTS;
};

const middleOf = (covered: readonly TimeWindow[], total: number): EpochMs | null => {
  let left = total / 2;
  for (const { start, end } of covered) {
    if (left <= end - start) return start + left;
    left -= end - start;
  }
  return null;
};
