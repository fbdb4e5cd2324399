/**
 * The log engine: streams of bytes in, a {@link LogSummary} out.
 *
 * Reading order: block-scanner (lines by line-scanner) ► line-reader (memo, parse, mask, tokenise) ► event-folder ►
 * counter ► rows ► summarise (mine templates, add up). One pass, one thread, memory bounded by the number of patterns.
 */
import type { Language } from '../../domain/language.ts';
import type { LogStream, LogSummary } from '../../domain/log-summary.ts';
import type { LogLevel } from '../../domain/severity.ts';
import type { EpochMs, TimeWindow } from '../../domain/time.ts';
import type { ScannedBlock } from './block-scanner.ts';
import { EventCounter } from './counter.ts';
import { absorbState, type LinesBefore, type LogEngineState, rowState } from './engine-state.ts';
import { TraceMemo } from './event-folder.ts';
import { Interpreter } from './interpreter.ts';
import { LineReader } from './line-reader.ts';
import type { LineScanner } from './line-scanner.ts';
import type { Masker } from './mask/masker.ts';
import { RowTable } from './row-table.ts';
import { StreamReader } from './stream-reader.ts';
import { type Mined, mineRows, type ReadStream, summarise } from './summarise.ts';
import { zoneOffset } from './time/zone-offset.ts';

export interface LogEngineOptions {
  /** Zone of timestamps that name none: `UTC` (default), `KST`, `+09:00`, `Asia/Seoul`. */
  readonly timezone?: string;
  /** When the input was read or ended; dates without a year are the latest not after it. */
  readonly referenceMs: EpochMs;
  readonly since?: EpochMs;
  readonly until?: EpochMs;
  /** Events in it are counted as the baseline, all others are analysed. */
  readonly baseline?: TimeWindow;
  readonly services?: readonly string[];
  readonly minLevel?: LogLevel;
  readonly masker: Masker;
  /** Of the sentences that the engine adds to the gaps; English by default. */
  readonly language?: Language;
  /** Whose memory another thread fills; by default one for all engines of the thread. */
  readonly scanner?: LineScanner;
  /** Keep which pattern each event has, for {@link LogEngine.assignments}. */
  readonly keepAssignments?: boolean;
}

export interface LogSink {
  /** Bytes of any length; the chunk may be reused once the call returns. */
  write(chunk: Uint8Array): void;
  /** Takes lines that another thread scanned in the memory of the engine's scanner, after which the block may be used again. */
  take(block: ScannedBlock): void;
  end(): void;
  /** Lines so far. */
  readonly lines: number;
}

/** First line's number from 1, lines folded into the event, the pattern's id. */
export interface LogAssignment {
  readonly stream: string;
  readonly line: number;
  readonly lines: number;
  readonly pattern: string;
}

export interface LogEngine {
  /** One sink a stream; several may be open at once. */
  open(name: string, options?: { readonly baseline?: boolean; readonly referenceMs?: EpochMs }): LogSink;
  /** Notes something that could not be read. */
  gap(text: string): void;
  /** Ends the run. */
  finish(): LogSummary;
  /** Ends the run without mining: what it knows, for another engine to {@link absorb}. */
  state(): LogEngineState;
  /** Adds what another engine read. `before`: lines that come before what it read of a stream. */
  absorb(state: LogEngineState, before?: LinesBefore): void;
  /** After {@link finish}; empty unless `keepAssignments`. Streams apart, in order of lines. */
  assignments(): Iterable<LogAssignment>;
}

/** @throws AppError `timezone_unknown` */
export const createLogEngine = (options: LogEngineOptions): LogEngine => {
  const naiveOffsetMs = zoneOffset(options.timezone ?? 'UTC');
  const interpreter = new Interpreter(options.masker, new RowTable(), options.scanner);
  const counter = new EventCounter(
    interpreter,
    {
      since: options.since ?? null,
      until: options.until ?? null,
      baseline: options.baseline ?? null,
      services: options.services === undefined ? null : new Set(options.services.map((service) => service.toLowerCase())),
      minLevel: options.minLevel ?? null,
    },
    options.keepAssignments === true,
  );
  const shared = { reader: new LineReader(interpreter), counter, traces: new TraceMemo() };
  const streams: StreamReader[] = [];
  const gaps: string[] = [];
  const absorbed: ReadStream[] = [];
  let mined: Mined | null = null;

  return {
    open: (name, { baseline = false, referenceMs = options.referenceMs } = {}) => {
      const stream = new StreamReader({ name, inBaseline: baseline, time: { naiveOffsetMs, referenceMs } }, shared);
      streams.push(stream);
      return stream;
    },
    gap: (text) => void gaps.push(text),
    finish: () => {
      mined = mineRows(interpreter.rows.all());
      return summarise({ mined, counter, streams: joinStreams([...absorbed, ...streams.map(listed)]), gaps, baseline: options.baseline ?? null, language: options.language ?? 'en' });
    },
    state: () => ({
      rows: interpreter.rows.all().map(rowState),
      exceptions: interpreter.exceptions.toList(),
      streams: streams.map(listed),
      counts: { events: counter.events, errors: counter.errors, dropped: counter.droppedEvents, undated: counter.undatedEvents },
      extent: counter.extent(),
      series: counter.series.state(),
      baselineSeries: counter.baselineSeries.state(),
      overflowEvents: interpreter.rows.overflowEvents,
      gaps,
    }),
    absorb: (state, before = { stream: '', lines: 0 }) => {
      absorbState(counter, state, before);
      absorbed.push(...state.streams);
      gaps.push(...state.gaps);
    },
    assignments: function* () {
      if (mined === null || counter.assignments === null) return;
      for (const { stream, line, lines, row } of counter.assignments.list()) yield { stream, line, lines, pattern: mined.idOf(row) };
    },
  };
};

const listed = (stream: StreamReader): ReadStream => ({ ...stream.toStream(), cutLines: stream.cutLines });

/** Parts of one stream are one stream. */
const joinStreams = (streams: readonly ReadStream[]): ReadStream[] => {
  const byName = new Map<string, ReadStream>();
  for (const stream of streams) {
    const known = byName.get(stream.name);
    byName.set(stream.name, known === undefined ? stream : joined(known, stream));
  }
  return [...byName.values()];
};

const joined = (a: ReadStream, b: ReadStream): ReadStream => {
  const formats = new Map<string, number>();
  for (const { id, events } of [...a.formats, ...b.formats]) formats.set(id, (formats.get(id) ?? 0) + events);
  const sorted: LogStream['formats'] = [...formats].map(([id, events]) => ({ id, events })).sort((x, y) => y.events - x.events || (x.id < y.id ? -1 : 1));
  return { name: a.name, formats: sorted, lines: a.lines + b.lines, events: a.events + b.events, bytes: a.bytes + b.bytes, cutLines: a.cutLines + b.cutLines };
};
