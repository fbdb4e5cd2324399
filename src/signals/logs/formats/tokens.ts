/** Words of a header. */
import type { LogLevel } from '../../../domain/severity.ts';
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

/** A line and a column of a source file: what a compiler speaks of. Loggers know no column. Source: GNU Coding Standards, 4.4. */
const isDiagnosed = (text: string): boolean => text.includes(':') && /[/.][A-Za-z][\w+-]{0,40}:\d{1,7}:\d{1,5}:?$/.test(text);
/** Endings of source files. */
const SOURCE = String.raw`java|kt|scala|go|py|[jt]sx?|rb|rs|cs|[ch]|cc|[ch]pp|mm?|swift|php`;
/** An address (source: RFC 4291, 2.2), or a source file in a folder without its line. */
const NOT_NAMES = new RegExp(String.raw`^[\da-f]{1,4}::?(?:[\da-f]{1,4}::?){2,}[\da-f.]|^[\w.+-]+\/[\w.+/-]*\.(?:${SOURCE}|bzl)$`, 'i');

/** A table's cell, not a word of a sentence: digits, capitals only, or punctuation inside. */
export const isColumn = (text: string): boolean =>
  text.length <= 120 && !isDiagnosed(text) && (/\d/.test(text) || /^[A-Z_-]{1,40}$/.test(text) || /^[\w$<(-][\w.$@/-]*[._@/$-][\w.$@/>)-]*$/.test(text));

const PLACES = new Set(['at', 'on', 'since', 'until', 'from', 'to', 'by', 'in', 'before', 'after', 'of', 'is', 'was', 'time', 'date', 'for', 'and']);
export const isPreposition = (text: string): boolean => PLACES.has(text.toLowerCase());
/** A word after which a time is part of a sentence. */
export const isPlace = (text: string): boolean => isPreposition(text) || /[=:]$/.test(text);

