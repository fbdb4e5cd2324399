/** How far, which way, when and for how long a series left its normal range. */
import type { EpochMs } from '../../domain/time.ts';
import type { Samples } from './samples.ts';
import { intervalOf } from './samples.ts';
import { median, tailsOf, type Spread } from './robust.ts';

export interface Shift {
  readonly direction: 'up' | 'down';
  /** Distance between the stretch's median and the reference median, in units of the reference's scale; >= 0. */
  readonly strength: number;
  /** Median of the shifted stretch, and of the reference. */
  readonly observed: number;
  readonly expected: number;
  /** First shifted sample. */
  readonly onset: EpochMs;
  /** First sample after the stretch; null where it lasts to the end. */
  readonly end: EpochMs | null;
  readonly durationMs: number;
  readonly samples: number;
  /** The stretch begins with the window's first sample, so its true beginning is unknown. */
  readonly preexisting: boolean;
  /** Median of the window's samples outside the stretch; null of none. */
  readonly outside: number | null;
}

/** Nearer than this many scales nobody asks how heavy the tails are. */
const NEAR = 1.5;
/** A sample counts for the stretch when it is this many scales away, and against it when nearer. */
const ALLOWANCE = 1;
/** No sample counts for more: one wild value is not a long shift. */
const CAP = 8;

interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly sum: number;
}

/** The contiguous stretch with the largest sum (Kadane), of deviations less an allowance: an epidemic change by CUSUM. */
const strongestStretch = (scores: Float64Array): Stretch | null => {
  let best: Stretch | null = null;
  let from = 0;
  let sum = 0;
  for (let i = 0; i < scores.length; i++) {
    if (sum <= 0) {
      sum = 0;
      from = i;
    }
    sum += scores[i] ?? 0;
    if (sum > 0 && (best === null || sum > best.sum)) best = { from, to: i + 1, sum };
  }
  return best;
};

/** Edges that are hardly shifted beside the rest belong to the time before and after. */
const EDGE = 0.25;

const trimmed = (stretch: Stretch | null, scores: Float64Array): Stretch | null => {
  if (stretch === null) return null;
  const least = EDGE * median(scores.subarray(stretch.from, stretch.to));
  let { from, to } = stretch;
  while (to - from > 1 && (scores[from] ?? 0) < least) from++;
  while (to - from > 1 && (scores[to - 1] ?? 0) < least) to--;
  return { from, to, sum: stretch.sum };
};

/** So many samples in a row, most of them shifted, are a beginning; one may be an accident. */
const RISE_SAMPLES = 3;

/**
 * The sample with which a stretch really begins: a little wandering before a large step belongs to the stretch without being its onset. `away`: how far
 * each sample lies from the centre in the stretch's direction.
 */
const beginningOf = ({ from, to }: Stretch, away: (index: number) => number): number => {
  const least = EDGE * median(Float64Array.from({ length: to - from }, (_, i) => away(from + i)));
  for (let first = from; first + RISE_SAMPLES <= to; first++) {
    let shifted = 0;
    for (let i = 0; i < RISE_SAMPLES; i++) if (away(first + i) >= least) shifted++;
    if (away(first) >= least && shifted > RISE_SAMPLES / 2) return first;
  }
  return from;
};

const scoresOf = (values: Float64Array, center: number, scale: number, sign: 1 | -1): Float64Array =>
  values.map((value) => Math.min(CAP, (sign * (value - center)) / scale) - ALLOWANCE);

/** What a window is compared with. */
export interface Reference {
  /** In time order. */
  readonly values: Float64Array;
  readonly spread: Spread;
  /** No shift is counted in units smaller than this. */
  readonly floor: number;
}

/**
 * The strongest one-sided stretch of `window` against a reference. The distance is the smaller of that to the reference and that to the window's own
 * remaining samples: what differs from another day all along, or merely wanders, is not news.
 */
export const shiftOf = (window: Samples, reference: Reference): Shift | null => {
  const { values, times } = window;
  const { spread, floor } = reference;
  if (values.length === 0 || spread.count === 0) return null;
  const core = Math.max(spread.core, floor);
  const [above, below] = [scoresOf(values, spread.median, core, 1), scoresOf(values, spread.median, core, -1)];
  const up = trimmed(strongestStretch(above), above);
  const down = trimmed(strongestStretch(below), below);
  const stretch = up !== null && (down === null || up.sum >= down.sum) ? up : down;
  if (stretch === null) return null;
  const direction = stretch === up ? 'up' : 'down';
  // Between the two: had such stretches been usual the core would be wide; that there was one before (another day's trouble, say) must not hide this one.
  const isNear = Math.abs(median(values.subarray(stretch.from, stretch.to)) - spread.median) < NEAR * core;
  const scale = isNear ? core : Math.sqrt(core * Math.max(core, tailsOf(reference.values, spread.median, stretch.to - stretch.from)[direction]));
  const observed = median(values.subarray(stretch.from, stretch.to));
  const rest = new Float64Array(values.length - (stretch.to - stretch.from));
  rest.set(values.subarray(0, stretch.from));
  rest.set(values.subarray(stretch.to), stretch.from);
  const outside = rest.length === 0 ? null : median(rest);
  const toReference = Math.abs(observed - spread.median) / scale;
  const toOutside = outside === null ? toReference : Math.max(0, ((direction === 'up' ? 1 : -1) * (observed - outside)) / scale);
  const interval = intervalOf(times) ?? 0;
  const onset = times[beginningOf(stretch, (i) => (direction === 'up' ? 1 : -1) * ((values[i] ?? spread.median) - spread.median))] ?? 0;
  return {
    direction,
    strength: Math.min(toReference, toOutside),
    observed,
    expected: spread.median,
    onset,
    end: stretch.to < times.length ? (times[stretch.to] ?? null) : null,
    durationMs: (times[stretch.to - 1] ?? onset) - onset + interval,
    samples: stretch.to - stretch.from,
    preexisting: stretch.from === 0,
    outside,
  };
};
