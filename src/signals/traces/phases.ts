/**
 * Normal time against suspect time when nobody knows when the fault began. The window is cut into equal bins; every bin's start
 * up to the detection is a candidate onset, and each comparison takes the one at which it is clearest.
 */
import type { EpochMs, TimeWindow } from '../../domain/time.ts';
import { contains } from '../../domain/time.ts';
import { surprise, wilson } from './surprise.ts';

/** Bins of the window; more would leave too few observations in each. */
export const BINS = 24;
/** Slot of the baseline in a count array; the window's bins are 1 to BINS. */
export const BASELINE = 0;
export const SLOTS = BINS + 1;

export interface Phases {
  readonly window: TimeWindow;
  readonly baseline: TimeWindow | null;
  /** The first and last bin (1 to BINS) at which the fault may have begun. */
  readonly lastCut: number;
}

export const phasesOf = (capsule: { readonly window: TimeWindow; readonly baseline: TimeWindow | null; readonly detectedAt: EpochMs }): Phases => {
  const { window, baseline } = capsule;
  const detected = slotIn(window, Math.min(Math.max(capsule.detectedAt, window.start), window.end - 1));
  return { window, baseline, lastCut: Math.max(1, detected) };
};

const slotIn = (window: TimeWindow, at: EpochMs): number => {
  const lengthMs = window.end - window.start;
  return lengthMs <= 0 ? 1 : Math.min(BINS, 1 + Math.floor(((at - window.start) / lengthMs) * BINS));
};

/** BASELINE, 1 to BINS, or -1 for an instant that is in neither. */
export const slotOf = (phases: Phases, at: EpochMs): number => {
  if (contains(phases.window, at)) return slotIn(phases.window, at);
  return phases.baseline !== null && contains(phases.baseline, at) ? BASELINE : -1;
};

/** The slot of each instant. */
export const slotsOf = (phases: Phases, times: Float64Array): Int8Array => {
  const slots = new Int8Array(times.length);
  for (let i = 0; i < times.length; i++) slots[i] = slotOf(phases, times[i] ?? Number.NaN);
  return slots;
};

/** How much of the two times a signal has something from. */
export interface Coverage {
  /** Share of the window's bins that hold anything, 0 to 1. */
  readonly window: number;
  /** Whether the baseline holds anything; null where there is no baseline. */
  readonly baseline: boolean | null;
}

/** Null of no instants. */
export const coverageOf = (phases: Phases, times: Iterable<number>): Coverage | null => {
  let count = 0;
  const seen = new Uint8Array(SLOTS);
  for (const at of times) {
    count++;
    const slot = slotOf(phases, at);
    if (slot >= 0) seen[slot] = 1;
  }
  if (count === 0) return null;
  const filled = seen.reduce((total, one) => total + one, 0) - (seen[BASELINE] ?? 0);
  return { window: filled / BINS, baseline: phases.baseline === null ? null : seen[BASELINE] === 1 };
};

export const binMs = ({ window }: Phases): number => (window.end - window.start) / BINS;

export const slotStart = (phases: Phases, slot: number): EpochMs => phases.window.start + (slot - 1) * binMs(phases);

/** Observations that the window's own beginning must have to stand in for a baseline: with many candidate onsets few prove nothing. */
const MIN_NORMAL = 10;

export interface Contrast {
  /** Signed surprise, see `surprise`. */
  readonly surprise: number;
  /** The bin from which on time is suspect. */
  readonly cut: number;
  /** The bin in which it set in. */
  readonly onsetSlot: number;
  /** False where it was plainly over, or had not begun, when the incident was noticed. */
  readonly isCurrent: boolean;
  readonly normalHits: number;
  readonly normalTotal: number;
  readonly hits: number;
  readonly total: number;
}

/**
 * The clearest contrast over all candidate onsets of `hits` out of `totals`, both by slot. Normal time is the baseline where it
 * has any observation, else the window before the cut. Null where there is nothing to compare.
 */
