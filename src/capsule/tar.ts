/**
 * Streams a tar archive: ustar, with the long names of GNU tar and of pax.
 * Source: POSIX.1-2017 pax, "ustar Interchange Format"; GNU tar manual, "Basic Tar Format".
 */
import type { ArchiveEntry } from './archive.ts';

const BLOCK = 512;
const MAX_NAME_BYTES = 65_536;

/** A pull reader over chunks of any size. */
class ByteReader {
  private readonly iterator: Iterator<Uint8Array>;
  private current: Uint8Array = new Uint8Array(0);

  constructor(chunks: Iterable<Uint8Array>) {
    this.iterator = chunks[Symbol.iterator]();
  }

  /** Up to `maxBytes` of what is next; null at the end. */
  some(maxBytes: number): Uint8Array | null {
    while (this.current.length === 0) {
      const next = this.iterator.next();
      if (next.done === true) return null;
      this.current = next.value;
    }
    const part = this.current.subarray(0, maxBytes);
    this.current = this.current.subarray(part.length);
    return part;
  }

  /** Exactly `sizeBytes`, or null where fewer are left. */
  exactly(sizeBytes: number): Uint8Array | null {
    const bytes = new Uint8Array(sizeBytes);
    let filled = 0;
    while (filled < sizeBytes) {
      const part = this.some(sizeBytes - filled);
      if (part === null) return null;
      bytes.set(part, filled);
      filled += part.length;
    }
    return bytes;
  }
}

/** Regular files of the archive in order. An end before the end is told to `onCut`. */
export function* tarEntries(chunks: Iterable<Uint8Array>, onCut: (reason: string) => void): Generator<ArchiveEntry> {
  const reader = new ByteReader(chunks);
  let longName: string | null = null;
  for (;;) {
    const header = reader.exactly(BLOCK);
    if (header === null) return onCut('no end-of-archive mark');
    if (header.every((byte) => byte === 0)) return undefined;
    const sizeBytes = octal(header, 124, 12);
    if (sizeBytes === null || !hasChecksum(header)) return onCut('a header that is no tar header');
    const type = String.fromCharCode(header[156] ?? 0);
    const paddedBytes = Math.ceil(sizeBytes / BLOCK) * BLOCK;
    if ((type === 'L' || type === 'x') && sizeBytes <= MAX_NAME_BYTES) {
      const data = reader.exactly(paddedBytes);
      if (data === null) return onCut('ends inside a long name');
      longName = type === 'L' ? text(data, 0, sizeBytes) : (paxPath(data.subarray(0, sizeBytes)) ?? longName);
      continue;
    }
    const content = new Content(reader, sizeBytes, paddedBytes);
    if (type === '0' || type === '\0' || type === '7') yield { path: longName ?? headerName(header), chunks: content.bytes() };
    longName = null;
    if (!content.skipRest()) return onCut('ends inside a member');
  }
}

class Content {
  private readonly reader: ByteReader;
  private left: number;
  private readonly padding: number;
  private whole = true;

  constructor(reader: ByteReader, sizeBytes: number, paddedBytes: number) {
    this.reader = reader;
    this.left = sizeBytes;
    this.padding = paddedBytes - sizeBytes;
  }

  *bytes(): Generator<Uint8Array> {
    while (this.left > 0) {
      const part = this.reader.some(this.left);
      if (part === null) {
        this.whole = false;
        return;
      }
      this.left -= part.length;
      yield part;
    }
  }

  /** Moves to the next header; false where the archive ends first. */
  skipRest(): boolean {
    for (const _ of this.bytes());
    return this.whole && (this.padding === 0 || this.reader.exactly(this.padding) !== null);
  }
}

const text = (bytes: Uint8Array, from: number, sizeBytes: number): string => {
  const field = bytes.subarray(from, from + sizeBytes);
  const end = field.indexOf(0);
  return new TextDecoder().decode(end < 0 ? field : field.subarray(0, end));
};

const headerName = (header: Uint8Array): string => {
  const prefix = text(header, 257, 5) === 'ustar' ? text(header, 345, 155) : '';
  return prefix === '' ? text(header, 0, 100) : `${prefix}/${text(header, 0, 100)}`;
};

const octal = (header: Uint8Array, from: number, sizeBytes: number): number | null => {
  const digits = text(header, from, sizeBytes).trim();
  return /^[0-7]{1,12}$/.test(digits) ? Number.parseInt(digits, 8) : null;
};

const hasChecksum = (header: Uint8Array): boolean => {
  const sum = header.reduce((total, byte, i) => total + (i >= 148 && i < 156 ? 32 : byte), 0);
  return octal(header, 148, 8) === sum;
};

/** The `path` record of a pax header: lines of `length key=value`. */
const paxPath = (data: Uint8Array): string | null => {
  const record = new TextDecoder().decode(data).split('\n').find((line) => /^\d+ path=/.test(line));
  return record === undefined ? null : record.slice(record.indexOf('=') + 1);
};
