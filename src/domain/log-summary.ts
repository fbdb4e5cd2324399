/**
 * What the log engine knows after reading: counts, never raw lines (three masked samples a pattern at most).
 * A summary is bounded by the number of patterns, not by the input, and two summaries of disjoint input merge exactly.
 */
import type { LogLevel } from './severity.ts';
import type { EpochMs, TimeWindow } from './time.ts';

/** One non-empty bucket: its start (a multiple of the width), events in it, the first event's instant. */
export interface SeriesBucket {
  readonly at: EpochMs;
  readonly count: number;
  readonly first: EpochMs;
}

/** Events over time. The width is a power of two of one second, so that two series can be brought to one width exactly. */
export interface TimeSeries {
  readonly widthMs: number;
  /** Non-empty buckets only, in time order. */
  readonly buckets: readonly SeriesBucket[];
}

export interface LogSample {
  /** The event's text, masked, header included, at most 2,000 bytes. */
  readonly text: string;
  readonly at: EpochMs | null;
  readonly source: string;
  /** First line's number in its source, from 1. */
  readonly line: number;
}

/** The values one `<*>` took, where they are few. */
export interface LogVariable {
  /** Which `<*>` of the template, from 0. */
  readonly index: number;
  /** Most frequent first. */
  readonly values: readonly { readonly value: string; readonly count: number }[];
}

export interface LogPattern {
  /** `p_` and 16 hex digits; depends on the template alone. */
  readonly id: string;
  /** Header stripped; each variable part is `<*>`. */
  readonly template: string;
  /** Events in the analysed time. */
  readonly count: number;
  /** Most severe level seen; null where no line of it has one. */
  readonly level: LogLevel | null;
  readonly levels: Readonly<Partial<Record<LogLevel, number>>>;
  readonly firstSeen: EpochMs | null;
  readonly lastSeen: EpochMs | null;
  /** Events a service; events of unknown service are not in it. */
  readonly services: Readonly<Record<string, number>>;
  /** Distinct hosts or pods, environments, regions and loggers of events at WARN and above, sorted, 20 at most each. */
  readonly hosts: readonly string[];
  readonly envs: readonly string[];
  readonly regions: readonly string[];
  readonly loggers: readonly string[];
  readonly series: TimeSeries;
  /** Events at ERROR and above, where the pattern has milder ones too (access logs); absent: `series` speaks for all. */
  readonly errorSeries?: TimeSeries;
  readonly samples: readonly LogSample[];
  readonly variables: readonly LogVariable[];
  /** Fingerprints of the exceptions its events carried, with counts. */
  readonly exceptions: Readonly<Record<string, number>>;
  /** The same over the baseline, where one was given. */
  readonly baselineCount: number;
  readonly baselineSeries: TimeSeries;
}

/** A stack trace's identity: the chain of types, outermost first, and the top frames of own code. */
export interface LogException {
  /** `x_` and 16 hex digits. */
  readonly fingerprint: string;
  readonly types: readonly string[];
  /** Masked message of the innermost cause, variables as `<*>`. */
  readonly message: string;
  readonly frames: readonly string[];
  readonly count: number;
  readonly firstSeen: EpochMs | null;
  readonly lastSeen: EpochMs | null;
  readonly services: Readonly<Record<string, number>>;
}

/** One input stream (file or standard input) as it was read. */
export interface LogStream {
  readonly name: string;
  /** Formats recognised in it with their share of events, most frequent first, e.g. `spring-boot`, `cri+json`. */
  readonly formats: readonly { readonly id: string; readonly events: number }[];
  readonly lines: number;
  readonly events: number;
  readonly bytes: number;
}

export interface LogSummary {
  readonly lines: number;
  readonly events: number;
  /** Events at ERROR or FATAL. */
  readonly errors: number;
  /** From the first to just after the last analysed instant; null where no line had a time. */
  readonly period: TimeWindow | null;
  /**
   * From the first to just after the last instant of all events inside the chosen time, those included that a level or service
   * filter left out: how long the log went on. Absent: not known, and `period` stands for it.
   */
  readonly extent?: TimeWindow;
  readonly baseline: TimeWindow | null;
  /** Most frequent first, then by id. The sum of counts is the number of analysed events. */
  readonly patterns: readonly LogPattern[];
  readonly exceptions: readonly LogException[];
  readonly streams: readonly LogStream[];
  /** All analysed events, and all baseline events. */
  readonly series: TimeSeries;
  readonly baselineSeries: TimeSeries;
  /** What could not be read or understood, in sentences. */
  readonly gaps: readonly string[];
}
