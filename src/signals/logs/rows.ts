/**
 * Rows: the distinct token sequences met, a level and a service apart, with everything that is counted for them.
 * Templates are mined from the rows at the end, so nothing here depends on the order of input.
 */
import type { LogLevel } from '../../domain/severity.ts';
import { isErrorLevel, levelRank } from '../../domain/severity.ts';
import type { EpochMs } from '../../domain/time.ts';
import { SeriesCounter } from './series.ts';

const WARN_RANK = levelRank('WARN');
const SERIES_BUCKETS = 64;
const SERIES_BUCKETS_SEVERE = 512;
const MAX_DETAIL_VALUES = 20;
const MAX_SAMPLES = 3;
const LOOKS = { error: 8, warning: 2, plain: 0 };
/** The token sequence of everything that found no row of its own. */
export const OTHER_TOKENS: readonly string[] = ['<*>'];

export interface RawSample {
  /** Unmasked: masked before it leaves the engine. */
  readonly text: string;
  /** NaN where the event has no time. */
  readonly at: EpochMs;
  readonly source: string;
  readonly line: number;
}

export const DETAILS = ['hosts', 'envs', 'regions', 'loggers'] as const;
export type Detail = (typeof DETAILS)[number];

/** The one value of a wildcard so far, its values with counts, or null where there were too many. */
export type ValueCounts = string | Map<string, number> | null;

export class Row {
  readonly tokens: readonly string[];
  readonly level: LogLevel | null;
  readonly service: string | null;
  readonly severe: boolean;
  count = 0;
  baselineCount = 0;
  readonly series: SeriesCounter;
  baselineSeries: SeriesCounter | null = null;
  samples: RawSample[] = [];
  /** Events from this instant on are no better samples; +Infinity while samples are wanted. */
  sampleBefore = Number.POSITIVE_INFINITY;
  exceptions: Map<string, number> | null = null;
  readonly details: Partial<Record<Detail, string[]>> = {};
  /** How many events' lines are looked at for details and values: all of a rare pattern's. */
  readonly looks: number;
  /** Values of each `<*>`; undefined before the first event. */
  values: ValueCounts[] | undefined = undefined;
  /** Events whose values were looked at; they are exact for a row of no more than `looks` events, however it was read. */
  valueEvents = 0;
  /** Where this row went when the table was compacted. */
  movedTo: Row | null = null;

  constructor(tokens: readonly string[], level: LogLevel | null, service: string | null) {
    this.tokens = tokens;
    this.level = level;
    this.service = service;
    this.severe = levelRank(level) >= WARN_RANK;
    this.looks = isErrorLevel(level) ? LOOKS.error : this.severe ? LOOKS.warning : LOOKS.plain;
    this.series = new SeriesCounter(this.severe ? SERIES_BUCKETS_SEVERE : SERIES_BUCKETS);
  }

  /** Counts one event of the baseline. */
  addBaseline(at: EpochMs): void {
    this.baselineCount++;
    if (Number.isNaN(at)) return;
    this.baselineSeries ??= new SeriesCounter(SERIES_BUCKETS);
    this.baselineSeries.add(at);
  }

  addDetail(detail: Detail, value: string | null): void {
    if (value === null || value === '') return;
    const known = (this.details[detail] ??= []);
    if (known.length < MAX_DETAIL_VALUES && !known.includes(value)) known.push(value);
  }

  addException(fingerprint: string, count: number): void {
    this.exceptions ??= new Map();
    this.exceptions.set(fingerprint, (this.exceptions.get(fingerprint) ?? 0) + count);
  }

  /** Keeps the three earliest samples. */
  addSample(sample: RawSample): void {
    this.samples.push(sample);
    this.samples.sort(compareSamples);
    if (this.samples.length > MAX_SAMPLES) this.samples.length = MAX_SAMPLES;
    const last = this.samples[MAX_SAMPLES - 1];
    if (last !== undefined) this.sampleBefore = Number.isNaN(last.at) ? Number.NEGATIVE_INFINITY : last.at;
  }

  /** Takes over all that another row counted. */
  absorb(other: Row): void {
    this.count += other.count;
    this.baselineCount += other.baselineCount;
    this.series.merge(other.series);
    if (other.baselineSeries !== null) {
      this.baselineSeries ??= new SeriesCounter(SERIES_BUCKETS);
      this.baselineSeries.merge(other.baselineSeries);
    }
    for (const sample of other.samples) this.addSample(sample);
    for (const [fingerprint, count] of other.exceptions ?? []) this.addException(fingerprint, count);
    for (const detail of DETAILS) for (const value of other.details[detail] ?? []) this.addDetail(detail, value);
    this.absorbValues(other);
    other.movedTo = this;
  }

  /** Values add up where both rows have the same wildcards; rows of other tokens have other variables. */
  private absorbValues(other: Row): void {
    const before = this.valueEvents;
    this.valueEvents += other.valueEvents;
    if (other.values === undefined) return;
    if (other.tokens.length !== this.tokens.length || other.tokens.some((token, i) => token !== this.tokens[i])) {
      this.values = [];
      return;
    }
    if (this.values === undefined) {
      this.values = other.values;
      return;
    }
    this.values = this.values.map((own, index) => addCounts(own, before, other.values?.[index] ?? null, other.valueEvents));
  }
}

/** Timed samples first, by time; then by source and line. */
export const compareSamples = (a: RawSample, b: RawSample): number => {
  const timeA = Number.isNaN(a.at) ? Number.POSITIVE_INFINITY : a.at;
  const timeB = Number.isNaN(b.at) ? Number.POSITIVE_INFINITY : b.at;
  if (timeA !== timeB) return timeA < timeB ? -1 : 1;
  if (a.source !== b.source) return a.source < b.source ? -1 : 1;
  return a.line - b.line;
};

/** The row that now stands for `row`. */
export const currentRow = (row: Row): Row => {
  let current = row;
  while (current.movedTo !== null) current = current.movedTo;
  return current;
};

/** Values with their counts; `events` is how often a single one was seen. */
export const countsOf = (values: ValueCounts, events: number): Map<string, number> | null => (typeof values === 'string' ? new Map([[values, events]]) : values);

const addCounts = (a: ValueCounts, eventsOfA: number, b: ValueCounts, eventsOfB: number): ValueCounts => {
  if (a !== null && a === b) return a;
  const sum = countsOf(a, eventsOfA);
  const more = countsOf(b, eventsOfB);
  if (sum === null || more === null) return null;
  for (const [value, count] of more) sum.set(value, (sum.get(value) ?? 0) + count);
  return sum;
};
