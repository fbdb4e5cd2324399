/** Who wrote a pattern of a file that holds the lines of several services: its lines name their writer before the message begins. */
import type { LogPattern } from '../../../domain/log-summary.ts';

/** Shorter names are words, too. */
const MIN_NAME = 3;
/** A header is short; a message that begins later is not looked for. */
const MAX_HEADER = 400;
/** Constant text of a template that is long enough to be found in a line. */
const LITERAL = /[^\s<>*]{3,}/;
const WORD = /[a-z0-9][a-z0-9_.-]*/gi;

/** The line up to the first constant text of its template: time, level, writer, thread. */
const headerOf = (line: string, template: string): string => {
  const literal = LITERAL.exec(template)?.[0];
  const at = literal === undefined ? -1 : line.indexOf(literal);
  return line.slice(0, Math.min(at < 0 ? 0 : at, MAX_HEADER));
};

/** The first service that a header names, alone or as the beginning of its pod's name. */
const namedIn = (header: string, services: ReadonlySet<string>): string | null => {
  for (const [word] of header.matchAll(WORD)) {
    if (services.has(word)) return word;
    for (let end = word.lastIndexOf('-'); end >= MIN_NAME; end = word.lastIndexOf('-', end - 1)) if (services.has(word.slice(0, end))) return word.slice(0, end);
  }
  return null;
};

/** `services`: names that are known, of other signals. Null where the pattern's samples name none, or several. */
export const writerOf = ({ samples, template }: Pick<LogPattern, 'samples' | 'template'>, services: ReadonlySet<string>): string | null => {
  const writers = new Set(samples.map(({ text }) => namedIn(headerOf(text, template), services)));
  const [writer] = writers;
  return writers.size === 1 ? (writer ?? null) : null;
};

/** Whether lines of the file name known services as their writers, two at least: then the file's own name says nothing. */
export const isShared = (patterns: readonly Pick<LogPattern, 'samples' | 'template'>[], services: ReadonlySet<string>): boolean => {
  const writers = new Set<string>();
  for (const { samples, template } of patterns) {
    for (const { text } of samples) {
      const writer = namedIn(headerOf(text, template), services);
      if (writer !== null) writers.add(writer);
      if (writers.size > 1) return true;
    }
  }
  return false;
};
