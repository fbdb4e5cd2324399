/** All series of a capsule against what was normal for them. */
import type { Capsule, MetricSeries } from '../../domain/capsule.ts';
import type { EpochMs, TimeWindow } from '../../domain/time.ts';
import { farthestOf, median, quantileOf, sorted, spreadOf, type Spread } from './robust.ts';
import { headOf, MIN_HEAD, withVariation } from './head.ts';
import { levelShift } from './levels.ts';
import { meanSeries } from './mean-series.ts';
import { limitFor, type Limit } from './limits.ts';
import { intervalOf, prepare, within, type PreparedSeries, type Samples } from './samples.ts';
import { hasTwin, isHabit, resolutionFloor } from './habit.ts';
import { shiftOf, type Reference, type Shift } from './shift.ts';
import { changePointOf, commonChangePoint } from './split.ts';
import { stoppedIn, type Stopped } from './stopped.ts';
import { asCounts } from './counts.ts';
import { callsOf } from './calls-of.ts';
import { seriesComponent } from './series-component.ts';
import { trafficOf } from './traffic.ts';
import { failureStatus, meaningOf, type MetricMeaning } from './vocabulary.ts';

export interface SeriesAnalysis {
  readonly series: MetricSeries;
  /** Selector in Prometheus' notation, labels sorted. */
  readonly selector: string;
  readonly meaning: MetricMeaning;
  readonly counter: boolean;
  /** The quotient of two counters, which no scraper stores under this name. */
  readonly isMean: boolean;
  /** What the series was compared with; counters as rates per second. */
  readonly reference: Reference;
  /** Three quarters of the same metric's series stay below this in normal times; null of fewer than four. */
  readonly busy: number | null;
  readonly window: Samples;
  /** For rates: that it ceased; null where it did not. */
  readonly stopped: Stopped | null;
  /** Null where it did not leave its normal range, or never varies. */
  readonly shift: Shift | null;
}

export interface MetricAnalysis {
  /** In order of selector. */
  readonly series: readonly SeriesAnalysis[];
  /** What served as normal: the capsule's baseline, or the part of the window before most series changed; null: neither was there. */
  readonly reference: TimeWindow | null;
  readonly referenceIsGiven: boolean;
  /** When most shifts begin; null of none. */
  readonly onset: EpochMs | null;
}

/** Series looked at; more are left out in order of selector, and the caller is told by `left`. */
export const MAX_SERIES = 20_000;
/** A shift smaller than this share of the normal level is noise of measurement, whatever the variance says. */
const RELATIVE_FLOOR = 0.05;
/** The same against the full scale of ratios and percentages. */
const FULL_SCALE_FLOOR = 0.005;
/** And against the usual level of the same metric elsewhere: an idle component's doubling from next to nothing is nothing. */
const SIBLING_FLOOR = 0.05;
/** A clock that is off by less, in seconds, hurts nobody. */
const CLOCK_FLOOR_S = 0.25;
const MIN_REFERENCE = 3;
/** Siblings from which on something can be said about what is usual for a metric. */
const MIN_SIBLINGS = 4;

export const selectorOf = (series: MetricSeries): string => {
  const labels = Object.keys(series.labels)
    .sort()
    .map((key) => `${key}="${series.labels[key] ?? ''}"`);
  return labels.length === 0 ? series.name : `${series.name}{${labels.join(',')}}`;
};

interface Candidate {
  readonly series: MetricSeries;
  readonly selector: string;
  readonly meaning: MetricMeaning;
  readonly samples: PreparedSeries;
}

const candidatesOf = (metrics: readonly MetricSeries[]): readonly Candidate[] => {
  const meanings = new Map<string, MetricMeaning>();
  const all = metrics.map((series) => ({ series, selector: selectorOf(series) })).sort((a, b) => (a.selector < b.selector ? -1 : a.selector > b.selector ? 1 : a.series.file < b.series.file ? -1 : 1));
  return all.slice(0, MAX_SERIES).map(({ series, selector }) => {
    const key = `${series.name} ${series.labels['unit'] ?? ''} ${series.labels['state'] ?? ''} ${series.labels['result'] ?? ''} ${failureStatus(series.labels) ?? ''}`;
    const meaning = meanings.get(key) ?? meaningOf(series.name, series.labels);
    meanings.set(key, meaning);
    return { series, selector, meaning, samples: prepare(series) };
  });
};

