/** Words of a header. */
import { levelOfWord } from './levels.ts';

export interface Token {
  readonly text: string;
  readonly end: number;
}

const MAX_TOKEN = 200;

export const skipBlanks = (line: string, at: number): number => {
  let i = at;
  while (line.charCodeAt(i) === 32 || line.charCodeAt(i) === 9) i++;
  return i;
};

/** The run of non-blanks at `at`; null at the end of the line and for a very long run. */
export const readToken = (line: string, at: number): Token | null => {
  let i = at;
  const stop = Math.min(line.length, at + MAX_TOKEN);
  while (i < stop && line.charCodeAt(i) !== 32 && line.charCodeAt(i) !== 9) i++;
  return i === at || i - at >= MAX_TOKEN ? null : { text: line.slice(at, i), end: i };
};

/** A table's cell, not a word of a sentence: digits, capitals only, or punctuation inside. */
export const isColumn = (text: string): boolean =>
  text.length <= 120 && (/\d/.test(text) || /^[A-Z_-]{1,40}$/.test(text) || /^[\w$<(-][\w.$@/-]*[._@/$-][\w.$@/>)-]*$/.test(text));

const PLACES = new Set(['at', 'on', 'since', 'until', 'from', 'to', 'by', 'in', 'before', 'after', 'of', 'is', 'was', 'time', 'date', 'for', 'and']);
/** A word after which a time is part of a sentence. */
export const isPlace = (text: string): boolean => PLACES.has(text.toLowerCase()) || /[=:]$/.test(text);

const LOGGER = /^(?:[A-Za-z_$][\w$]*(?:[.:/$-]{1,2}[\w$[\]<>@*-]+)+|[A-Z][a-z0-9]+(?:[A-Z][A-Za-z0-9]*)+)(?::\d+|\(\d+\)|[@#]\w+|\.<\w+>)?$/;
/** `web-3`, `cart-7f9c`: a host or an instance. */
const INSTANCE = /^[A-Za-z]+(?:-\w+)*-\w*\d\w*$/;
/** A class, module or source file with its line; no address and no exception. */
export const isLogger = (text: string): boolean =>
  text.length <= 160 && LOGGER.test(text) && !INSTANCE.test(text) && !/(?:Exception|Error)$/.test(text) && !/^(?:https?|jdbc|tcp|udp):/.test(text);

/** `Cart#115`, `cart/store.go:12`: a place in a program. */
export const isLocated = (text: string): boolean => /\w#\d+$|\.(?:java|kt|scala|clj|go|py|[jt]sx?|rb|rs|cs|[ch]|cc|[ch]pp|mm?|swift|php|p[lm]|lua|dart|exs?|erl):\d+$/.test(text);

const UPTIME = /(?:\[ *\d{1,10}\.\d{1,9}\]|\( *\d{1,10}\.\d{1,9}\)) ?/y;
/** Behind the seconds since the start, as kernels and firmware print them. Source: Linux, `printk.time`. */
export const afterUptime = (line: string, at: number): number => {
  UPTIME.lastIndex = at;
  return (line.charCodeAt(at) === 91 || line.charCodeAt(at) === 40) && UPTIME.test(line) ? UPTIME.lastIndex : at;
};

export interface SyslogTag {
  readonly host: string | null;
  readonly program: string | null;
  readonly end: number;
}

const HOST = /[A-Za-z0-9_#][\w.:@/#-]{0,120}(?= )/y;
const TAG = /(?: ?-- )?([A-Za-z0-9_./@-][\w.@/+-]*(?:\([\w.@ -]{1,60}\))?)(\[[\w:.-]{0,40}\])?(?: \([\w.@[\]-]{1,80}\))?(:? |:$)/y;
/** Programs with a blank in their name, only with a process id or in capitals. */
const SPACED_TAG = /([A-Za-z][\w.-]{0,60} [\w.-]{1,60}(?: [\w.-]{1,60})?(?=\[)|[A-Z][\w.-]{0,60} [A-Z][\w.-]{0,60}(?=:))(?:\[\d{1,10}\](?: \([\w.@[\]-]{1,80}\))?)?: /y;
/** Programs that print their version where the tag belongs: `syslogd 1.4.1: restart.` */
const VERSIONED = /([a-z][\w-]*) [\d.]+: /y;

/** Programs that log to a local socket leave the host out: `haproxy[12]: `. */
const tagWithoutHost = (line: string, at: number): SyslogTag | null => {
  TAG.lastIndex = at;
  const tag = TAG.exec(line);
  return tag === null || tag[2] === undefined || !(tag[3] ?? '').startsWith(':') ? null : { host: null, program: tag[1] ?? null, end: TAG.lastIndex };
};

/**
 * `host program[pid]: ` after a time. Behind a year-less date (`always`) the program may lack its number; elsewhere a
 * word with a colon is not proof enough.
 */
export const syslogTag = (line: string, at: number, always: boolean): SyslogTag | null => {
  HOST.lastIndex = at;
  const host = HOST.exec(line)?.[0];
  if (host === undefined) return always ? tagWithoutHost(line, at) : null;
  if (host.endsWith(':') || (host === host.toUpperCase() && levelOfWord(host) !== null)) return null;
  const from = at + host.length + 1;
  TAG.lastIndex = from;
  const tag = TAG.exec(line);
  const ends = tag !== null && (tag[3]?.startsWith(':') ?? false);
  if (tag !== null && ends && (always || tag[2] !== undefined)) return { host, program: tag[1] ?? null, end: TAG.lastIndex };
  if (!always) return null;
  SPACED_TAG.lastIndex = from;
  const spaced = SPACED_TAG.exec(line);
  if (spaced !== null) return { host, program: spaced[1] ?? null, end: SPACED_TAG.lastIndex };
  VERSIONED.lastIndex = from;
  const versioned = VERSIONED.exec(line);
  if (versioned !== null) return { host, program: versioned[1] ?? null, end: VERSIONED.lastIndex };
  return { host, program: null, end: from };
};
