/** Columns of a header: bracket groups, numbers, cells between bars, ids, spans. */
import { findTimestamp } from '../time/find-timestamp.ts';
import { levelAt } from './header-level.ts';
import { levelAhead } from './header-level-ahead.ts';
import type { Walk } from './header-walk.ts';
import { levelOfWord } from './levels.ts';
import { afterThread, isLogger, readToken } from './tokens.ts';

const MAX_GROUP = 160;
/** Process, thread, user: more numbers in a row are data. */
const MAX_NUMBERS = 3;
const MAX_SPANS = 16;
const MAX_SPAN = 1_000;
const IDENTIFIER = /(trace|span|request|correlation)[-_]?id ?[:=] ?([\w-]{0,64}),?(?=\s|$)/iy;
const NUMBER = /#?\d{1,10}(?=[\s|])/y;
const CELL = /(?:[A-Za-z0-9_$][\w.$:/@-]{0,60}(?: \d{1,4})?|\d{1,4},\d{1,4})[ \t]{0,40}(?=\|)/y;
const SEMICOLON = 59;
const COMMA = 44;
/** Only where nothing is blank: a list in a message has blanks behind its commas. */
const COMMA_CELL = /[\w.$:/@-]{0,60},(?=\S)/y;
const LIST_CELL = /[\w.$:/@-]{0,60};/y;
/** `[worker/INFO]`, `[web1:disk.io:warning]`. */
const THREAD_LEVEL = /^(?:[^/\]]{1,80}\/([A-Z]{4,8})|[\w.-]{1,80}(?::[\w.-]{1,80}){1,3}:([a-z]{4,9}))$/;
const SPAN_NAME = /[A-Za-z_][\w.:-]{0,80}(?=\{)/y;
/** Spans without fields behind one that has some, and in front of a module, where they may be of several words. */
const PLAIN_SPANS = /(?:[A-Za-z_][\w.-]{0,80}(?:::[\w.-]{1,80}){0,8}:){1,16} /y;
const SPANS_OF_MODULE = /[A-Za-z_][\w.:-]{0,160}(?: [\w.:-]{1,80}){0,4}: (?=[a-z_]\w{0,60}(?:::\w{1,60}){1,8}: )/y;
const PROCESS = /(?:[\w.-]{1,60}\[\d+:[\da-f]+\]|[a-z][\w.-]{0,60}\[\d+\](?=: | \[)|<[\d.]+>@[\w:]{1,120}):?(?= )/y;
/** A processor and what it runs, whose bracket nothing opens: `cpu5:2097152)`. Source: ESXi, `vmkernel.log`. */
const WORLD = /[a-z]{1,10}\d+:\d+(?: [A-Za-z]\w{0,30}=[^\s)]{1,60}){0,4}\)(?=\S)/y;
/** The part of the program, and where a number follows it the line that it was written in: `NetPort: 3009: `. */
const PART = /(?:([A-Z]{4,8}): )?([A-Za-z][\w.-]{0,60}): (?:\d{1,6}: )?/y;
const ORIGIN = /[\w.-]{1,60}\/\d+ on [\w.-]{1,80}: /y;

/** How far a job is: `7/1026`, `3,326 / 6,296`. The text speaks of it. */
const PROGRESS = /^ *\d[\d,]{0,14} ?\/ ?\d[\d,]{0,14} *$/;

/** A kind of thing and its number, unless the thing is what runs the program. */
const LABEL = /^(?!thread|worker|process|pid|tid|cpu|core|fiber|task)[a-z]+ #?\d+$/i;

/** A thread of a pool that is named after what it works on: `worker-3-thread-1-loading carts`. */
const NUMBERED_THREAD = /^[A-Za-z][\w.$]*-[\w.$-]*\d[\w.$-]*(?: [\w.$-]+){1,3}$/;

