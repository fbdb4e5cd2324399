/** From a line never seen before to what every line of its shape means. */
import type { LogLevel } from '../../domain/severity.ts';
import { ExceptionTable } from './exceptions.ts';
import { isExceptionHeading, isIndentedText } from './formats/continuation.ts';
import { frameOf, type KnownFrame, knownFrameOf } from './formats/fold.ts';
import type { ParsedLine } from './formats/parsed-line.ts';
import { parseLine } from './formats/parse-line.ts';
import { JSON_KEYS } from './json-keys.ts';
import { LineScanner } from './line-scanner.ts';
import type { Masker } from './mask/masker.ts';
import { tokenize } from './patterns/tokenize.ts';
import type { RowTable } from './row-table.ts';
import type { Row } from './rows.ts';
import { ShapeMemo } from './shape-memo.ts';
import type { TimeLayout } from './time/layout.ts';

/** Where a span of one line is found again in any line of its shape: an offset from a remembered position. */
export interface Anchor {
  readonly mark: number;
  readonly delta: number;
}

/** What a shape means. */
export interface LineEntry {
  readonly role: ParsedLine['role'];
  readonly format: string;
  readonly level: LogLevel | null;
  readonly service: string | null;
  readonly streamKey: string | null;
  /** The row its events count for; null for continuations and blank lines. */
  readonly row: Row | null;
  readonly time: { readonly anchor: Anchor; readonly layout: TimeLayout } | null;
  /** Digits that decide the level: the meaning is then found under their value. */
  readonly branch: { readonly anchor: Anchor; readonly values: Map<number, LineEntry> } | null;
  /** The line must be parsed every time: its service holds digits, which the shape does not see. */
  readonly perLine: boolean;
  /** It tells of a program's own death, which no logger wrote: an event of this level behind a milder one. */
  readonly crash: LogLevel | null;
  /** Without a header, and like the first line of a trace: `a.b.SomeException: message`. */
  readonly isHeading: boolean;
  /** A continuation for its blanks alone, and no part of a trace. */
  readonly isIndented: boolean;
  /** More must follow: it ends in an open bracket, a colon, a comma. */
  readonly isOpen: boolean;
  /** For a continuation: what it is to a stack trace. */
  readonly traceLine: 'own' | 'frame' | 'text';
  /** The frame that every line of the shape is. */
  readonly frame: KnownFrame | null;
  /** It begins or ends a block (PEM) whose lines mean nothing one by one. */
  readonly block: 'begin' | 'end' | null;
  /** The line carries an exception in one of its fields. */
  readonly hasException: boolean;
  /** The header ends by a mark that cannot be part of a message. */
  readonly endsByItself: boolean;
  /**
   * No header was found where numbers could be a damaged time: other lines of the shape may have a sound one, so the
   * first hits, and ever fewer later, are parsed again.
   */
  readonly doubt: { hits: number } | null;
  /** Bytes before the message; 0 where the line has no header to speak of. */
  readonly headerBytes: number;
  /** Every line of the shape means the same: nothing below has to be looked at line by line. */
  readonly isPlain: boolean;
  /** The row table's generation this was made under. */
  readonly generation: number;
}

/** Finds the anchor of a character range of the line, -1 marks excluded. */
export type AnchorFinder = (start: number, end: number) => Anchor | null;

/** Values of one token in the raw message, for the variables of a pattern. */
export interface Interpretation {
  readonly parsed: ParsedLine;
  readonly message: string;
  readonly tokens: readonly string[];
}

/** A message masked and tokenised, with its rows by level and service as far as they are known. */
interface KnownMessage {
  readonly tokens: readonly string[];
  readonly rows: Row[];
  generation: number;
}

