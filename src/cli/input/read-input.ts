/** One input, whatever it is compressed or encoded with ► UTF-8 text bytes and what has to be said about it. */
import type { CliWords } from '../words/words.ts';
import { byteSource } from './byte-source.ts';
import { createDecompressor } from './decompress.ts';
import type { Decompressor } from './decompressor.ts';
import { type ContentKind, detectContent } from './detect-content.ts';
import type { InputFile } from './expand-paths.ts';
import { codeOf, reasonOf } from './failure-reason.ts';
import { createTextSink, type TextSink } from './text-sink.ts';

export interface InputReading {
  /** `skipped`: no text and only found, not named. `unreadable`: nothing of it could be used. */
  readonly outcome: 'read' | 'skipped' | 'unreadable';
  readonly gaps: readonly string[];
}

export interface InputTarget {
  readonly stdin: NodeJS.ReadStream;
  /** The memory of `bytes` is used again after the call. */
  readonly onText: (bytes: Uint8Array) => void;
  /** Bytes as stored, before decompression. */
  readonly onProgress?: (bytes: number) => void;
  /** Awaited after each chunk, so that a slow reader of the output slows the input down. */
  readonly settle?: () => Promise<void>;
  readonly words: CliWords;
}

class Reading {
  readonly gaps: string[] = [];
  outcome: InputReading['outcome'] = 'read';
  readonly #file: InputFile;
  readonly #words: CliWords;

  constructor(file: InputFile, words: CliWords) {
    this.#file = file;
    this.#words = words;
  }

  /** Decides on content that is no text. */
  accept(content: ContentKind): boolean {
    if (content.kind === 'binary' && this.#file.explicit) {
      this.gaps.push(this.#words.binaryGiven(this.#file.name, content.name));
      return true;
    }
    if (content.kind === 'binary' || !this.#file.explicit) {
      this.outcome = 'skipped';
      return false;
    }
    this.outcome = 'unreadable';
    this.gaps.push(this.#words.archive(this.#file.name, content.kind === 'archive' ? content.name : content.kind));
    return false;
  }

  async endDecompression(decompressor: Decompressor, kind: 'gzip' | 'zstd'): Promise<void> {
    const damage = await decompressor.end();
    if (damage === null) return;
    const { name } = this.#file;
    if (damage.kind === 'trailing') {
      this.gaps.push(this.#words.trailing(name, kind));
      return;
    }
    this.gaps.push(damage.kind === 'truncated' ? this.#words.truncated(name, kind) : this.#words.corrupt(name, kind, damage.why));
    this.outcome = 'unreadable';
  }

  fail(error: unknown): void {
    this.gaps.push(this.#words.cannotRead(this.#file.name, reasonOf(error)));
    this.outcome = 'unreadable';
  }
}

const pump = async (file: InputFile, target: InputTarget, reading: Reading, sink: TextSink): Promise<void> => {
  let decompressor: Decompressor | null = null;
  let compression: 'gzip' | 'zstd' | null = null;
  let first = true;
  for await (const chunk of byteSource(file.path, target.stdin)) {
    target.onProgress?.(chunk.length);
    if (first) {
      first = false;
      const { kind } = detectContent(chunk);
      compression = kind === 'gzip' || kind === 'zstd' ? kind : null;
      if (compression !== null) decompressor = await createDecompressor(compression, (bytes) => sink.write(bytes));
    }
    if (decompressor === null) sink.write(chunk);
    else await decompressor.write(chunk);
    await target.settle?.();
    // Neither damaged data nor a file that is left out has to be read to its end.
    if (decompressor?.failed === true || reading.outcome !== 'read') break;
  }
  if (decompressor !== null && compression !== null && reading.outcome === 'read') await reading.endDecompression(decompressor, compression);
  sink.end();
};

/** Never throws for bad input: what went wrong stands in `gaps`. */
export const readInput = async (file: InputFile, target: InputTarget): Promise<InputReading> => {
  const reading = new Reading(file, target.words);
  const sink = createTextSink(target.onText, (content) => reading.accept(content));
  try {
    await pump(file, target, reading, sink);
  } catch (error) {
    if (codeOf(error) === null) throw error;
    reading.fail(error);
  }
  return { outcome: reading.outcome, gaps: reading.gaps };
};
