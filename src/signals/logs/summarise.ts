/** Rows to patterns: templates mined, counts added up, samples masked. */
import type { Language } from '../../domain/language.ts';
import type { LogPattern, LogSample, LogStream, LogSummary, TimeSeries } from '../../domain/log-summary.ts';
import { isErrorLevel, levelRank, type LogLevel } from '../../domain/severity.ts';
import type { TimeWindow } from '../../domain/time.ts';
import { fingerprint } from '../../shared/hash.ts';
import type { EventCounter } from './counter.ts';
import { gapWordsFor } from './gap-words.ts';
import { leadingColumns } from './header/leading-columns.ts';
import type { CountedRow } from './header/round.ts';
import type { Masker } from './mask/masker.ts';
import { mineTemplates } from './patterns/mine.ts';
import { compareSamples, type Detail, type Row } from './rows.ts';
import { SeriesCounter } from './series.ts';
import { variablesOf } from './variables.ts';

const SAMPLES = 3;
const DETAIL_VALUES = 20;
const PATTERN_BUCKETS = 512;

/** Rows with the template each belongs to. */
export interface Mined {
  readonly templates: readonly string[];
  readonly tokensOf: readonly (readonly string[])[];
  /** Rows by template. */
  readonly rows: readonly (readonly Row[])[];
  /** The pattern id of a row. */
  idOf(row: Row): string;
  /** How many leading tokens of a row are columns of a header, not of the template. */
  readonly columnsOf: (row: Row) => number;
}

const patternId = (template: string): string => `p_${fingerprint(template)}`;

const withoutColumns = ({ tokens, count }: CountedRow, columns: number): CountedRow =>
  columns === 0 ? { tokens, count } : { tokens: [(tokens[columns] ?? '').trimStart(), ...tokens.slice(columns + 1)], count };

export const mineRows = (rows: readonly Row[]): Mined => {
  const counted = rows.map((row) => ({ tokens: row.tokens, count: row.count + row.baselineCount, stream: row.samples[0]?.source ?? '' }));
  const columns = leadingColumns(counted);
  const { templates, tokensOf, templateOf } = mineTemplates(counted.map((row, index) => withoutColumns(row, columns[index] ?? 0)));
  const byTemplate: Row[][] = templates.map(() => []);
  const ids = new Map<Row, string>();
  const columnsOf = new Map<Row, number>();
  const idOfTemplate = templates.map(patternId);
  rows.forEach((row, index) => {
    const template = templateOf[index] ?? -1;
    byTemplate[template]?.push(row);
    ids.set(row, idOfTemplate[template] ?? patternId('<*>'));
    const skipped = columns[index] ?? 0;
    if (skipped > 0) columnsOf.set(row, skipped);
  });
  return { templates, tokensOf, rows: byTemplate, idOf: (row) => ids.get(row) ?? patternId('<*>'), columnsOf: (row) => columnsOf.get(row) ?? 0 };
};

/** A stream as read, with the lines of which only the beginning was. */
export type ReadStream = LogStream & { readonly cutLines: number };

export interface SummaryInput {
  readonly mined: Mined;
  readonly counter: EventCounter;
  readonly streams: readonly ReadStream[];
  readonly gaps: readonly string[];
  readonly baseline: TimeWindow | null;
  /** Of the engine's own sentences among the gaps. */
  readonly language: Language;
}

