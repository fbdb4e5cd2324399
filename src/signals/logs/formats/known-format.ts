/** What a recogniser of one well-known format needs and gives. */
import type { ParsedLine } from './parsed-line.ts';
import type { TimeSpan } from './parsed-line.ts';

/** Looks at a line whose first character it was registered for; null where the line is another format's. */
export type Recognise = (line: string) => ParsedLine | null;
/** Looks at a line that begins with a timestamp. */
export type RecogniseTimed = (line: string, time: TimeSpan) => ParsedLine | null;

/** The match of a sticky pattern at `at`. */
export const matchAt = (pattern: RegExp, line: string, at: number): RegExpExecArray | null => {
  pattern.lastIndex = at;
  return pattern.exec(line);
};

/** Everything from `start` on. */
export const restOf = (line: string, start: number): { start: number; end: number } => ({ start: Math.min(start, line.length), end: line.length });
