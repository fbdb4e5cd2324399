/** The log files of a large capsule, read by a second thread and, as soon as it has nothing else to do, by the first. */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Capsule, CapsuleLogFile } from '../../domain/capsule.ts';
import type { TimeWindow } from '../../domain/time.ts';
import { expectedBytes, logPieces, type LogPiece } from '../../signals/logs/capsule/log-piece.ts';
import { LogReader, type LogReading } from '../../signals/logs/capsule/log-reader.ts';
import { threadEntry } from '../thread-entry.ts';

/** Below this a second thread starts up longer than it reads. */
const MIN_SHARED_BYTES = 16 << 20;

/** Everything the thread needs to know: plain data, and the number of the next piece, which both threads count up. */
export interface ShareRequest {
  readonly path: string;
  readonly pieces: readonly LogPiece[];
  readonly next: Int32Array<SharedArrayBuffer>;
  readonly window: TimeWindow;
  readonly baseline: TimeWindow | null;
}

export interface ShareOptions {
  readonly minBytes?: number;
  /** Where the thread begins, for tests. */
  readonly entry?: URL;
}

/** Takes pieces until none is left. */
export const readShare = ({ pieces, next }: Pick<ShareRequest, 'pieces' | 'next'>, files: readonly CapsuleLogFile[], reader: LogReader): void => {
  const byPath = new Map(files.map((file) => [file.file, file]));
  for (let piece = pieces[Atomics.add(next, 0, 1)]; piece !== undefined; piece = pieces[Atomics.add(next, 0, 1)]) {
    const file = byPath.get(piece.file);
    if (file !== undefined) reader.read(file, piece);
  }
};

const keyOf = ({ file, start }: { readonly file: string; readonly start: number }): string => `${start} ${file}`;

export class LogShare {
  private readonly request: ShareRequest;
  private readonly reading: Promise<LogReading | null>;
  private readonly worker: Worker;

  constructor(request: ShareRequest, from: URL) {
    this.request = request;
    const worker = new Worker(from, { workerData: request, resourceLimits: { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 512 } });
    this.worker = worker;
    this.reading = new Promise((resolve) => {
      worker.once('message', (message: LogReading) => resolve(message));
      // Whatever happened to it: what it did not read is read here.
      worker.once('error', () => resolve(null));
      worker.once('exit', () => resolve(null));
    });
  }

  /** Ends the thread, whatever it is doing. */
  async stop(): Promise<void> {
    await this.worker.terminate();
  }

  /** Joins in and returns all there is to know of the log files. */
  async finish(capsule: Capsule): Promise<LogReader> {
    const reader = new LogReader(capsule);
    readShare(this.request, capsule.logs, reader);
    const other = await this.reading;
    if (other !== null) reader.absorb(other);
    const done = new Set([...reader.parts.map(keyOf), ...reader.texts.map(({ file }) => keyOf({ file, start: 0 }))]);
    const missing = this.request.pieces.filter((piece) => !done.has(keyOf(piece)));
    readShare({ pieces: missing, next: new Int32Array(new SharedArrayBuffer(4)) }, capsule.logs, reader);
    return reader;
  }
}

/** Starts reading at once; null where one thread should do it: little to read, one processor, an archive. */
export const startLogShare = (path: string, { window, baseline, logs }: Pick<Capsule, 'window' | 'baseline' | 'logs'>, options: ShareOptions = {}): LogShare | null => {
  if (availableParallelism() < 2 || logs.reduce((sum, file) => sum + expectedBytes(file), 0) < (options.minBytes ?? MIN_SHARED_BYTES)) return null;
  return new LogShare({ path, pieces: logPieces(logs), next: new Int32Array(new SharedArrayBuffer(4)), window, baseline }, options.entry ?? threadEntry(import.meta.url, 'log-thread'));
};
