/** From a line never seen before to what every line of its shape means. */
import type { LogLevel } from '../../domain/severity.ts';
import { ExceptionTable } from './exceptions.ts';
import type { ParsedLine } from './formats/parsed-line.ts';
import { parseLine } from './formats/parse-line.ts';
import type { Masker } from './mask/masker.ts';
import { tokenize } from './patterns/tokenize.ts';
import type { RowTable } from './row-table.ts';
import type { Row } from './rows.ts';
import type { TimeLayout } from './time/layout.ts';

/** Where a span of one line is found again in any line of its shape: an offset from a remembered position. */
export interface Anchor {
  readonly mark: number;
  readonly delta: number;
}

/** What a shape means. */
export interface LineEntry {
  readonly role: ParsedLine['role'];
  readonly partial: boolean;
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
  /** The line carries an exception in one of its fields. */
  readonly hasException: boolean;
  /** Bytes before the message; 0 where the line has no header to speak of. */
  readonly headerBytes: number;
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

const HAS_DIGIT = /\d/;
/** Messages are tokenised up to here; the tokeniser marks the cut. */
const MAX_MESSAGE_CHARS = 16_384;

export class Interpreter {
  readonly masker: Masker;
  readonly rows: RowTable;
  readonly exceptions: ExceptionTable;

  constructor(masker: Masker, rows: RowTable) {
    this.masker = masker;
    this.rows = rows;
    this.exceptions = new ExceptionTable(masker);
  }

  /** Parses, masks and tokenises one line. */
  interpret(line: string): Interpretation {
    const parsed = parseLine(line);
    return { parsed, ...this.messageOf(line, parsed) };
  }

  /** The meaning of the line's shape. `anchorOf` finds a range again in other lines of the shape. */
  entryOf(line: string, anchorOf: AnchorFinder): LineEntry {
    const parsed = parseLine(line);
    const counted = parsed.role === 'event' || parsed.role === 'bare';
    const anchor = parsed.time === null ? null : anchorOf(parsed.time.start, parsed.time.end);
    const digits = parsed.discriminator === null ? null : anchorOf(parsed.discriminator.start, parsed.discriminator.end);
    const row = counted ? this.rows.find(this.messageOf(line, parsed).tokens, parsed.level, parsed.service) : null;
    return {
      role: parsed.role,
      partial: parsed.partial,
      format: parsed.format,
      level: parsed.level,
      service: parsed.service,
      streamKey: parsed.streamKey,
      row,
      time: parsed.time === null || anchor === null ? null : { anchor, layout: parsed.time.layout },
      branch: digits === null ? null : { anchor: digits, values: new Map() },
      perLine: parsed.service !== null && HAS_DIGIT.test(parsed.service),
      hasException: parsed.exception !== null,
      headerBytes: typeof parsed.message === 'string' ? 0 : Buffer.byteLength(line.slice(0, parsed.message.start)),
      generation: this.rows.generation,
    };
  }

  private messageOf(line: string, parsed: ParsedLine): { message: string; tokens: readonly string[] } {
    const whole = typeof parsed.message === 'string' ? parsed.message : line.slice(parsed.message.start, parsed.message.end);
    const first = firstLine(whole);
    const message = first.length > MAX_MESSAGE_CHARS ? first.slice(0, MAX_MESSAGE_CHARS) : first;
    return { message, tokens: tokenize(message, this.masker.spans(message)) };
  }
}

/** A message of several lines (JSON) is told by its first that says something; the rest is detail or trace. */
const firstLine = (message: string): string => {
  const text = message.trimStart();
  const end = text.indexOf('\n');
  return end < 0 ? text : text.slice(0, end);
};
