/**
 * Occurrences over covered time (log statements, calls): in how many slices of it something occurred, and in how many far more often
 * than it ever did in a slice of normal time.
 */
import type { Contrast, Phases } from './phases.ts';
import { BASELINE, BINS, SLOTS, clearestContrast, slotOf } from './phases.ts';

/** Slices a bin of the window is cut into. */
const SLICES_PER_BIN = 4;
/** Times the largest normal slice that a slice must hold to be a burst. */
const BURST_FACTOR = 2;
const MAX_KEYS = 100_000;

/** Slices without any record that do not yet end a stretch of recording: a third of a bin. */
const MAX_SILENT_SLICES = 8;

interface Stretch {
  readonly first: number;
  readonly last: number;
}

const stretchesOf = (slices: readonly number[]): Stretch[] => {
  const stretches: { first: number; last: number }[] = [];
  for (const slice of [...slices].sort((a, b) => a - b)) {
    const current = stretches.at(-1);
    if (current === undefined || slice > current.last + MAX_SILENT_SLICES) stretches.push({ first: slice, last: slice });
    else current.last = slice;
  }
  return stretches;
};

export interface SliceContrast {
  readonly key: number;
  readonly kind: 'presence' | 'burst';
  readonly contrast: Contrast;
  /** Records in the window from the cut on, and in normal time. */
  readonly count: number;
  readonly normalCount: number;
  /** Whether the baseline was recorded; without it what went on all along cannot be told from the normal. */
  readonly hasBaseline: boolean;
}

/** Counts of keys (numbers of the caller) by slice. */
export class Slices {
  private readonly phases: Phases;
  private readonly sliceMs: number;
  private readonly covered = new Map<number, number>();
  private stretches: readonly Stretch[] | null = null;
  private readonly counts = new Map<number, Map<number, number>>();

  constructor(phases: Phases) {
    this.phases = phases;
    this.sliceMs = Math.max(1, (phases.window.end - phases.window.start) / (BINS * SLICES_PER_BIN));
  }

  /** A sign that the source was recording at `at`, whatever it said. */
  cover(at: number): void {
    const slot = slotOf(this.phases, at);
    if (slot >= 0) this.covered.set(this.sliceOf(at), slot);
  }

  /** Whether `at` lies within a stretch of recording, not at its edges, where a request may be recorded in part. */
  isInside(at: number): boolean {
    this.stretches ??= stretchesOf([...this.covered.keys()]);
    const slice = this.sliceOf(at);
    return this.stretches.some(({ first, last }) => slice > first && slice < last);
  }

  add(key: number, at: number, count = 1): void {
    const slot = slotOf(this.phases, at);
    if (slot < 0) return;
    const slice = this.sliceOf(at);
    this.covered.set(slice, slot);
    let slices = this.counts.get(key);
    if (slices === undefined) {
      if (this.counts.size >= MAX_KEYS) return;
      slices = new Map();
      this.counts.set(key, slices);
    }
    slices.set(slice, (slices.get(slice) ?? 0) + count);
  }

  /** The clearest contrast of every key; its surprise is 0 where nothing is known of normal time. */
  contrasts(): SliceContrast[] {
    const totals = new Uint32Array(SLOTS);
    for (const slot of this.covered.values()) totals[slot] = (totals[slot] ?? 0) + 1;
    const hasBaseline = (totals[BASELINE] ?? 0) > 0;
    return [...this.counts].map(([key, slices]) => {
      const presence = this.contrastOf(slices, totals, 0);
      const burst = this.contrastOf(slices, totals, BURST_FACTOR * this.largestNormal(slices, presence?.cut ?? 1, totals) + 1);
      const best = burst !== null && (presence === null || burst.surprise > Math.abs(presence.surprise)) ? burst : presence;
      const contrast = best ?? { surprise: 0, cut: 1, onsetSlot: 1, isCurrent: true, normalHits: 0, normalTotal: 0, hits: slices.size, total: this.covered.size };
      const { count, normalCount } = this.sums(slices, contrast.cut, totals);
      return { key, kind: best !== null && best === burst ? ('burst' as const) : ('presence' as const), contrast, count, normalCount, hasBaseline };
    });
  }

  /** Slices are anchored at the window's start, so that the baseline's never straddle it. */
  private sliceOf(at: number): number {
    return Math.floor((at - this.phases.window.start) / this.sliceMs);
  }

  private contrastOf(slices: ReadonlyMap<number, number>, totals: Uint32Array, above: number): Contrast | null {
    const hits = new Uint32Array(SLOTS);
    for (const [slice, count] of slices) {
      const slot = this.covered.get(slice) ?? -1;
      if (slot >= 0 && count > above) hits[slot] = (hits[slot] ?? 0) + 1;
    }
    return clearestContrast(this.phases, hits, totals);
  }

  private largestNormal(slices: ReadonlyMap<number, number>, cut: number, totals: Uint32Array): number {
    let largest = 0;
    for (const [slice, count] of slices) if (this.isNormal(slice, cut, totals)) largest = Math.max(largest, count);
    return largest;
  }

  private sums(slices: ReadonlyMap<number, number>, cut: number, totals: Uint32Array): { readonly count: number; readonly normalCount: number } {
    let count = 0;
    let normalCount = 0;
    for (const [slice, records] of slices) {
      if (this.isNormal(slice, cut, totals)) normalCount += records;
      else if ((this.covered.get(slice) ?? -1) >= cut) count += records;
    }
    return { count, normalCount };
  }

  private isNormal(slice: number, cut: number, totals: Uint32Array): boolean {
    const slot = this.covered.get(slice) ?? -1;
    return (totals[BASELINE] ?? 0) > 0 ? slot === BASELINE : slot > BASELINE && slot < cut;
  }
}
