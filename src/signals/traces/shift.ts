/** Robust shift of durations between normal and suspect time, over all candidate onsets and pooled over operations. */
import { DurationList, merged, quantileOf } from './duration-list.ts';
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

interface Operation {
  readonly name: string;
  readonly durations: DurationList;
}

/** Normal time as slots: from `from` to before `to`. */
interface NormalSlots {
  readonly from: number;
  readonly to: number;
}
const BASELINE_SLOTS: NormalSlots = { from: BASELINE, to: BASELINE + 1 };
const beforeCut = (cut: number): NormalSlots => ({ from: BASELINE + 1, to: cut });

interface Reference {
  readonly median: number;
  readonly spread: number;
}

/** Where normal durations lie; `typicalMs` is the duration of the whole that they are a part of. */
const referenceOf = (ascending: Float64Array, typicalMs: number): Reference => {
  const median = quantileOf(ascending, 0.5);
  return { median, spread: quantileOf(ascending, 0.75) - quantileOf(ascending, 0.25) + FLOOR_MS + FLOOR_SHARE * Math.max(median, typicalMs) };
};

interface Clearest {
  readonly cut: number;
  readonly strength: number;
  readonly normalCount: number;
  readonly suspectCount: number;
}

/** Durations of the operations of one component (a service, or an edge between two). */
export class DurationPool {
  /** By the caller's number of an operation. */
  private readonly operations = new Map<number, DurationList>();
  private readonly wholes = new DurationList();

  /** `wholeMs` is the duration that the caller sees, of which `valueMs` is a part. */
  add(operation: number, slot: number, valueMs: number, wholeMs: number): void {
    let durations = this.operations.get(operation);
    if (durations === undefined) {
      durations = new DurationList();
      this.operations.set(operation, durations);
    }
    if (durations.add(slot, valueMs)) this.wholes.add(slot, wholeMs);
  }

  /**
   * The clearest shift, up or down. Every duration is first put into units of its own operation's normal median and spread, so
   * that a changed mix of operations is no shift, and one odd operation among many is none either unless it is seen often.
   */
  shift(phases: Phases, nameOf: (operation: number) => string): DurationShift | null {
    const ordered = [...this.operations].map(([number, durations]): Operation => ({ name: nameOf(number), durations })).sort((a, b) => (a.name < b.name ? -1 : 1));
    const hasBaseline = ordered.reduce((sum, { durations }) => sum + durations.count(BASELINE, BASELINE + 1), 0) >= MIN_COUNT;
    const typicalMs = this.wholes.median(BASELINE, hasBaseline ? BASELINE + 1 : SLOTS);
    const clearest = (operations: readonly Operation[], doubt: number): DurationShift | null =>
      shiftOf(phases, operations, hasBaseline, hasBaseline ? againstBaseline(phases, operations, typicalMs, doubt) : againstBefore(phases, operations, typicalMs, doubt));
    let best = clearest(ordered, POOLED_DOUBT);
    if (ordered.length > 1) {
      for (const operation of ordered) {
        const single = clearest([operation], SINGLE_DOUBT);
        if (single !== null && (best === null || Math.abs(single.strength) > Math.abs(best.strength))) best = single;
      }
    }
    return best;
  }
}

const shiftOf = (phases: Phases, operations: readonly Operation[], hasBaseline: boolean, clearest: Clearest | null): DurationShift | null => {
  if (clearest === null) return null;
  const { cut, strength, normalCount, suspectCount } = clearest;
  const gained = mostGained(operations, hasBaseline ? BASELINE_SLOTS : beforeCut(cut), cut);
  const { onset, current } = timing(phases, operations, gained);
  return { strength: strength * (current ? 1 : PAST_WEIGHT), normalCount, suspectCount, onsetSlot: onset, ...gained };
};

/** Of all cuts the clearest, the earliest of equals. */
const againstBaseline = (phases: Phases, operations: readonly Operation[], typicalMs: number, doubt: number): Clearest | null => {
  const { normal, bySlot, spread } = pooled(operations, BASELINE_SLOTS, typicalMs);
  let best: Clearest | null = null;
  // From the last cut back, so that each slot's durations are merged in once.
  let suspect: Float64Array = new Float64Array(0);
  for (let slot = SLOTS - 1; slot > phases.lastCut; slot--) suspect = merged(suspect, bySlot[slot] ?? suspect);
  for (let cut = phases.lastCut; cut >= 1; cut--) {
    suspect = merged(suspect, bySlot[cut] ?? suspect);
    best = clearer(contrastAt(cut, normal, suspect, spread, doubt), best);
  }
  return best;
};

