/**
 * Log statements of structured records: bodies ► shapes ► statements. A statement is what one line of source code prints: told by
 * the code location where the layout prints one, else by its mined template, the text with the variable parts as `<*>`.
 */
import type { LogLevel } from '../../../domain/severity.ts';
import { levelRank } from '../../../domain/severity.ts';
import type { EpochMs } from '../../../domain/time.ts';
import { levelOfField, levelOfWord } from '../formats/levels.ts';
import type { Masker } from '../mask/masker.ts';
import { mineTemplates } from '../patterns/mine.ts';
import { tokenize } from '../patterns/tokenize.ts';
import type { CodeLocation } from './code-location.ts';
import { codeLocationOf } from './code-location.ts';

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
}

/** Distinct shapes that are kept apart; beyond it bodies are told apart by their beginning only. */
const MAX_ROWS = 50_000;
const MAX_SHAPE_CHARS = 1024;
const SHORT_SHAPE_CHARS = 48;
const MAX_SAMPLE_CHARS = 400;

/** One shape, and the first record that has it: by time, then text, so that the order of lines does not matter. */
interface ShapeRow {
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
}

export class Statements {
  private readonly rowOfShape = new Map<number, number>();
  private readonly rows: ShapeRow[] = [];
  private readonly masker: Masker;

  constructor(masker: Masker) {
    this.masker = masker;
  }

  /** The row of a body; rows become statements with `mine`. */
  add(record: string, level: LogLevel | null, at: EpochMs | null): number {
    const body = messageOf(record);
    let shape = shapeOf(body, MAX_SHAPE_CHARS);
    let row = this.rowOfShape.get(shape);
    if (row === undefined && this.rows.length >= MAX_ROWS) {
      shape = shapeOf(body, SHORT_SHAPE_CHARS);
      row = this.rowOfShape.get(shape);
    }
    if (row === undefined) {
      row = this.rows.length;
      this.rowOfShape.set(shape, row);
      this.rows.push({ count: 0, level: null, firstAt: Number.POSITIVE_INFINITY, firstRecord: record });
    }
    const known = this.rows[row];
    if (known !== undefined) note(known, record, level, at ?? Number.MAX_VALUE);
    return row;
  }

  get size(): number {
    return this.rows.length;
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
    };
  }
}

const note = (row: ShapeRow, record: string, level: LogLevel | null, at: EpochMs): void => {
  row.count += 1;
  if (levelRank(level) > levelRank(row.level)) row.level = level;
  if (at < row.firstAt || (at === row.firstAt && record < row.firstRecord)) {
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
}

const newDraft = (template: string, { count, level, exception, location, sample }: ReadRow): StatementDraft => ({ template, templateCount: count, level, exception, location, sample });

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

/**
 * A 53-bit number for the text with every word that holds a digit as one mark, so that `order-12 of 3f2a` and `order-9 of 77` have
 * one shape. Code locations stay apart. The text is looked at once and nothing is copied: two million bodies pass through here.
 * Two of 50,000 shapes share a number about once in seven million inputs; they would then be counted as one.
 */
const shapeOf = (body: string, maxChars: number): number => {
  const location = codeLocationOf(body);
  const end = endOfHead(body, maxChars);
  let low = location === null ? OFFSET : Math.imul(OFFSET ^ Number(location.line), PRIME);
  let high = -0x61c88647;
  // The state before the word being read; a digit in it takes the hash back there.
  let wordLow = low;
  let wordHigh = high;
  let inWord = false;
  let hasDigit = false;
  for (let at = 0; at <= end; at++) {
    const code = at < end ? body.charCodeAt(at) : 0;
    const kind = code < 128 ? (KIND[code] ?? SEPARATOR) : LETTER;
    if (kind !== SEPARATOR) {
      if (!inWord) {
        wordLow = low;
        wordHigh = high;
        inWord = true;
      }
      if (kind === DIGIT) hasDigit = true;
      if (hasDigit) continue;
    } else if (inWord) {
      if (hasDigit) {
        low = Math.imul(wordLow ^ DIGIT_MARK, PRIME);
        high = Math.imul(wordHigh ^ DIGIT_MARK, PRIME_2);
      }
      inWord = false;
      hasDigit = false;
    }
    low = Math.imul(low ^ code, PRIME);
    high = Math.imul(high ^ code, PRIME_2);
  }
  return (high >>> 11) * 0x1_0000_0000 + (low >>> 0);
};

/** FNV-1a's prime, and another odd number for the second half. */
const PRIME = 0x01000193;
const PRIME_2 = 0x5bd1e995;
/** FNV-1a's offset basis as a signed number: the engine keeps small integers out of the heap. */
const OFFSET = 0x811c9dc5 | 0;
const DIGIT_MARK = 1;

const SEPARATOR = 0;
const LETTER = 1;
const DIGIT = 2;
const KIND = Uint8Array.from({ length: 128 }, (_, code) => {
  if (code >= 48 && code <= 57) return DIGIT;
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 ? LETTER : SEPARATOR;
});

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