/** Where no baseline is given: the window up to the instant at which most series change. */
const splitWindow = (capsule: Capsule, candidates: readonly Candidate[]): TimeWindow | null => {
  const votes = [];
  for (const { samples } of candidates) {
    const point = changePointOf(within(samples, capsule.window));
    if (point !== null) votes.push({ point, weight: 1 });
  }
  const at = commonChangePoint(votes, capsule.window, Math.max(capsule.detectedAt, capsule.window.start));
  if (at === null) return headOf(candidates.map(({ samples }) => samples), capsule.window, capsule.detectedAt);
  return { start: capsule.window.start, end: at };
};

/** What was normal: of few samples found in the window itself, with the variation of the rest. */
const normalSpread = (normal: Float64Array, { samples }: Candidate, capsule: Capsule): Spread => {
  const own = spreadOf(normal);
  return capsule.baseline === null ? withVariation(own, spreadOf(within(samples, { start: capsule.detectedAt, end: capsule.window.end }).values)) : own;
};

/** Failed calls are not to be held against all calls, though one metric counts both. */
const siblingKey = (candidate: Candidate): string => `${candidate.series.name}|${candidate.meaning.quantity}|${candidate.series.labels['quantile'] ?? ''}|${candidate.series.labels['unit'] ?? ''}`;

interface SiblingLevels {
  readonly usual: number;
  readonly busy: number | null;
}

const siblingLevels = (candidates: readonly Candidate[], references: readonly Spread[]): ReadonlyMap<string, SiblingLevels> => {
  const levels = new Map<string, number[]>();
  candidates.forEach((candidate, index) => {
    const level = Math.abs(references[index]?.median ?? Number.NaN);
    if (!Number.isFinite(level)) return;
    const key = siblingKey(candidate);
    const list = levels.get(key);
    if (list === undefined) levels.set(key, [level]);
    else list.push(level);
  });
  return new Map([...levels].map(([key, list]) => [key, { usual: median(list), busy: list.length < MIN_SIBLINGS ? null : quantileOf(sorted(list), 0.75) }]));
};

/** The unit's own full scale, or for shares of success without a unit the one their values suggest. */
const fullScaleOf = (reference: Spread, meaning: MetricMeaning): number | null => {
  if (meaning.fullScale !== null) return meaning.fullScale;
  if (meaning.quantity !== 'success' || reference.count === 0 || reference.min < 0) return null;
  if (reference.max <= 1.0001 && reference.median > 0.5) return 1;
  return reference.max <= 100.01 && reference.median > 50 ? 100 : null;
};

const floorOf = (reference: Spread, meaning: MetricMeaning, siblings: number): number => {
  const full = fullScaleOf(reference, meaning);
  // A success share sits at its full scale: its level says nothing about its noise.
  const level = meaning.quantity === 'success' && full !== null ? 0 : Math.max(RELATIVE_FLOOR * Math.abs(reference.median), SIBLING_FLOOR * siblings);
  return Math.max(level, full === null ? 0 : FULL_SCALE_FLOOR * full, meaning.quantity === 'clock' ? CLOCK_FLOOR_S : 0, Number.MIN_VALUE * 2 ** 60);
};

/** Of a series that was always nought (restarts, rare errors) any value is infinitely many spreads away: count in shares of what it reached. */
const SILENCE_FLOOR = 0.05;

const silenceFloor = (reference: Spread, window: Float64Array): number =>
  reference.core > 0 || reference.median !== 0 ? 0 : SILENCE_FLOOR * window.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

/** Shifts beginning inside the window and at least this strong vote for the common onset. */
const VOTE_STRENGTH = 4;

const onsetOf = (analyses: readonly SeriesAnalysis[], capsule: Capsule): EpochMs | null => {
  const votes: { readonly at: number; readonly weight: number }[] = [];
  let interval = 0;
  for (const { shift, window } of analyses) {
    if (shift === null || shift.strength < VOTE_STRENGTH || shift.preexisting || shift.onset > capsule.detectedAt + 60_000) continue;
    votes.push({ at: shift.onset, weight: Math.min(3, Math.log10(shift.strength)) });
    interval = Math.max(interval, intervalOf(window.times) ?? 0);
  }
  votes.sort((a, b) => a.at - b.at);
  let best: number | null = null;
  let bestWeight = 0;
  const radius = Math.max(interval, 30_000);
  for (let i = 0, j = 0, sum = 0; i < votes.length; i++) {
    while (j < votes.length && (votes[j]?.at ?? 0) <= (votes[i]?.at ?? 0) + radius) sum += votes[j++]?.weight ?? 0;
    if (sum > bestWeight) {
      bestWeight = sum;
      best = votes[i]?.at ?? null;
    }
    sum -= votes[i]?.weight ?? 0;
  }
  return best;
};

