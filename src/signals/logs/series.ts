/** Counts over time with bounded memory and an exact merge. */
import type { SeriesBucket, TimeSeries } from '../../domain/log-summary.ts';
import type { EpochMs } from '../../domain/time.ts';

const BASE_WIDTH_MS = 1000;
/** Buckets whose index a large counter remembers: a power of two. */
const RECENT = 1024;

/** How many instants wait to be counted; how many were, the first and the last of them; then those that wait. */
const TALLY = { waiting: 0, total: 1, first: 2, last: 3, instants: 4 } as const;
/** Instants that wait, in most counters and in large ones: to count one by one costs a walk over memory that others have pushed out of the cache. */
const ROOM = { small: 16, large: 256 };

/** A counter as plain data. */
export interface SeriesState {
  readonly maxBuckets: number;
  readonly width: number;
  readonly total: number;
  readonly first: EpochMs;
  readonly last: EpochMs;
  readonly starts: readonly number[];
  readonly counts: readonly number[];
  readonly firsts: readonly EpochMs[];
}

/**
 * A histogram whose buckets start at multiples of `width`, one second at first. When more than `maxBuckets` are
 * taken the width doubles. The width reached is the smallest with at most `maxBuckets` non-empty buckets,
 * so it depends on the instants alone: not on their order, nor on how the input was split before merging.
 */
export class SeriesCounter {
  readonly maxBuckets: number;
  width = BASE_WIDTH_MS;
  /** Non-empty buckets by start: three columns, because most logs only ever append. */
  private starts: number[] = [];
  private counts: number[] = [];
  private firsts: EpochMs[] = [];
  /** Indexes of buckets looked up lately, by their number's last bits. */
  private readonly recent: Int32Array | null;
  /** By {@link TALLY}: of a class's fields V8 keeps each number apart, in an array they share a line of the cache. */
  private readonly tally: Float64Array;

  constructor(maxBuckets: number) {
    this.maxBuckets = maxBuckets;
    this.recent = maxBuckets >= RECENT ? new Int32Array(RECENT) : null;
    this.tally = new Float64Array(TALLY.instants + (maxBuckets >= RECENT ? ROOM.large : ROOM.small));
    this.tally[TALLY.first] = Number.POSITIVE_INFINITY;
    this.tally[TALLY.last] = Number.NEGATIVE_INFINITY;
  }

  static from(state: SeriesState): SeriesCounter {
    const counter = new SeriesCounter(state.maxBuckets);
    counter.width = state.width;
    counter.tally[TALLY.total] = state.total;
    counter.tally[TALLY.first] = state.first;
    counter.tally[TALLY.last] = state.last;
    counter.starts = [...state.starts];
    counter.counts = [...state.counts];
    counter.firsts = [...state.firsts];
    return counter;
  }

  get total(): number {
    this.settle();
    return this.tally[TALLY.total] as number;
  }

  /** Infinity where there is none. */
  get first(): EpochMs {
    this.settle();
    return this.tally[TALLY.first] as number;
  }

  /** -Infinity where there is none. */
  get last(): EpochMs {
    this.settle();
    return this.tally[TALLY.last] as number;
  }

  state(): SeriesState {
    this.settle();
    const { maxBuckets, width, total, first, last, starts, counts, firsts } = this;
    return { maxBuckets, width, total, first, last, starts, counts, firsts };
  }

  /** @param at a finite instant */
  add(at: EpochMs): void {
    const { tally } = this;
    const end = TALLY.instants + (tally[TALLY.waiting] as number);
    tally[end] = at;
    tally[TALLY.waiting] = end + 1 - TALLY.instants;
    if (end + 1 === tally.length) this.settle();
  }

