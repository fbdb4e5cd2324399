/** Columns that only their layout gives away: padded, between tabs, or pairs in front of prose. */
import type { Walk } from './header-walk.ts';
import { levelOfTag } from './tokens.ts';

/** So many padded columns are a table; a message that is one itself would be lost with more. */
const MAX_PADDED = 6;
/** Behind so many padded columns a name with a colon is the program's. */
const TABLE = 3;
/** Three blanks: in text nobody writes as many. A pair behind them is what a structured logger pads its message for. */
const PADDED = /([\w$@#][\w.:/$@#-]{0,39}) {3,}(?=[^\s=|]+(?:\s|$))/y;
const PAIR_NEXT = /[\w.-]{1,60}=/y;
const NAMED = /[\w.-]{1,60}: (?:\([\w.-]{1,60}\) )?(?:\[[\w.:-]{1,120}\] )?/y;
/** A thread and how much it says: `7f02a1  1 `, `7f02a1 -1 `, `7f02a1 10 `. Source: Ceph, "Logging and debugging". */
const VERBOSITY = /\w{0,20}\d\w{0,20} {1,2}-?\d{1,2} (?=\S)/y;
const TAB_CELL = /([^\t{]{1,60})\t(?=[^\t{])/y;
const TITLE = /^(?:[A-Z][\w.-]*|\d+)(?: (?:[A-Z][\w.-]*|\d+)){1,3}$/;
const paddedAt = (walk: Walk, p: number): boolean => {
  const { line, header } = walk;
  if (header.time === null || walk.padded >= MAX_PADDED) return false;
  const column = walk.match(PADDED, p);
  if (column === null || walk.match(PAIR_NEXT, p + column.length) !== null) return false;
  // `Name:    carts` is a pair.
  if (walk.padded === 0 && /: +$/.test(column)) return false;
  // `Total    5 rows`.
  if (walk.padded === 0 && !/\d/.test(column) && /\d/.test(line[p + column.length] ?? '')) return false;
  header.level ??= levelOfTag(column.trimEnd());
  walk.padded++;
  walk.firm(p + column.length);
  if (walk.padded < TABLE) return true;
  const named = walk.match(NAMED, walk.at);
  if (named === null || line[p + column.length] === '0') return true;
  header.logger ??= named.slice(0, named.indexOf(':'));
  walk.firm(walk.at + named.length);
  return walk.done = true;
};

const tabbedAt = (walk: Walk, p: number): boolean => {
  const { line, header } = walk;
  if (header.time === null || line[p - 1] !== '\t') return false;
  const cell = walk.match(TAB_CELL, p);
  if (cell === null) return false;
  const text = cell.trim();
  if (/\s/.test(text) && !(TITLE.test(text) && line.includes('\t', p + cell.length))) return false;
  return walk.firm(p + cell.length);
};

/** `spid51      `, `Agent\t`, `7f02a1 -1 `, `conn=7 op=3 `. */
export const tableAt = (walk: Walk, p: number): boolean => {
  if (p !== walk.header.end || (walk.header.time === null && walk.header.level === null)) return false;
  if (tabbedAt(walk, p) || paddedAt(walk, p)) return true;
  const columns = walk.header.level === null ? walk.match(VERBOSITY, p) : null;
  return columns !== null && walk.firm(p + columns.length);
};
