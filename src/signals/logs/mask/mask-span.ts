/** What a masker finds: a stretch of text and what it is. */
import type { Accept } from './sensitive-keys.ts';

export interface MaskSpan {
  /** UTF-16 offset of the first masked unit. */
  readonly start: number;
  /** UTF-16 offset after the last masked unit. */
  readonly end: number;
  /** `secret:jwt`, `pii:email`, … : class and kind; the mark is `<kind>`. */
  readonly kind: string;
}

/** The value of a secret key that stands on the lines after it. */
export interface OpenedBlock {
  readonly kind: string;
  /** Column at which the key's line begins; the value is indented deeper. */
  readonly column: number;
  /** How a value must look. */
  readonly accept: Accept;
  /**
   * What follows: lines indented deeper · an object with a member `value` · the member `value` beside this name ·
   * a quoted value on the next line · one word alone on the next line · base64 at the end of the next line.
   */
  readonly form: 'scalar' | 'object' | 'named' | 'next' | 'answer' | 'reply';
}

/** Collects spans in ascending order without overlap; a late find that begins inside an earlier one is cut. */
export class SpanSink {
  readonly spans: MaskSpan[] = [];
  /** End of the last span: nothing before it may be claimed again. */
  lastEnd = 0;
  /** Set by a key whose value begins on the next line. */
  block: OpenedBlock | null = null;

  /** Adds [start, end) and returns `end`, where scanning goes on. */
  add(start: number, end: number, kind: string): number {
    const from = start < this.lastEnd ? this.lastEnd : start;
    if (end > from) {
      this.spans.push({ start: from, end, kind });
      this.lastEnd = end;
    }
    return end;
  }
}

/** A mark in text that is masked already. */
export const MARK_PATTERN = '<(?:secret|pii):[a-z0-9-]{1,40}>';

/** `text` with every span replaced by its mark. */
export const applySpans = (text: string, spans: readonly MaskSpan[]): string => {
  if (spans.length === 0) return text;
  let out = '';
  let at = 0;
  for (const span of spans) {
    out += `${text.slice(at, span.start)}<${span.kind}>`;
    at = span.end;
  }
  return out + text.slice(at);
};
