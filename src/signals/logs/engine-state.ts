/**
 * What an engine knows, as plain data that can cross a thread or be kept: rows rather than patterns, because rows
 * of two runs over disjoint input add up exactly and templates are mined from their union.
 */
import type { LogException, LogStream } from '../../domain/log-summary.ts';
import type { LogLevel } from '../../domain/severity.ts';
import type { TimeWindow } from '../../domain/time.ts';
import type { EventCounter } from './counter.ts';
import { DETAILS, OTHER_TOKENS, Row, type Detail, type RawSample, type ValueCounts } from './rows.ts';
import { SeriesCounter, type SeriesState } from './series.ts';

export interface RowState {
  readonly tokens: readonly string[];
  readonly level: LogLevel | null;
  readonly service: string | null;
  readonly count: number;
  readonly baselineCount: number;
  readonly series: SeriesState;
  readonly baselineSeries: SeriesState | null;
  /** Unmasked: a state holds what was read and is not for showing. */
  readonly samples: readonly RawSample[];
  readonly exceptions: readonly (readonly [string, number])[];
  readonly details: Readonly<Partial<Record<Detail, readonly string[]>>>;
  readonly values: readonly ValueCounts[] | null;
  readonly valueEvents: number;
}

export interface LogEngineState {
  readonly rows: readonly RowState[];
  readonly exceptions: readonly LogException[];
  readonly streams: readonly (LogStream & { readonly cutLines: number })[];
  readonly counts: { readonly events: number; readonly errors: number; readonly dropped: number; readonly undated: number };
  readonly extent: TimeWindow | null;
  readonly series: SeriesState;
  readonly baselineSeries: SeriesState;
  readonly overflowEvents: number;
  readonly gaps: readonly string[];
}

export const rowState = (row: Row): RowState => ({
  tokens: row.tokens,
  level: row.level,
  service: row.service,
  count: row.count,
  baselineCount: row.baselineCount,
  series: row.series.state(),
  baselineSeries: row.baselineSeries?.state() ?? null,
  samples: row.samples,
  exceptions: [...(row.exceptions ?? [])],
  details: Object.fromEntries(DETAILS.flatMap((detail) => (row.details[detail] === undefined ? [] : [[detail, row.details[detail]]]))),
  values: row.values ?? null,
  valueEvents: row.valueEvents,
});

/** Lines of a stream that come before what was read of it. */
export interface LinesBefore {
  readonly stream: string;
  readonly lines: number;
}

const rowOf = (state: RowState, before: LinesBefore): Row => {
  const row = new Row(state.tokens, state.level, state.service);
  row.count = state.count;
  row.baselineCount = state.baselineCount;
  row.series.merge(SeriesCounter.from(state.series));
  row.baselineSeries = state.baselineSeries === null ? null : SeriesCounter.from(state.baselineSeries);
  for (const sample of state.samples) row.addSample({ ...sample, line: sample.source === before.stream ? sample.line + before.lines : sample.line });
  for (const [fingerprint, count] of state.exceptions) row.addException(fingerprint, count);
  for (const detail of DETAILS) for (const value of state.details[detail] ?? []) row.addDetail(detail, value);
  row.values = state.values?.map((counts) => (counts instanceof Map ? new Map(counts) : counts));
  row.valueEvents = state.valueEvents;
  return row;
};

/** Adds a state to what a counter and its tables hold. */
export const absorbState = (counter: EventCounter, state: LogEngineState, before: LinesBefore): void => {
  const { rows, exceptions } = counter.interpreter;
  for (const each of state.rows) {
    const row = rowOf(each, before);
    const isOther = each.tokens.length === 1 && each.tokens[0] === OTHER_TOKENS[0] && each.service === null;
    (isOther ? rows.other(row.level) : rows.find(row.tokens, row.level, row.service)).absorb(row);
  }
  for (const exception of state.exceptions) exceptions.absorb(exception);
  rows.overflowEvents += state.overflowEvents;
  counter.events += state.counts.events;
  counter.errors += state.counts.errors;
  counter.droppedEvents += state.counts.dropped;
  counter.undatedEvents += state.counts.undated;
  if (state.extent !== null) counter.extend(state.extent.start, state.extent.end);
  counter.series.merge(SeriesCounter.from(state.series));
  counter.baselineSeries.merge(SeriesCounter.from(state.baselineSeries));
};
