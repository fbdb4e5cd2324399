/** Inputs ► log engine ► summary. The same for every command that reads logs. */
import type { LogSummary } from '../../domain/log-summary.ts';
import type { LogLevel } from '../../domain/severity.ts';
import type { EpochMs, TimeWindow } from '../../domain/time.ts';
import type { LogEngine, LogSink } from '../../signals/logs/engine.ts';
import type { CommandContext } from '../command.ts';
import type { InputFile, InputList } from '../input/expand-paths.ts';
import { modifiedMs, sizeBytes } from '../input/file-stat.ts';
import { createProgress, type Progress } from '../input/progress.ts';
import { readInput } from '../input/read-input.ts';
import { wordsFor } from '../words/words.ts';
import { loadMasker } from './load-masker.ts';
import type { SecondRequest } from './second-reader.ts';

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
  /** A file of masking rules beside the built-in ones. */
  readonly rulesPath: string | null;
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

interface Feeding {
  readonly engine: LogEngine;
  readonly context: CommandContext;
  readonly progress: Progress;
  /** What a second thread has to know to read like the first; null where one must do. */
  readonly second: Omit<SecondRequest, 'parts' | 'baseline'> | null;
  readonly skipped: string[];
  unreadable: boolean;
  filesRead: number;
}

const feedFile = async (file: InputFile, baseline: boolean, feeding: Feeding): Promise<void> => {
  const { engine, context, progress } = feeding;
  const referenceMs = modifiedMs(file.path);
  let sink: LogSink | null = null;
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

const sumOf = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

/** Reads the list by two threads; false where one should do and nothing was read. */
const feedHalves = async (files: readonly InputFile[], baseline: boolean, feeding: Feeding): Promise<boolean> => {
  const { engine, progress, second } = feeding;
  if (second === null || sumOf(files.map(({ path }) => sizeBytes(path))) < MIN_PARALLEL_BYTES) return false;
  const [{ splitInput }, { fileRange, readPart, startSecondReader }] = await Promise.all([import('./split-input.ts'), import('./second-reader.ts')]);
  const split = splitInput(files, MIN_PARALLEL_BYTES);
  const border = split?.parts[0];
  if (split === null || border === undefined) return false;
  const request = { ...second, parts: split.parts, baseline };
  const reader = startSecondReader(request);
  const others = new Set(split.parts.map(({ path }) => path));
  // The other thread is as fast: for what is read here it reads its share.
  const share = 1 + sumOf(split.parts.map(({ start, end }) => end - start)) / Math.max(1, split.leftBytes);
  const shared = { ...border, start: 0, end: border.start };
  let sink: LogSink | null = null;
  for (const file of files) {
    if (!others.has(file.path)) await feedFile(file, baseline, feeding);
    else if (file.path === shared.path && shared.end > 0) sink = readPart(shared, engine, request, (bytes) => progress.advance(bytes * share, file.name));
  }
  const state = await reader.state.catch(() => null);
  if (state === null && sink !== null) for (const chunk of fileRange(border.path, border.start, border.end)) sink.write(chunk);
  sink?.end();
  if (sink !== null) feeding.filesRead++;
  const whole = new Set(split.parts.filter(({ start }) => start === 0).map(({ path }) => path));
  if (state === null) {
    for (const file of files) if (whole.has(file.path)) await feedFile(file, baseline, feeding);
    return true;
  }
  engine.absorb(state, sink === null ? undefined : { stream: border.name, lines: sink.lines });
  feeding.filesRead += whole.size;
  return true;
};

const feedList = async (list: InputList, baseline: boolean, feeding: Feeding): Promise<void> => {
  for (const gap of list.gaps) feeding.engine.gap(gap);
  feeding.unreadable ||= list.unreadable;
  if (await feedHalves(list.files, baseline, feeding)) return;
  for (const file of list.files) await feedFile(file, baseline, feeding);
};

/** @throws `usage` AppError for masking rules that cannot be used */
export const readLogs = async (request: LogRequest, context: CommandContext): Promise<LogReading> => {
  const words = wordsFor(context.language);
  const [{ createLogEngine }, { masker, rules }] = await Promise.all([import('../../signals/logs/engine.ts'), loadMasker(request.rulesPath, words)]);
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
  const second = keepAssignments ? null : { filter, rules, nowMs: context.nowMs() };
  const feeding: Feeding = { engine, context, progress, second, skipped: [], unreadable: false, filesRead: 0 };
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
