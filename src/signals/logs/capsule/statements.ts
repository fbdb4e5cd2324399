/**
 * Log statements of structured records: bodies ► shapes ► statements. A statement is what one line of source code prints: told by
 * the code location where the layout prints one, else by its mined template, the text with the variable parts as `<*>`.
 */
import type { LogLevel } from '../../../domain/severity.ts';
import { levelRank } from '../../../domain/severity.ts';
import { textOfBytes } from '../../../shared/byte-names.ts';
import { KeyIndex } from '../../../shared/key-index.ts';
import { levelOfField, levelOfWord } from '../formats/levels.ts';
import type { Masker } from '../mask/masker.ts';
import { mineTemplates } from '../patterns/mine.ts';
import { tokenize } from '../patterns/tokenize.ts';
import type { CodeLocation } from './code-location.ts';
import { codeLocationOf } from './code-location.ts';
import { framesOf } from './frames.ts';
import { charEnd, MAX_SHAPE_CHARS, ShapeReader } from './shape-bytes.ts';

export interface Statement {
  /** The most frequent of its templates. */
  readonly template: string;
  readonly location: CodeLocation | null;
  /** Most severe level of its records; null where none has one. */
  readonly level: LogLevel | null;
  /** Type of the exception it carries, e.g. `java.lang.NullPointerException`. */
  readonly exception: string | null;
  /** One masked body, cut. */
  readonly sample: string;
  /** The innermost stack frames of the same record, masked. */
  readonly frames: readonly string[];
}

/** Distinct shapes that are kept apart; beyond it bodies are told apart by their beginning only. */
const MAX_ROWS = 50_000;
const SHORT_SHAPE_CHARS = 48;
const MAX_SAMPLE_CHARS = 400;
/** Of a record's body; no later step looks further. */
const MAX_RECORD_CHARS = 4 * MAX_SHAPE_CHARS;

/** One shape, and the first record that has it: by time, then text, so that the order of lines does not matter. Plain data. */
export interface ShapeRow {
  /** Number of the shape (`shape-bytes.ts`). */
  readonly shape: number;
  count: number;
  level: LogLevel | null;
  firstAt: number;
  firstRecord: string;
}

interface ReadRow {
  readonly tokens: readonly string[];
  readonly count: number;
  readonly level: LogLevel | null;
  readonly exception: string | null;
  readonly location: CodeLocation | null;
  readonly sample: string;
  readonly frames: readonly string[];
}

/** A body as bytes; its text is asked for only where it is kept. */
export interface BodyBytes {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
}

const textOf = ({ bytes, start, end }: BodyBytes): string => textOfBytes(bytes, start, charEnd(bytes, start, end, MAX_RECORD_CHARS));

export class Statements {
  private readonly rowOfShape = new KeyIndex();
  private readonly shapes = new ShapeReader();
  readonly rows: ShapeRow[] = [];
  private readonly masker: Masker;

  constructor(masker: Masker) {
    this.masker = masker;
  }

  /** The row of a body; rows become statements with `mine`. `at`: NaN where the record has no instant. */
  add(body: BodyBytes, level: LogLevel | null, at: number): number {
    const { bytes, start, end } = body;
    let shape = this.shapes.shapeOf(bytes, start, end, MAX_SHAPE_CHARS);
    let row = this.rowOfShape.get(shape);
    if (row < 0 && this.rows.length >= MAX_ROWS) {
      shape = this.shapes.shapeOf(bytes, start, end, SHORT_SHAPE_CHARS);
      row = this.rowOfShape.get(shape);
    }
    const time = Number.isNaN(at) ? Number.MAX_VALUE : at;
    if (row < 0) return this.append({ shape, count: 1, level, firstAt: time, firstRecord: textOf(body) });
    const known = this.rows[row];
    if (known === undefined) return row;
    known.count += 1;
    if (level !== known.level && levelRank(level) > levelRank(known.level)) known.level = level;
    if (time <= known.firstAt) noteFirst(known, time, textOf(body));
    return row;
  }

  /** Takes over the rows of another reader; returns the row here of each row there. */
  absorb(rows: readonly ShapeRow[]): Int32Array {
    return Int32Array.from(rows, (other) => {
      const row = this.rowOfShape.get(other.shape);
      const known = this.rows[row];
      if (known === undefined) return this.append(other);
      known.count += other.count;
      if (levelRank(other.level) > levelRank(known.level)) known.level = other.level;
      if (other.firstAt <= known.firstAt) noteFirst(known, other.firstAt, other.firstRecord);
      return row;
    });
  }

  private append(row: ShapeRow): number {
    this.rowOfShape.add(row.shape, this.rows.length);
    return this.rows.push(row) - 1;
  }

