/**
 * The generic header grammar: some columns, a timestamp, a level, a thread, a logger, in any order and dress, then the
 * message. Elements are walked from the left; what might be header is kept in mind, and only an element that is surely
 * one (a time, a level, a logger with its colon, a bracket group) moves the end of the header behind it. So a layout
 * that is not understood loses a column to the message, never a word of the message to the header.
 */
import type { LogLevel } from '../../../domain/severity.ts';
import { findTimestamp } from '../time/find-timestamp.ts';
import { TIME_LAYOUT } from '../time/layout.ts';
import { levelOfWord } from './levels.ts';
import type { TimeSpan } from './parsed-line.ts';
import { isColumn, isLocated, isLogger, isPlace, readToken, skipBlanks, syslogTag } from './tokens.ts';

/** A header is found in so many elements or not at all. */
const MAX_ELEMENTS = 24;
const MAX_LEADING_COLUMNS = 6;
const MAX_COLUMNS_BEFORE_LEVEL = 5;
const MAX_GROUP = 160;
/** Process, thread, user: more numbers in a row are data. */
const MAX_NUMBERS = 3;

export interface Header {
  /** Where the message starts. */
  end: number;
  time: TimeSpan | null;
  level: LogLevel | null;
  /** The level stands first, in a spelling that prose uses too (`Error: …`). */
  weak: boolean;
  host: string | null;
  logger: string | null;
  /** A syslog tag: the program. */
  program: string | null;
  traceId: string | null;
}