/** What had ended before anybody noticed, or began well after, is rarely what was noticed. */
const UNTIMELY = 0.4;
const UNTIMELY_MOST = 3;

const timely = (shift: Shift | null, { detectedAt, window }: Capsule): Shift | null => {
  if (shift === null) return null;
  const slack = (window.end - window.start) / 20;
  const over = shift.end !== null && ((shift.end < detectedAt - slack && shift.preexisting) || (shift.end <= detectedAt && shift.samples <= 2));
  const later = shift.onset > detectedAt + slack + shift.durationMs / Math.max(1, shift.samples);
  return over || later ? { ...shift, strength: Math.min(UNTIMELY_MOST, shift.strength * UNTIMELY) } : shift;
};

/** What only adds up began with the first that was added, however many followed; others are left as they are. */
const fromFirst = (shift: Shift | null, { quantity }: MetricMeaning, { times, values }: Samples): Shift | null => {
  if (shift === null || quantity !== 'restart' || shift.direction !== 'up' || shift.end !== null) return shift;
  let from = values.length;
  while (from > 0 && (values[from - 1] ?? 0) > shift.expected && (from === values.length || (values[from - 1] ?? 0) <= (values[from] ?? 0))) from--;
  const onset = times[from];
  return onset === undefined || onset >= shift.onset ? shift : { ...shift, onset, durationMs: shift.durationMs + shift.onset - onset, samples: values.length - from, preexisting: from === 0 };
};

/** What piles up is far from where it began when it stands out: it began where it left its usual range. */
const PILES_UP: ReadonlySet<string> = new Set(['saturation', 'age']);
const LEFT_RANGE = 3;

const fromFoot = (shift: Shift | null, { quantity, bad }: MetricMeaning, { times, values }: Samples, { spread, floor }: Reference): Shift | null => {
  if (shift === null || !PILES_UP.has(quantity) || bad !== 'up' || shift.direction !== 'up') return shift;
  const least = shift.expected + LEFT_RANGE * Math.max(spread.core, floor);
  let from = times.indexOf(shift.onset);
  while (from > 0 && (values[from - 1] ?? 0) > least && (values[from - 1] ?? 0) < (values[from] ?? 0)) from--;
  const onset = times[from] ?? shift.onset;
  return onset >= shift.onset ? shift : { ...shift, onset };
};

/** Counted one by one: how rare they are is judged as counts, not as steps. */
const COUNTED: ReadonlySet<string> = new Set(['error', 'success', 'restart']);
/** What users feel is no less harm for having been there before. */
const HARM: ReadonlySet<string> = new Set(['latency', 'error', 'success']);
/** What came round before is no news, though it may be worse this time. */
const HABITUAL = 0.3;

interface Custom {
  readonly normal: Float64Array;
  readonly looked: number;
  readonly capsule: Capsule;
}

/** What came round before; or once, came and went just as it did then and was over when somebody noticed: that is not what was noticed, be it harm. */
const isUsual = ({ quantity }: MetricMeaning, shift: Shift, { normal, looked, capsule: { detectedAt, window } }: Custom): boolean =>
  (!HARM.has(quantity) && isHabit(normal, shift, looked)) || (shift.end !== null && shift.end < detectedAt - (window.end - window.start) / 20 && hasTwin(normal, shift));

const CALM = 3;
/** So many siblings tell what is usual. */
const MAX_SIBLINGS = 60;
const MAX_PEER_SAMPLES = 4_000;

/**
 * By metric: how strong a shift its series show in normal times, as the median over siblings of their strongest stretch. Half of them may have had trouble then.
 * Where quiet series shift tenfold every hour (a percentile of three requests a minute, say), tenfold is not news.
 */
