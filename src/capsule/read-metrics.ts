/** metrics/**.csv: wide tables of samples, one column a series. */
import type { MetricSeries } from '../domain/capsule.ts';
import { InstantReader } from '../domain/instant-bytes.ts';
import { parseInstant } from '../domain/instant.ts';
import { eachLine, isBlank } from '../shared/byte-lines.ts';
import { textOfBytes } from '../shared/byte-names.ts';
import { numberOfBytes } from '../shared/byte-number.ts';
import { floatColumn } from '../shared/column.ts';
import { csvFields } from './csv-row.ts';
import type { LineGaps } from './line-gaps.ts';
import type { SeriesSelector } from './series-selector.ts';
import { parseSelector } from './series-selector.ts';

/** Columns of one table and samples of one capsule that are kept; what is over is said. */
export const MAX_SERIES = 50_000;
export const MAX_SAMPLES = 20_000_000;

const COMMA = 44;
const QUOTE = 34;
const NOT_A_VALUE = /^\s*(?:nan|null|[+-]?inf(?:inity)?)\s*$/i;

/** One table's series, in column order. Bad headers, instants and cells are counted in `gaps`. */
export const readMetricTable = (file: string, chunks: Iterable<Uint8Array>, gaps: LineGaps): MetricSeries[] => {
  let table: MetricTable | null = null;
  let lineNumber = 0;
  eachLine(chunks, (bytes, start, end) => {
    lineNumber += 1;
    if (isBlank(bytes, start, end)) return true;
    if (table === null) table = new MetricTable(readHeader(csvFields(textOfBytes(bytes, start, end)), gaps), gaps);
    else if (table.cells > MAX_SAMPLES) {
      gaps.bad(lineNumber, 'too many samples');
      return false;
    } else table.row(bytes, start, end, lineNumber);
    return true;
  });
  return (table as MetricTable | null)?.series(file) ?? [];
};

const readHeader = (fields: readonly string[], gaps: LineGaps): (SeriesSelector | null)[] =>
  fields.slice(1, MAX_SERIES + 1).map((field) => {
    const selector = parseSelector(field);
    if (selector === null) gaps.bad(1, 'a column header that is no series selector');
    return selector;
  });

/** Rows as they come, each with a cell for every column: NaN where there is no sample. */
class MetricTable {
  private readonly selectors: readonly (SeriesSelector | null)[];
  private readonly gaps: LineGaps;
  private readonly times = floatColumn();
  private readonly values = floatColumn();
  private readonly instants = new InstantReader();

  constructor(selectors: readonly (SeriesSelector | null)[], gaps: LineGaps) {
    this.selectors = selectors;
    this.gaps = gaps;
  }

  get cells(): number {
    return this.values.length;
  }

  row(bytes: Uint8Array, start: number, end: number, lineNumber: number): void {
    const comma = next(bytes, COMMA, start, end);
    const isQuoted = next(bytes, QUOTE, start, end) < end;
    const fields = isQuoted ? csvFields(textOfBytes(bytes, start, end)) : null;
    const at = fields === null ? this.instants.ofText(bytes, start, comma) : (parseInstant(fields[0]) ?? Number.NaN);
    if (Number.isNaN(at)) {
      this.gaps.bad(lineNumber, 'no valid timestamp');
      return;
    }
    this.times.push(at);
    const { cells, bad } = fields === null ? this.plainCells(bytes, comma, end) : this.quotedCells(fields);
    if (cells < this.selectors.length) this.gaps.bad(lineNumber, 'fewer cells than columns');
    for (let i = cells; i < this.selectors.length; i++) this.values.push(Number.NaN);
    if (bad > 0) this.gaps.bad(lineNumber, 'a cell that is no number');
  }

