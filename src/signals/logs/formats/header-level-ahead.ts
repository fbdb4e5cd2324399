/** A level behind columns. */
import { BRACKETED, isCapital, isLetter, isSentence, levelAt, LETTERS, TAG, take } from './header-level.ts';
import type { Walk } from './header-walk.ts';
import { levelOfWord } from './levels.ts';
import { afterThread, isColumn, isLogger, isPlace, isPreposition, readToken } from './tokens.ts';

const MAX_COLUMNS_BEFORE_LEVEL = 6;
const MAX_GROUP = 160;
/** A capital may begin a sentence where no column stands before it. */
const SURE_NAME = /^(?:[a-z_]+|(?:[A-Z][a-z0-9]+){2,})$/;
const NAME = /^(?:[a-z_]+|(?:[A-Z][a-z0-9]+)+)$/;
const PAIR = /^[A-Za-z_][\w.-]*=\S*$/;
const CALL = /^[\w.-]+\([\w.-]*\)$/;
const NUMBERS = /^\d+(?:-\d+)?:?$/;
const COLON = 58;
const ROUND_END = 41;
const SMALL = /[A-Za-z]{3,11}(?=: |(?<=: [a-z]{3,11}) : )/y;
const CAPITALS = /\[?[A-Z]{4,13}\]?(?=[\s:|,>])/y;
const SOURCE_LEVEL = /[\w/](?:[^\s[\]]|\[[^[\]]{0,120}\]){0,160}(?<!:) \(([a-z]{3,9})\):(?= )/y;
const LETTER_COLUMN = /([VDIWEF])(?= [\w.$/-]{1,60} *: | {2,}\S)/y;

/** Columns and then a level: `host app INFO`, `pid=7 class=Cart [info]`, `general: info:`. */
export const levelAhead = (walk: Walk, start: number): boolean => {
  const { header } = walk;
  if (header.level !== null || header.logger !== null || afterThread(walk.line, start) > start) return false;
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
  return levelOfSource(walk, start);
};

/** `Rack[main]/Slot[4](side=left) (notice): `: whatever speaks, and a level in brackets of which the colon leaves no doubt. */
const levelOfSource = (walk: Walk, start: number): boolean => {
  if (walk.header.time === null || start !== walk.header.end) return false;
  SOURCE_LEVEL.lastIndex = start;
  const level = levelOfWord(SOURCE_LEVEL.exec(walk.line)?.[1] ?? '');
  return level !== null && take(walk, level, 'square', SOURCE_LEVEL.lastIndex);
};

export interface Seen {
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
  if (isPlace(text) || ++seen.plain > 2 || !(p > walk.header.end ? NAME : SURE_NAME).test(text)) return -1;
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

/** `got ERROR from …` is a sentence. */
const goesOn = (line: string, end: number): boolean => line[end] === ' ' && isPreposition(readToken(line, end + 1)?.text ?? '');

export const isLevelAhead = (walk: Walk, p: number, seen: Seen): boolean => {
  const { line } = walk;
  const c = line[p];
  const capital = c === '[' || isCapital(line.charCodeAt(p + 1));
  const word = capital ? walk.match(CAPITALS, p) : null;
  if (word !== null && levelOfWord(word.replace(/[[\]]/g, '')) !== null) return !(seen.plain > 0 && goesOn(line, p + word.length)) && levelAt(walk, p);
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