const unrestOf = (candidates: readonly Candidate[], references: readonly Reference[], length: number): ReadonlyMap<string, number> => {
  const strengths = new Map<string, number[]>();
  candidates.forEach((candidate, index) => {
    const reference = references[index];
    if (reference === undefined || reference.values.length < 2 * MIN_REFERENCE) return;
    const key = siblingKey(candidate);
    const list = strengths.get(key) ?? [];
    strengths.set(key, list);
    // In order of selector, so that the same siblings are asked every time.
    if (list.length < MAX_SIBLINGS) list.push(farthestOf(reference.values, reference.spread.median, length) / Math.max(reference.spread.core, reference.floor));
  });
  return new Map([...strengths].filter(([, list]) => list.length >= MIN_SIBLINGS).map(([key, list]) => [key, Math.max(1, median(list) / CALM)]));
};

/** Labels that tell replicas of one component apart. */
const REPLICA_LABELS: ReadonlySet<string> = new Set(['pod', 'version', 'instance', 'node', 'container_id', 'replica']);

/** A pod that did not exist in normal times is compared with what its fellow pods did then. */
const withPeers = (candidates: readonly Candidate[], normal: readonly Float64Array[]): readonly Float64Array[] => {
  const keyOf = ({ series }: Candidate): string | null =>
    series.labels['pod'] === undefined && series.labels['instance'] === undefined
      ? null
      : JSON.stringify([series.name, ...Object.keys(series.labels).filter((label) => !REPLICA_LABELS.has(label)).sort().map((label) => [label, series.labels[label]])]);
  const newcomers = candidates.map((candidate, index) => ((normal[index]?.length ?? 0) >= MIN_REFERENCE ? null : keyOf(candidate)));
  const peers = new Map<string, number[]>(newcomers.flatMap((key) => (key === null ? [] : [[key, []]])));
  if (peers.size === 0) return normal;
  candidates.forEach((candidate, index) => {
    const values = normal[index];
    if (values === undefined || values.length < MIN_REFERENCE) return;
    const list = peers.get(keyOf(candidate) ?? '');
    if (list !== undefined && list.length < MAX_PEER_SAMPLES) list.push(...values);
  });
  return normal.map((own, index) => {
    const found = peers.get(newcomers[index] ?? '');
    return found === undefined || found.length === 0 ? own : Float64Array.from(found);
  });
};

const NO_SAMPLES: Samples = { times: new Float64Array(0), values: new Float64Array(0) };

/** By metric the levels of all who measure it. */
const levelsByMetric = (candidates: readonly Candidate[], levels: readonly number[]): ReadonlyMap<string, readonly number[]> => {
  const found = new Map<string, number[]>();
  candidates.forEach((candidate, index) => {
    const level = levels[index] ?? Number.NaN;
    const list = found.get(siblingKey(candidate)) ?? [];
    found.set(siblingKey(candidate), list);
    if (Number.isFinite(level) && list.length < MAX_SIBLINGS) list.push(level);
  });
  return found;
};

/** For each series the most that its own component says may be in use. */
const limitsOf = (all: readonly { readonly series: MetricSeries; readonly meaning: MetricMeaning; readonly level: number }[]): ((series: MetricSeries) => number | null) => {
  const byName = new Map<string, Limit[]>();
  for (const { series, meaning, level } of all) {
    const name = meaning.quantity === 'limit' && meaning.bad !== 'down' ? seriesComponent(series)?.name : undefined;
    if (name !== undefined && Number.isFinite(level)) byName.set(name, byName.get(name) ?? []).get(name)?.push({ series, most: level });
  }
  return (series) => limitFor(series, byName.get(seriesComponent(series)?.name ?? '') ?? []);
};

const UNKNOWN: Reference = { values: NO_SAMPLES.values, spread: spreadOf([]), floor: 0 };

/** What each series' level alone amounts to, in the order of the candidates. */
const levelShifts = (candidates: readonly Candidate[], windows: readonly Samples[]): readonly ReturnType<typeof levelShift>[] => {
  const levels = windows.map(({ values }) => median(values));
  const byMetric = levelsByMetric(candidates, levels);
  const measured = candidates.map(({ series, meaning }, index) => ({ series, meaning, level: levels[index] ?? Number.NaN }));
  const calls = callsOf(measured);
  const limits = limitsOf(measured);
  return candidates.map(({ series, meaning }, index) => {
    const all = byMetric.get(siblingKey(candidates[index] as Candidate)) ?? [];
    const own = all.indexOf(levels[index] ?? Number.NaN);
    return levelShift({ meaning, window: windows[index] ?? NO_SAMPLES, siblings: median(all.filter((_, at) => at !== own)), calls: calls[index] ?? null, limit: limits(series) });
  });
};

