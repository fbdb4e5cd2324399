/**
 * The generic header grammar: some columns, a timestamp, a level, a thread, a logger, in any order and dress, then the
 * message. Elements are walked from the left; what might be header is kept in mind, and only an element that is surely
 * one (a time, a level, a logger with its colon, a bracket group) moves the end of the header behind it. So a layout
 * that is not understood loses a column to the message, never a word of the message to the header.
 */
import type { LogLevel } from '../../../domain/severity.ts';
import { cellAt, groupAt, identifierAt, numberAt, originAt, spansAt } from './header-columns.ts';
import { facilityAhead, levelAt } from './header-level.ts';
import { levelAhead } from './header-level-ahead.ts';
import { levelFirst, relativeFirst } from './header-level-first.ts';
import { levelOfWord } from './levels.ts';
import { dashAhead, loggerAt } from './header-logger.ts';
import { tableAt } from './header-table.ts';
import { dateAt, timeAhead, timeAt } from './header-time.ts';
import { Walk, type Header } from './header-walk.ts';
import { afterUptime, isColumn, isPlace, readToken, skipBlanks } from './tokens.ts';

/** A header is found in so many elements or not at all. */
const MAX_ELEMENTS = 24;
const MAX_LEADING_COLUMNS = 6;
const MAX_LEADING_GROUP = 80;

/** `cart INFO `, and a time behind it. */
const LEVEL_AND_TIME = /[A-Za-z_][\w.$/-]{0,60} +\[?[A-Z]{4,9}\]?:? +(?=\[?\d|\[?[A-Z][a-z]{2} )/y;
/** A cell that ends by a bar, and a date with its time in cells of their own. */
const FIRST_CELL = /[\w.:#-]{1,40} *\| */y;
const TIME_CELLS = /\d{1,4}([-/.])\d{1,2}\1\d{1,4} *\| *\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,9})?(?= *\|)/y;
const NAMED = /^\[[A-Za-z]{3,9}\]$/;
const SHORT_COLUMN = /^(?:[[({<][\w.-]{1,40}[\])}>]|[A-Z])$/;

/** The first anchor: a time, a level, seconds since the start, or columns and then a time. */
const leading = (walk: Walk): boolean => {
  walk.separators();
  const { line } = walk;
  if (timeAt(walk, walk.at) || levelFirst(walk) || uptime(walk) || relativeFirst(walk) || (line[walk.at] === '%' && facilityAhead(walk, walk.at))) return true;
  let p = walk.at;
  if (line[p] === '(' || line[p] === '[') {
    const close = walk.closing(p, MAX_LEADING_GROUP);
    const after = close < 0 ? 0 : skipBlanks(line, close + 1);
    if (after > close + 1 && after < line.length && timeAt(walk, after)) return true;
  }
  const named = walk.match(LEVEL_AND_TIME, p);
  if (named !== null) {
    const name = levelOfWord(/[A-Z]+(?=\W*$)/.exec(named)?.[0] ?? '');
    if (name !== null && timeAt(walk, p + named.length)) {
      walk.header.level = name;
      return true;
    }
  }
  if (walk.has.bar && cellsFirst(walk)) return true;
  let plain = 0;
  let inRow = 0;
  let columns = 0;
  let level: LogLevel | null = null;
  let numbered = false;
  for (let n = 0; n < MAX_LEADING_COLUMNS; n++) {
    const token = readToken(line, p);
    // Cells without blanks end where the text begins.
    if (token === null || /[;|]\S/.test(token.text)) return false;
    const { text } = token;
    // Devices number their lines: `42: web1: time`.
    if (/^\d{1,10}:$/.test(text) || (numbered && /^[\w.-]+:$/.test(text))) numbered = true;
    else if (isColumn(text) || SHORT_COLUMN.test(text) || line[token.end] === '\t') {
      columns++;
      inRow = 0;
    }
    // `rotated bucket 2025-02-01 14:05:01` is text.
    else if (n === 0 || ++plain > columns || ++inRow > 1 || isPlace(text) || !/^[a-z_]+$/i.test(text)) return false;
    p = skipBlanks(line, token.end);
    if (line.startsWith('- ', p)) p = skipBlanks(line, p + 1);
    // Behind words a bare number is no time: `reads 1738418701 bytes`.
    if ((plain > 0 || (text.endsWith(':') && n > 0)) && /^\d{10,}/.test(line.slice(p, p + 10))) return false;
    level ??= NAMED.test(text) ? levelOfWord(text.slice(1, -1)) : null;
    if (p < line.length && timeAt(walk, p)) {
      walk.header.level ??= level;
      walk.columnsBefore = columns + plain;
      return true;
    }
    const glued = n === 0 ? text.lastIndexOf(':') : -1;
    if (glued > 0 && /^[A-Z][a-z]{2}$/.test(text.slice(glued + 1)) && timeAt(walk, token.end - text.length + glued + 1)) return true;
    if (n === 0 && /^\d+$/.test(text) && line[p] === '[' && levelAt(walk, p)) return true;
  }
  return false;
};

/** `9a4 | 03/13/2026 | 14:05:01 | `: ids, and then a time. What follows is text unless it is a level. */
const cellsFirst = (walk: Walk): boolean => {
  let p = walk.at;
  for (let n = 0; n < MAX_LEADING_COLUMNS; n++) {
    const cells = walk.match(TIME_CELLS, p);
    if (cells !== null || (n > 0 && timeAt(walk, p))) {
      if (cells !== null) walk.firm(p + cells.length);
      walk.done = !levelAt(walk, walk.at);
      return true;
    }
    const cell = walk.match(FIRST_CELL, p);
    if (cell === null) return false;
    p += cell.length;
  }
  return false;
};

const uptime = (walk: Walk): boolean => {
  const end = afterUptime(walk.line, walk.at);
  return end > walk.at && walk.firm(end);
};

const element = (walk: Walk): boolean => {
  const p = walk.at;
  const { header } = walk;
  if (p >= walk.line.length) return false;
  if ((header.time === null || (header.level === null && header.logger === null)) && timeAt(walk, p)) return true;
  // What an element can be is seen in its first character.
  const c = walk.line.charCodeAt(p);
  const digit = c >= 48 && c <= 57;
  const letter = (c | 32) >= 97 && (c | 32) <= 122;
  if (digit && dateAt(walk, p)) return true;
  if (facilityAhead(walk, p) || (!digit && levelAt(walk, p)) || levelAhead(walk, p) || timeAhead(walk, p)) return true;
  if (letter ? identifierAt(walk, p) || spansAt(walk, p) : !digit && groupAt(walk, p)) return true;
  if (originAt(walk, p) || (!letter && numberAt(walk, p))) return true;
  return cellAt(walk, p) || loggerAt(walk, p) || dashAhead(walk, p) || tableAt(walk, p);
};

/** The header at `start`, or null where nothing there is one. */
export const parseHeader = (line: string, start: number): Header | null => {
  const walk = new Walk(line, start);
  if (!leading(walk)) return null;
  const { header } = walk;
  for (let n = 0; n < MAX_ELEMENTS && !walk.done; n++) {
    walk.separators();
    if (!element(walk)) break;
  }
  // Nothing left to say: the last column is the message (a time alone is not).
  if (header.end >= line.length && walk.lastStart > 0) header.end = walk.lastStart;
  return header;
};
