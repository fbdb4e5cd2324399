/**
 * Where a window without a baseline falls in two: each series votes for its own change-point, the votes of all decide.
 * Test: A. N. Pettitt, "A non-parametric approach to the change-point problem", Applied Statistics 28 (1979).
 */
import type { EpochMs, TimeWindow } from '../../domain/time.ts';
import type { Samples } from './samples.ts';

export interface ChangePoint {
  /** The first sample of the later part. */
  readonly at: EpochMs;
  /** -log10 of the approximate probability that nothing changed; capped. */
  readonly evidence: number;
}

const MAX_EVIDENCE = 12;
/** Samples looked at per series: the test is on ranks, so thinning costs little. */
const MAX_POINTS = 160;
const MIN_POINTS = 6;

/** Mean ranks, ties shared. */
const ranksOf = (values: readonly number[]): Float64Array => {
  const ascending = Float64Array.from(values).sort();
  const rankOf = new Map<number, number>();
  for (let i = 0; i < ascending.length; ) {
    let j = i + 1;
    while (j < ascending.length && ascending[j] === ascending[i]) j++;
    rankOf.set(ascending[i] ?? 0, (i + j + 1) / 2);
    i = j;
  }
  return Float64Array.from(values, (value) => rankOf.get(value) ?? 0);
};

/** Samples on either side of a step; fewer are a spike. */
const MIN_SIDE = 5;
/** Share of the variance that a step tells; of a straight line it tells three quarters. */
const CLEAR_STEP = 0.85;

/**
 * Ranks know nothing of how far: where a level drifts on after a step to a multiple, they see the middle of the drift.
 * The first sample after the step that tells most of the variance of the values; null where none tells nearly all.
 */
const stepIn = (values: readonly number[]): number | null => {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const all = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  let before = 0;
  let best = 0;
  let at = 0;
  for (let i = 1; i <= n - MIN_SIDE; i++) {
    before += (values[i - 1] ?? 0) - mean;
    const told = i < MIN_SIDE ? 0 : (n * before * before) / (i * (n - i));
    if (told > best) {
      best = told;
      at = i;
    }
  }
  return all > 0 && best >= CLEAR_STEP * all ? at : null;
};

/** The most likely single change-point of a series; null where it is constant or too short. */
export const changePointOf = (samples: Samples): ChangePoint | null => {
  const step = Math.max(1, Math.ceil(samples.values.length / MAX_POINTS));
  const times: number[] = [];
  const values: number[] = [];
  for (let i = 0; i < samples.values.length; i += step) {
    times.push(samples.times[i] ?? 0);
    values.push(samples.values[i] ?? 0);
  }
  const n = values.length;
  if (n < MIN_POINTS) return null;
  const clear = stepIn(values);
  if (clear !== null) return { at: times[clear] ?? 0, evidence: MAX_EVIDENCE };
  const ranks = ranksOf(values);
  let sum = 0;
  let best = 0;
  let at = 0;
  for (let i = 0; i < n - 1; i++) {
    sum += ranks[i] ?? 0;
    const u = 2 * sum - (i + 1) * (n + 1);
    if (Math.abs(u) > Math.abs(best)) {
      best = u;
      at = i + 1;
    }
  }
  if (best === 0) return null;
  const exponent = (6 * best * best) / (n ** 3 + n ** 2);
  return { at: times[at] ?? 0, evidence: Math.min(MAX_EVIDENCE, Math.max(0, (exponent - Math.LN2) / Math.LN10)) };
};

const BINS = 48;

/**
 * The instant at which most series change, not later than `latest` (somebody had noticed by then).
 * Null where no series changes convincingly.
 */
export const commonChangePoint = (points: readonly { readonly point: ChangePoint; readonly weight: number }[], window: TimeWindow, latest: EpochMs): EpochMs | null => {
  const span = window.end - window.start;
  if (span <= 0) return null;
  const width = span / BINS;
  const votes = new Float64Array(BINS + 1);
  const usable = points.filter(({ point }) => point.evidence > 1 && point.at <= latest + width && point.at > window.start);
  for (const { point, weight } of usable) {
    const bin = Math.min(BINS, Math.floor((point.at - window.start) / width));
    votes[bin] = (votes[bin] ?? 0) + point.evidence * weight;
  }
  let best = -1;
  let bestVotes = 0;
  for (let bin = 0; bin <= BINS; bin++) {
    const total = 0.5 * (votes[bin - 1] ?? 0) + (votes[bin] ?? 0) + 0.5 * (votes[bin + 1] ?? 0);
    if (total > bestVotes) {
      best = bin;
      bestVotes = total;
    }
  }
  if (best < 0) return null;
  const near = usable.filter(({ point }) => Math.abs(Math.floor((point.at - window.start) / width) - best) <= 1).map(({ point }) => point.at);
  return near.length === 0 ? null : Math.min(...near);
};
