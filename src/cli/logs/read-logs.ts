/** Inputs ► log engine ► summary. The same for every command that reads logs. */
import type { LogSummary } from '../../domain/log-summary.ts';
import type { LogLevel } from '../../domain/severity.ts';
import type { EpochMs, TimeWindow } from '../../domain/time.ts';
import { createLogEngine, type LogEngine, type LogSink } from '../../signals/logs/engine.ts';
import type { CommandContext } from '../command.ts';
import type { InputFile, InputList } from '../input/expand-paths.ts';
import { modifiedMs } from '../input/file-stat.ts';
import { createProgress, type Progress } from '../input/progress.ts';
import { type InputReading, readInput } from '../input/read-input.ts';
import { wordsFor } from '../words/words.ts';
import { loadMasker } from './load-masker.ts';
import { type ScanAhead, startScan } from './scan-ahead.ts';
import { withSmallYoungGeneration } from './young-generation.ts';

const SKIPPED_SHOWN = 5;

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
  /** The second thread; null where there is none, or it failed. */
  ahead: ScanAhead | null;
  readonly skipped: string[];
  unreadable: boolean;
  filesRead: number;
}

/** Text of a file into a sink that is opened when there is any. */
interface FileFeed {
  sink: LogSink | null;
  readonly open: () => LogSink;
}

const feedOf = (file: InputFile, baseline: boolean, { engine }: Feeding): FileFeed => {
  const referenceMs = modifiedMs(file.path);
  const feed: FileFeed = {
    sink: null,
    open: () => (feed.sink ??= engine.open(file.name, { baseline, ...(referenceMs === null ? {} : { referenceMs }) })),
  };
  return feed;
};

const endFile = (file: InputFile, feed: FileFeed, { outcome, gaps }: InputReading, feeding: Feeding): void => {
  // An empty file was read, too: it stands among the streams.
  if (outcome === 'read') feed.open();
  feed.sink?.end();
  for (const gap of gaps) feeding.engine.gap(gap);
  if (outcome === 'skipped') feeding.skipped.push(file.name);
  if (outcome === 'unreadable') feeding.unreadable = true;
  if (feed.sink !== null) feeding.filesRead++;
};

/** @param from bytes of its text that the sink has already */
const feedHere = async (file: InputFile, feed: FileFeed, from: number, { context, progress }: Feeding): Promise<InputReading> => {
  let before = from;
  return readInput(file, {
    stdin: context.stdin,
    words: wordsFor(context.language),
    onText: (bytes) => {
      const known = Math.min(before, bytes.length);
      before -= known;
      if (known < bytes.length) feed.open().write(bytes.subarray(known));
    },
    onProgress: (bytes) => progress.advance(bytes, file.name),
  });
};

const feedList = async (list: InputList, baseline: boolean, feeding: Feeding): Promise<void> => {
  const { engine, progress } = feeding;
  for (const gap of list.gaps) engine.gap(gap);
  feeding.unreadable ||= list.unreadable;
  for (const file of list.files) {
    const feed = feedOf(file, baseline, feeding);
    const ahead = await feeding.ahead?.file({
      onBlock: (block) => feed.open().take(block),
      onProgress: (bytes) => progress.advance(bytes, file.name),
    });
    if (ahead !== undefined && ahead.outcome !== 'failed') {
      endFile(file, feed, ahead, feeding);
      continue;
    }
    feeding.ahead = null;
    endFile(file, feed, await feedHere(file, feed, ahead?.textBytes ?? 0, feeding), feeding);
  }
};

const readAll = async (request: LogRequest, context: CommandContext, ahead: ScanAhead | null): Promise<LogReading> => {
  const words = wordsFor(context.language);
  const masker = loadMasker(request.rulesPath, words);
  const engine = createLogEngine({
    referenceMs: context.nowMs(),
    masker,
    language: context.language,
    keepAssignments: request.keepAssignments === true,
    ...(ahead === null ? {} : { scanner: ahead.scanner }),
    ...(request.timezone === null ? {} : { timezone: request.timezone }),
    ...(request.since === undefined ? {} : { since: request.since }),
    ...(request.until === undefined ? {} : { until: request.until }),
    ...(request.baselineWindow === null ? {} : { baseline: request.baselineWindow }),
    ...(request.services.length === 0 ? {} : { services: request.services }),
    ...(request.minLevel === null ? {} : { minLevel: request.minLevel }),
  });
  const progress = createProgress(context, words);
  const feeding: Feeding = { engine, context, progress, ahead, skipped: [], unreadable: false, filesRead: 0 };
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

/**
 * @param ahead the second thread, where it was started before this module was loaded; it is closed here
 * @throws `usage` AppError for masking rules that cannot be used
 */
export const readLogs = async (request: LogRequest, context: CommandContext, ahead = startScan(request, context.language)): Promise<LogReading> => {
  try {
    const read = (): Promise<LogReading> => readAll(request, context, ahead);
    return await (ahead === null ? read() : withSmallYoungGeneration(read));
  } finally {
    await ahead?.close();
  }
};
