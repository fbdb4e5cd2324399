/** Durations of one operation, each with the slot it was seen in (`phases.ts`). */
import { byteColumn, floatColumn } from '../../shared/column.ts';
import { median } from '../metrics/robust.ts';
import { SLOTS } from './phases.ts';

/** Durations kept of one operation; a median needs no more. */
const MAX_DURATIONS = 20_000;

const NOTHING = new Float64Array(0);

export class DurationList {
  private readonly slotColumn = byteColumn();
  private readonly valueColumn = floatColumn();
  private sorted: readonly Float64Array[] | null = null;

  get length(): number {
    return this.slotColumn.length;
  }

  /** False where there are enough already. */
  add(slot: number, value: number): boolean {
    if (this.length >= MAX_DURATIONS) return false;
    this.sorted = null;
    this.slotColumn.push(slot);
    this.valueColumn.push(value);
    return true;
  }

  get slots(): Uint8Array {
    return this.slotColumn.filled();
  }

  get values(): Float64Array {
    return this.valueColumn.filled();
  }

  /** Ascending values of each slot. */
  bySlot(): readonly Float64Array[] {
    if (this.sorted !== null) return this.sorted;
    const { slots, values } = this;
    const counts = new Int32Array(SLOTS);
    for (let i = 0; i < slots.length; i++) counts[slots[i] ?? 0] = (counts[slots[i] ?? 0] ?? 0) + 1;
    const sorted = Array.from(counts, (count) => new Float64Array(count));
    counts.fill(0);
    for (let i = 0; i < slots.length; i++) {
      const slot = slots[i] ?? 0;
      const column = sorted[slot];
      if (column !== undefined) column[counts[slot] ?? 0] = values[i] ?? 0;
      counts[slot] = (counts[slot] ?? 0) + 1;
    }
    for (const column of sorted) column.sort();
    this.sorted = sorted;
    return sorted;
  }

  /** Ascending values of the slots from `from` to before `to`. */
  ascending(from: number, to: number): Float64Array {
    return this.bySlot().slice(from, to).reduce(merged, NOTHING);
  }

  count(from: number, to: number): number {
    return this.bySlot().slice(from, to).reduce((sum, column) => sum + column.length, 0);
  }

  /** Of the values of the slots from `from` to before `to`; 0 of nothing. */
  median(from: number, to: number): number {
    const columns = this.bySlot().slice(from, to);
    const all = new Float64Array(this.count(from, to));
    let filled = 0;
    for (const column of columns) {
      all.set(column, filled);
      filled += column.length;
    }
    return filled === 0 ? 0 : median(all);
  }
}

/** Linear interpolation between order statistics; 0 of nothing. */
export const quantileOf = (ascending: Float64Array, share: number): number => {
  const at = (ascending.length - 1) * share;
  const low = ascending[Math.floor(at)] ?? 0;
  return low + ((ascending[Math.ceil(at)] ?? low) - low) * (at - Math.floor(at));
};

/** Two ascending arrays as one. */
export const merged = (a: Float64Array, b: Float64Array): Float64Array => {
  if (a.length === 0) return b;
  if (b.length === 0) return a;
  const all = new Float64Array(a.length + b.length);
  let i = 0;
  let j = 0;
  for (let k = 0; k < all.length; k++) {
    const left = a[i] ?? Number.POSITIVE_INFINITY;
    const right = b[j] ?? Number.POSITIVE_INFINITY;
    if (i < a.length && (left <= right || j >= b.length)) {
      all[k] = left;
      i += 1;
    } else {
      all[k] = right;
      j += 1;
    }
  }
  return all;
};
