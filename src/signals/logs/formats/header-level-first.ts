/** A level that begins the line, or stands behind a time that is none of the calendar's. */
import { findTimestamp } from '../time/find-timestamp.ts';
import { levelAt, LETTERS, TAG, take } from './header-level.ts';
import { isLevelAhead } from './header-level-ahead.ts';
import type { Walk } from './header-walk.ts';
import { levelOfWord } from './levels.ts';

const FIRST = /[A-Za-z]{3,13}(?=[\s:|,]|\[\d)/y;
const TICKS = /[VDIWEF] ?\((?: *(?:0x[\da-f]+|\d+)(?::(?: *(?:0x[\da-f]+|\d+)))?)\) /y;
const LETTER_FIRST = /[VDIWEF] (?=[[(])/y;
const SLASHED = /[VDIWEFA]\/[\w.$:-]{1,60} *: /y;
const OPEN_LEVEL = /\[([A-Z]{3,9}|[VDIWEF]) +(?=\d)/y;
const ROUND_START = 40;
const PLUS = 43;
const CAPITAL_T = 84;

const timeAfter = (line: string, p: number): boolean => {
  const at = line.slice(p, p + 6).search(/\d/);
  return at >= 0 && findTimestamp(line, p + at) !== null;
};

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

/** Seconds since the start, a clock without seconds, a date: `+2.5s`, `T+0.120`, `12.345`, `10:58`, `(0.5)`, `2026-08-04`. Units are not told apart: a shape does not show them. */
const RELATIVE = /(?:\(\d{1,10}\.\d{1,9}\)|(?:T?\+)?\w{0,20}\d\w{0,20}(?:[.:-]\w{0,20}\d\w{0,20}){1,2})(?= )/y;
const RELATIVE_LEVEL = /[A-Z]{3,9}(?=[ :|])|[[<][A-Za-z]{3,9}[\]>]/y;
const TICKS_FIRST = /\d{1,12} (?=[VDIWEF] [\w.$/-]{1,60}: )/y;

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
