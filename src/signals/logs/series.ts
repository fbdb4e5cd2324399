/** Counts over time with bounded memory and an exact merge. */
import type { SeriesBucket, TimeSeries } from '../../domain/log-summary.ts';
import type { EpochMs } from '../../domain/time.ts';

const BASE_WIDTH_MS = 1000;
/** Buckets whose index a large counter remembers: a power of two. */
const RECENT = 1024;

/** The bucket counted in at the moment and how many, the earliest instant in it; then the same over all. */
const TALLY = { from: 0, to: 1, count: 2, bucketFirst: 3, total: 4, first: 5, last: 6 } as const;

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
  private readonly tally = Float64Array.of(Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 0, 0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY);

  constructor(maxBuckets: number) {
    this.maxBuckets = maxBuckets;
    this.recent = maxBuckets >= RECENT ? new Int32Array(RECENT) : null;
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
    return this.tally[TALLY.total] as number;
  }

  /** Infinity where there is none. */
  get first(): EpochMs {
    return this.tally[TALLY.first] as number;
  }

  /** -Infinity where there is none. */
  get last(): EpochMs {
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
    tally[TALLY.total] = (tally[TALLY.total] as number) + 1;
    if (at < (tally[TALLY.first] as number)) tally[TALLY.first] = at;
    if (at > (tally[TALLY.last] as number)) tally[TALLY.last] = at;
    // Neighbours in a log mostly share a bucket.
    if (at >= (tally[TALLY.from] as number) && at < (tally[TALLY.to] as number)) {
      tally[TALLY.count] = (tally[TALLY.count] as number) + 1;
      if (at < (tally[TALLY.bucketFirst] as number)) tally[TALLY.bucketFirst] = at;
      return;
    }
    this.settle();
    const from = Math.floor(at / this.width) * this.width;
    tally[TALLY.from] = from;
    tally[TALLY.to] = from + this.width;
    tally[TALLY.count] = 1;
    tally[TALLY.bucketFirst] = at;
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

  /** Puts what was tallied apart where it belongs. */
  private settle(): void {
    const { tally } = this;
    const count = tally[TALLY.count] as number;
    if (count > 0) this.put(tally[TALLY.from] as number, count, tally[TALLY.bucketFirst] as number);
    tally[TALLY.count] = 0;
    tally[TALLY.from] = Number.POSITIVE_INFINITY;
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
