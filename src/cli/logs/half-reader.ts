/** The second half of a large file, read by a thread of its own; what it learnt comes back as plain data. */
import { closeSync, openSync, readSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { EpochMs, TimeWindow } from '../../domain/time.ts';
import type { LogLevel } from '../../domain/severity.ts';
import type { LogEngineState } from '../../signals/logs/engine-state.ts';

/** Everything a thread needs to know: plain data. */
export interface HalfRequest {
  readonly path: string;
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly baseline: boolean;
  readonly referenceMs: EpochMs;
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

/** As source in development; in the compiled program the thread's entry lies beside the main one. */
const entry = (): URL => new URL(import.meta.url.endsWith('.ts') ? './half-thread.ts' : '../half-thread.js', import.meta.url);

export interface HalfReader {
  /** @throws what the thread failed with */
  readonly state: Promise<LogEngineState>;
}

/** Starts reading at once. */
export const startHalfReader = (request: HalfRequest): HalfReader => {
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
