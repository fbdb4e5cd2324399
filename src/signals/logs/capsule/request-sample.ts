/**
 * Very large capsules are read by a sample of their requests, all records of a request or none, so that what happens within a
 * request keeps its shares. The choice depends on the trace id alone. Complaints of other requests are still counted over time.
 */
import type { CapsuleLogFile } from '../../../domain/capsule.ts';

/** Records that are read whole; more than this and only each n-th request is. */
const FULL_RECORDS = 400_000;
/** Bytes of a typical record, and how well such files compress. */
const RECORD_BYTES = 330;
const COMPRESSION = 10;
const MARK = '"trace_id"';

export class RequestSample {
  /** One request in so many is read. */
  readonly every: number;

  constructor(files: readonly CapsuleLogFile[]) {
    const sizeBytes = files.reduce((sum, file) => sum + file.sizeBytes * (file.isCompressed === true ? COMPRESSION : 1), 0);
    this.every = Math.max(1, Math.round(sizeBytes / RECORD_BYTES / FULL_RECORDS));
  }

  includes(traceId: string): boolean {
    return this.every === 1 || hashOf(traceId, 0, traceId.length) % this.every === 0;
  }

  /** Whether a line must be parsed: it is of a chosen request, of none, or a complaint. Looks only at the text. */
  wants(line: string): boolean {
    if (this.every === 1) return true;
    const mark = line.indexOf(MARK);
    if (mark < 0) return true;
    const start = line.indexOf('"', mark + MARK.length) + 1;
    const end = line.indexOf('"', start);
    return start <= 0 || end < 0 || hashOf(line, start, end) % this.every === 0 || mayComplain(line);
  }
}

const LEVEL = '"severity_text"';
const WORDS = ['WARN', 'ERR', 'FATAL', 'CRIT', 'PANIC', 'panic', 'xception', '"error', '"warn'];

/** By its level where the record has one, else by the words of a complaint anywhere in it. */
const mayComplain = (line: string): boolean => {
  const mark = line.indexOf(LEVEL);
  const first = mark < 0 ? '' : line.charAt(line.indexOf('"', mark + LEVEL.length) + 1).toUpperCase();
  return first === 'I' || first === 'D' || first === 'T' ? false : WORDS.some((word) => line.includes(word));
};

const hashOf = (text: string, start: number, end: number): number => {
  let hash = 0x811c9dc5 | 0;
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash ^ (hash >>> 15)) >>> 0;
};
