/** Counts over time with bounded memory and an exact merge. */
import type { SeriesBucket, TimeSeries } from '../../domain/log-summary.ts';
import type { EpochMs } from '../../domain/time.ts';

const BASE_WIDTH_MS = 1000;

interface Cell {
  count: number;
  first: EpochMs;
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
  private cells = new Map<number, Cell>();
  /** The bucket of the latest instant, kept out of the map: neighbours in a log mostly share it. */
  private openStart = Number.NaN;
  private openEnd = Number.NaN;
  private openCount = 0;
  private openFirst = 0;

  constructor(maxBuckets: number) {
    this.maxBuckets = maxBuckets;
  }

  /** @param at a finite instant */
  add(at: EpochMs): void {
    this.total++;
    if (at < this.first) this.first = at;
    if (at > this.last) this.last = at;
    if (at >= this.openStart && at < this.openEnd) {
      this.openCount++;
      if (at < this.openFirst) this.openFirst = at;
      return;
    }
    this.flush();
    this.openStart = Math.floor(at / this.width) * this.width;
    this.openEnd = this.openStart + this.width;
    this.openCount = 1;
    this.openFirst = at;
  }

  /** Adds all of another counter. */
  merge(other: SeriesCounter): void {
    this.flush();
    other.flush();
    while (this.width < other.width) this.widen();
    for (const [start, cell] of other.cells) this.put(Math.floor(start / this.width) * this.width, cell.count, cell.first);
    this.total += other.total;
    this.first = Math.min(this.first, other.first);
    this.last = Math.max(this.last, other.last);
  }

  toSeries(): TimeSeries {
    this.flush();
    const buckets: SeriesBucket[] = [...this.cells]
      .map(([at, cell]) => ({ at, count: cell.count, first: cell.first }))
      .sort((a, b) => a.at - b.at);
    return { widthMs: this.width, buckets };
  }

  private flush(): void {
    if (this.openCount === 0) return;
    this.put(this.openStart, this.openCount, this.openFirst);
    this.openCount = 0;
    this.openStart = Number.NaN;
    this.openEnd = Number.NaN;
  }

  private put(start: number, count: number, first: EpochMs): void {
    const cell = this.cells.get(start);
    if (cell === undefined) this.cells.set(start, { count, first });
    else {
      cell.count += count;
      if (first < cell.first) cell.first = first;
    }
    while (this.cells.size > this.maxBuckets) this.widen();
  }

  private widen(): void {
    this.width *= 2;
    const old = this.cells;
    this.cells = new Map();
    for (const [start, cell] of old) {
      const at = Math.floor(start / this.width) * this.width;
      const target = this.cells.get(at);
      if (target === undefined) this.cells.set(at, cell);
      else {
        target.count += cell.count;
        if (cell.first < target.first) target.first = cell.first;
      }
    }
  }
}
