/** Where a large plain file can be read in two halves that add up to the whole. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { parseLine } from '../../signals/logs/formats/parse-line.ts';
import { detectContent } from '../input/detect-content.ts';

/** Bytes behind the middle that are searched for the beginning of an event. */
const SEARCH_BYTES = 1 << 20;
const LINE_FEED = 10;

export interface FileHalves {
  /** Offset of the first line of the second half: it begins an event, and none before it reaches over it. */
  readonly middle: number;
  readonly end: number;
}

/** Null where one thread should read the file: one processor, not regular, not plain text, or without events that can be told apart. */
export const splitFile = (path: string): FileHalves | null => {
  if (availableParallelism() < 2) return null;
  const descriptor = openSync(path, 'r');
  try {
    const stat = fstatSync(descriptor);
    if (!stat.isFile()) return null;
    const head = Buffer.alloc(65_536);
    const content = detectContent(head.subarray(0, readSync(descriptor, head, 0, head.length, 0)));
    if (content.kind !== 'text') return null;
    const from = Math.floor(stat.size / 2);
    const window = Buffer.alloc(SEARCH_BYTES);
    const middle = eventStart(window.subarray(0, readSync(descriptor, window, 0, window.length, from)));
    return middle === null ? null : { middle: from + middle, end: stat.size };
  } finally {
    closeSync(descriptor);
  }
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
