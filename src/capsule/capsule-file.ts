/** One file of a capsule wherever it lies: on disk or in an archive. */
import { closeSync, openSync, readSync } from 'node:fs';
import { messageOf } from '../shared/errors.ts';
import type { OnCut } from './inflate.ts';
import { inflated, splitEncoding } from './inflate.ts';

export interface CapsuleFile {
  /** Path in the capsule with forward slashes, without .gz or .zst. */
  readonly path: string;
  readonly sizeBytes: number;
  readonly isCompressed: boolean;
  /** Inflated bytes from the start; a chunk is valid until the next one is asked for. Never throws, tells `onCut` instead. */
  readonly chunks: (onCut: OnCut) => Iterable<Uint8Array>;
  /** Its bytes from `start` to before `end`; absent where they cannot be reached from the middle (compressed, in an archive). */
  readonly range?: (start: number, end: number, onCut: OnCut) => Iterable<Uint8Array>;
}

const READ_BYTES = 262_144;
/** No part of a capsule is read further than this, so that no input can inflate for ever. */
export const MAX_PART_BYTES = 8_589_934_592;

/** The stored bytes of a file on disk, or a part of them; the buffer is reused. */
export function* diskChunks(path: string, onCut: OnCut, start = 0, end = Number.POSITIVE_INFINITY): Generator<Uint8Array> {
  let fd: number | null = null;
  try {
    fd = openSync(path, 'r');
    const buffer = new Uint8Array(READ_BYTES);
    for (let at = start; at < end; ) {
      const size = readSync(fd, buffer, 0, Math.min(READ_BYTES, end - at), at);
      if (size === 0) return;
      at += size;
      yield buffer.subarray(0, size);
    }
  } catch (error) {
    onCut(messageOf(error));
  } finally {
    if (fd !== null) closeSync(fd);
  }
}

/** Ends a stream at `maxBytes`. */
export function* bounded(chunks: Iterable<Uint8Array>, maxBytes: number, onCut: OnCut): Generator<Uint8Array> {
  let left = maxBytes;
  for (const chunk of chunks) {
    if (chunk.length > left) {
      yield chunk.subarray(0, left);
      onCut(`larger than ${maxBytes} bytes`);
      return;
    }
    left -= chunk.length;
    yield chunk;
  }
}

/** A capsule file on disk, perhaps compressed. */
export const diskFile = (full: string, storedPath: string, sizeBytes: number): CapsuleFile => {
  const file = capsuleFile(storedPath, sizeBytes, (onCut) => diskChunks(full, onCut));
  return file.isCompressed ? file : { ...file, range: (start, end, onCut) => diskChunks(full, onCut, start, end) };
};

/** A capsule file whose stored (perhaps compressed) bytes come from `stored`. */
export const capsuleFile = (storedPath: string, sizeBytes: number, stored: (onCut: OnCut) => Iterable<Uint8Array>): CapsuleFile => {
  const { path, encoding } = splitEncoding(storedPath);
  return { path, sizeBytes, isCompressed: encoding !== 'identity', chunks: (onCut) => bounded(inflated(stored(onCut), encoding, onCut), MAX_PART_BYTES, onCut) };
};
