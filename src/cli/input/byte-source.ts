/** Bytes of a file or of standard input, in order. A chunk is valid until the next one is asked for: its memory is used again. */
import { closeSync, createReadStream, fstatSync, openSync, readSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';

/** Large synchronous reads cost least; 256 KiB stay in a core's own cache until they are copied. */
const CHUNK_BYTES = 1 << 18;
/** After so many bytes the event loop gets a turn, so that Ctrl-C is answered at once. */
const TURN_BYTES = 16 << 20;

export const STANDARD_INPUT = '-';

/** Reads a regular file up to the size it had when opened: a file that grows meanwhile ends. */
async function* regularFile(descriptor: number, sizeBytes: number): AsyncGenerator<Uint8Array> {
  const buffer = new Uint8Array(Math.min(CHUNK_BYTES, Math.max(sizeBytes, 1)));
  let left = sizeBytes;
  let sinceTurn = 0;
  while (left > 0) {
    const read = readSync(descriptor, buffer, 0, Math.min(buffer.length, left), null);
    if (read === 0) return;
    left -= read;
    sinceTurn += read;
    yield buffer.subarray(0, read);
    if (sinceTurn >= TURN_BYTES) {
      sinceTurn = 0;
      await nextTurn();
    }
  }
}

/** Files of unknown size that only look regular: those under /proc and /sys report 0 bytes. */
const hasKnownSize = (path: string, sizeBytes: number): boolean => sizeBytes > 0 || !/^\/(?:proc|sys)\//.test(path);

/**
 * @param path a file, a pipe or device, or `-` for standard input
 * @throws the file system's error where it cannot be opened or read
 */
export async function* byteSource(path: string, stdin: NodeJS.ReadStream): AsyncGenerator<Uint8Array> {
  if (path === STANDARD_INPUT) {
    const { size, isFile } = describe(0);
    if (isFile) yield* regularFile(0, size);
    else yield* stdin as AsyncIterable<Uint8Array>;
    return;
  }
  const descriptor = openSync(path, 'r');
  try {
    const { size, isFile } = describe(descriptor);
    if (isFile && hasKnownSize(path, size)) yield* regularFile(descriptor, size);
    else yield* createReadStream(path, { fd: descriptor, autoClose: false, highWaterMark: CHUNK_BYTES }) as AsyncIterable<Uint8Array>;
  } finally {
    closeSync(descriptor);
  }
}

const describe = (descriptor: number): { size: number; isFile: boolean } => {
  const stat = fstatSync(descriptor);
  return { size: stat.size, isFile: stat.isFile() };
};