/** Where nothing is known of normal times. What flows is kept whatever its level: two flows can be held against each other. */
const byLevels = (candidates: readonly Candidate[], capsule: Capsule): MetricAnalysis => {
  const windows = candidates.map(({ samples }) => within(samples, capsule.window));
  const shifts = levelShifts(candidates, windows);
  const series = candidates.flatMap((candidate, index): readonly SeriesAnalysis[] => {
    const { series: one, selector, meaning, samples: { counter } } = candidate;
    const found = shifts[index] ?? null;
    const base = { series: one, selector, meaning, counter, isMean: false, busy: null, window: windows[index] ?? NO_SAMPLES, stopped: null };
    if (found !== null) return [{ ...base, reference: found.reference, shift: found.shift }];
    return meaning.quantity === 'rate' || meaning.quantity === 'limit' ? [{ ...base, reference: UNKNOWN, shift: null }] : [];
  });
  return { series, reference: null, referenceIsGiven: false, onset: null };
};

export const analyzeMetrics = (capsule: Capsule): MetricAnalysis => {
  const means = new Set(meanSeries(capsule.metrics));
  const candidates = candidatesOf([...capsule.metrics, ...means]);
  const given = capsule.baseline;
  const reference = given ?? splitWindow(capsule, candidates);
  if (reference === null) return byLevels(candidates, capsule);
  const normal = withPeers(candidates, candidates.map(({ samples }) => within(samples, reference).values));
  const spreads = normal.map((values, index) => (candidates[index] === undefined ? spreadOf(values) : normalSpread(values, candidates[index], capsule)));
  const levels = siblingLevels(candidates, spreads);
  const windows = candidates.map(({ samples }) => within(samples, capsule.window));
  const references = candidates.map((candidate, index): Reference => {
    const values = normal[index] ?? NO_SAMPLES.values;
    const spread = spreads[index] ?? spreadOf([]);
    const floor = floorOf(spread, candidate.meaning, levels.get(siblingKey(candidate))?.usual ?? 0);
    return { values, spread, floor: Math.max(floor, silenceFloor(spread, (windows[index] ?? NO_SAMPLES).values), COUNTED.has(candidate.meaning.quantity) ? 0 : resolutionFloor(values)) };
  });
  const unrest = unrestOf(candidates, references, Math.max(2, median(windows.map(({ values }) => values.length)) / 4));
  const traffic = trafficOf(candidates.map(({ series, meaning }, index) => ({ series, meaning, window: windows[index] ?? NO_SAMPLES, usual: spreads[index]?.median ?? Number.NaN })));
  const byLevel = given === null ? levelShifts(candidates, windows) : [];
  const analyses = candidates.map((candidate, index): SeriesAnalysis => {
    const against = references[index] ?? UNKNOWN;
    const window = windows[index] ?? NO_SAMPLES;
    const found = against.spread.count < (given === null ? MIN_HEAD : MIN_REFERENCE) ? null : timely(fromFoot(fromFirst(shiftOf(window, against), candidate.meaning, window), candidate.meaning, window, against), capsule);
    const stopped = candidate.meaning.quantity === 'rate' ? stoppedIn(window, against.values) : null;
    const name = seriesComponent(candidate.series)?.name ?? '';
    const counted = found === null ? null : asCounts(found, { meaning: candidate.meaning, samples: candidate.samples, window, reference: against, trafficIn: (from, to) => traffic(name, from, to) });
    const habit = found !== null && isUsual(candidate.meaning, found, { normal: against.values, looked: window.values.length, capsule }) ? HABITUAL : 1;
    const shift = counted === null ? null : { ...counted, strength: (counted.strength * habit) / (unrest.get(siblingKey(candidate)) ?? 1) };
    const level = byLevel[index] ?? null;
    // The few samples before a fault say little of what is normal; levels that no time would call normal say it without them.
    const isLevel = level !== null && level.shift.strength > (shift?.strength ?? 0);
    const judged = isLevel ? { reference: level.reference, busy: null, shift: level.shift } : { reference: against, busy: levels.get(siblingKey(candidate))?.busy ?? null, shift };
    return { series: candidate.series, selector: candidate.selector, meaning: candidate.meaning, counter: candidate.samples.counter, isMean: means.has(candidate.series), window, stopped, ...judged };
  });
  return { series: analyses, reference, referenceIsGiven: given !== null, onset: onsetOf(analyses, capsule) };
};