const SEPARATOR = /(?:[-–—|:,;>*#~=]{1,4}|<\d{1,3}>)(?=\s|$)/y;
const PIPE = 124;
const IDENTIFIER = /(trace|span|request|correlation)[-_]?id ?[:=] ?([\w-]{0,64}),?(?=\s|$)/iy;

/** `error connecting …`: a small word that a sentence may begin with, and one blank behind it. */
const isProse = (word: string, after: string): boolean => word !== word.toUpperCase() && /^ \S/.test(after) && !/^(?:info|warn|debug)$/i.test(word);

class HeaderWalk {
  readonly header: Header = { end: 0, time: null, level: null, weak: false, host: null, logger: null, program: null, traceId: null };
  private at: number;
  private readonly line: string;
  private columnsBefore = 0;
  private done = false;
  /** A bracket before the time is still open: `[time LEVEL logger] message`. */
  private open = false;
  /** Columns stand between `|` without blanks: what follows the last is the message. */
  private tight = false;
  /** Where the last sure element began. */
  private lastStart = 0;

  constructor(line: string, start: number) {
    this.line = line;
    this.at = start;
    this.header.end = start;
  }

  run(): Header | null {
    if (!this.leading()) return null;
    for (let n = 0; n < MAX_ELEMENTS && !this.done; n++) {
      this.separators();
      if (!this.element()) break;
    }
    // Nothing left to say: the last column is the message (a time alone is not).
    if (this.header.end >= this.line.length && this.lastStart > 0) this.header.end = this.lastStart;
    return this.header;
  }

  /** The element before the cursor was header. */
  private firm(at: number): true {
    this.lastStart = this.header.end;
    this.at = at;
    this.separators();
    this.header.end = this.at;
    return true;
  }

  private separators(): void {
    this.at = skipBlanks(this.line, this.at);
    for (let n = 0; n < 3; n++) {
      SEPARATOR.lastIndex = this.at;
      const c = this.line.charCodeAt(this.at);
      if (c === PIPE) this.at++;
      else if (SEPARATOR.test(this.line)) this.at = SEPARATOR.lastIndex;
      else return;
      this.at = skipBlanks(this.line, this.at);
    }
  }

  /** The first anchor: a time, a level, or columns and then a time. */
  private leading(): boolean {
    this.separators();
    if (this.time(this.at) || this.levelFirst()) return true;
    let p = this.at;
    let plain = 0;
    let columns = 0;
    for (let n = 0; n < MAX_LEADING_COLUMNS; n++) {
      const token = readToken(this.line, p);
      if (token === null) return false;
      if (isColumn(token.text)) columns++;
      else if (n === 0 || ++plain > columns || isPlace(token.text) || !/^[a-z_]+$/i.test(token.text)) return false;
      p = skipBlanks(this.line, token.end);
      if (p < this.line.length && this.time(p)) {
        this.columnsBefore = columns + plain;
        return true;
      }
    }
    return false;
  }

  private element(): boolean {
    const p = this.at;
    if (p >= this.line.length) return false;
    if ((this.header.level === null || this.header.time === null) && this.header.logger === null && this.time(p)) return true;
    if (this.date(p) || this.level(p) || this.levelAhead(p) || this.timeAhead(p)) return true;
    if (this.group(p) || this.identifier(p)) return true;
    if (this.number(p)) return true;
    return this.cell(p) || this.loggerAt(p) || this.dashAhead(p);
  }

  /** `program *64 - `: columns and then a dash, where no level is written. */
  private dashAhead(start: number): boolean {
    if (this.header.level !== null || this.header.time === null) return false;
    let p = start;
    for (let n = 0; n < 3; n++) {
      const token = readToken(this.line, p);
      if (token === null || !(isColumn(token.text) || (n > 0 && token.text.startsWith('*')))) return false;
      p = skipBlanks(this.line, token.end);
      if (!/^-+ /.test(this.line.slice(p, p + 4))) continue;
      this.done = true;
      return this.firm(p);
    }
    return false;
  }

  /** `[time]`, `(time)`, `time:`, `time,`. */
  private time(p: number): boolean {
    const open = this.line[p];
    const close = open === '[' ? ']' : open === '(' ? ')' : open === '<' ? '>' : open === '"' ? '"' : '';
    const at = close === '' ? p : skipBlanks(this.line, p + 1);
    const found = findTimestamp(this.line, at);
    if (found === null) return false;
    let end = found.end;
    if (close !== '') {
      if (this.line[end] === close) end++;
      else if (this.line[end] !== ' ' && this.line[end] !== ',') return false;
      else this.open = true;
    } else if (/[:,;\]]/.test(this.line[end] ?? '')) end++;
    if (this.better(found)) this.header.time = found;
    this.firm(end);
    if (close === '') this.syslog(found);
    return true;
  }

  /** Of several times the first with a zone or a date wins. */
  private better(found: TimeSpan): boolean {
    const { time } = this.header;
    return time === null || (time.layout === TIME_LAYOUT.timeOnly && found.layout !== TIME_LAYOUT.timeOnly);
  }

  /** `host tag[pid]: ` after a time, the oldest header of all. */
  private syslog(found: TimeSpan): void {
    const always = found.layout === TIME_LAYOUT.monthNameDay && !/[AP]M$/.test(this.line.slice(found.start, found.end));
    const tag = syslogTag(this.line, this.at, always);
    if (tag === null) return;
    this.header.host = tag.host;
    this.header.program = tag.program;
    this.header.end = tag.end;
    this.done = true;
  }

  private date(p: number): boolean {
    const match = this.match(/\d{4}([-/.])\d{2}\1\d{2}(?=[\s|,])/y, p);
    return match !== null && this.firm(p + match.length);
  }

  private match(pattern: RegExp, p: number): string | null {
    pattern.lastIndex = p;
    return pattern.exec(this.line)?.[0] ?? null;
  }

  /** `INFO`, `[info]`, `<Warning>`, `(ERROR)`, `INFO:`, `level=info`. */
  private level(p: number): boolean {
    if (this.header.level !== null) return false;
    const bracket = this.match(/[[(<{] ?([A-Za-z]{1,13})\d? *[\])>}]:?/y, p);
    if (bracket !== null) {
      const word = bracket.replace(/[^A-Za-z]/g, '');
      const level = levelOfWord(word) ?? (word.length === 1 && /[VDIWEF]/.test(word) ? levelOfWord({ V: 'VERBOSE', D: 'DEBUG', I: 'INFO', W: 'WARN', E: 'ERROR', F: 'FATAL' }[word] ?? '') : null);
      if (level === null) return false;
      this.header.level = level;
      return this.firm(p + bracket.length);
    }
    const word = this.match(/(?:level=|lvl=|severity=)?"?[A-Za-z]{3,13}\d?"?(?=[\s:|,\][(/;-]|$)/y, p);
    if (word === null) return false;
    const level = levelOfWord(word.replace(/^[a-z]+=/, '').replace(/["\d]/g, ''));
    if (level === null || (isProse(word, this.line.slice(p + word.length, p + word.length + 2)) && !/^(?:error|warning)$/i.test(word))) return false;
    this.header.level = level;
    const end = p + word.length;
    if (isProse(word, this.line.slice(end, end + 2))) {
      this.done = true;
      return this.firm(p);
    }
    if (this.line[end] === ']') this.open = false;
    return this.firm(/[:,;\]]/.test(this.line[end] ?? '') ? end + 1 : end);
  }

  /** A level that begins the line: capitals or brackets; in other spelling only before a colon, and then it may be prose. */
  private levelFirst(): boolean {
    const p = this.at;
    const word = this.match(/[A-Za-z]{3,13}(?=[\s:|,])/y, p);
    const upper = word !== null && word === word.toUpperCase();
    const colon = word !== null && this.line[p + word.length] === ':';
    if (word !== null && !upper && !colon && !this.timeAfter(p + word.length)) return false;
    if (word === null && !/[[(<]/.test(this.line[p] ?? '')) return false;
    if (!this.level(p)) return false;
    this.header.weak = word !== null && !upper;
    return true;
  }

  private timeAfter(p: number): boolean {
    const at = this.line.slice(p, p + 6).search(/\d/);
    return at >= 0 && findTimestamp(this.line, p + at) !== null;
  }

  /** Columns and then a level in capitals: `host app INFO`. */
  private levelAhead(start: number): boolean {
    if (this.header.level !== null || this.header.logger !== null) return false;
    let p = start;
    let plain = 0;
    let host: string | null = null;
    let logger: string | null = null;
    for (let n = 0; n < MAX_COLUMNS_BEFORE_LEVEL; n++) {
      const token = readToken(this.line, p);
      if (token === null) return false;
      const { text } = token;
      if (!isColumn(text) && (isPlace(text) || ++plain > 2 || !/^[a-z_]+$/.test(text))) return false;
      if (isLogger(text)) logger ??= text;
      else if (/^[a-zA-Z][\w.-]*$/.test(text) && !/[0-9a-f]{8}-/.test(text)) host ??= text;
      this.at = token.end;
      this.separators();
      p = this.at;
      const word = this.match(/\[?[A-Z]{4,13}\]?(?=[\s:|,])/y, p);
      if (word !== null && levelOfWord(word.replace(/[[\]]/g, '')) !== null && this.level(p)) {
        this.header.host ??= host;
        this.header.logger ??= logger;
        return true;
      }
    }
    this.at = start;
    return false;
  }

  /** A column or two and then one more time: `node-3 2005-06-03-15.42.50.675872`. */
  private timeAhead(start: number): boolean {
    if (this.header.level !== null || this.header.logger !== null) return false;
    let p = start;
    for (let n = 0; n < 2; n++) {
      const token = readToken(this.line, p);
      if (token === null || !isColumn(token.text)) return false;
      p = skipBlanks(this.line, token.end);
      if (findTimestamp(this.line, p) !== null && this.time(p)) {
        this.header.host ??= token.text;
        return true;
      }
    }
    return false;
  }

  /** `[main]`, `[req-1 - -]`, `(Foo.java:12)`, `<0.123.0>`; a group with a label (`[instance: x]`) is message. */
  private group(p: number): boolean {
    const open = this.line[p];
    if (open !== '[' && open !== '(' && open !== '{' && open !== '<') return false;
    const close = open === '[' ? ']' : open === '(' ? ')' : open === '{' ? '}' : '>';
    const stop = Math.min(this.line.length, p + MAX_GROUP);
    let depth = 0;
    for (let i = p; i < stop; i++) {
      const c = this.line[i];
      if (c === open) depth++;
      else if (c === close && --depth === 0) return this.closeGroup(p, i);
    }
    return false;
  }

  private closeGroup(p: number, close: number): boolean {
    const inner = this.line.slice(p + 1, close);
    const next = this.line[close + 1] ?? ' ';
    if (!/[\s:[({<|,-]/.test(next)) return false;
    if (/^[A-Za-z][\w ]*: /.test(inner)) return false;
    // Round and pointed groups begin messages too: header only behind a level, and only of one word.
    if (this.line[p] !== '[' && (this.header.level === null || /\s/.test(inner))) return false;
    if (this.header.level === null && this.header.time === null) return false;
    // Behind the logger only a request's ids are header; `[load]` is how the message begins.
    const dashed = /^:? +- /.test(this.line.slice(close + 1, close + 5));
    if (this.header.logger !== null && this.header.level !== null && !dashed && !/\d|^[\s-]*$/.test(inner)) return false;
    if (isLogger(inner) && !inner.includes('-')) this.header.logger ??= inner;
    this.firm(next === ':' || next === ',' ? close + 2 : close + 1);
    if (dashed && this.header.level !== null) this.done = true;
    return true;
  }

  /** `TraceID: 4bf9…`, `span_id=…,`: what a logger adds to every line. */
  private identifier(p: number): boolean {
    if (this.header.time === null && this.header.level === null) return false;
    IDENTIFIER.lastIndex = p;
    const match = IDENTIFIER.exec(this.line);
    if (match === null) return false;
    if (/^t/i.test(match[1] ?? '') && match[2] !== '') this.header.traceId ??= match[2] ?? null;
    return this.firm(IDENTIFIER.lastIndex);
  }

  /** A process or thread number: header where more header follows, or in a table. */
  private number(p: number, more = MAX_NUMBERS): boolean {
    const digits = this.match(/#?\d{1,10}(?=[\s|])/y, p);
    if (digits === null) return false;
    if (this.columnsBefore >= 2) return this.firm(p + digits.length);
    this.at = p + digits.length;
    this.separators();
    const q = this.at;
    const header = this.level(q) || this.levelAhead(q) || (this.line[q] === '[' && this.group(q)) || (more > 0 && this.number(q, more - 1));
    if (!header) this.at = p;
    return header;
  }

  /** `cell|cell|message` and `cell | cell | message`. */
  private cell(p: number): boolean {
    const cell = this.match(/[A-Za-z0-9_$][\w.$:/@-]{0,60}(?: \d{1,4})?[ \t]{0,40}(?=\|)/y, p);
    if (cell === null || this.line[p - 1] === undefined) return false;
    const before = this.line.slice(Math.max(0, p - 2), p);
    if (!before.includes('|')) return false;
    if (isLogger(cell.trim())) this.header.logger ??= cell.trim();
    this.tight = before.endsWith('|');
    return this.firm(p + cell.length + 1);
  }

  /** `pkg.Class: `, `pkg.Class - `, `Class   : `, `file.go:12: `, `CBS    `. The message follows. */
  private loggerAt(p: number): boolean {
    if (this.tight || (this.header.logger !== null && this.header.level === null)) return false;
    const token = readToken(this.line, p);
    if (token === null || token.text.length > 160) return false;
    const closes = this.open && token.text.endsWith(']');
    const text = token.text.replace(closes ? /\]$/ : /:$/, '');
    const rest = this.line.slice(token.end, token.end + 80);
    const padded = /^\s+(?:-+|:|\|)(?=\s|$)/.exec(rest);
    const colon = closes || token.text.endsWith(':') || padded !== null;
    const wide = this.header.level !== null && /^ {2,}\S/.test(rest) && /^[A-Z][\w.]*$/.test(text) && /\s{2}$/.test(this.line.slice(p - 2, p));
    const segments = isLogger(text) ? text.split('.').length : 0;
    const bare = segments >= 3 || isLocated(text) || (segments === 2 && rest.startsWith(' ['));
    // zap's console prints tab-separated columns: level, logger, caller, message.
    const tabbed = this.line[token.end] === '\t' && this.header.level !== null;
    const named = tabbed && /^\t[^\s]{1,60}\.\w{1,4}:\d+\t/.test(rest);
    const dashed = this.header.level !== null && rest.startsWith(' - ') && /^[A-Z][A-Za-z0-9]*$/.test(text);
    const known = isLogger(text) || named || closes || dashed || (padded !== null && /^\s{2,}:/.test(rest) && /^[\w.$/-]+$/.test(text));
    if (!(known && (colon || bare || tabbed)) && !wide) return false;
    this.header.logger ??= text;
    this.firm(padded === null ? token.end : token.end + padded[0].length);
    this.done = colon || wide;
    return true;
  }
}

/** The header at `start`, or null where nothing there is one. */
export const parseHeader = (line: string, start: number): Header | null => new HeaderWalk(line, start).run();
