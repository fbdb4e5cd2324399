/**
 * Log statements of structured records: bodies ► shapes ► mined templates. A statement is what one line of source code prints;
 * its text with the variable parts as `<*>`.
 */
import type { LogLevel } from '../../../domain/severity.ts';
import { levelRank } from '../../../domain/severity.ts';
import { levelOfField, levelOfWord } from '../formats/levels.ts';
import type { Masker } from '../mask/masker.ts';
import { mineTemplates } from '../patterns/mine.ts';
import { tokenize } from '../patterns/tokenize.ts';

export interface Statement {
  readonly template: string;
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

interface ShapeRow {
  readonly tokens: readonly string[];
  count: number;
  level: LogLevel | null;
  readonly exception: string | null;
  readonly sample: string;
}

export class Statements {
  private readonly rowOfShape = new Map<string, number>();
  private readonly rows: ShapeRow[] = [];
  private readonly masker: Masker;

  constructor(masker: Masker) {
    this.masker = masker;
  }

  /** The row of a body; rows become statements with `mine`. */
  add(body: string, level: LogLevel | null): number {
    let shape = shapeOf(body);
    let row = this.rowOfShape.get(shape);
    if (row === undefined && this.rows.length >= MAX_ROWS) {
      shape = shape.slice(0, SHORT_SHAPE_CHARS);
      row = this.rowOfShape.get(shape);
    }
    if (row === undefined) {
      row = this.rows.length;
      this.rowOfShape.set(shape, row);
      this.rows.push(this.newRow(body));
    }
    const known = this.rows[row];
    if (known !== undefined) {
      known.count += 1;
      if (levelRank(level) > levelRank(known.level)) known.level = level;
    }
    return row;
  }

  get size(): number {
    return this.rows.length;
  }

  /** Statements by their number, and the statement of each row. */
  mine(): { readonly statements: readonly Statement[]; readonly statementOf: Int32Array } {
    const order = this.rows.map((_, i) => i).sort((a, b) => compareTokens(this.rows[a]?.tokens ?? [], this.rows[b]?.tokens ?? []));
    const mined = mineTemplates(order.map((i) => ({ tokens: this.rows[i]?.tokens ?? [], count: this.rows[i]?.count ?? 0 })));
    const statementOf = new Int32Array(this.rows.length);
    const statements: Statement[] = [];
    order.forEach((rowIndex, i) => {
      const statement = mined.templateOf[i] ?? 0;
      const row = this.rows[rowIndex];
      statementOf[rowIndex] = statement;
      if (row === undefined) return;
      const known = statements[statement];
      statements[statement] = {
        template: mined.templates[statement] ?? '',
        level: levelRank(row.level) > levelRank(known?.level ?? null) ? row.level : (known?.level ?? null),
        exception: known?.exception ?? row.exception,
        sample: known?.sample ?? row.sample,
      };
    });
    return { statements, statementOf };
  }

  private newRow(body: string): ShapeRow {
    const head = headOf(body);
    const masked = this.masker.mask(head);
    return { tokens: tokenize(head, this.masker.spans(head)), count: 0, level: levelIn(head), exception: exceptionIn(body), sample: masked.slice(0, MAX_SAMPLE_CHARS) };
  }
}

const compareTokens = (a: readonly string[], b: readonly string[]): number => {
  const textA = a.join('');
  const textB = b.join('');
  return textA < textB ? -1 : Number(textA > textB);
};

/** The first line and what follows it up to the stack frames. */
const headOf = (body: string): string => {
  const cut = body.length > MAX_SHAPE_CHARS ? body.slice(0, MAX_SHAPE_CHARS) : body;
  const frames = cut.search(/\n\s+at |\nTraceback |\ngoroutine /);
  return frames < 0 ? cut : cut.slice(0, frames);
};

/** Every word with a digit in it as one mark: `order-12 of 3f2a` and `order-9 of 77` have one shape. */
const shapeOf = (body: string): string => {
  const text = headOf(body);
  let shape = '';
  let copied = 0;
  for (let at = 0; at < text.length; ) {
    if (!isWordCode(text.charCodeAt(at))) {
      at += 1;
      continue;
    }
    const start = at;
    let hasDigit = false;
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (!isWordCode(code)) break;
      if (code <= DIGIT_9 && code >= DIGIT_0) hasDigit = true;
    }
    if (!hasDigit) continue;
    shape += `${text.slice(copied, start)}\u0001`;
    copied = at;
  }
  return shape + text.slice(copied);
};

const DIGIT_0 = 48;
const DIGIT_9 = 57;
const isWordCode = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= DIGIT_0 && code <= DIGIT_9) || (code >= 65 && code <= 90) || code === 95 || code >= 128;

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