const LOGGER = /^(?:[A-Za-z_$][\w$]*(?:[.:/$-]{1,2}[\w$[\]<>@*-]+)+|[A-Z][a-z0-9]+(?:[A-Z][A-Za-z0-9]*)+)(?::\d+|\(\d+\)|@\w+|#[\w$<>]+|\.<\w+>)?$/;
/** `web-3`, `cart-7f9c`: a host or an instance. */
const INSTANCE = /^[A-Za-z]+(?:-\w+)*-\w*\d\w*$/;
/** A class, module or source file with its line; no address and no exception. */
export const isLogger = (text: string): boolean =>
  text.length <= 160 && LOGGER.test(text) && !isDiagnosed(text) && !NOT_NAMES.test(text) && !INSTANCE.test(text) && !/(?:Exception|Error)$/.test(text) && !/^(?:https?|jdbc|tcp|udp):/.test(text);

const LOCATED = new RegExp(String.raw`\w#\d+$|\.(?:${SOURCE}|clj|p[lm]|lua|dart|exs?|erl)(?::\d+(?::\w+|\(\w+\))?|\(\d+\))$`);
/** `Cart#115`, `cart/store.go:12`: a place in a program. */
export const isLocated = (text: string): boolean =>
  LOCATED.test(text);

const UPTIME = /(?:\[ *\d{1,10}\.\w{1,12}\]|\( *\d{1,10}\.\d{1,9}\)) ?/y;
/** Behind the seconds since the start, as kernels and firmware print them. Source: Linux, `printk.time`. */
export const afterUptime = (line: string, at: number): number => {
  UPTIME.lastIndex = at;
  return (line.charCodeAt(at) === 91 || line.charCodeAt(at) === 40) && UPTIME.test(line) ? UPTIME.lastIndex : at;
};

const THREAD = /\d{1,3}\[[A-Z]{2,4}\] (?:<[^\s<>]{1,60}> )?/y;
/** Behind a thread with its part of the program and a connection: `14[IKE] <site|5> `; `at` where none stands there. */
export const afterThread = (line: string, at: number): number => {
  const c = line.charCodeAt(at);
  THREAD.lastIndex = at;
  return c >= 48 && c <= 57 && THREAD.test(line) ? THREAD.lastIndex : at;
};

/** Behind what stands between a tag and its message: seconds since the start, or a thread with its part of the program. */
export const afterOrigin = (line: string, at: number): number => {
  const thread = afterThread(line, at);
  return thread > at ? thread : afterUptime(line, at);
};

export interface SyslogTag {
  readonly host: string | null;
  readonly program: string | null;
  readonly level: LogLevel | null;
  readonly end: number;
}

const HOST = /[A-Za-z0-9_#][\w.:@/#-]{0,120}(?= )/y;
const TAG = /(?: ?-- )?([A-Za-z0-9_./@-][\w.@/+-]*(?:\([\w.@ -]{1,60}\))?)(\[[\w:.-]{0,40}\])?(?: \([\w.@[\]-]{1,80}\)| <([A-Z][a-z]{3,8})>(?=:))?(:? |:$)/y;
/** The facility and severity by name in front of the tag. Source: RFC 5424, 6.2.1; `logread` and `rsyslog` print them so. */
const FACILITY = /(?:auth|authpriv|cron|daemon|ftp|kern|lpr|mail|news|ntp|security|console|syslog|user|uucp|local\d)\.([a-z]{3,9}) /y;

/** Programs with a blank in their name, only with a process id or in capitals. */
const SPACED_TAG = /([A-Za-z][\w.-]{0,60} [\w.-]{1,60}(?: [\w.-]{1,60})?(?=\[)|[A-Z][\w.-]{0,60} [A-Z][\w.-]{0,60}(?=:))(?:\[\d{1,10}\](?: \([\w.@[\]-]{1,80}\))?)?: /y;
/** Programs that print their version where the tag belongs: `syslogd 1.4.1: restart.` */
const VERSIONED = /([a-z][\w-]*) [\d.]+: /y;

/** A level in the words of Apple's system log, which has a default. */
export const levelOfTag = (word: string): LogLevel | null => (word === 'Default' ? 'INFO' : word === 'Fault' ? 'FATAL' : levelOfWord(word));

/** `program[pid]: ` behind a facility and a severity. */
const facedTag = (line: string, at: number, before: Pick<SyslogTag, 'host' | 'level'>): SyslogTag | null => {
  TAG.lastIndex = at;
  const tag = TAG.exec(line);
  return tag === null || !(tag[4] ?? '').startsWith(':') ? null : { ...before, program: tag[1] ?? null, end: TAG.lastIndex };
};

/** Programs that log to a local socket leave the host out: `haproxy[12]: `. */
const tagWithoutHost = (line: string, at: number): SyslogTag | null => {
  TAG.lastIndex = at;
  const tag = TAG.exec(line);
  return tag === null || tag[2] === undefined || !(tag[4] ?? '').startsWith(':') ? null : { host: null, program: tag[1] ?? null, level: levelOfWord(tag[3] ?? ''), end: TAG.lastIndex };
};

/**
 * How sure it is that a host and a program follow a time: `surely` behind a date without a year, `likely` behind RFC 3339
 * with an offset, as daemons print it today, and `perhaps` elsewhere, where a word with a colon is not proof enough.
 */
export type TagOdds = 'surely' | 'likely' | 'perhaps';

const PROGRAM_ONLY = /[a-z][\w./-]{0,60}: /y;

/** `host program[pid]: ` after a time. */
export const syslogTag = (line: string, at: number, odds: TagOdds): SyslogTag | null => {
  const always = odds === 'surely';
  FACILITY.lastIndex = at;
  const faced = levelOfWord(FACILITY.exec(line)?.[1] ?? '');
  if (faced !== null) return facedTag(line, FACILITY.lastIndex, { host: null, level: faced });
  HOST.lastIndex = at;
  const host = HOST.exec(line)?.[0];
  if (host === undefined) return always ? tagWithoutHost(line, at) : null;
  if (host.endsWith(':') || (host === host.toUpperCase() && levelOfWord(host) !== null)) return null;
  let from = at + host.length + 1;
  FACILITY.lastIndex = from;
  const level = levelOfWord(FACILITY.exec(line)?.[1] ?? '');
  if (level !== null) return facedTag(line, FACILITY.lastIndex, { host, level });
  // A relay puts its own name for the host in front of the host's.
  if (line.startsWith(`${host} `, from)) from += host.length + 1;
  TAG.lastIndex = from;
  const tag = TAG.exec(line);
  const ends = tag !== null && (tag[4]?.startsWith(':') ?? false);
  PROGRAM_ONLY.lastIndex = from;
  const named = always || (odds === 'likely' && levelOfWord(host) === null && PROGRAM_ONLY.test(line));
  if (tag !== null && ends && (named || tag[2] !== undefined)) return { host, program: tag[1] ?? null, level: levelOfTag(tag[3] ?? ''), end: TAG.lastIndex };
  if (!always) return null;
  SPACED_TAG.lastIndex = from;
  const spaced = SPACED_TAG.exec(line);
  if (spaced !== null) return { host, program: spaced[1] ?? null, level: null, end: SPACED_TAG.lastIndex };
  VERSIONED.lastIndex = from;
  const versioned = VERSIONED.exec(line);
  if (versioned !== null) return { host, program: versioned[1] ?? null, level: null, end: VERSIONED.lastIndex };
  return { host, program: null, level: null, end: from };
};