/** Neither more header nor a logger stands at `p`. */
const beginsText = ({ line }: Walk, p: number): boolean => {
  const token = readToken(line, p + 1);
  return token !== null && !/^[[:(-]/.test(token.text) && !line.startsWith(' - ', token.end) && !(token.text.endsWith(':') && isLogger(token.text.slice(0, -1)));
};

/** `[main]`, `[req-1 - -]`, `(Foo.java:12)`, `<0.123.0>`; a group with a label (`[instance: x]`) is message. */
export const groupAt = (walk: Walk, p: number): boolean => {
  const close = walk.closing(p, MAX_GROUP);
  return close > 0 && closeGroup(walk, p, close);
};

const closeGroup = (walk: Walk, p: number, close: number): boolean => {
  const { line, header } = walk;
  const inner = line.slice(p + 1, close);
  const next = line[close + 1] ?? ' ';
  const glued = p > 0 && line[p - 1] === ']' && p === header.end;
  if (!/[\s:[({<|,-]/.test(next) && !(glued && walk.line[p] === '[')) return false;
  if (/^[A-Za-z][\w ]*: |^[a-z]+ [\da-f]*[.:][\d.:a-f]+$/.test(inner)) return false;
  if (PROGRESS.test(inner) || (walk.bullet === header.end && line[walk.bullet] === '*')) return false;
  // A time behind the header's own belongs to the message.
  if (header.time !== null && header.level !== null && findTimestamp(line, p + 1) !== null) return false;
  if (header.level === null && header.time === null) return false;
  if (walk.tight && next !== '|') return false;
  // Round and pointed groups begin messages too: header only behind a level, of one word or behind another group.
  const isAmongHeader = line[p] === '(' && (next === ':' || line.startsWith('] ', p - 2) || (NUMBERED_THREAD.test(inner) && line.startsWith(' [', close + 1)));
  if (line[p] !== '[' && (header.level === null || walk.named || (/\s/.test(inner) && !isAmongHeader))) return false;
  const parts = header.level === null ? THREAD_LEVEL.exec(inner) : null;
  const thread = levelOfWord(parts?.[1] ?? parts?.[2] ?? '');
  if (thread !== null) header.level = thread;
  // `[Job 5] ` is what the text is about; a thread has its number too, and stands before more header.
  if (header.level !== null && line[p] === '[' && next === ' ' && LABEL.test(inner) && beginsText(walk, close + 1)) return false;
  // Behind the logger only a request's ids are header; `[load]` is how the message begins.
  const dashed = /^:? +- /.test(line.slice(close + 1, close + 5));
  const thin = /\d|^[\s-]*$/.test(inner) || glued || next === ':' || line[p] === '(';
  const behind = header.logger !== null && header.level !== null && thread === null;
  if (behind && !dashed && (walk.grouped ? line[p] === '[' : !thin && !walk.filled)) return false;
  walk.grouped = behind;
  const name = inner.trimEnd();
  walk.filled = name !== inner;
  // A thread of one word is what most programs put in round brackets.
  if (isLogger(name) && !name.includes('-') && (line[p] === '[' || name.includes('.')) && header.logger === null) {
    header.logger = name;
    walk.boxed = header.level !== null;
  }
  walk.firm(next === ':' || next === ',' ? close + 2 : close + 1);
  if ((dashed || next === ':') && header.level !== null) walk.done = true;
  return true;
};

/** `TraceID: 4bf9…`, `span_id=…,`: what a logger adds to every line. */
export const identifierAt = (walk: Walk, p: number): boolean => {
  const { line, header } = walk;
  if (header.time === null && header.level === null) return false;
  IDENTIFIER.lastIndex = p;
  const match = IDENTIFIER.exec(line);
  if (match === null) return false;
  if (/^t/i.test(match[1] ?? '') && match[2] !== '') header.traceId ??= match[2] ?? null;
  return walk.firm(IDENTIFIER.lastIndex);
};

/** A process or thread number: header where more header follows, or in a table. */
export const numberAt = (walk: Walk, p: number, more = MAX_NUMBERS): boolean => {
  const digits = walk.match(NUMBER, p);
  if (digits === null) return false;
  if (walk.columnsBefore >= 2) return walk.firm(p + digits.length);
  walk.at = p + digits.length;
  walk.separators();
  const q = walk.at;
  const header = levelAt(walk, q) || levelAhead(walk, q) || (walk.line[q] === '[' && groupAt(walk, q)) || (more > 0 && numberAt(walk, q, more - 1));
  if (!header) walk.at = p;
  return header;
};

/** `cell|cell|message`, `cell | cell | message`, `cell;cell;message`. */
export const cellAt = (walk: Walk, p: number): boolean => {
  const { line, header } = walk;
  const before = line.charCodeAt(p - 1);
  if (header.time !== null && (before === SEMICOLON || (before === COMMA && header.level !== null))) {
    const listed = walk.match(before === SEMICOLON ? LIST_CELL : COMMA_CELL, p);
    if (listed === null) return false;
    walk.tight = true;
    return walk.firm(p + listed.length);
  }
  const cell = walk.has.bar ? walk.match(CELL, p) : null;
  if (cell === null || line[p - 1] === undefined) return false;
  const bars = line.slice(Math.max(0, p - 2), p);
  const first = header.time !== null && header.end === p && header.level === null && cell.trimEnd() === cell && line[p + cell.length + 1] === ' ';
  if (!bars.includes('|') && !first) return false;
  if (isLogger(cell.trim())) header.logger ??= cell.trim();
  walk.tight = bars.endsWith('|');
  return walk.firm(p + cell.length + 1);
};

/** The end of `name{key=value …}:` and of those that follow it without a blank; -1 where there is none. */
const spansEnd = (walk: Walk, start: number): number => {
  let p = start;
  for (let n = 0; n < MAX_SPANS; n++) {
    const name = walk.match(SPAN_NAME, p);
    if (name === null) {
      const plain = walk.match(SPANS_OF_MODULE, p) ?? (n === 0 ? null : walk.match(PLAIN_SPANS, p));
      return plain === null ? -1 : p + plain.length - 1;
    }
    const close = walk.closing(p + name.length, MAX_SPAN);
    if (close < 0 || walk.line[close + 1] !== ':') return -1;
    p = close + 2;
    if (walk.line[p] === ' ') return p;
  }
  return -1;
};

/** `request{id=7}:load{cart=5}: `, the spans in which a line was written. Source: tracing-subscriber, `format::Full`. */
export const spansAt = (walk: Walk, p: number): boolean => {
  if (!(walk.has.brace || walk.has.path) || (walk.header.level === null && walk.header.time === null)) return false;
  const end = spansEnd(walk, p);
  return end > 0 && walk.firm(end);
};

/** `WARNING: NetPort: 3009: ` behind a world's bracket. */
const partAt = (walk: Walk, p: number): true => {
  const { line, header } = walk;
  PART.lastIndex = p;
  const part = PART.exec(line);
  const level = levelOfWord(part?.[1] ?? '');
  if (part === null || (part[1] !== undefined && level === null)) return walk.firm(p);
  header.level ??= level;
  header.logger = part[2] ?? null;
  walk.firm(PART.lastIndex);
  return walk.done = true;
};

/** `shop[812:1a2b] `, `14[IKE] `, `shop/812 on web1: `: who wrote the line. */
export const originAt = (walk: Walk, p: number): boolean => {
  const { header } = walk;
  if (header.time === null || header.logger !== null || p !== header.end) return false;
  const thread = afterThread(walk.line, p);
  if (thread > p) return walk.done = walk.firm(thread);
  const world = walk.match(WORLD, p);
  if (world !== null) return partAt(walk, p + world.length);
  const origin = walk.match(PROCESS, p) ?? (header.level === null ? null : walk.match(ORIGIN, p));
  return origin !== null && findTimestamp(walk.line, p) === null && walk.firm(p + origin.length);
};
