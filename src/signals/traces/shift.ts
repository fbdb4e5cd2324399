/** Robust shift of durations between normal and suspect time, over all candidate onsets and pooled over operations. */
import { PAST_WEIGHT } from './echo.ts';
import type { Phases } from './phases.ts';
import { BASELINE, SLOTS, isCurrent, onsetSlot } from './phases.ts';

export interface DurationShift {
  /** Shift of the median in units of the normal spread, weighed down where durations are few; signed. */
  readonly strength: number;
  /** Medians of the operation that gained most in all, milliseconds, and its name. */
  readonly operation: string;
  readonly normalMs: number;
  readonly suspectMs: number;
  /** The slot in which it set in. */
  readonly onsetSlot: number;
  readonly normalCount: number;
  readonly suspectCount: number;
}

/** Fewer durations than this on either side say nothing. */
const MIN_COUNT = 3;
/** Differences below this, or below this share of the typical duration, matter to nobody, however regular the normal time was. */
const FLOOR_MS = 0.5;
const FLOOR_SHARE = 0.1;
/** Durations kept of one operation; a median needs no more. */
const MAX_DURATIONS = 20_000;

/** Durations of one operation with the slot each was seen in (`phases.ts`). */
class SlottedDurations {
  readonly slots: number[] = [];
  readonly values: number[] = [];

  inSlots(wanted: (slot: number) => boolean): number[] {
    return this.values.filter((_, i) => wanted(this.slots[i] ?? -1)).sort((a, b) => a - b);
  }
}

const quantileOf = (sorted: readonly number[], share: number): number => {
  const at = (sorted.length - 1) * share;
  const low = sorted[Math.floor(at)] ?? 0;
  return low + ((sorted[Math.ceil(at)] ?? low) - low) * (at - Math.floor(at));
};

interface Reference {
  readonly median: number;
  readonly spread: number;
}

/** Where normal durations lie; `typicalMs` is the duration of the whole that they are a part of. */
const referenceOf = (sorted: readonly number[], typicalMs: number): Reference => {
  const median = quantileOf(sorted, 0.5);
  return { median, spread: quantileOf(sorted, 0.75) - quantileOf(sorted, 0.25) + FLOOR_MS + FLOOR_SHARE * Math.max(median, typicalMs) };
};

/** Durations of the operations of one component (a service, or an edge between two). */
export class DurationPool {
  private readonly operations = new Map<string, SlottedDurations>();
  private readonly wholes = new SlottedDurations();

  /** `wholeMs` is the duration that the caller sees, of which `valueMs` is a part. */
  add(operation: string, slot: number, valueMs: number, wholeMs: number): void {
    let durations = this.operations.get(operation);
    if (durations === undefined) {
      durations = new SlottedDurations();
      this.operations.set(operation, durations);
    }
    if (durations.values.length >= MAX_DURATIONS) return;
    durations.slots.push(slot);
    durations.values.push(valueMs);
    if (this.wholes.values.length < MAX_DURATIONS) {
      this.wholes.slots.push(slot);
      this.wholes.values.push(wholeMs);
    }
  }

  /**
   * The clearest shift, up or down. Every duration is first put into units of its own operation's normal median and spread, so
   * that a changed mix of operations is no shift, and one odd operation among many is none either unless it is seen often.
   */
  shift(phases: Phases): DurationShift | null {
    const typicalMs = quantileOf(this.wholes.inSlots(this.hasBaseline() ? isBaseline : () => true), 0.5);
    const ordered = [...this.operations].sort(([a], [b]) => (a < b ? -1 : 1));
    let best = this.clearest(phases, ordered, typicalMs, POOLED_DOUBT);
    if (ordered.length > 1) {
      for (const operation of ordered) {
        const single = this.clearest(phases, [operation], typicalMs, SINGLE_DOUBT);
        if (single !== null && (best === null || Math.abs(single.strength) > Math.abs(best.strength))) best = single;
      }
    }
    return best;
  }

  private hasBaseline(): boolean {
    let count = 0;
    for (const { slots } of this.operations.values()) for (const slot of slots) if (slot === BASELINE) count += 1;
    return count >= MIN_COUNT;
  }

