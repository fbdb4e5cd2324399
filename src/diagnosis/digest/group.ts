/**
 * Third stage, second half: activity of error patterns close in time is one incident.
 *
 * How close adapts to the input: the quiet that ends an incident is looked for as the largest step among the lengths of quiet
 * between errors (a burst's own pauses on one side, the pauses between bursts on the other), within 2 and 15 minutes; 5 minutes where
 * there is no clear step.
 */
import type { EpochMs, TimeWindow } from '../../domain/time.ts';
import { type Annotated, isBad } from './annotate.ts';
import type { Activity, Episodes } from './episodes.ts';

export interface Cluster {
  readonly start: EpochMs;
  /** Last instant that may hold an event of it, inclusive. */
  readonly end: EpochMs;
  /** Errors and fatals. */
  readonly activities: readonly Activity[];
  /** Warnings that tell of the same. */
  readonly warnings: readonly Activity[];
  /** How many separate bursts with the same core it stands for; 1 is a single one. */
  readonly repeats: number;
}
export interface Grouping {
  readonly clusters: readonly Cluster[];
  /** Stray errors all along: not incidents. */
  readonly scattered: number;
}

const LEAST_GAP_MS = 2 * 60_000;
const MOST_GAP_MS = 15 * 60_000;
const DEFAULT_GAP_MS = 5 * 60_000;
/** Quiet between bursts is at least this much longer than the quiet inside them. */
const CLEAR_STEP = 4;
const REPEAT_GAP_MS = 30 * 60_000;
const LEAST_REPEATS = 3;
/** A burst is compared with this many latest runs, which keeps the work linear. */
const OPEN_RUNS = 16;
/** Warnings this long before the first error may announce it. */
const WARNING_LEAD_MS = 60_000;
const WARNING_TAIL_MS = 10_000;
const STRAY_EVENTS = 2;
/** More stray errors than this are a background of strays. */
const MAX_STRAYS = 5;

export const groupIncidents = (episodes: Episodes): Grouping => {
  const errors = episodes.activities.filter(({ item }) => isBad(item));
  const warnings = episodes.activities.filter(({ item }) => item.weight === 'warn');
  const gapMs = quietGap(errors);
  const bursts = mergeRepeats(cutAt(errors, gapMs));
  const strays = bursts.filter(isStray);
  const kept = strays.length > MAX_STRAYS ? bursts.filter((burst) => !isStray(burst)) : bursts;
  const clusters = kept.map((burst) => withWarnings(burst, warnings));
  return { clusters, scattered: episodes.scattered + bursts.length - kept.length };
};

/** The quiet, in milliseconds, that separates two incidents. */
export const quietGap = (activities: readonly Activity[]): number => {
  const gaps: number[] = [];
  let end = Number.POSITIVE_INFINITY;
  for (const activity of activities) {
    if (activity.start - end >= 1000) gaps.push(activity.start - end);
    end = Number.isFinite(end) ? Math.max(end, activity.end) : activity.end;
  }
  gaps.sort((a, b) => a - b);
  let best = { step: CLEAR_STEP, gapMs: DEFAULT_GAP_MS };
  for (let i = 1; i < gaps.length; i++) {
    const low = gaps[i - 1] ?? 1;
    const high = gaps[i] ?? low;
    if (low > MOST_GAP_MS || high < LEAST_GAP_MS) continue;
    if (high / low > best.step) best = { step: high / low, gapMs: Math.sqrt(low * high) };
  }
  return Math.min(MOST_GAP_MS, Math.max(LEAST_GAP_MS, best.gapMs));
};

const cutAt = (activities: readonly Activity[], gapMs: number): Cluster[] => {
  const clusters: { start: EpochMs; end: EpochMs; activities: Activity[]; warnings: []; repeats: number }[] = [];
  for (const activity of activities) {
    const open = clusters.at(-1);
    if (open !== undefined && activity.start - open.end <= gapMs) {
      open.activities.push(activity);
      open.end = Math.max(open.end, activity.end);
    } else clusters.push({ start: activity.start, end: activity.end, activities: [activity], warnings: [], repeats: 1 });
  }
  return clusters;
};

/** Three or more bursts with the same core, each soon after the one before, are one incident that repeats: a restart loop, a retry. */
const mergeRepeats = (bursts: readonly Cluster[]): readonly Cluster[] => {
  const runs: Cluster[][] = [];
  for (const burst of bursts) {
    const run = runs.slice(-OPEN_RUNS).findLast((candidate) => {
      const last = candidate.at(-1);
      return last !== undefined && burst.start - last.end <= REPEAT_GAP_MS && similar(coreOf(last), coreOf(burst));
    });
    if (run === undefined) runs.push([burst]);
    else run.push(burst);
  }
  return runs.flatMap((run) => (run.length < LEAST_REPEATS ? run : [joined(run)])).sort((a, b) => a.start - b.start);
};

const joined = (run: readonly Cluster[]): Cluster => ({
  start: Math.min(...run.map(({ start }) => start)),
  end: Math.max(...run.map(({ end }) => end)),
  activities: run.flatMap(({ activities }) => activities),
  warnings: [],
  repeats: run.length,
});

const coreOf = (cluster: Cluster): ReadonlySet<string> => new Set(cluster.activities.map(({ item }) => item.pattern.id));

const similar = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean => {
  const shared = [...a].filter((id) => b.has(id)).length;
  return shared / (a.size + b.size - shared) >= 0.5;
};

const isStray = (cluster: Cluster): boolean => {
  const events = cluster.activities.reduce((sum, { count }) => sum + count, 0);
  return events <= STRAY_EVENTS && cluster.activities.every(({ item }) => item.weight === 'error' && item.failure?.severe !== true);
};

const withWarnings = (cluster: Cluster, warnings: readonly Activity[]): Cluster => {
  const near: TimeWindow = { start: cluster.start - WARNING_LEAD_MS, end: cluster.end + WARNING_TAIL_MS };
  const tells = tellsOfSame([...new Set(cluster.activities.map(({ item }) => item))]);
  const told = warnings.filter(({ item, start }) => start >= near.start && start <= near.end && tells(item));
  if (told.length === 0) return cluster;
  return { ...cluster, start: Math.min(cluster.start, ...told.map(({ start }) => start)), end: Math.max(cluster.end, ...told.map(({ end }) => end)), warnings: told };
};

/** A warning belongs where the knowledge base knows it, or where it comes from a logger or exception of the errors. */
const tellsOfSame = (errors: readonly Annotated[]): ((warning: Annotated) => boolean) => {
  const loggers = new Set(errors.flatMap(({ pattern }) => pattern.loggers));
  const exceptions = new Set(errors.flatMap(({ pattern }) => Object.keys(pattern.exceptions)));
  return ({ claim, failure, pattern }) =>
    !claim && (failure !== null || pattern.loggers.some((logger) => loggers.has(logger)) || Object.keys(pattern.exceptions).some((id) => exceptions.has(id)));
};
