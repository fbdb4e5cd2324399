/** Loggers, modules and source files at the end of a header. */
import type { Walk } from './header-walk.ts';
import { spansAt } from './header-columns.ts';
import { isColumn, isLocated, isLogger, readToken, skipBlanks } from './tokens.ts';

const TARGET = /^[A-Za-z_]\w*(?:::\w+)+:$/;
const LOCATED = /\.[a-z]{1,5}:\d/;
const IN = /in [\w.]{1,80}: /y;
const NAME = /([A-Za-z_][\w-]{0,60}(?:\.[\w.-]{1,60}(?: \([^()\s]{1,60}\)){0,2})?)(?:: (?! )| - )/y;
const LOCATED_NEXT = /[\w./-]{1,120}\.\w{1,4}:\d+(?::| -) /y;

/** Two words that dashes keep apart. */
const DASHED = /(?:[\w.$:@/-]{1,60} - ){2}/y;

/** `cart - worker - `, `program *64 - `: columns and then a dash, where no level is written. */
export const dashAhead = (walk: Walk, start: number): boolean => {
  const { line, header } = walk;
  if (header.level !== null || header.time === null) return false;
  const cells = start === header.end ? walk.match(DASHED, start) : null;
  if (cells !== null) return walk.firm(start + cells.length);
  let p = start;
  for (let n = 0; n < 3; n++) {
    const token = readToken(line, p);
    if (token === null || !(isColumn(token.text) || (n > 0 && token.text.startsWith('*')))) return false;
    p = skipBlanks(line, token.end);
    if (!/^-+ /.test(line.slice(p, p + 4))) continue;
    walk.done = true;
    return walk.firm(p);
  }
  return false;
};

/** A name of small letters that only the level's dress tells from a message: `<inf> cart: `, `[info] cart - `, `I | cart: `. */
const dressedName = (walk: Walk, p: number): boolean => {
  const { line, header, dress } = walk;
  if (header.logger !== null || header.level === null) return false;
  const named = line.startsWith('in ', p) ? walk.match(IN, p) : null;
  if (named !== null) {
    header.logger = named.slice(3, -2);
    walk.firm(p + named.length);
    return walk.done = true;
  }
  if (dress !== 'square' && dress !== 'angle' && dress !== 'letter') return false;
  NAME.lastIndex = p;
  const match = NAME.exec(line);
  if (match === null) return false;
  const wide = dress === 'square' && line.slice(p - 3, p) === ']  ';
  if (!match[0].endsWith('- ') && dress === 'square' && !wide) return false;
  header.logger = match[1] ?? null;
  walk.firm(NAME.lastIndex);
  return walk.done = true;
};

/** `ThreadId(03) load{cart=5}: shop::cart: `: columns, spans, and then a module with its colon. */
const targetAhead = (walk: Walk, start: number): boolean => {
  const { line, header } = walk;
  if (header.level === null || header.logger !== null || !(walk.has.path || LOCATED.test(line.slice(start, start + 120)))) return false;
  let p = start;
  for (let n = 0; n < 4; n++) {
    const token = readToken(line, p);
    if (token === null) return false;
    if (n > 0 && (TARGET.test(token.text) || (isLocated(token.text.replace(/:$/, '')) && !/[:=]$/.test(line.slice(start, p).trim())))) {
      header.logger = token.text.replace(/:$/, '');
      return closeLogger(walk, token.end, true);
    }
    if (n > 0 && spansAt(walk, p)) return true;
    const simple = /^[a-z_][\w-]*:$/.test(token.text) || /^[A-Z]\w+(?:\(\d+\))?$/.test(token.text) || isColumn(token.text);
    if (!simple || /[=,]/.test(token.text)) return false;
    p = skipBlanks(line, token.end);
  }
  return false;
};

const closeLogger = (walk: Walk, end: number, done: boolean): true => {
  const { line } = walk;
  walk.named = true;
  walk.firm(end);
  // Behind its colon the text begins, with a dash too.
  if (done && line[end - 1] === ':') walk.header.end = walk.at = skipBlanks(line, end);
  const located = done ? walk.match(LOCATED_NEXT, walk.at) : null;
  if (located !== null) walk.firm(walk.at + located.length);
  walk.done = done;
  return true;
};

/** `pkg.Class: `, `pkg.Class - `, `Class   : `, `file.go:12: `, `CBS    `. The message follows. */
export const loggerAt = (walk: Walk, p: number): boolean => {
  const { line, header } = walk;
  if (walk.tight || (header.logger !== null && header.level === null)) return false;
  const token = readToken(line, p);
  if (token === null || token.text.length > 160) return false;
  const closes = token.text.endsWith(']') && (walk.open || isLocated(token.text.slice(0, -1)));
  const text = token.text.replace(closes ? /\]$/ : /:$/, '');
  // One logger a line; its source file may follow.
  if ((walk.named || walk.boxed) && !isLocated(text)) return false;
  const rest = line.slice(token.end, token.end + 80);
  const padded = token.text.endsWith(':') ? null : /^\s+(?:-+|:|\|)(?=\s|$)/.exec(rest);
  const colon = closes || token.text.endsWith(':') || padded !== null;
  const wide = header.level !== null && text === token.text && /^ {2,}\S/.test(rest) && /^[A-Z][\w.]*$/.test(text) && /\s{2}$/.test(line.slice(p - 2, p));
  const segments = isLogger(text) ? text.split('.').length : 0;
  // `db.example.com:5432 refused` begins a message.
  const bare = isLocated(text) || (!/:\d+$|\(\d+\)$/.test(text) && (segments >= 3 || (segments === 2 && rest.startsWith(' ['))));
  // zap's console prints tab-separated columns: level, logger, caller, message.
  const tabbed = line[token.end] === '\t' && header.level !== null;
  const named = tabbed && /^\t[^\s]{1,60}\.\w{1,4}:\d+\t/.test(rest);
  const dashed = header.level !== null && rest.startsWith(' - ') && /^[A-Z][A-Za-z0-9]*$|^[a-z][a-z0-9_]*$/.test(text);
  const known = isLogger(text) || named || closes || dashed || (padded !== null && /^\s{2,}:/.test(rest) && /^[\w.$/-]+$/.test(text));
  if (!(known && (colon || bare || tabbed)) && !wide) return dressedName(walk, p) || targetAhead(walk, p);
  header.logger ??= text;
  closeLogger(walk, padded === null ? token.end : token.end + padded[0].length, colon || wide);
  return true;
};