  /** Statements by their number, and the statement of each row. Numbers follow from the rows' texts, not from their order. */
  mine(): { readonly statements: readonly Statement[]; readonly statementOf: Int32Array } {
    const rows = this.rows.map((row) => this.readRow(row));
    const texts = rows.map(({ tokens }) => tokens.join(''));
    const order = texts.map((_, i) => i).sort((a, b) => compareText(texts[a] ?? '', texts[b] ?? '') || compareText(this.rows[a]?.firstRecord ?? '', this.rows[b]?.firstRecord ?? ''));
    const mined = mineTemplates(order.map((i) => ({ tokens: rows[i]?.tokens ?? [], count: rows[i]?.count ?? 0 })));
    const statementOf = new Int32Array(rows.length);
    const numberOf = new Map<string, number>();
    const drafts: StatementDraft[] = [];
    order.forEach((rowIndex, i) => {
      const row = rows[rowIndex];
      if (row === undefined) return;
      const template = mined.templates[mined.templateOf[i] ?? 0] ?? '';
      const key = row.location === null ? template : locationText(row.location);
      const number = numberOf.get(key) ?? drafts.length;
      numberOf.set(key, number);
      statementOf[rowIndex] = number;
      const draft = drafts[number];
      if (draft === undefined) drafts.push(newDraft(template, row));
      else extend(draft, template, row);
    });
    return { statements: drafts, statementOf };
  }

  private readRow({ count, level, firstRecord }: ShapeRow): ReadRow {
    const body = messageOf(firstRecord);
    const head = headOf(body);
    const own = levelIn(firstRecord.slice(0, MAX_SHAPE_CHARS));
    return {
      tokens: tokenize(head, this.masker.spans(head)),
      count,
      level: levelRank(level) > levelRank(own) ? level : own,
      exception: exceptionIn(body),
      location: codeLocationOf(head),
      sample: this.masker.mask(head).slice(0, MAX_SAMPLE_CHARS),
      frames: framesOf(body).map((frame) => this.masker.mask(frame)),
    };
  }
}

const noteFirst = (row: ShapeRow, at: number, record: string): void => {
  if (at < row.firstAt || record < row.firstRecord) {
    row.firstAt = at;
    row.firstRecord = record;
  }
};

/** `OrderService:42`. */
export const locationText = ({ unit, line }: CodeLocation): string => `${unit}:${line}`;

interface StatementDraft {
  template: string;
  templateCount: number;
  level: LogLevel | null;
  exception: string | null;
  readonly location: CodeLocation | null;
  readonly sample: string;
  readonly frames: readonly string[];
}

const newDraft = (template: string, { count, level, exception, location, sample, frames }: ReadRow): StatementDraft => ({ template, templateCount: count, level, exception, location, sample, frames });

/** Rows come in the order of their texts, so the first of equals is always the same. */
const extend = (draft: StatementDraft, template: string, row: ReadRow): void => {
  if (row.count > draft.templateCount) {
    draft.template = template;
    draft.templateCount = row.count;
  }
  if (levelRank(row.level) > levelRank(draft.level)) draft.level = row.level;
  draft.exception ??= row.exception;
};

const compareText = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

const MESSAGE = /"(?:message|msg)"\s*:\s*"((?:[^"\\]|\\.)*)/;

/** The message inside a body that is itself JSON; all other bodies are messages. */
const messageOf = (body: string): string => (body.startsWith('{') ? (MESSAGE.exec(body.slice(0, 4 * MAX_SHAPE_CHARS))?.[1] ?? body) : body);

/** The first line and what follows it up to the stack frames. */
const headOf = (body: string): string => body.slice(0, endOfHead(body, MAX_SHAPE_CHARS));

const endOfHead = (body: string, maxChars: number): number => {
  const end = Math.min(body.length, maxChars);
  for (let at = body.indexOf('\n'); at >= 0 && at < end; at = body.indexOf('\n', at + 1)) {
    if (FRAME.test(body.slice(at + 1, at + 24))) return at;
  }
  return end;
};
const FRAME = /^(?:\s+at |Traceback |goroutine )/;

const JSON_LEVEL = /"(?:severity|level|severity_text|log\.level|levelname)"\s*:\s*"([A-Za-z]{1,13})"/;

/** A level printed in the body itself: as a JSON field, or as a word of the header. */
const levelIn = (head: string): LogLevel | null => {
  if (head.startsWith('{')) {
    const field = JSON_LEVEL.exec(head)?.[1];
    return field === undefined ? null : levelOfField(field);
  }
  for (const word of head.slice(0, 100).split(/[^A-Za-z]+/, 12)) {
    // In prose "error" and "info" are words; a header shouts them.
    const level = word === word.toUpperCase() ? levelOfWord(word) : null;
    if (level !== null) return level;
  }
  return null;
};

const EXCEPTION = /(?<![\w.$])((?:[a-z_]\w{0,60}\.){0,12}[A-Z]\w{0,80}(?:Exception|Error))(?![\w])/;

const exceptionIn = (body: string): string | null => EXCEPTION.exec(body.slice(0, 2000))?.[1] ?? null;