  /** From the comma after the timestamp on. */
  private plainCells(bytes: Uint8Array, firstComma: number, end: number): RowCounts {
    let bad = 0;
    let cells = 0;
    for (let comma = firstComma; comma < end && cells < this.selectors.length; cells++) {
      const from = comma + 1;
      comma = from;
      while (comma < end && bytes[comma] !== COMMA) comma += 1;
      const value = comma === from || this.selectors[cells] === null ? Number.NaN : numberOfBytes(bytes, from, comma);
      if (!Number.isFinite(value) && comma > from && this.selectors[cells] !== null && !NOT_A_VALUE.test(textOfBytes(bytes, from, comma))) bad += 1;
      this.values.push(Number.isFinite(value) ? value : Number.NaN);
    }
    return { cells, bad };
  }

  private quotedCells(fields: readonly string[]): RowCounts {
    let bad = 0;
    const cells = Math.min(fields.length - 1, this.selectors.length);
    for (let i = 0; i < cells; i++) {
      const cell = fields[i + 1] ?? '';
      const value = cell === '' || this.selectors[i] === null ? Number.NaN : Number(cell);
      if (!Number.isFinite(value) && cell !== '' && this.selectors[i] !== null && !NOT_A_VALUE.test(cell)) bad += 1;
      this.values.push(Number.isFinite(value) ? value : Number.NaN);
    }
    return { cells, bad };
  }

  series(file: string): MetricSeries[] {
    const times = this.times.filled().slice();
    const isOrdered = times.every((at, i) => i === 0 || at > (times[i - 1] ?? 0));
    return this.selectors.flatMap((selector, index) => {
      const samples = selector === null ? null : this.samples(index, times, isOrdered);
      return selector === null || samples === null ? [] : [{ ...selector, file, ...samples }];
    });
  }

  /** Times of a column that lacks some. */
  private timesOf(index: number, count: number): Float64Array {
    const all = this.values.filled();
    const times = new Float64Array(count);
    for (let row = 0, at = index, filled = 0; filled < count && at < all.length; row++, at += this.selectors.length) if (!Number.isNaN(all[at])) times[filled++] = this.times.at(row);
    return times;
  }

  /** Columns without a missing sample share their times. */
  private samples(index: number, times: Float64Array, isOrdered: boolean): Pick<MetricSeries, 'times' | 'values'> | null {
    const width = this.selectors.length;
    const all = this.values.filled();
    const column = new Float64Array(times.length);
    let count = 0;
    for (let row = 0, at = index; row < times.length; row++, at += width) {
      const value = all[at] ?? Number.NaN;
      if (!Number.isNaN(value)) column[count++] = value;
    }
    if (count === 0) return null;
    const values = count === column.length ? column : column.slice(0, count);
    const ownTimes = count === column.length ? times : this.timesOf(index, count);
    return isOrdered || ownTimes.every((at, i) => i === 0 || at > (ownTimes[i - 1] ?? 0)) ? { times: ownTimes, values } : inOrder(ownTimes, values);
  }
}

interface RowCounts {
  /** Cells that the row has, of those that have a column. */
  readonly cells: number;
  readonly bad: number;
}

/** Unordered or repeated rows: by time, and of equal times the larger value, so that the order of lines does not matter. */
const inOrder = (times: Float64Array, values: Float64Array): Pick<MetricSeries, 'times' | 'values'> => {
  const order = Array.from(times, (_, i) => i).sort((a, b) => (times[a] ?? 0) - (times[b] ?? 0) || (values[b] ?? 0) - (values[a] ?? 0));
  const kept = order.filter((index, i) => i === 0 || times[index] !== times[order[i - 1] ?? 0]);
  return { times: Float64Array.from(kept, (i) => times[i] ?? 0), values: Float64Array.from(kept, (i) => values[i] ?? 0) };
};

/** Where a byte stands next; `end` where it does not. */
const next = (bytes: Uint8Array, code: number, start: number, end: number): number => {
  let at = start;
  while (at < end && bytes[at] !== code) at += 1;
  return at;
};
