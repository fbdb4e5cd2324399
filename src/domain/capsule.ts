/**
 * Capsule, version 1: all that is known about one incident window, as one value. Parts may be absent, empty or cut off;
 * whatever could not be read is a sentence in `gaps`. Names follow OpenTelemetry and Alertmanager in camelCase.
 */
import type { LogLevel } from './severity.ts';
import type { Spans } from './spans.ts';
import type { EpochMs, TimeWindow } from './time.ts';

/** String values by name: labels, annotations, attributes (a value that was no string is its JSON text). */
export type StringMap = Readonly<Record<string, string>>;

export interface CapsuleSymptom {
  readonly service: string | null;
  readonly metric: string | null;
  readonly description: string | null;
}

/** One alert in Alertmanager's shape. */
export interface CapsuleAlert {
  readonly status: 'firing' | 'resolved';
  readonly labels: StringMap;
  readonly annotations: StringMap;
  readonly startsAt: EpochMs | null;
  /** Null while it fires (Alertmanager writes year 1). */
  readonly endsAt: EpochMs | null;
  readonly generatorUrl: string | null;
}

/** One time series. `times` is ascending epoch milliseconds, as long as `values`; missing samples are left out. */
export interface MetricSeries {
  readonly name: string;
  readonly labels: StringMap;
  /** Path in the capsule, without .gz or .zst. */
  readonly file: string;
  readonly times: Float64Array;
  readonly values: Float64Array;
}

export const CHANGE_KINDS = ['deployment', 'commit', 'config', 'feature_flag', 'migration', 'scaling', 'infrastructure'] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

export interface Change {
  readonly time: EpochMs;
  readonly endedAt: EpochMs | null;
  readonly kind: ChangeKind;
  /** Commit, release or flag. */
  readonly id: string;
  readonly service: string | null;
  readonly version: string | null;
  readonly previousVersion: string | null;
  readonly summary: string | null;
  readonly author: string | null;
  readonly diff: string | null;
  readonly attributes: StringMap;
}

/** `source` calls `destination`. */
export interface TopologyEdge {
  readonly source: string;
  readonly destination: string;
}

export interface CapsuleText {
  /** Path in the capsule, without .gz or .zst. */
  readonly file: string;
  readonly text: string;
}

/** One record of `logs/**.ndjson`. */
export interface LogRecord {
  readonly at: EpochMs | null;
  readonly level: LogLevel | null;
  readonly body: string;
  /** Empty where the record names none. */
  readonly service: string;
  readonly pod: string | null;
  readonly traceId: string | null;
  readonly spanId: string | null;
}

/** A log file that has not been read yet. */
export interface CapsuleLogFile {
  /** Path in the capsule, without .gz or .zst. */
  readonly file: string;
  readonly kind: 'ndjson' | 'text';
  /** Bytes as stored. */
  readonly sizeBytes: number;
  /** Stored as .gz or .zst, so that more comes out than `sizeBytes`. Absent: no. */
  readonly isCompressed?: boolean;
  /**
   * The decompressed bytes, from the start at every call. Never throws: what cannot be read ends the iteration and is
   * told to `onGap` as one sentence.
   */
  readonly chunks: (onGap?: (gap: string) => void) => Iterable<Uint8Array>;
  /** The bytes from `start` to before `end` in the same way; absent where they cannot be reached from the middle. */
  readonly range?: (start: number, end: number, onGap?: (gap: string) => void) => Iterable<Uint8Array>;
}

export interface Capsule {
  readonly id: string;
  readonly detectedAt: EpochMs;
  readonly window: TimeWindow;
  /** A time believed normal; may lie after the window. Null: none is known. */
  readonly baseline: TimeWindow | null;
  /** When kubernetes/** was printed; null: the window's end. */
  readonly collectedAt: EpochMs | null;
  readonly symptom: CapsuleSymptom | null;
  readonly alerts: readonly CapsuleAlert[];
  readonly metrics: readonly MetricSeries[];
  readonly spans: Spans;
  readonly changes: readonly Change[];
  readonly topology: readonly TopologyEdge[];
  readonly kubernetes: readonly CapsuleText[];
  readonly runbooks: readonly CapsuleText[];
  readonly logs: readonly CapsuleLogFile[];
  /** What could not be read, where, and how much is left; sentences. */
  readonly gaps: readonly string[];
}
