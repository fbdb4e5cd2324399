/**
 * What container runtimes and their tools put around a line. The wrapper is peeled and the line inside is parsed in turn:
 * its level and message win, and its time where it has one.
 */
import { findTimestamp } from '../time/find-timestamp.ts';
import { TIME_LAYOUT } from '../time/layout.ts';
import { isExceptionHeading } from './continuation.ts';
import { jsonFields, rawSpan, textOf } from './json-fields.ts';
import { levelOfWord } from './levels.ts';
import { parsedLine, type ParsedFields, type ParsedLine, type Span, type TimeSpan } from './parsed-line.ts';

type ParseInner = (inner: string) => ParsedLine;

export interface Around {
  readonly format: string;
  readonly time: TimeSpan | null;
  readonly fields: ParsedFields;
}

const shiftSpan = <S extends Span>(span: S | null, by: number): S | null =>
  span === null || by === 0 ? span : { ...span, start: span.start + by, end: span.end + by };

const joined = (outer: string, inner: string): string => (inner === 'plain' || inner === 'blank' ? outer : `${outer}+${inner}`);

/** An inner line that stands in the raw line as it is, from `at` on. */
export const around = (wrapper: Around, inner: ParsedLine, at: number): ParsedLine =>
  parsedLine(joined(wrapper.format, inner.format), inner.role, typeof inner.message === 'string' ? inner.message : shiftSpan(inner.message, at) ?? inner.message, {
    ...inner,
    ...wrapper.fields,
    service: inner.service ?? wrapper.fields.service ?? null,
    host: inner.host ?? wrapper.fields.host ?? null,
    time: shiftSpan(inner.time, at) ?? wrapper.time,
    discriminator: shiftSpan(inner.discriminator, at),
    streamKey: inner.streamKey === null ? (wrapper.fields.streamKey ?? null) : `${wrapper.fields.streamKey ?? ''}/${inner.streamKey}`,
  });

const CRI = / (stdout|stderr) ([FP])(?::\S{0,20})? ?/y;

const parseCri = (line: string, time: TimeSpan, parseInner: ParseInner): ParsedLine | null => {
  CRI.lastIndex = time.end;
  const match = CRI.exec(line);
  if (match === null) return null;
  // The line inside may be matched by the same pattern: its place is kept first.
  const at = CRI.lastIndex;
  const inner = parseInner(line.slice(at));
  const partial = match[2] === 'P';
  return around({ format: 'cri', time, fields: { streamKey: match[1] ?? null, partial } }, inner, at);
};

/** `{"log":"…\n","stream":"stdout","time":"…"}`: Docker cuts at 16 KiB, and then the text does not end a line. */
const parseDocker = (line: string, parseInner: ParseInner): ParsedLine | null => {
  const fields = jsonFields(line, 0);
  const log = fields?.values.get('log');
  const stream = fields?.values.get('stream');
  const stamp = fields?.values.get('time');
  if (!fields || log?.kind !== 'string' || stream?.kind !== 'string' || stamp?.kind !== 'string') return null;
  const text = textOf(fields, log);
  const ended = /\r?\n$/.exec(text);
  const body = ended === null ? text : text.slice(0, ended.index);
  const inner = parseInner(body);
  const wrapper: Around = {
    format: 'docker',
    time: findTimestamp(line, stamp.start),
    fields: { streamKey: textOf(fields, stream), partial: ended === null && text.length > 0 },
  };
  const result = around(wrapper, inner, 0);
  const message = typeof inner.message === 'string' ? inner.message : body.slice(inner.message.start, inner.message.end);
  const span = typeof inner.message === 'string' ? null : rawSpan(line, log.start, inner.message);
  return {
    ...result,
    time: rawSpan(line, log.start, inner.time) ?? wrapper.time,
    discriminator: rawSpan(line, log.start, inner.discriminator),
    message: span ?? message,
  };
};

const COMPOSE = /([A-Za-z][\w.-]{0,100}?)(?:([-_])\d{1,4})?[ \t]{1,60}\| ?/y;

/** `web-1  | line`; a name without a number only where the line inside has a header. */
const parseCompose = (line: string, parseInner: ParseInner): ParsedLine | null => {
  COMPOSE.lastIndex = 0;
  const match = COMPOSE.exec(line);
  if (match === null || levelOfWord(match[1] ?? '') !== null) return null;
  const at = COMPOSE.lastIndex;
  const inner = parseInner(line.slice(at));
  if (match[2] === undefined && (inner.role !== 'event' || inner.time === null)) return null;
  const container = line.slice(0, at).replace(/[ \t]*\| ?$/, '');
  return around({ format: 'compose', time: null, fields: { service: match[1] ?? null, streamKey: container } }, inner, at);
};

const KUBECTL = /\[pod\/([\w.-]{1,253})\/([\w.-]{1,63})\] ?/y;

const parseKubectl = (line: string, parseInner: ParseInner): ParsedLine | null => {
  KUBECTL.lastIndex = 0;
  const match = KUBECTL.exec(line);
  if (match === null) return null;
  const at = KUBECTL.lastIndex;
  const fields = { service: match[2] ?? null, host: match[1] ?? null, streamKey: `${match[1] ?? ''}/${match[2] ?? ''}` };
  return around({ format: 'kubectl', time: null, fields }, parseInner(line.slice(at)), at);
};

/** Blanks behind a time may be a level's padding: only a frame's own look is a continuation there. */
const GOES_ON = /^(?:\S|\t|\s+(?:at |\.\.\. \d|File "|from \/))/;

/** A level behind the time is an ordinary header (unless a second time follows), which is what most lines have. */
const LEVELLED = /^ *(?:TRACE|DEBUG|INFO|WARN|WARNING|ERROR|FATAL) +(?!\d{4}-)/;

/**
 * `time line`, as `kubectl logs --timestamps` and cloud exports print it: the line inside has a header, is a record or
 * goes on with a trace. Anything else is the message of an ordinary header.
 */
const parseStamped = (line: string, time: TimeSpan, parseInner: ParseInner): ParsedLine | null => {
  if (time.layout !== TIME_LAYOUT.iso || line[10] !== 'T' || line[time.end] !== ' ') return null;
  const at = time.end + 1;
  const text = line.slice(at);
  if (LEVELLED.test(text)) return null;
  const inner = parseInner(text);
  const headed = inner.role === 'event' && (inner.time !== null || inner.format === 'json' || inner.format === 'dotnet-console');
  const goesOn = (inner.role === 'continuation' && GOES_ON.test(text)) || (inner.role === 'bare' && isExceptionHeading(text));
  return headed || goesOn || text === '' ? around({ format: 'timestamped', time, fields: {} }, inner, at) : null;
};

/** The line inside of a wrapper, parsed; null where there is no wrapper. `time` is what the line begins with, if one. */
export const parseWrapper = (line: string, time: TimeSpan | null, parseInner: ParseInner): ParsedLine | null => {
  const c = line.charCodeAt(0);
  if (time !== null) return parseCri(line, time, parseInner) ?? parseStamped(line, time, parseInner);
  if (c === 123) return parseDocker(line, parseInner);
  if (c === 91) return parseKubectl(line, parseInner);
  return (c | 32) >= 97 && (c | 32) <= 122 ? parseCompose(line, parseInner) : null;
};