  private clearest(phases: Phases, operations: readonly (readonly [string, SlottedDurations])[], typicalMs: number, doubt: number): DurationShift | null {
    const fixed = this.hasBaseline() ? pooled(operations, isBaseline, typicalMs) : null;
    let best: { readonly cut: number; readonly strength: number; readonly normalCount: number; readonly suspectCount: number } | null = null;
    for (let cut = 1; cut <= phases.lastCut; cut++) {
      const { normal, others, spread } = fixed ?? pooled(operations, (slot) => slot > BASELINE && slot < cut, typicalMs);
      const suspect = others.filter(({ slot }) => slot >= cut);
      if (suspect.length < MIN_COUNT || normal.length < MIN_COUNT) continue;
      const moved = (quantileOf(suspect.map(({ value }) => value), 0.5) - quantileOf(normal, 0.5)) / spread;
      const strength = moved * certainty(normal.length, suspect.length, doubt);
      if (best === null || Math.abs(strength) > Math.abs(best.strength)) best = { cut, strength, normalCount: normal.length, suspectCount: suspect.length };
    }
    if (best === null) return null;
    const { cut, strength, normalCount, suspectCount } = best;
    const isNormal = fixed === null ? (slot: number): boolean => slot > BASELINE && slot < cut : isBaseline;
    const gained = mostGained(operations, isNormal, cut);
    const { onset, current } = timing(phases, operations, gained);
    return { strength: strength * (current ? 1 : PAST_WEIGHT), normalCount, suspectCount, onsetSlot: onset, ...gained };
  }
}

/** Share of durations on the suspect side that makes a shift current; half of them are there when it fully holds. */
const CURRENT_SHARE = 0.3;

/** When it set in and whether it still held at the detection, by the operation that gained most. */
const timing = (phases: Phases, operations: Operations, gained: Pick<DurationShift, 'operation' | 'normalMs' | 'suspectMs'>): { readonly onset: number; readonly current: boolean } => {
  const suspects = new Float64Array(SLOTS);
  const totals = new Float64Array(SLOTS);
  const durations = operations.find(([name]) => name === gained.operation)?.[1];
  durations?.values.forEach((value, i) => {
    const slot = durations.slots[i] ?? -1;
    if (slot < 0) return;
    totals[slot] = (totals[slot] ?? 0) + 1;
    if (Math.abs(value - gained.suspectMs) < Math.abs(value - gained.normalMs)) suspects[slot] = (suspects[slot] ?? 0) + 1;
  });
  return { onset: onsetSlot(phases, (slot) => (suspects[slot] ?? 0) - (totals[slot] ?? 0) / 2), current: isCurrent(phases, suspects, totals, CURRENT_SHARE) };
};

const isBaseline = (slot: number): boolean => slot === BASELINE;

type Operations = readonly (readonly [string, SlottedDurations])[];

const pooled = (operations: Operations, isNormal: (slot: number) => boolean, typicalMs: number): Pool => {
  const normal: number[] = [];
  const others: { value: number; slot: number }[] = [];
  for (const [, durations] of operations) {
    const known = durations.inSlots(isNormal);
    if (known.length < MIN_COUNT) continue;
    const { median, spread } = referenceOf(known, typicalMs);
    durations.values.forEach((value, i) => {
      const slot = durations.slots[i] ?? -1;
      if (isNormal(slot)) normal.push((value - median) / spread);
      else if (slot > BASELINE) others.push({ value: (value - median) / spread, slot });
    });
  }
  normal.sort((a, b) => a - b);
  others.sort((a, b) => a.value - b.value);
  return { normal, others, spread: Math.max(1, quantileOf(normal, 0.75) - quantileOf(normal, 0.25)) };
};

/** The operation that accounts for most of the time gained (or saved). */
const mostGained = (operations: Operations, isNormal: (slot: number) => boolean, cut: number): Pick<DurationShift, 'operation' | 'normalMs' | 'suspectMs'> => {
  let best = { operation: '', normalMs: 0, suspectMs: 0, gained: -1 };
  for (const [operation, durations] of operations) {
    const normal = durations.inSlots(isNormal);
    const suspect = durations.inSlots((slot) => slot >= cut && !isNormal(slot));
    if (normal.length === 0 || suspect.length === 0) continue;
    const normalMs = quantileOf(normal, 0.5);
    const suspectMs = quantileOf(suspect, 0.5);
    const gained = Math.abs(suspectMs - normalMs) * suspect.length;
    if (gained > best.gained) best = { operation, normalMs, suspectMs, gained };
  }
  return { operation: best.operation, normalMs: best.normalMs, suspectMs: best.suspectMs };
};

interface Pool {
  readonly normal: readonly number[];
  readonly others: readonly { readonly value: number; readonly slot: number }[];
  readonly spread: number;
}

/**
 * Few durations count for less: the strength is halved where the harmonic half of both counts equals `doubt`. A pool speaks for
 * a whole component; one operation of many was picked because it stands out, so it has to be seen more often.
 */
const certainty = (normalCount: number, suspectCount: number, doubt: number): number => {
  const effective = (normalCount * suspectCount) / (normalCount + suspectCount);
  return effective / (effective + doubt);
};
const POOLED_DOUBT = 1.5;
const SINGLE_DOUBT = 20;