  /** Adds all of another counter. */
  merge(other: SeriesCounter): void {
    this.settle();
    other.settle();
    while (this.width < other.width) this.widen();
    for (let i = 0; i < other.starts.length; i++) {
      const start = other.starts[i] as number;
      this.put(Math.floor(start / this.width) * this.width, other.counts[i] as number, other.firsts[i] as number);
    }
    this.tally[TALLY.total] = this.total + other.total;
    this.tally[TALLY.first] = Math.min(this.first, other.first);
    this.tally[TALLY.last] = Math.max(this.last, other.last);
  }

  toSeries(): TimeSeries {
    this.settle();
    const buckets: SeriesBucket[] = this.starts.map((at, i) => ({ at, count: this.counts[i] as number, first: this.firsts[i] as number }));
    return { widthMs: this.width, buckets };
  }

  /** Counts the instants that wait. */
  private settle(): void {
    const { tally } = this;
    const end = TALLY.instants + (tally[TALLY.waiting] as number);
    if (end === TALLY.instants) return;
    tally[TALLY.waiting] = 0;
    tally[TALLY.total] = (tally[TALLY.total] as number) + end - TALLY.instants;
    let bucket = Number.NaN;
    let count = 0;
    let first = Number.POSITIVE_INFINITY;
    for (let i = TALLY.instants; i < end; i++) {
      const at = tally[i] as number;
      if (at < (tally[TALLY.first] as number)) tally[TALLY.first] = at;
      if (at > (tally[TALLY.last] as number)) tally[TALLY.last] = at;
      // Neighbours in a log mostly share a bucket.
      if (at >= bucket && at < bucket + this.width) {
        count++;
        if (at < first) first = at;
        continue;
      }
      if (count > 0) this.put(bucket, count, first);
      bucket = Math.floor(at / this.width) * this.width;
      count = 1;
      first = at;
    }
    this.put(bucket, count, first);
  }

  private put(start: number, count: number, first: EpochMs): void {
    const { starts } = this;
    let i = starts.length - 1;
    const last = i < 0 ? Number.NEGATIVE_INFINITY : (starts[i] as number);
    if (start > last) {
      starts.push(start);
      this.counts.push(count);
      this.firsts.push(first);
      if (starts.length > this.maxBuckets) this.widen();
      return;
    }
    if (start < last) i = this.indexOf(start);
    if (starts[i] !== start) {
      starts.splice(i, 0, start);
      this.counts.splice(i, 0, count);
      this.firsts.splice(i, 0, first);
      if (starts.length > this.maxBuckets) this.widen();
      return;
    }
    this.counts[i] = (this.counts[i] as number) + count;
    if (first < (this.firsts[i] as number)) this.firsts[i] = first;
  }

  /** As {@link lowerBound}; logs out of order come back to the same buckets. */
  private indexOf(start: number): number {
    if (this.recent === null) return this.lowerBound(start);
    const slot = (start / this.width) & (RECENT - 1);
    const known = this.recent[slot] as number;
    if (this.starts[known] === start) return known;
    const index = this.lowerBound(start);
    this.recent[slot] = index;
    return index;
  }

  /** Index of the first bucket that starts at `start` or later. */
  private lowerBound(start: number): number {
    let low = 0;
    let high = this.starts.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.starts[middle] as number) < start) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Doubles the width until the buckets fit. */
  private widen(): void {
    do {
      this.width *= 2;
      const { starts, counts, firsts } = this;
      let kept = -1;
      for (let i = 0; i < starts.length; i++) {
        const start = Math.floor((starts[i] as number) / this.width) * this.width;
        if (kept >= 0 && starts[kept] === start) {
          counts[kept] = (counts[kept] as number) + (counts[i] as number);
          firsts[kept] = Math.min(firsts[kept] as number, firsts[i] as number);
          continue;
        }
        kept++;
        starts[kept] = start;
        counts[kept] = counts[i] as number;
        firsts[kept] = firsts[i] as number;
      }
      starts.length = kept + 1;
      counts.length = kept + 1;
      firsts.length = kept + 1;
    } while (this.starts.length > this.maxBuckets);
  }
}
