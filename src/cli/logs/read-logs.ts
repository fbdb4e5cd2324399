/** Inputs ► log engine ► summary. The same for every command that reads logs. */
import { statSync } from 'node:fs';
import type { LogSummary } from '../../domain/log-summary.ts';
import type { LogLevel } from '../../domain/severity.ts';
import type { EpochMs, TimeWindow } from '../../domain/time.ts';
import type { LogEngine, LogEngineOptions } from '../../signals/logs/engine.ts';
import type { CommandContext } from '../command.ts';
import type { InputFile, InputList } from '../input/expand-paths.ts';
import { STANDARD_INPUT } from '../input/byte-source.ts';
import { createProgress, type Progress } from '../input/progress.ts';
import { readInput } from '../input/read-input.ts';
import { createTextSink } from '../input/text-sink.ts';
import { wordsFor } from '../words/words.ts';
import type { HalfRequest } from './half-reader.ts';

/** Below this a second thread starts up longer than it reads. */
const MIN_PARALLEL_BYTES = 24 << 20;

export interface LogRequest {
  /** As the user gave them. */
  readonly operands: readonly string[];
  readonly inputs: InputList;
  /** Files of a time believed normal. */
  readonly baselineInputs: InputList | null;
  readonly baselineWindow: TimeWindow | null;
  /** For times without a zone; the engine's default is UTC. */
  readonly timezone: string | null;
  readonly since?: EpochMs;
  readonly until?: EpochMs;
  readonly services: readonly string[];
  readonly minLevel: LogLevel | null;
  readonly keepAssignments?: boolean;
}

export interface LogReading {
  readonly engine: LogEngine;
  readonly summary: LogSummary;
  /** Some input could not be read, or not to its end. */
  readonly unreadable: boolean;
  /** At least one input was read. */
  readonly anyRead: boolean;
}

/** Year-less times lie before the file's last change. */
const modifiedMs = (path: string): EpochMs | null => {
  try {
    return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? null;
  } catch {
    return null;
  }
};

interface Feeding {
  readonly engine: LogEngine;
  readonly context: CommandContext;
  readonly progress: Progress;
  /** What a second thread has to know to read like the first; null where one must do. */
  readonly filter: HalfRequest['filter'] | null;
  readonly skipped: string[];
  unreadable: boolean;
  filesRead: number;
}

/** A large plain file by two threads; false where that is not possible and nothing was read. */
const feedHalves = async (file: InputFile, baseline: boolean, feeding: Feeding): Promise<boolean> => {
  const { engine, context, progress, filter } = feeding;
  if (filter === null || file.path === STANDARD_INPUT || (statSync(file.path, { throwIfNoEntry: false })?.size ?? 0) < MIN_PARALLEL_BYTES) return false;
  const { splitFile } = await import('./split-file.ts');
  const halves = splitFile(file.path);
  if (halves === null) return false;
  const { fileRange, startHalfReader } = await import('./half-reader.ts');
  const referenceMs = modifiedMs(file.path) ?? context.nowMs();
  const second = startHalfReader({ path: file.path, name: file.name, start: halves.middle, end: halves.end, baseline, referenceMs, filter });
  const sink = engine.open(file.name, { baseline, referenceMs });
  const text = createTextSink((bytes) => sink.write(bytes), () => true);
  for (const chunk of fileRange(file.path, 0, halves.middle)) {
    text.write(chunk);
    // The other thread is as fast: what is read there is read.
    progress.advance(2 * chunk.length, file.name);
  }
  text.end();
  try {
    const state = await second.state;
    sink.end();
    engine.absorb(state, sink.lines);
  } catch {
    for (const chunk of fileRange(file.path, halves.middle, halves.end)) sink.write(chunk);
    sink.end();
  }
  feeding.filesRead++;
  return true;
};

const feedFile = async (file: InputFile, baseline: boolean, feeding: Feeding): Promise<void> => {
  const { engine, context, progress } = feeding;
  if (await feedHalves(file, baseline, feeding)) return;
  const referenceMs = modifiedMs(file.path);
  let sink: ReturnType<LogEngine['open']> | null = null;
  const open = () => engine.open(file.name, { baseline, ...(referenceMs === null ? {} : { referenceMs }) });
  const reading = await readInput(file, {
    stdin: context.stdin,
    words: wordsFor(context.language),
    onText: (bytes) => {
      sink ??= open();
      sink.write(bytes);
    },
    onProgress: (bytes) => progress.advance(bytes, file.name),
  });
  // An empty file was read, too: it stands among the streams.
  if (sink === null && reading.outcome === 'read') sink = open();
  sink?.end();
  for (const gap of reading.gaps) engine.gap(gap);
  if (reading.outcome === 'skipped') feeding.skipped.push(file.name);
  if (reading.outcome === 'unreadable') feeding.unreadable = true;
  if (sink !== null) feeding.filesRead++;
};

const SKIPPED_SHOWN = 5;

const feedList = async (list: InputList, baseline: boolean, feeding: Feeding): Promise<void> => {
  for (const gap of list.gaps) feeding.engine.gap(gap);
  feeding.unreadable ||= list.unreadable;
  for (const file of list.files) await feedFile(file, baseline, feeding);
};

export const readLogs = async (request: LogRequest, masker: LogEngineOptions['masker'], context: CommandContext): Promise<LogReading> => {
  const { createLogEngine } = await import('../../signals/logs/engine.ts');
  const words = wordsFor(context.language);
  const filter = {
    ...(request.timezone === null ? {} : { timezone: request.timezone }),
    ...(request.since === undefined ? {} : { since: request.since }),
    ...(request.until === undefined ? {} : { until: request.until }),
    ...(request.baselineWindow === null ? {} : { baseline: request.baselineWindow }),
    ...(request.services.length === 0 ? {} : { services: request.services }),
    ...(request.minLevel === null ? {} : { minLevel: request.minLevel }),
  };
  const keepAssignments = request.keepAssignments === true;
  const engine = createLogEngine({ referenceMs: context.nowMs(), masker, keepAssignments, language: context.language, ...filter });
  const progress = createProgress(context, words);
  const feeding: Feeding = { engine, context, progress, filter: keepAssignments ? null : filter, skipped: [], unreadable: false, filesRead: 0 };
  try {
    if (request.baselineInputs !== null) await feedList(request.baselineInputs, true, feeding);
    await feedList(request.inputs, false, feeding);
  } finally {
    progress.finish();
  }
  const { skipped } = feeding;
  if (skipped.length > 0) engine.gap(words.binarySkipped(skipped.slice(0, SKIPPED_SHOWN), Math.max(0, skipped.length - SKIPPED_SHOWN)));
  return { engine, summary: engine.finish(), unreadable: feeding.unreadable, anyRead: feeding.filesRead > 0 };
};
