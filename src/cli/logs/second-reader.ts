/** Reads a half of the input in a second thread: its engine's state comes back as plain data. */
import { closeSync, openSync, readSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { LogLevel } from '../../domain/severity.ts';
import type { EpochMs, TimeWindow } from '../../domain/time.ts';
import type { LogEngineState } from '../../signals/logs/engine-state.ts';
import type { LogEngine, LogSink } from '../../signals/logs/engine.ts';
import { modifiedMs } from '../input/file-stat.ts';
import { createTextSink } from '../input/text-sink.ts';
import type { FilePart } from './split-input.ts';

/** Everything a thread needs to know: plain data. */
export interface SecondRequest {
  readonly parts: readonly FilePart[];
  readonly baseline: boolean;
  readonly nowMs: EpochMs;
  /** The user's masking rules as they stand in their file. */
  readonly rules: string | null;
  readonly filter: {
    readonly timezone?: string;
    readonly since?: EpochMs;
    readonly until?: EpochMs;
    readonly baseline?: TimeWindow;
    readonly services?: readonly string[];
    readonly minLevel?: LogLevel;
  };
}

const CHUNK_BYTES = 1 << 20;

/**
 * Bytes [start, end) of a file in order; a chunk's memory is used again for the next.
 * @throws the file system's error where it cannot be opened or read
 */
export function* fileRange(path: string, start: number, end: number): Generator<Uint8Array> {
  const descriptor = openSync(path, 'r');
  try {
    const buffer = new Uint8Array(CHUNK_BYTES);
    for (let at = start; at < end; ) {
      const read = readSync(descriptor, buffer, 0, Math.min(buffer.length, end - at), at);
      if (read === 0) return;
      at += read;
      yield buffer.subarray(0, read);
    }
  } finally {
    closeSync(descriptor);
  }
}

/**
 * A part of a plain file into an engine; its sink stays open. `onBytes` hears how far it is.
 * @throws the file system's error
 */
export const readPart = (part: FilePart, engine: LogEngine, request: Pick<SecondRequest, 'baseline' | 'nowMs'>, onBytes: (bytes: number) => void = () => {}): LogSink => {
  // Year-less times lie before the file's last change.
  const sink = engine.open(part.name, { baseline: request.baseline, referenceMs: modifiedMs(part.path) ?? request.nowMs });
  const text = part.start === 0 ? createTextSink((bytes) => sink.write(bytes), () => true) : { write: (bytes: Uint8Array) => sink.write(bytes), end: () => {} };
  for (const chunk of fileRange(part.path, part.start, part.end)) {
    text.write(chunk);
    onBytes(chunk.length);
  }
  text.end();
  return sink;
};

/** As source in development; in the compiled program the thread's entry lies beside the main one. */
const entry = (): URL => new URL(import.meta.url.endsWith('.ts') ? './second-thread.ts' : '../second-thread.js', import.meta.url);

export interface SecondReader {
  /** @throws what the thread failed with */
  readonly state: Promise<LogEngineState>;
}

/** Starts reading at once. */
export const startSecondReader = (request: SecondRequest): SecondReader => {
  const worker = new Worker(entry(), { workerData: request, resourceLimits: { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 512 } });
  const state = new Promise<LogEngineState>((resolve, reject) => {
    worker.once('message', (message: LogEngineState) => resolve(message));
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`the reading thread ended with code ${code}`)));
  });
  // Whoever waits for it sees the failure; until then it is nobody's.
  state.catch(() => undefined);
  return { state };
};
