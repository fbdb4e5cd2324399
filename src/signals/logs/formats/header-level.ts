/** Levels in a header: as words, letters and numbers, in any dress. */
import type { LogLevel } from '../../../domain/severity.ts';
import type { Dress, Walk } from './header-walk.ts';
import type { Span } from './parsed-line.ts';
import { levelOfField, levelOfLetter, levelOfSyslog, levelOfWord } from './levels.ts';
import { isColumn, readToken, skipBlanks } from './tokens.ts';

/** Runners of build jobs put `##` before their brackets. */
export const BRACKETED = /(?:##(?=\[))?[[(<{] ?([A-Za-z]{1,13})\d? *[\])>}]:?/y;
/** A level and then more inside of an open or the same bracket: `[INFO  14:05:01]`, `INFO/MainProcess]`. */
const WORD = /(?:level=|lvl=|severity=)?"?[A-Za-z]{3,13}\d?"?(?=[\s:|,\][(/;>-]|$)/y;
export const LETTERS: Readonly<Record<string, LogLevel>> = { V: 'TRACE', D: 'DEBUG', I: 'INFO', W: 'WARN', E: 'ERROR', F: 'FATAL' };
const LETTER_CELL = /([TDIWEFCN]) ?\|(?= )/y;
/** `E [store.c:42]`, `I  STORAGE  [conn5]`. */
const LETTER_BEFORE = /([TDIWEFCN]) +(?=\[|[A-Z]{3,}\s+\[)/y;
/** `In(182) `: a severity, and the priority that says the same. Source: RFC 5424, 6.2.1. */
const PRIORITY = /[A-Z][a-z]\((\d{1,3})\) (?:[a-z][\w.-]{0,60}(?:\[\d+\])?(?:: | - ))?/y;
const NUMBERED_LETTER = /[VDIWEF]\d{3}: /y;
const CHANNEL = /[A-Za-z][\w-]{0,60}\.([A-Z]{4,9}): /y;
const TOPICS = /[a-z]{2,20}(?:,[a-z]{2,20}){1,5} /y;
const THREAD = /\/[^\]\s]{1,80}(?=\])/y;
/** `%FACILITY-SEVERITY-MNEMONIC: `. Source: Cisco IOS, "System Message Format". */
const FACILITY = /%[A-Z][\w/-]{0,60}?-(\d)-[A-Z\d][\w.]{0,60} ?:(?:\s|$)/y;

/** A logger with its colon behind a level. */
export const TAG = /[\w.$-]{1,60} *: /y;
const SPACE = 32;
export const isCapital = (c: number): boolean => c >= 65 && c <= 90;
export const isLetter = (c: number): boolean => isCapital(c & ~32);

/** `error connecting …`: a small word that a sentence may begin with, and one blank behind it. */
const isProse = (word: string, after: string): boolean => word !== word.toUpperCase() && /^ [^\s:]/.test(after) && !/^(?:info|warn|debug)$/i.test(word);

/** `Warning: purging …`: loggers print capitals or small letters, who begins a sentence writes like this. */
export const isSentence = (word: string, line: string, end: number): boolean => /^[A-Z][a-z]+$/.test(word) && /^: \S/.test(line.slice(end, end + 3));

export const take = (walk: Walk, level: LogLevel, dress: Dress, end: number): true => {
  walk.header.level = level;
  walk.dress = dress;
  return walk.firm(end);
};

const takeDigits = (walk: Walk, level: LogLevel | null, digits: Span, end: number): true => {
  walk.header.level = level;
  walk.header.discriminator = digits;
  return walk.firm(end);
};

const bracketed = (walk: Walk, p: number, match: string): boolean => {
  const word = match.replace(/[^A-Za-z]/g, '');
  const level = levelOfWord(word) ?? (word.length === 1 ? (LETTERS[word] ?? null) : null);
  return level !== null && take(walk, level, match.startsWith('<') ? 'angle' : 'square', p + match.length);
};

/** `INFO`, `[info]`, `<Warning>`, `(ERROR)`, `INFO:`, `level=info`, `I |`, `app.INFO:`. */
export const levelAt = (walk: Walk, p: number): boolean => {
  const { line, header } = walk;
  if (header.level !== null) return false;
  const first = line.charCodeAt(p);
  const bracket = isLetter(first) ? null : walk.match(BRACKETED, p);
  if (bracket !== null) return bracketed(walk, p, bracket);
  const word = walk.match(WORD, p);
  if (word === null) return otherLevelAt(walk, p);
  const name = word.replace(/^[a-z]+=/, '').replace(/["\d]/g, '');
  const end = p + word.length;
  // `Display` and `Log` are levels only where a logger's colon says that one follows, `FINE` between a time and a thread.
  const isColumned = (walk.named && line.startsWith(': ', p - 2)) || (header.time !== null && p === header.end && line.startsWith(' [', end) && word === word.toUpperCase());
  const level = levelOfWord(name) ?? (isColumned ? levelOfField(name) : null);
  if (level === null || (isProse(word, line.slice(end, end + 2)) && !/^(?:error|warning)$/i.test(word))) return otherLevelAt(walk, p);
  header.level = level;
  walk.dress = 'word';
  if (isProse(word, line.slice(end, end + 2)) || (header.time !== null && isSentence(word, line, end) && !line.startsWith(': ', p - 2))) {
    walk.done = true;
    return walk.firm(p);
  }
  if (walk.open && line[end] === '/') {
    const thread = walk.match(THREAD, end);
    if (thread !== null) {
      walk.open = false;
      return walk.firm(end + thread.length + 1);
    }
  }
  if (line[end] === ']') walk.open = false;
  return walk.firm(/[:,;\]>]/.test(line[end] ?? '') ? end + 1 : end);
};

const otherLevelAt = (walk: Walk, p: number): boolean => {
  const { line, header } = walk;
  if (header.time === null || !isLetter(line.charCodeAt(p))) return false;
  LETTER_CELL.lastIndex = p;
  const letter = isLetter(line.charCodeAt(p + 1)) ? null : levelOfLetter(LETTER_CELL.exec(line)?.[1] ?? '');
  if (letter !== null) return take(walk, letter, 'letter', LETTER_CELL.lastIndex);
  if (p === header.end) {
    LETTER_BEFORE.lastIndex = p;
    const before = levelOfLetter(LETTER_BEFORE.exec(line)?.[1] ?? '');
    if (before !== null) return take(walk, before, 'word', LETTER_BEFORE.lastIndex);
    PRIORITY.lastIndex = p;
    const priority = PRIORITY.exec(line);
    if (priority !== null) return takeDigits(walk, levelOfSyslog(Number(priority[1]) % 8), { start: p + 3, end: p + 3 + (priority[1] ?? '').length }, PRIORITY.lastIndex);
    const numbered = walk.match(NUMBERED_LETTER, p);
    if (numbered !== null) {
      takeDigits(walk, levelOfLetter(numbered.charAt(0)), { start: p, end: p + 4 }, p + numbered.length);
      return walk.done = true;
    }
  }
  // Only as the first column behind the time.
  if (line.startsWith('LOG ', p) && line.startsWith('  ', p - 2)) return take(walk, 'INFO', 'word', p + 3);
  if (line.charCodeAt(p - 1) !== SPACE || p > header.time.end + 2) return false;
  CHANNEL.lastIndex = p;
  const channel = levelOfWord(CHANNEL.exec(line)?.[1] ?? '');
  if (channel !== null) {
    take(walk, channel, 'word', CHANNEL.lastIndex);
    return walk.done = true;
  }
  const topics = walk.match(TOPICS, p);
  const level = topics === null ? null : (topics.trim().split(',').map(levelOfWord).find((found) => found !== null) ?? null);
  return topics !== null && level !== null && take(walk, level, 'word', p + topics.length);
};

/** `%LINK-3-UPDOWN: ` here, or behind a column or two. */
export const facilityAhead = (walk: Walk, start: number): boolean => {
  if (!walk.has.percent) return false;
  const { line, header } = walk;
  let p = line[start] === ':' ? skipBlanks(line, start + 1) : start;
  for (let n = 0; n < 5; n++) {
    if (line[p] === '%') {
      FACILITY.lastIndex = p;
      const match = FACILITY.exec(line);
      if (match !== null) {
        const digit = p + match[0].lastIndexOf(`-${match[1] ?? ''}-`) + 1;
        if (header.level === null) header.discriminator = { start: digit, end: digit + 1 };
        header.level ??= levelOfSyslog(Number(match[1]));
        header.logger ??= match[0].slice(1, match[0].lastIndexOf(':')).trim();
        walk.firm(FACILITY.lastIndex);
        return walk.done = true;
      }
    }
    const token = n < 4 ? readToken(line, p) : null;
    if (token === null || !(isColumn(token.text) || /^[\w.%$-]+:?$/.test(token.text))) return false;
    p = skipBlanks(line, token.end);
    if (line[p] === ':' && line[p + 1] === ' ') p = skipBlanks(line, p + 1);
  }
  return false;
};