const againstBefore = (phases: Phases, operations: readonly Operation[], typicalMs: number, doubt: number): Clearest | null => {
  let best: Clearest | null = null;
  for (let cut = phases.lastCut; cut >= 1; cut--) {
    const { normal, bySlot, spread } = pooled(operations, beforeCut(cut), typicalMs);
    const suspect = bySlot.slice(cut).reduce(merged, new Float64Array(0));
    best = clearer(contrastAt(cut, normal, suspect, spread, doubt), best);
  }
  return best;
};

const clearer = (one: Clearest | null, best: Clearest | null): Clearest | null => (one !== null && (best === null || Math.abs(one.strength) >= Math.abs(best.strength)) ? one : best);

const contrastAt = (cut: number, normal: Float64Array, suspect: Float64Array, spread: number, doubt: number): Clearest | null => {
  if (suspect.length < MIN_COUNT || normal.length < MIN_COUNT) return null;
  const moved = (quantileOf(suspect, 0.5) - quantileOf(normal, 0.5)) / spread;
  return { cut, strength: moved * certainty(normal.length, suspect.length, doubt), normalCount: normal.length, suspectCount: suspect.length };
};

/** Share of durations on the suspect side that makes a shift current; half of them are there when it fully holds. */
const CURRENT_SHARE = 0.3;

/** When it set in and whether it still held at the detection, by the operation that gained most. */
const timing = (phases: Phases, operations: readonly Operation[], gained: Pick<DurationShift, 'operation' | 'normalMs' | 'suspectMs'>): { readonly onset: number; readonly current: boolean } => {
  const suspects = new Float64Array(SLOTS);
  const totals = new Float64Array(SLOTS);
  const durations = operations.find(({ name }) => name === gained.operation)?.durations;
  const slots = durations?.slots ?? new Uint8Array(0);
  const values = durations?.values ?? new Float64Array(0);
  for (let i = 0; i < slots.length; i++) {
    const slot = slots[i] ?? 0;
    const value = values[i] ?? 0;
    totals[slot] = (totals[slot] ?? 0) + 1;
    if (Math.abs(value - gained.suspectMs) < Math.abs(value - gained.normalMs)) suspects[slot] = (suspects[slot] ?? 0) + 1;
  }
  return { onset: onsetSlot(phases, (slot) => (suspects[slot] ?? 0) - (totals[slot] ?? 0) / 2), current: isCurrent(phases, suspects, totals, CURRENT_SHARE) };
};

interface Pool {
  /** Ascending, in units of the operations' references. */
  readonly normal: Float64Array;
  /** The same of each slot of the window that is not normal; what lies before the normal slots is left out. */
  readonly bySlot: readonly Float64Array[];
  readonly spread: number;
}

const pooled = (operations: readonly Operation[], normalSlots: NormalSlots, typicalMs: number): Pool => {
  const usable = operations.flatMap(({ durations }) => {
    const known = durations.ascending(normalSlots.from, normalSlots.to);
    return known.length < MIN_COUNT ? [] : [{ durations, ...referenceOf(known, typicalMs) }];
  });
  const bySlot = Array.from({ length: SLOTS }, (_, slot) => {
    const all = new Float64Array(usable.reduce((sum, { durations }) => sum + (durations.bySlot()[slot]?.length ?? 0), 0));
    let filled = 0;
    for (const { durations, median, spread } of usable) for (const value of durations.bySlot()[slot] ?? []) all[filled++] = (value - median) / spread;
    // Those of one operation keep their order.
    return usable.length > 1 ? all.sort() : all;
  });
  const normal = bySlot.slice(normalSlots.from, normalSlots.to).reduce(merged, new Float64Array(0));
  return { normal, bySlot, spread: Math.max(1, quantileOf(normal, 0.75) - quantileOf(normal, 0.25)) };
};

/** The operation that accounts for most of the time gained (or saved). */
const mostGained = (operations: readonly Operation[], { from, to }: NormalSlots, cut: number): Pick<DurationShift, 'operation' | 'normalMs' | 'suspectMs'> => {
  let best = { operation: '', normalMs: 0, suspectMs: 0, gained: -1 };
  for (const { name, durations } of operations) {
    const suspectCount = durations.count(cut, SLOTS);
    if (durations.count(from, to) === 0 || suspectCount === 0) continue;
    const normalMs = durations.median(from, to);
    const suspectMs = durations.median(cut, SLOTS);
    const gained = Math.abs(suspectMs - normalMs) * suspectCount;
    if (gained > best.gained) best = { operation: name, normalMs, suspectMs, gained };
  }
  return { operation: best.operation, normalMs: best.normalMs, suspectMs: best.suspectMs };
};

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
