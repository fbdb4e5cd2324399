/** Files read, decoded and scanned by a second thread, block by block, while this one makes sense of the blocks before. */
import { availableParallelism } from 'node:os';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { Language } from '../../domain/language.ts';
import type { ScannedBlock } from '../../signals/logs/block-scanner.ts';
import { JSON_KEYS } from '../../signals/logs/json-keys.ts';
import { LineScanner, type SharedScanner } from '../../signals/logs/line-scanner.ts';
import { STANDARD_INPUT } from '../input/byte-source.ts';
import type { InputFile, InputList } from '../input/expand-paths.ts';
import { sizeBytes } from '../input/file-stat.ts';
import type { InputReading } from '../input/read-input.ts';
import { threadEntry } from '../thread-entry.ts';
import { createRingControl, MEMORY_BLOCKS, RingReader } from './scan-ring.ts';

/** With less the thread starts up longer than it reads. */
const MIN_BYTES = 8 << 20;
/** After so many bytes the event loop gets a turn, so that Ctrl-C is answered at once. */
const TURN_BYTES = 16 << 20;
/** How long a block may take before it is asked whether the thread is still there. */
const PATIENCE_MS = 50;

/** Everything the thread needs to know: plain data and shared memory. */
export interface ScanRequest {
  readonly files: readonly InputFile[];
  readonly language: Language;
  readonly shared: SharedScanner;
  readonly control: Int32Array<SharedArrayBuffer>;
}

export interface ScanTarget {
  /** The block may be used again after the call. */
  readonly onBlock: (block: ScannedBlock) => void;
  /** Bytes as stored, before decompression. */
  readonly onProgress: (bytes: number) => void;
}

/** How a file ended; or, where the thread failed, how many bytes of its text were brought in whole lines before. */
export type ScanEnd = InputReading | { readonly outcome: 'failed'; readonly textBytes: number };

export class ScanAhead {
  /** What the engine that takes the blocks must read them with. */
  readonly scanner = new LineScanner(JSON_KEYS, null, MEMORY_BLOCKS);
  private readonly control = createRingControl();
  private readonly ring = new RingReader(this.control, this.scanner);
  private readonly worker: Worker;
  private hasEnded = false;
  private bytesSinceTurn = 0;

  /** Starts at once. */
  constructor(files: readonly InputFile[], language: Language, entry: URL = threadEntry(import.meta.url, 'scan-thread')) {
    const request: ScanRequest = { files, language, shared: this.scanner.shared, control: this.control };
    this.worker = new Worker(entry, { workerData: request });
    // Whatever its trouble is: this thread reads the rest, and meets it too or not.
    this.worker.once('error', () => {});
    this.worker.once('exit', () => (this.hasEnded = true));
  }

  /** Brings the next of the files, in order. */
  async file(target: ScanTarget): Promise<ScanEnd> {
    let textBytes = 0;
    for (;;) {
      const item = this.ring.next(PATIENCE_MS);
      if (item === null) {
        await nextTurn();
        if (this.hasEnded && this.ring.next(0) === null) return { outcome: 'failed', textBytes };
        continue;
      }
      target.onProgress(item.storedBytes);
      if (item.end === null) {
        textBytes += item.block.bytes;
        target.onBlock(item.block);
      }
      this.ring.release();
      if (item.end !== null) return item.end;
      this.bytesSinceTurn += item.block.bytes;
      if (this.bytesSinceTurn < TURN_BYTES) continue;
      this.bytesSinceTurn = 0;
      await nextTurn();
    }
  }

  async close(): Promise<void> {
    await this.worker.terminate();
  }
}

/** Whether there is so much to read that a second thread pays. */
const pays = (files: readonly InputFile[]): boolean => {
  if (availableParallelism() < 2 || files.some(({ path }) => path === STANDARD_INPUT)) return false;
  let total = 0;
  for (const { path } of files) total += sizeBytes(path);
  return total >= MIN_BYTES;
};

/** The lists of files that one run reads, in this order. */
export interface ScanInputs {
  readonly baselineInputs: InputList | null;
  readonly inputs: InputList;
}

/** Starts a second thread where it pays; whoever reads the logs closes it. */
export const startScan = ({ baselineInputs, inputs }: ScanInputs, language: Language): ScanAhead | null => {
  const files = [...(baselineInputs?.files ?? []), ...inputs.files];
  return pays(files) ? new ScanAhead(files, language) : null;
};
