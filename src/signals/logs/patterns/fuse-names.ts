/**
 * Names of several words (`Guest Peter Paul Rubens checked in`): rows of one statement then differ in length.
 * Where enough rows agree before and after a span of name-like words, and the spans differ in length, each
 * span becomes one element; whether it is a parameter is decided as for any other place.
 */
import { agreementFactor, ENOUGH, shareOf, VALUE_SHARE } from './evidence.ts';
import { type RowKey, PLAIN } from './row-key.ts';
import { WILDCARD } from './wildcard.ts';

const MAX_WORDS_OF_NAME = 4;
/** Longer rows are left alone: a name in a long text is not worth the time. */
const MAX_ELEMENTS = 40;

/** Fewer names than this are no evidence, whatever they are. */
const MIN_ROWS = Math.ceil(ENOUGH / VALUE_SHARE);
const COUNTERS = 1 << 21;

interface Span {
  readonly row: number;
  readonly start: number;
  readonly length: number;
}

const isNameStart = (word: string): boolean => /^\p{Lu}/u.test(word);
const isWord = (word: string): boolean => word.length > 1 || /[\p{L}\p{N}]/u.test(word);
const isNamePart = (word: string): boolean => word !== WILDCARD && isWord(word) && shareOf(word) >= VALUE_SHARE;

/**
 * The text around any span of a row as a number (52 bits in a double): sums over the elements before and after
 * are kept, so that a span costs one addition, however long the row is.
 */
class Frames {
  readonly #before = new Float64Array(MAX_ELEMENTS + 1);
  readonly #after = new Float64Array(MAX_ELEMENTS + 1);
  readonly #wordsBefore = new Uint8Array(MAX_ELEMENTS + 1);
  readonly #isNamePart = new Uint8Array(MAX_ELEMENTS + 1);
  #words = 0;

  reset(texts: readonly string[]): void {
    const { length } = texts;
    this.#words = 0;
    for (let i = 0; i < length; i++) {
      const text = texts[i] ?? '';
      this.#wordsBefore[i] = this.#words;
      if (text !== WILDCARD && isWord(text)) this.#words++;
      this.#isNamePart[i] = isNamePart(text) ? 1 : 0;
      this.#before[i + 1] = mixed((this.#before[i] ?? 0) + textHash(text));
    }
    this.#wordsBefore[length] = this.#words;
    this.#after[length] = 1;
    for (let i = length - 1; i >= 0; i--) this.#after[i] = mixed((this.#after[i + 1] ?? 0) + textHash(texts[i] ?? ''));
  }

  of(start: number, end: number): number {
    return (((this.#before[start] ?? 0) * 3 + (this.#after[end] ?? 0) * 5) % FRAME_RANGE) + 1;
  }

  isNamePart(at: number): boolean {
    return this.#isNamePart[at] === 1;
  }

  /** Whether words stand on both sides, and enough of them. */
  isFirm(start: number, end: number): boolean {
    const before = this.#wordsBefore[start] ?? 0;
    const after = this.#words - (this.#wordsBefore[end] ?? 0);
    return before > 0 && after > 0 && agreementFactor(before + after) >= 1;
  }
}

const FRAME_RANGE = 2 ** 49 - 81;

/** A number of 49 bits from one of at most 51: both halves are multiplied and crossed. */
const mixed = (value: number): number => {
  const low = value % 0x1000000;
  const high = Math.floor(value / 0x1000000) & 0x3ffffff;
  const a = Math.imul(low ^ (high << 6), 0x2c1b3c6d) >>> 0;
  const b = Math.imul(high ^ (low << 5) ^ (a >>> 7), 0x297a2d39) >>> 0;
  return a * 0x10000 + (b >>> 16);
};

const textHash = (text: string): number => {
  let a = 0x811c9dc5;
  let b = text.length;
  for (let i = 0; i < text.length; i++) {
    a = Math.imul(a ^ text.charCodeAt(i), 0x01000193);
    b = (Math.imul(b, 31) + text.charCodeAt(i)) | 0;
  }
  return (a >>> 0) * 0x10000 + (b & 0xffff);
};

type Visit = (frame: number, row: number, start: number, length: number) => void;

/** Visits the spans that may be a name. */
const visitSpans = (keys: readonly RowKey[], visit: Visit): void => {
  const frames = new Frames();
  keys.forEach(({ texts }, row) => {
    if (texts.length < 3 || texts.length > MAX_ELEMENTS || !texts.some((text, i) => i > 0 && isNameStart(text))) return;
    frames.reset(texts);
    for (let start = 1; start < texts.length - 1; start++) {
      if (!isNameStart(texts[start] ?? '')) continue;
      for (let end = start + 1; end < texts.length && end - start <= MAX_WORDS_OF_NAME && frames.isNamePart(end - 1); end++) {
        if (frames.isFirm(start, end)) visit(frames.of(start, end), row, start, end - start);
      }
    }
  });
};

/** Whether the spans of one frame differ in length and are many enough to be names. */
const areNames = (spans: readonly Span[], keys: readonly RowKey[]): boolean => {
  if (new Set(spans.map(({ length }) => length)).size < 2) return false;
  const names = new Set(spans.map(({ row, start, length }) => (keys[row]?.texts ?? []).slice(start, start + length).join(' ')));
  return names.size * VALUE_SHARE >= ENOUGH;
};

const fuse = (key: RowKey, { start, length }: Span): RowKey => ({
  texts: [...key.texts.slice(0, start), key.texts.slice(start, start + length).join(' '), ...key.texts.slice(start + length)],
  starts: [...key.starts.slice(0, start + 1), ...key.starts.slice(start + length)],
  places: [...key.places.slice(0, start), PLAIN, ...key.places.slice(start + length)],
});

/** The keys, with the names of several words that were found fused. The frame of most rows wins. */
export const fuseNames = (keys: readonly RowKey[]): readonly RowKey[] => {
  // Most frames are met once: they are counted before any is kept.
  const counts = new Uint8Array(COUNTERS);
  visitSpans(keys, (frame) => {
    const counter = frame % COUNTERS;
    if ((counts[counter] ?? 0) < MIN_ROWS) counts[counter] = (counts[counter] ?? 0) + 1;
  });
  const spansOf = new Map<number, Span[]>();
  visitSpans(keys, (frame, row, start, length) => {
    if ((counts[frame % COUNTERS] ?? 0) < MIN_ROWS) return;
    const spans = spansOf.get(frame);
    if (spans === undefined) spansOf.set(frame, [{ row, start, length }]);
    else spans.push({ row, start, length });
  });
  const best = new Map<number, { readonly span: Span; readonly frame: number; readonly rows: number }>();
  for (const [frame, spans] of spansOf) {
    if (spans.length < MIN_ROWS || !areNames(spans, keys)) continue;
    for (const span of spans) {
      const known = best.get(span.row);
      if (known === undefined || spans.length > known.rows || (spans.length === known.rows && frame < known.frame)) best.set(span.row, { span, frame, rows: spans.length });
    }
  }
  if (best.size === 0) return keys;
  return keys.map((key, row) => {
    const found = best.get(row);
    return found === undefined ? key : fuse(key, found.span);
  });
};
