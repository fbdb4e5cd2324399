/** Durations of one operation, each with the slot it was seen in (`phases.ts`). */
import { byteColumn, floatColumn } from '../../shared/column.ts';

/** Durations kept of one operation; a median needs no more. */
const MAX_DURATIONS = 20_000;

export class DurationList {
  private readonly slotColumn = byteColumn();
  private readonly valueColumn = floatColumn();

  get length(): number {
    return this.slotColumn.length;
  }

  /** False where there are enough already. */
  add(slot: number, value: number): boolean {
    if (this.length >= MAX_DURATIONS) return false;
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

  /** Ascending values of the slots from `from` to before `to`. */
  sorted(from: number, to: number): Float64Array {
    const { slots, values } = this;
    const found = new Float64Array(this.count(from, to));
    let filled = 0;
    for (let i = 0; i < slots.length; i++) {
      const slot = slots[i] ?? 0;
      if (slot >= from && slot < to) found[filled++] = values[i] ?? 0;
    }
    return found.sort();
  }

  count(from: number, to: number): number {
    const { slots } = this;
    let count = 0;
    for (let i = 0; i < slots.length; i++) {
      const slot = slots[i] ?? 0;
      if (slot >= from && slot < to) count += 1;
    }
    return count;
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
