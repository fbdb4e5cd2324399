/**
 * The cascade: which format a line has is seen in the line. Wrappers first (containers, prefixes), then records (JSON,
 * logfmt), then formats with a known header, then any header at all, then plain text.
 */
import { findTimestamp } from '../time/find-timestamp.ts';
import { isContinuation, isExceptionHeading } from './continuation.ts';
import { isDecorated, parseDecorated } from './decorated.ts';
import { parseHeader } from './header.ts';
import type { Header } from './header-walk.ts';
import { jsonFields, rawSpan } from './json-fields.ts';
import { parseKnown } from './known-formats.ts';
import { levelOfWord } from './levels.ts';
import { logfmtFields } from './logfmt.ts';
import { event, parsedLine, type ParsedLine, type Span } from './parsed-line.ts';
import { isLeveledRecord, isRecord, messageStart, parseRecord } from './record.ts';
import { skipBlanks } from './tokens.ts';
import { around, parseWrapper } from './wrappers.ts';

/** Wrappers inside of wrappers: compose around Docker's file around CRI is the worst to expect. */
const MAX_WRAPPERS = 3;
/** `a.b.Class`: the logger of a Log4j or Logback layout. */
const JAVA_LOGGER = /\.[A-Z$][\w$]*/;

const formatOf = (line: string, header: Header): string => {
  if (header.program !== null) return 'syslog-rfc3164';
  if (header.time === null) return header.level === null ? 'uptime' : 'levelled';
  if (header.level !== null) return header.logger !== null && JAVA_LOGGER.test(header.logger) ? 'log4j' : 'timestamped';
  return header.time.start === 0 && line[4] === '/' && line[10] === ' ' ? 'go-log' : 'timestamped';
};

const parseGeneric = (line: string): ParsedLine | null => {
  const header = parseHeader(line, 0);
  if (header === null) return null;
  // `Error: …` may be what another line's program threw: it is no header, but it says how bad it is.
  if (header.time === null && header.weak) return parsedLine('plain', 'bare', { start: 0, end: line.length }, { level: header.level });
  return event(formatOf(line, header), { start: Math.min(header.end, line.length), end: line.length }, {
    time: header.time,
    level: header.level,
    discriminator: header.discriminator,
    host: header.host,
    logger: header.logger,
    service: header.program,
    traceId: header.traceId,
  });
};

const messageInside = (outer: Span | string, text: string, inner: ParsedLine): Span | string => {
  if (typeof inner.message === 'string') return inner.message;
  return typeof outer === 'string' ? text.slice(inner.message.start) : { start: outer.start + inner.message.start, end: outer.end };
};

/**
 * A record that names no level may carry a whole log line as its message (a shipper wrapped it): that line's header is
 * read in turn, and a line of a trace stays one.
 */
const withLineInside = (line: string, record: ParsedLine, from: number, wrappers: number): ParsedLine => {
  if (record.level !== null || from < 0 || wrappers >= MAX_WRAPPERS) return record;
  const { message } = record;
  if (typeof message !== 'string' && line.charCodeAt(message.start) === 123) return record;
  const text = typeof message === 'string' ? message : line.slice(message.start, message.end);
  const feed = text.indexOf('\n');
  const inner = parseText(feed < 0 ? text : text.slice(0, feed), wrappers + 1);
  if (inner.role !== 'event') return inner.role === 'continuation' || isExceptionHeading(text) ? { ...record, role: inner.role } : record;
  return {
    ...record,
    format: `${record.format}+${inner.format}`,
    level: inner.level,
    discriminator: rawSpan(line, from, inner.discriminator),
    logger: record.logger ?? inner.logger,
    service: record.service ?? inner.service,
    host: record.host ?? inner.host,
    traceId: record.traceId ?? inner.traceId,
    message: messageInside(message, text, inner),
  };
};

const parseJson = (line: string, wrappers: number): ParsedLine | null => {
  const at = skipBlanks(line, 0);
  const fields = jsonFields(line, at);
  if (fields === null || !isRecord(fields)) return null;
  return withLineInside(line, parseRecord('json', fields, { start: at, end: line.length }), messageStart(fields), wrappers);
};

const PAIR = /^[A-Za-z_@][\w.@/-]{0,80}=/;

const parseLogfmt = (line: string): ParsedLine | null => {
  if (!PAIR.test(line)) return null;
  const fields = logfmtFields(line, 0);
  return fields === null || !isLeveledRecord(fields) ? null : parseRecord('logfmt', fields, { start: 0, end: line.length });
};

/** A record where the message should be: its own fields say more than the header before it. */
const withRecordInside = (line: string, outer: ParsedLine): ParsedLine => {
  if (typeof outer.message === 'string' || outer.role !== 'event' || outer.message.start === 0) return outer;
  const at = outer.message.start;
  const c = line.charCodeAt(at);
  if (c !== 123 && !((c | 32) >= 97 && (c | 32) <= 122)) return outer;
  const text = line.slice(at);
  const inner = c === 123 ? parseJson(text, MAX_WRAPPERS) : parseLogfmt(text);
  if (inner === null) return outer;
  const both = around({ format: outer.format, time: outer.time, fields: { service: outer.service, host: outer.host } }, inner, at);
  const level = inner.level ?? outer.level;
  return { ...both, level, discriminator: inner.level === null ? outer.discriminator : both.discriminator, logger: inner.logger ?? outer.logger };
};

const parseText = (line: string, wrappers: number): ParsedLine => {
  if (line.trim() === '') return parsedLine('blank', 'blank', { start: 0, end: line.length });
  const time = findTimestamp(line, 0);
  if (wrappers < MAX_WRAPPERS) {
    const wrapped = parseWrapper(line, time, (inner) => parseText(inner, wrappers + 1));
    if (wrapped !== null) return wrapped;
  }
  const record = parseJson(line, wrappers) ?? parseLogfmt(line);
  if (record !== null) return record;
  const whole = { start: 0, end: line.length };
  if (isContinuation(line) && !isPadded(line)) return parsedLine('plain', 'continuation', whole);
  const headed = parseKnown(line, time) ?? parseGeneric(line);
  return headed === null ? parsedLine('plain', 'bare', whole) : withLevelOfMessage(line, withRecordInside(line, headed));
};

/** A level of four letters, padded to five in front. */
const PADDED_LEVEL = /^ (?:INFO|WARN) \| /;
/** An id whose cell is filled up in front. */
const PADDED_CELL = /^ {1,8}\w{1,20} *\| /;

/** Begins an event though blanks stand in front. */
const isPadded = (line: string): boolean => {
  const at = skipBlanks(line, 0);
  return findTimestamp(line, at) !== null || PADDED_LEVEL.test(line) || (PADDED_CELL.test(line) && parseHeader(line, at) !== null);
};

const LEAD = /\[?([A-Za-z]{3,9})\]?: /y;

/** `error: no key`: where the header has no level, the message may begin with one. It stays in the message. */
const withLevelOfMessage = (line: string, parsed: ParsedLine): ParsedLine => {
  if (parsed.level !== null || parsed.role !== 'event' || typeof parsed.message === 'string') return parsed;
  LEAD.lastIndex = parsed.message.start;
  const level = levelOfWord(LEAD.exec(line)?.[1] ?? '');
  return level === null ? parsed : { ...parsed, level };
};

/** What one line says about itself, from the line alone. Never throws; linear in the line's length. */
export const parseLine = (line: string): ParsedLine =>
  isDecorated(line) ? parseDecorated(line, (visible) => parseText(visible, 0)) : parseText(line, 0);
