/** Levels in a header: as words, letters and numbers, in any dress. */
import type { LogLevel } from '../../../domain/severity.ts';
import { findTimestamp } from '../time/find-timestamp.ts';
import type { Dress, Walk } from './header-walk.ts';
import type { Span } from './parsed-line.ts';
import { levelOfField, levelOfLetter, levelOfSyslog, levelOfWord } from './levels.ts';
import { isColumn, isLogger, isPlace, readToken, skipBlanks } from './tokens.ts';

const MAX_COLUMNS_BEFORE_LEVEL = 6;
const MAX_GROUP = 160;
/** Runners of build jobs put `##` before their brackets. */
const BRACKETED = /(?:##(?=\[))?[[(<{] ?([A-Za-z]{1,13})\d? *[\])>}]:?/y;
/** A level and then more inside of an open or the same bracket: `[INFO  14:05:01]`, `INFO/MainProcess]`. */
const WORD = /(?:level=|lvl=|severity=)?"?[A-Za-z]{3,13}\d?"?(?=[\s:|,\][(/;>-]|$)/y;
const LETTERS: Readonly<Record<string, LogLevel>> = { V: 'TRACE', D: 'DEBUG', I: 'INFO', W: 'WARN', E: 'ERROR', F: 'FATAL' };
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

/** `error connecting …`: a small word that a sentence may begin with, and one blank behind it. */
const isProse = (word: string, after: string): boolean => word !== word.toUpperCase() && /^ [^\s:]/.test(after) && !/^(?:info|warn|debug)$/i.test(word);

/** `Warning: purging …`: loggers print capitals or small letters, who begins a sentence writes like this. */
const isSentence = (word: string, line: string, end: number): boolean => /^[A-Z][a-z]+$/.test(word) && /^: \S/.test(line.slice(end, end + 3));

const take = (walk: Walk, level: LogLevel, dress: Dress, end: number): true => {
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
  // `Display` and `Log` are levels only where a logger's colon says that one follows.
  const level = levelOfWord(name) ?? (walk.named && line.startsWith(': ', p - 2) ? levelOfField(name) : null);
  const end = p + word.length;
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

const FIRST = /[A-Za-z]{3,13}(?=[\s:|,]|\[\d)/y;
const TICKS = /[VDIWEF] ?\((?: *(?:0x[\da-f]+|\d+)(?::(?: *(?:0x[\da-f]+|\d+)))?)\) /y;
const TAG = /[\w.$-]{1,60} *: /y;
const LETTER_FIRST = /[VDIWEF] (?=[[(])/y;
const SLASHED = /[VDIWEFA]\/[\w.$:-]{1,60} *: /y;
const OPEN_LEVEL = /\[([A-Z]{3,9}|[VDIWEF]) +(?=\d)/y;

/** A level that begins the line: capitals or brackets; in other spelling only before a colon, and then it may be prose. */
export const levelFirst = (walk: Walk): boolean => {
  const p = walk.at;
  const { line, header } = walk;
  const word = walk.match(FIRST, p);
  const upper = word !== null && word === word.toUpperCase();
  const colon = word !== null && line[p + word.length] === ':';
  if (word === null) return letterFirst(walk, p);
  if (!upper && !colon && !timeAfter(line, p + word.length)) return false;
  if (!levelAt(walk, p)) return false;
  header.weak = !upper;
  if (line[p + word.length] !== '[') return true;
  const close = walk.closing(p + word.length, 40);
  if (close > 0 && /^\[\d+\] /.test(line.slice(p + word.length, close + 2))) walk.firm(close + 1);
  return true;
};

/** `I (312) tag: `, `I(  812) `, `I/Tag: `, `E [time]`, `[INFO  14:05:01]`, `[INFO]`. */
const letterFirst = (walk: Walk, p: number): boolean => {
  const { line, header } = walk;
  if (/[[(<]/.test(line[p] ?? '')) {
    OPEN_LEVEL.lastIndex = p;
    const name = OPEN_LEVEL.exec(line)?.[1] ?? '';
    const open = levelOfWord(name) ?? LETTERS[name] ?? null;
    if (open === null || findTimestamp(line, OPEN_LEVEL.lastIndex) === null) return levelAt(walk, p);
    walk.open = true;
    return take(walk, open, 'square', OPEN_LEVEL.lastIndex);
  }
  const level = LETTERS[line[p] ?? ''];
  if (level === undefined) return false;
  const ticks = walk.match(TICKS, p);
  if (ticks !== null) {
    take(walk, level, 'letter', p + ticks.length);
    const tag = walk.match(TAG, walk.at);
    if (tag === null || line[p + 1] === '(') return walk.done = true;
    header.logger = tag.slice(0, -2).trim();
    walk.firm(walk.at + tag.length);
    return walk.done = true;
  }
  const slashed = walk.match(SLASHED, p);
  if (slashed !== null) {
    header.logger = slashed.slice(2, -2).trim();
    take(walk, level, 'letter', p + slashed.length);
    return walk.done = true;
  }
  const spaced = walk.match(LETTER_FIRST, p);
  const time = spaced === null ? p + 2 : p + spaced.length + 1;
  return (spaced !== null || line[p + 1] === ' ') && findTimestamp(line, time) !== null && take(walk, level, line[p + 2] === '(' ? 'letter' : 'word', p + 2);
};

const timeAfter = (line: string, p: number): boolean => {
  const at = line.slice(p, p + 6).search(/\d/);
  return at >= 0 && findTimestamp(line, p + at) !== null;
};

const PAIR = /^[A-Za-z_][\w.-]*=\S*$/;
const CALL = /^[\w.-]+\([\w.-]*\)$/;
const NUMBERS = /^\d+(?:-\d+)?:?$/;
const SPACE = 32;
const COLON = 58;
const isCapital = (c: number): boolean => c >= 65 && c <= 90;
const isLetter = (c: number): boolean => isCapital(c & ~32);
const ROUND_START = 40;
const ROUND_END = 41;
const PLUS = 43;
const CAPITAL_T = 84;
const SMALL = /[A-Za-z]{3,11}(?=: |(?<=: [a-z]{3,11}) : )/y;
const CAPITALS = /\[?[A-Z]{4,13}\]?(?=[\s:|,>])/y;
/** Seconds since the start, a clock without seconds, a date: `+2.5s`, `T+0.120`, `12.345`, `10:58`, `(0.5)`, `2026-08-04`. Units are not told apart: a shape does not show them. */
const RELATIVE = /(?:\(\d{1,10}\.\d{1,9}\)|(?:T?\+)?\w{0,20}\d\w{0,20}(?:[.:-]\w{0,20}\d\w{0,20}){1,2})(?= )/y;
const RELATIVE_LEVEL = /[A-Z]{3,9}(?=[ :|])|[[<][A-Za-z]{3,9}[\]>]/y;
const TICKS_FIRST = /\d{1,12} (?=[VDIWEF] [\w.$/-]{1,60}: )/y;
const LETTER_COLUMN = /([VDIWEF])(?= [\w.$/-]{1,60} *: | {2,}\S)/y;

/** A time that is none of the calendar's, and then a level in capitals or brackets; or ticks, a letter and a tag. */
export const relativeFirst = (walk: Walk): boolean => {
  const c = walk.line.charCodeAt(walk.at);
  if (!(c >= 48 && c <= 57) && c !== ROUND_START && c !== PLUS && c !== CAPITAL_T) return false;
  const ticks = walk.match(TICKS_FIRST, walk.at);
  const first = ticks ?? walk.match(RELATIVE, walk.at);
  if (first === null) return false;
  const start = walk.at;
  walk.at += first.length;
  walk.separators();
  const word = ticks === null ? walk.match(RELATIVE_LEVEL, walk.at) : null;
  if (ticks === null ? word !== null && levelAt(walk, walk.at) : isLevelAhead(walk, walk.at, { plain: 0, sure: false, numbers: 2, host: null, logger: null, named: false })) return true;
  walk.at = start;
  return false;
};

/** Columns and then a level: `host app INFO`, `pid=7 class=Cart [info]`, `general: info:`. */
export const levelAhead = (walk: Walk, start: number): boolean => {
  const { header } = walk;
  if (header.level !== null || header.logger !== null) return false;
  const seen = { plain: 0, sure: true, numbers: 0, host: null as string | null, logger: null as string | null, named: false };
  let p = start;
  for (let n = 0; n < MAX_COLUMNS_BEFORE_LEVEL; n++) {
    const end = columnEnd(walk, p, seen);
    if (end < 0) break;
    walk.at = end;
    walk.separators();
    p = walk.at;
    walk.named ||= seen.named;
    if (!isLevelAhead(walk, p, seen)) continue;
    header.host ??= seen.host;
    header.logger ??= seen.logger;
    return true;
  }
  walk.at = start;
  walk.named = false;
  return false;
};

interface Seen {
  plain: number;
  /** Every column so far could be nothing else. */
  sure: boolean;
  numbers: number;
  host: string | null;
  logger: string | null;
  /** The logger has its colon: no other follows. */
  named: boolean;
}

const columnEnd = (walk: Walk, p: number, seen: Seen): number => {
  const c = walk.line[p];
  if (c === '[' || c === '{' || c === '(' || c === '<') {
    const close = walk.closing(p, MAX_GROUP);
    const next = walk.line[close + 1] ?? ' ';
    // `[812]Cart: ` leaves no blank.
    if (close > 0 && (/[\s:[({<|]/.test(next) || (c === '[' && isLetter(next.charCodeAt(0)) && /^ *\w*\d\w*$/.test(walk.line.slice(p + 1, close))))) return close + 1;
  }
  const token = readToken(walk.line, p);
  if (token === null) return -1;
  const { text } = token;
  const bar = text.indexOf('|');
  if (bar >= 0 && bar < text.length - 1) return -1;
  const last = text.charCodeAt(text.length - 1);
  if (text.includes('=')) {
    if (PAIR.test(text)) return token.end;
  } else if (last === COLON) {
    if (isLogger(text.slice(0, -1))) return noteColumn(text, seen, token.end);
    if (p === walk.header.end && /^[a-z][\w-]{0,40}:$/.test(text)) {
      seen.plain++;
      return token.end;
    }
  } else if (last === ROUND_END && CALL.test(text)) return token.end;
  if (isColumn(text)) return noteColumn(text, seen, token.end);
  if (isPlace(text) || ++seen.plain > 2 || !/^(?:[a-z_]+|(?:[A-Z][a-z0-9]+){2,})$/.test(text)) return -1;
  seen.sure = false;
  return token.end;
};

const noteColumn = (text: string, seen: Seen, end: number): number => {
  if (NUMBERS.test(text)) seen.numbers++;
  else if (text.includes('[') && /^[\w.-]+\[[\w:]+\]:?$/.test(text)) return end;
  else if (isLogger(text.replace(/:$/, ''))) {
    seen.logger ??= text.replace(/:$/, '');
    seen.named = text.endsWith(':');
  }
  else if (/^[a-zA-Z][\w.-]*$/.test(text) && !/[0-9a-f]{8}-/.test(text)) seen.host ??= text;
  return end;
};

const isLevelAhead = (walk: Walk, p: number, seen: Seen): boolean => {
  const { line } = walk;
  const c = line[p];
  const capital = c === '[' || isCapital(line.charCodeAt(p + 1));
  const word = capital ? walk.match(CAPITALS, p) : null;
  if (word !== null && levelOfWord(word.replace(/[[\]]/g, '')) !== null) return levelAt(walk, p);
  if (c === '[' || c === '<') return walk.match(BRACKETED, p) !== null && (seen.sure || c === '<' || /^.[A-Z]{3}/.test(line.slice(p, p + 4))) && levelAt(walk, p);
  const small = seen.sure && !capital ? walk.match(SMALL, p) : null;
  if (small !== null && (seen.named || !isSentence(small, line, p + small.length))) return levelAt(walk, p);
  if (seen.numbers === 0) return false;
  LETTER_COLUMN.lastIndex = p;
  const letter = LETTERS[LETTER_COLUMN.exec(line)?.[1] ?? ''];
  if (letter === undefined || (seen.numbers < 2 && !line.startsWith('  ', p - 2))) return false;
  take(walk, letter, 'letter', p + 1);
  const tag = walk.match(TAG, walk.at);
  if (tag !== null && !line.startsWith('  ', p + 1)) walk.firm(walk.at + tag.length);
  return walk.done = true;
};
