/** Counts over time with bounded memory and an exact merge. */
import type { SeriesBucket, TimeSeries } from '../../domain/log-summary.ts';
import type { EpochMs } from '../../domain/time.ts';

const BASE_WIDTH_MS = 1000;
/** Buckets whose index a large counter remembers: a power of two. */
const RECENT = 1024;

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
  total = 0;
  first = Number.POSITIVE_INFINITY;
  last = Number.NEGATIVE_INFINITY;
  /** Non-empty buckets by start: three columns, because most logs only ever append. */
  private starts: number[] = [];
  private counts: number[] = [];
  private firsts: EpochMs[] = [];
  /** Indexes of buckets looked up lately, by their number's last bits. */
  private readonly recent: Int32Array | null;
  /** The last bucket. */
  private lastStart = Number.POSITIVE_INFINITY;
  private lastEnd = Number.NEGATIVE_INFINITY;

  constructor(maxBuckets: number) {
    this.maxBuckets = maxBuckets;
    this.recent = maxBuckets >= RECENT ? new Int32Array(RECENT) : null;
  }

  static from(state: SeriesState): SeriesCounter {
    const counter = new SeriesCounter(state.maxBuckets);
    counter.width = state.width;
    counter.total = state.total;
    counter.first = state.first;
    counter.last = state.last;
    counter.starts = [...state.starts];
    counter.counts = [...state.counts];
    counter.firsts = [...state.firsts];
    return counter;
  }

  state(): SeriesState {
    const { maxBuckets, width, total, first, last, starts, counts, firsts } = this;
    return { maxBuckets, width, total, first, last, starts, counts, firsts };
  }

  /** @param at a finite instant */
  add(at: EpochMs): void {
    this.total++;
    if (at < this.first) this.first = at;
    if (at > this.last) this.last = at;
    // Neighbours in a log mostly share a bucket.
    if (at >= this.lastStart && at < this.lastEnd) {
      const i = this.counts.length - 1;
      this.counts[i] = (this.counts[i] as number) + 1;
      if (at < (this.firsts[i] as number)) this.firsts[i] = at;
      return;
    }
    this.put(Math.floor(at / this.width) * this.width, 1, at);
    this.lastStart = this.starts[this.starts.length - 1] as number;
    this.lastEnd = this.lastStart + this.width;
  }

  /** Adds all of another counter. */
  merge(other: SeriesCounter): void {
    while (this.width < other.width) this.widen();
    for (let i = 0; i < other.starts.length; i++) {
      const start = other.starts[i] as number;
      this.put(Math.floor(start / this.width) * this.width, other.counts[i] as number, other.firsts[i] as number);
    }
    this.lastStart = Number.POSITIVE_INFINITY;
    this.total += other.total;
    this.first = Math.min(this.first, other.first);
    this.last = Math.max(this.last, other.last);
  }

  toSeries(): TimeSeries {
    const buckets: SeriesBucket[] = this.starts.map((at, i) => ({ at, count: this.counts[i] as number, first: this.firsts[i] as number }));
    return { widthMs: this.width, buckets };
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