const MAX_ROWS_OF_MESSAGE = 16;
const MESSAGE_SLOTS = 1 << 14;
const HAS_DIGIT = /\d/;
const OPEN_END = /[:,([{\\=][ \t]*$/;
/** Two numbers among the first words. */
const EARLY_NUMBERS = /^\D{0,24}\d+\D{1,24}\d/;
/** Messages are tokenised up to here; the tokeniser marks the cut. */
const MAX_MESSAGE_CHARS = 16_384;

let ownScanner: LineScanner | null = null;

/** One for all engines of the thread. */
const threadScanner = (): LineScanner => (ownScanner ??= new LineScanner(JSON_KEYS));

export class Interpreter {
  readonly masker: Masker;
  readonly rows: RowTable;
  readonly exceptions: ExceptionTable;
  readonly scanner: LineScanner;
  private readonly others = new WeakMap<LineEntry, LineEntry>();
  private readonly messages = new ShapeMemo<KnownMessage>(MESSAGE_SLOTS);
  /** The line interpreted last. */
  private last: (Interpretation & { readonly line: string }) | null = null;

  constructor(masker: Masker, rows: RowTable, scanner: LineScanner = threadScanner()) {
    this.masker = masker;
    this.scanner = scanner;
    this.rows = rows;
    this.exceptions = new ExceptionTable((message) => this.known(message).tokens);
  }

  /** Parses, masks and tokenises one line. */
  interpret(line: string): Interpretation {
    const { last } = this;
    if (last !== null && last.line === line) return last;
    const parsed = parseLine(line);
    const { message, known } = this.messageOf(line, parsed);
    this.last = { line, parsed, message, tokens: known.tokens };
    return this.last;
  }

  /** The meaning of the line's shape. `anchorOf` finds a range again in other lines of the shape. */
  entryOf(line: string, anchorOf: AnchorFinder): LineEntry {
    const parsed = parseLine(line);
    this.last = null;
    const counted = parsed.role === 'event' || parsed.role === 'bare';
    const anchor = parsed.time === null ? null : anchorOf(parsed.time.start, parsed.time.end);
    const digits = parsed.discriminator === null ? null : anchorOf(parsed.discriminator.start, parsed.discriminator.end);
    const perLine = parsed.service !== null && HAS_DIGIT.test(parsed.service);
    const doubt = parsed.role === 'bare' && EARLY_NUMBERS.test(line) ? { hits: 0 } : null;
    const row = counted ? this.countedRow(line, parsed) : null;
    const traceLine = counted ? 'text' : traceLineOf(line);
    return {
      role: parsed.role,
      format: parsed.format,
      level: parsed.level,
      service: parsed.service,
      streamKey: parsed.streamKey,
      row,
      time: parsed.time === null || anchor === null ? null : { anchor, layout: parsed.time.layout },
      branch: digits === null ? null : { anchor: digits, values: new Map() },
      perLine,
      crash: crashLevelOf(line),
      isIndented: traceLine === 'text' && parsed.role === 'continuation' && isIndentedText(line),
      isOpen: parsed.role !== 'event' && OPEN_END.test(line.slice(-8)),
      isHeading: parsed.role === 'bare' && isExceptionHeading(line),
      traceLine,
      frame: traceLine === 'text' ? null : knownFrameOf(line),
      block: blockOf(line),
      hasException: parsed.exception !== null,
      doubt,
      endsByItself: parsed.format === 'spring-boot' && line.startsWith(': ', (parsed.message as { start: number }).start - 2),
      headerBytes: typeof parsed.message === 'string' ? 0 : Buffer.byteLength(line.slice(0, parsed.message.start)),
      isPlain: !perLine && doubt === null && digits === null,
      generation: this.rows.generation,
    };
  }

  private countedRow(line: string, parsed: ParsedLine): Row {
    const { message, known } = this.messageOf(line, parsed);
    // Its first event will be looked at, too.
    this.last = { line, parsed, message, tokens: known.tokens };
    return this.rowOf(known, parsed.level, parsed.service);
  }

  /** A line whose message nobody will see again, by its header alone: counted under `<*>` of its level. */
  other(header: LineEntry): LineEntry {
    let entry = this.others.get(header);
    if (entry === undefined) {
      entry = { ...header, row: this.rows.other(header.level) };
      this.others.set(header, entry);
    }
    return entry;
  }

  private messageOf(line: string, parsed: ParsedLine): { message: string; known: KnownMessage } {
    const whole = typeof parsed.message === 'string' ? parsed.message : line.slice(parsed.message.start, parsed.message.end);
    const first = firstLine(whole);
    const message = first.length > MAX_MESSAGE_CHARS ? first.slice(0, MAX_MESSAGE_CHARS) : first;
    return { message, known: this.known(message) };
  }

  /**
   * A line whose header is known, by an entry with the same header, and whose message was met under another: no
   * decoding, no parsing. Only for headers that end by a mark of their own; any other might go on in this line.
   */
  entryByHeader(header: LineEntry, messageStart: number, end: number): LineEntry | null {
    if (!header.endsByItself) return null;
    this.scanner.shapeOf(messageStart, end);
    const message = this.messages.get(this.scanner.hash, this.scanner.check);
    return message === undefined ? null : { ...header, row: this.rowOf(message, header.level, header.service), generation: this.rows.generation };
  }

  /** The row of a message; the few that a message has are found without making their key. */
  private rowOf(message: KnownMessage, level: LogLevel | null, service: string | null): Row {
    const { rows } = this;
    if (message.generation !== rows.generation) message.rows.length = 0;
    message.generation = rows.generation;
    for (const row of message.rows) if (row.level === level && row.service === service) return row;
    const row = rows.find(message.tokens, level, service);
    // Where the table is full the row is another's: finding that one anew may compact the table again.
    if (row.level === level && row.service === service && message.rows.length < MAX_ROWS_OF_MESSAGE && message.generation === rows.generation) message.rows.push(row);
    return row;
  }

  /** The same message comes under many headers (threads, services): it is masked and tokenised once a shape. */
  private known(message: string): KnownMessage {
    this.scanner.shapeOfText(message);
    const { hash, check } = this.scanner;
    const known = this.messages.get(hash, check);
    if (known !== undefined) return known;
    const made = { tokens: tokenize(message, this.masker.spans(message)), rows: [], generation: this.rows.generation };
    this.messages.set(hash, check, made);
    return made;
  }
}

/** How runtimes announce an error that nobody caught: Go, the JVM, Python, Node, .NET, Ruby. */
const FATAL_CRASH = /^(?:panic: |fatal error: |Unhandled exception\. |FATAL ERROR: )/;
const ERROR_CRASH = /^(?:Exception in thread "|Traceback \(most recent call last\):|Uncaught |Unhandled |\[?UnhandledPromiseRejection)/;

const crashLevelOf = (line: string): LogLevel | null => (FATAL_CRASH.test(line) ? 'FATAL' : ERROR_CRASH.test(line) ? 'ERROR' : null);

/** RFC 7468: the lines between the two marks are one value. */
const blockOf = (line: string): LineEntry['block'] => {
  const begin = line.lastIndexOf('-----BEGIN ');
  const end = line.lastIndexOf('-----END ');
  if (begin === end) return null;
  return begin > end ? 'begin' : 'end';
};

/** A line of a trace: a frame of own code, another frame, or anything else (a heading, a cause, source text). */
const traceLineOf = (line: string): LineEntry['traceLine'] => {
  const frame = frameOf(line);
  if (frame === null) return 'text';
  return frame.own ? 'own' : 'frame';
};

/** A message of several lines (JSON) is told by its first that says something; the rest is detail or trace. */
const firstLine = (message: string): string => {
  const text = message.trimStart();
  const end = text.indexOf('\n');
  return end < 0 ? text : text.slice(0, end);
};