export const clearestContrast = (phases: Phases, hits: ArrayLike<number>, totals: ArrayLike<number>): Contrast | null => {
  const hasBaseline = (totals[BASELINE] ?? 0) > 0;
  let before = { hits: 0, total: 0 };
  let after = sumFrom(hits, totals, 1);
  let best: Omit<Contrast, 'onsetSlot' | 'isCurrent'> | null = null;
  for (let cut = 1; cut <= phases.lastCut; cut++) {
    const normal = hasBaseline ? { hits: hits[BASELINE] ?? 0, total: totals[BASELINE] ?? 0 } : before;
    if (normal.total >= (hasBaseline ? 1 : MIN_NORMAL) && after.total > 0) {
      const value = surprise(normal.hits, normal.total, after.hits, after.total);
      if (best === null || Math.abs(value) > Math.abs(best.surprise)) {
        best = { surprise: value, cut, normalHits: normal.hits, normalTotal: normal.total, hits: after.hits, total: after.total };
      }
    }
    const slotHits = hits[cut] ?? 0;
    const slotTotal = totals[cut] ?? 0;
    before = { hits: before.hits + slotHits, total: before.total + slotTotal };
    after = { hits: after.hits - slotHits, total: after.total - slotTotal };
  }
  return best === null ? null : { ...best, ...timingOf(phases, best, hits, totals) };
};

/** When the change set in, and whether it still held when somebody noticed. */
const timingOf = (phases: Phases, best: Omit<Contrast, 'onsetSlot' | 'isCurrent'>, hits: ArrayLike<number>, totals: ArrayLike<number>): Pick<Contrast, 'onsetSlot' | 'isCurrent'> => {
  const rose = best.hits / best.total >= best.normalHits / best.normalTotal;
  const counted = rose ? hits : missesOf(hits, totals);
  const normal = rose ? best.normalHits / best.normalTotal : 1 - best.normalHits / best.normalTotal;
  const suspect = rose ? best.hits / best.total : 1 - best.hits / best.total;
  const middle = (normal + suspect) / 2;
  const onset = onsetSlot(phases, (slot) => (counted[slot] ?? 0) - middle * (totals[slot] ?? 0));
  // From the onset to the detection it may have been far more frequent than over all of the time after the cut.
  const untilNoticed = shareOf(counted, totals, onset, phases.lastCut);
  return { onsetSlot: onset, isCurrent: isCurrent(phases, counted, totals, Math.max(middle, (normal + untilNoticed) / 2)) };
};

/** Share between two slots; 0 where there are too few observations to tell. */
const shareOf = (hits: ArrayLike<number>, totals: ArrayLike<number>, from: number, to: number): number => {
  let hit = 0;
  let total = 0;
  for (let slot = from; slot < to; slot++) {
    hit += hits[slot] ?? 0;
    total += totals[slot] ?? 0;
  }
  return total < MIN_SHARE_TOTAL ? 0 : hit / total;
};
const MIN_SHARE_TOTAL = 5;

/** Bins from the detection on in which what was noticed should still show. */
const CURRENT_BINS = 5;

/** Whether the share around the detection may be at least `middle`; only what is plainly below it is not current. */
export const isCurrent = (phases: Phases, hits: ArrayLike<number>, totals: ArrayLike<number>, middle: number): boolean => {
  let hit = 0;
  let total = 0;
  for (let slot = phases.lastCut; slot < Math.min(SLOTS, phases.lastCut + CURRENT_BINS); slot++) {
    hit += hits[slot] ?? 0;
    total += totals[slot] ?? 0;
  }
  return wilson(hit, total).high >= middle;
};

const missesOf = (hits: ArrayLike<number>, totals: ArrayLike<number>): number[] => Array.from({ length: SLOTS }, (_, slot) => (totals[slot] ?? 0) - (hits[slot] ?? 0));

/**
 * The bin in which a change set in: where the sum from there to the end is largest (the last such), given how far each bin lies on
 * the changed side of the middle between normal and changed. Source: Page 1954, cumulative sums.
 */
export const onsetSlot = (phases: Phases, excessOf: (slot: number) => number): number => {
  let sum = 0;
  let largest = Number.NEGATIVE_INFINITY;
  let best = 1;
  for (let slot = BINS; slot >= 1; slot--) {
    sum += excessOf(slot);
    if (slot <= phases.lastCut && sum > largest + TINY) {
      largest = sum;
      best = slot;
    }
  }
  return best;
};

const TINY = 1e-9;

const sumFrom = (hits: ArrayLike<number>, totals: ArrayLike<number>, from: number): { readonly hits: number; readonly total: number } => {
  let hit = 0;
  let total = 0;
  for (let slot = from; slot < SLOTS; slot++) {
    hit += hits[slot] ?? 0;
    total += totals[slot] ?? 0;
  }
  return { hits: hit, total };
};
