/** Where large plain input can be read in two halves that add up to the whole. */
import { closeSync, openSync, readSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { parseLine } from '../../signals/logs/formats/parse-line.ts';
import { detectContent } from '../input/detect-content.ts';
import type { InputFile } from '../input/expand-paths.ts';
import { sizeBytes } from '../input/file-stat.ts';

/** A smaller file is read by one thread or the other. */
const MIN_SPLIT_BYTES = 8 << 20;
/** What a file is, is told by so much of it. */
const HEAD_BYTES = 65_536;
/** Bytes behind the middle that are searched for the beginning of an event. */
const SEARCH_BYTES = 1 << 20;
const LINE_FEED = 10;

/** Bytes [start, end) of a file. */
export interface FilePart {
  readonly path: string;
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

export interface InputSplit {
  /** For the second thread, in order. The first may be the rest of a file: it begins with an event, and none before it reaches over. */
  readonly parts: readonly FilePart[];
  /** Bytes that are left for the first thread. */
  readonly leftBytes: number;
}

/** Null where one thread should read it all: little plain text, or one processor. */
export const splitInput = (files: readonly InputFile[], minBytes: number): InputSplit | null => {
  if (availableParallelism() < 2) return null;
  const sizes = files.map(({ path }) => plainBytes(path));
  const total = sizes.reduce((a, b) => a + b, 0);
  if (total < minBytes) return null;
  let before = 0;
  let index = 0;
  while (before + (sizes[index] ?? 0) < total / 2) before += sizes[index++] ?? 0;
  const file = files[index];
  const size = sizes[index] ?? 0;
  if (file === undefined) return null;
  const from = Math.floor(total / 2 - before);
  const middle = size < minBytes && size < MIN_SPLIT_BYTES ? null : eventStartIn(file.path, from);
  // A file that cannot be cut goes where most of it belongs.
  const start = middle ?? (from > size / 2 ? size : 0);
  const parts = files.flatMap(({ path, name }, at) => (at < index || sizes[at] === 0 ? [] : [{ path, name, start: at === index ? start : 0, end: sizes[at] ?? 0 }]));
  const wanted = parts.filter((part) => part.start < part.end);
  return wanted.length === 0 || before + start === 0 ? null : { parts: wanted, leftBytes: before + start };
};

/** Size of a regular file that holds plain text, else 0. */
const plainBytes = (path: string): number => {
  const size = sizeBytes(path);
  if (size === 0) return 0;
  try {
    return detectContent(readAt(path, 0, HEAD_BYTES)).kind === 'text' ? size : 0;
  } catch {
    // Whoever reads it says what is wrong with it.
    return 0;
  }
};

const readAt = (path: string, at: number, length: number): Buffer => {
  const descriptor = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(length);
    return bytes.subarray(0, readSync(descriptor, bytes, 0, length, at));
  } finally {
    closeSync(descriptor);
  }
};

/** Offset behind `from` where an event begins; null where none can be told. */
const eventStartIn = (path: string, from: number): number | null => {
  const start = eventStart(readAt(path, from, SEARCH_BYTES));
  return start === null ? null : from + start;
};

/** Offset of a line that begins an event after a line that is complete. */
const eventStart = (bytes: Buffer): number | null => {
  let start = bytes.indexOf(LINE_FEED) + 1;
  let mayFollow = false;
  while (start > 0) {
    const feed = bytes.indexOf(LINE_FEED, start);
    if (feed < 0) return null;
    const { role, partial, format } = parseLine(bytes.toString('utf8', start, feed));
    // The rest of a split container line begins like any other.
    if (role === 'event' && mayFollow && format !== 'plain') return start;
    mayFollow = !partial;
    start = feed + 1;
  }
  return null;
};
