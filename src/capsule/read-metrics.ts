/** metrics/**.csv: wide tables of samples, one column a series. */
import type { MetricSeries } from '../domain/capsule.ts';
import { parseInstant } from '../domain/instant.ts';
import { csvFields } from './csv-row.ts';
import type { LineGaps } from './line-gaps.ts';
import type { SeriesSelector } from './series-selector.ts';
import { parseSelector } from './series-selector.ts';

/** Columns of one table and samples of one capsule that are kept; what is over is said. */
export const MAX_SERIES = 50_000;
export const MAX_SAMPLES = 20_000_000;

interface Column {
  readonly selector: SeriesSelector;
  readonly times: number[];
  readonly values: number[];
}

/** One table's series, in column order. Bad headers, instants and cells are counted in `gaps`. */
export const readMetricTable = (file: string, lines: Iterable<string>, gaps: LineGaps): MetricSeries[] => {
  let columns: (Column | null)[] | null = null;
  let lineNumber = 0;
  let samples = 0;
  for (const line of lines) {
    lineNumber += 1;
    if (line.trim() === '') continue;
    if (columns === null) {
      columns = readHeader(csvFields(line.replace(/^\uFEFF/, '')), gaps);
      continue;
    }
    if (samples > MAX_SAMPLES) {
      gaps.bad(lineNumber, 'too many samples');
      break;
    }
    samples += readRow(line, lineNumber, columns, gaps);
  }
  return (columns ?? []).flatMap((column) => (column === null || column.times.length === 0 ? [] : [toSeries(file, column)]));
};

const readHeader = (fields: readonly string[], gaps: LineGaps): (Column | null)[] =>
  fields.slice(1, MAX_SERIES + 1).map((field) => {
    const selector = parseSelector(field);
    if (selector === null) gaps.bad(1, 'a column header that is no series selector');
    return selector === null ? null : { selector, times: [], values: [] };
  });

const readRow = (line: string, lineNumber: number, columns: readonly (Column | null)[], gaps: LineGaps): number => {
  const fields = csvFields(line);
  const at = parseInstant(fields[0]);
  if (at === null) {
    gaps.bad(lineNumber, 'no valid timestamp');
    return 0;
  }
  if (fields.length < columns.length + 1) gaps.bad(lineNumber, 'fewer cells than columns');
  let bad = 0;
  for (let i = 0; i < columns.length; i++) {
    const cell = fields[i + 1];
    const column = columns[i];
    if (cell === undefined || cell === '' || column === null || column === undefined) continue;
    const value = Number(cell);
    if (Number.isFinite(value)) {
      column.times.push(at);
      column.values.push(value);
    } else if (!/^\s*(?:nan|null|[+-]?inf(?:inity)?)\s*$/i.test(cell)) bad += 1;
  }
  if (bad > 0) gaps.bad(lineNumber, 'a cell that is no number');
  return columns.length;
};

const toSeries = (file: string, { selector, times, values }: Column): MetricSeries => {
  if (times.every((at, i) => i === 0 || at > (times[i - 1] ?? 0))) {
    return { ...selector, file, times: Float64Array.from(times), values: Float64Array.from(values) };
  }
  // Unordered or repeated rows: by time, and of equal times the larger value, so that the order of lines does not matter.
  const order = times.map((_, i) => i).sort((a, b) => (times[a] ?? 0) - (times[b] ?? 0) || (values[b] ?? 0) - (values[a] ?? 0));
  const kept = order.filter((index, i) => i === 0 || times[index] !== times[order[i - 1] ?? 0]);
  return { ...selector, file, times: Float64Array.from(kept, (i) => times[i] ?? 0), values: Float64Array.from(kept, (i) => values[i] ?? 0) };
};