export const summarise = ({ mined, counter, streams, gaps, baseline, language }: SummaryInput): LogSummary => {
  const { masker, rows: table, exceptions } = counter.interpreter;
  const patterns = mined.templates
    .map((template, index) => patternOf(template, index, mined, masker))
    .filter((pattern) => pattern.count + pattern.baselineCount > 0)
    .sort((a, b) => b.count - a.count || (a.id < b.id ? -1 : 1));
  const extent = counter.extent();
  const words = gapWordsFor(language);
  const own = [...gaps];
  const cut = streams.reduce((sum, stream) => sum + stream.cutLines, 0);
  if (cut > 0) own.push(words.cutLines(cut));
  if (counter.undatedEvents > 0 && counter.undatedEvents < counter.events) own.push(words.someUndated(counter.undatedEvents, counter.events));
  if (counter.events > 0 && counter.undatedEvents === counter.events) own.push(words.allUndated());
  if (table.overflowEvents > 0 || table.isGuarded) own.push(words.manyPatterns());
  if (exceptions.dropped > 0) own.push(words.manyExceptions(exceptions.dropped));
  if (counter.droppedEvents > 0) own.push(words.filtered(counter.droppedEvents));
  return {
    lines: streams.reduce((sum, stream) => sum + stream.lines, 0),
    events: counter.events,
    errors: counter.errors,
    period: windowOf(counter.series),
    ...(extent === null ? {} : { extent }),
    baseline: baseline ?? windowOf(counter.baselineSeries),
    patterns,
    exceptions: exceptions.toList(),
    streams: streams.map(({ name, formats, lines, events, bytes }) => ({ name, formats, lines, events, bytes })),
    series: counter.series.toSeries(),
    baselineSeries: counter.baselineSeries.toSeries(),
    gaps: own,
  };
};

const windowOf = (series: SeriesCounter): TimeWindow | null => (series.total === 0 ? null : { start: series.first, end: series.last + 1 });

const NO_SERIES: TimeSeries = { widthMs: 1000, buckets: [] };

const patternOf = (template: string, index: number, mined: Mined, masker: Masker): LogPattern => {
  const rows = mined.rows[index] ?? [];
  const series = new SeriesCounter(PATTERN_BUCKETS);
  const errorSeries = new SeriesCounter(PATTERN_BUCKETS);
  const baseline = new SeriesCounter(PATTERN_BUCKETS);
  const levels: Partial<Record<LogLevel, number>> = {};
  const services = new Map<string, number>();
  const exceptions = new Map<string, number>();
  let count = 0;
  let baselineCount = 0;
  let level: LogLevel | null = null;
  for (const row of rows) {
    count += row.count;
    baselineCount += row.baselineCount;
    series.merge(row.series);
    if (isErrorLevel(row.level)) errorSeries.merge(row.series);
    if (row.baselineSeries !== null) baseline.merge(row.baselineSeries);
    if (row.level !== null) levels[row.level] = (levels[row.level] ?? 0) + row.count;
    if (levelRank(row.level) > levelRank(level)) level = row.level;
    if (row.service !== null && row.count > 0) services.set(row.service, (services.get(row.service) ?? 0) + row.count);
    for (const [id, n] of row.exceptions ?? []) exceptions.set(id, (exceptions.get(id) ?? 0) + n);
  }
  return {
    id: patternId(template),
    template,
    count,
    level,
    levels,
    firstSeen: series.total === 0 ? null : series.first,
    lastSeen: series.total === 0 ? null : series.last,
    services: sortedRecord(services),
    hosts: detailOf(rows, 'hosts'),
    envs: detailOf(rows, 'envs'),
    regions: detailOf(rows, 'regions'),
    loggers: detailOf(rows, 'loggers'),
    series: series.total === 0 ? NO_SERIES : series.toSeries(),
    ...(errorSeries.total > 0 && errorSeries.total < series.total ? { errorSeries: errorSeries.toSeries() } : {}),
    samples: samplesOf(rows, masker),
    variables: variablesOf(mined.tokensOf[index] ?? [], rows, mined.columnsOf),
    exceptions: sortedRecord(exceptions),
    baselineCount,
    baselineSeries: baseline.total === 0 ? NO_SERIES : baseline.toSeries(),
  };
};

const sortedRecord = (map: ReadonlyMap<string, number>): Record<string, number> =>
  Object.fromEntries([...map].sort(([a], [b]) => (a < b ? -1 : 1)));

const detailOf = (rows: readonly Row[], detail: Detail): string[] =>
  [...new Set(rows.flatMap((row) => [...(row.details[detail] ?? [])]))].sort().slice(0, DETAIL_VALUES);

const samplesOf = (rows: readonly Row[], masker: Masker): LogSample[] =>
  rows
    .flatMap((row) => row.samples)
    .sort(compareSamples)
    .slice(0, SAMPLES)
    .map((sample) => ({ text: masker.mask(sample.text), at: Number.isNaN(sample.at) ? null : sample.at, source: sample.source, line: sample.line }));
