/** One record of named fields (JSON, logfmt) made a parsed line. */
import type { LogLevel } from '../../../domain/severity.ts';
import { findTimestamp } from '../time/find-timestamp.ts';
import { TIME_LAYOUT } from '../time/layout.ts';
import {
  ENV_NAMES, HOST_NAMES, LEVEL_NAMES, LOGGER_NAMES, MESSAGE_NAMES, REGION_NAMES, SERVICE_NAMES, STACK_NAMES, STATUS_NAMES, TIME_NAMES, TRACE_NAMES,
} from './field-names.ts';
import { textOf, type Fields, type FieldValue } from './json-fields.ts';
import { levelOfField, levelOfHttpStatus, levelOfNumber, levelOfOtel, levelOfPythonNumber } from './levels.ts';
import { event, type ParsedLine, type Span, type TimeSpan } from './parsed-line.ts';

const MAX_NAME = 120;
const MAX_EXCEPTION = 65_536;
const STACK = /\n|^\s*at |Traceback|(?:Exception|Error)\b[^\n]*\bat /;

/** Several lines with a frame among them. */
const TRACED = /\n\s*(?:at \S|File "|from \/|Traceback |goroutine \d)/;

const first = (fields: Fields, names: readonly string[]): FieldValue | null => {
  for (const name of names) {
    const value = fields.values.get(name);
    if (value !== undefined && value.kind !== 'container' && value.end > value.start && !isNull(fields, value)) return value;
  }
  return null;
};

const isNull = (fields: Fields, value: FieldValue): boolean => value.kind === 'word' && fields.line.startsWith('null', value.start);

const name = (fields: Fields, names: readonly string[]): string | null => {
  for (const key of names) {
    const value = fields.values.get(key);
    if (value === undefined || value.kind !== 'string' || value.end === value.start || value.end - value.start > MAX_NAME) continue;
    return textOf(fields, value);
  }
  return null;
};

const timeIn = (fields: Fields): TimeSpan | null => {
  for (const key of TIME_NAMES) {
    const value = fields.values.get(key);
    if (value === undefined || value.kind === 'container' || value.kind === 'word') continue;
    const found = findTimestamp(fields.line, value.start);
    if (found !== null && found.end <= value.end) return found;
    // JSON writes small and exponent-free epochs in other lengths too: the reader tells them apart.
    if (value.kind === 'number' && value.end - value.start >= 9) return { start: value.start, end: value.end, layout: TIME_LAYOUT.epoch };
  }
  return null;
};

interface FoundLevel {
  readonly level: LogLevel | null;
  readonly discriminator: Span | null;
}
const NO_LEVEL: FoundLevel = { level: null, discriminator: null };

const levelOf = (key: string, text: string): LogLevel | null => {
  const value = Number(text);
  if (key.startsWith('severity')) return key.endsWith('number') ? levelOfOtel(value) : levelOfNumber(value);
  if (key === 'levelno') return levelOfPythonNumber(value);
  return key === 'status' || key === 's' || key === 'l' ? null : levelOfNumber(value);
};

const levelIn = (fields: Fields): FoundLevel => {
  for (const key of LEVEL_NAMES) {
    const value = fields.values.get(key);
    if (value === undefined || value.kind === 'container' || value.end === value.start || value.end - value.start > 16) continue;
    const text = fields.line.slice(value.start, value.end);
    const named = levelOfField(text);
    if (named !== null) return { level: named, discriminator: null };
    const numbered = /^\d{1,6}$/.test(text) ? levelOf(key, text) : null;
    if (numbered !== null) return { level: numbered, discriminator: { start: value.start, end: value.end } };
  }
  return NO_LEVEL;
};

const statusIn = (fields: Fields): FoundLevel => {
  for (const key of STATUS_NAMES) {
    const value = fields.values.get(key);
    if (value === undefined || value.end - value.start !== 3) continue;
    const level = levelOfHttpStatus(Number(fields.line.slice(value.start, value.end)));
    if (level !== null) return { level, discriminator: { start: value.start, end: value.end } };
  }
  return NO_LEVEL;
};

const stackIn = (fields: Fields): string | null => {
  for (const key of STACK_NAMES) {
    const value = fields.values.get(key);
    if (value === undefined || value.kind !== 'string' || value.end - value.start < 12) continue;
    const text = textOf(fields, value).slice(0, MAX_EXCEPTION);
    if (STACK.test(text)) return text;
  }
  return null;
};

const PLAIN_LOGGER_NAMES = LOGGER_NAMES.filter((key) => key !== 'name');
const TRACEPARENT = /^[0-9a-f]{2}-([0-9a-f]{32})-/;

const traceIn = (fields: Fields): string | null => {
  const id = name(fields, TRACE_NAMES);
  if (id !== null) return id;
  const parent = name(fields, ['traceparent']);
  return parent === null ? null : (TRACEPARENT.exec(parent)?.[1] ?? null);
};

/** The record's message; where it has none, the record itself. */
const messageIn = (fields: Fields, whole: Span): Span | string => {
  const value = first(fields, MESSAGE_NAMES);
  if (value === null || value.kind !== 'string') return whole;
  if (!value.escaped) return { start: value.start, end: value.end };
  return textOf(fields, value);
};

/** Where the message's text begins in the line; -1 where no field is one. */
export const messageStart = (fields: Fields): number => first(fields, MESSAGE_NAMES)?.start ?? -1;

/** True where fields say when, how bad or what: otherwise the object is data, not a log record. */
export const isRecord = (fields: Fields): boolean =>
  first(fields, TIME_NAMES) !== null || first(fields, MESSAGE_NAMES) !== null || levelIn(fields).level !== null;

/** True where a level or a time and a message are fields: enough for pairs, which prose and data have too. */
export const isLeveledRecord = (fields: Fields): boolean =>
  levelIn(fields).level !== null || (timeIn(fields) !== null && first(fields, MESSAGE_NAMES) !== null);

/** `whole` is the record's place in the line: the message where no field is one. */
export const parseRecord = (format: string, fields: Fields, whole: Span): ParsedLine => {
  const named = levelIn(fields);
  const found = named.level === null ? statusIn(fields) : named;
  // bunyan and pino number their levels and call the application `name`; elsewhere that is the logger.
  const bunyan = fields.values.get('level')?.kind === 'number' && !fields.values.has('service');
  const text = messageIn(fields, whole);
  // A trace written into the message: its first line is the message.
  const traced = typeof text === 'string' && TRACED.test(text);
  return event(format, traced ? text.slice(0, text.indexOf('\n')) : text, {
    time: timeIn(fields),
    level: found.level,
    discriminator: found.discriminator,
    service: name(fields, SERVICE_NAMES) ?? (bunyan ? name(fields, ['name']) : null),
    host: name(fields, HOST_NAMES),
    env: name(fields, ENV_NAMES),
    region: name(fields, REGION_NAMES),
    logger: name(fields, bunyan ? PLAIN_LOGGER_NAMES : LOGGER_NAMES),
    traceId: traceIn(fields),
    exception: stackIn(fields) ?? (traced ? text.slice(0, MAX_EXCEPTION) : null),
  });
};
