/**
 * Finds the values of known keys in one line of JSON without building the object: the fast path of reading NDJSON. Whatever is out of
 * the ordinary (an escape in a key, text around the object, a structure that breaks off) makes `scan` answer false, and the caller
 * asks `JSON.parse`. Values that nobody asked for are skipped and not validated.
 */

export const ABSENT = 0;
/** Start and end lie within the quotes. */
export const PLAIN_TEXT = 1;
export const ESCAPED_TEXT = 2;
export const NUMBER = 3;
export const NULL = 4;
/** An object, an array, true or false. */
export const OTHER = 5;

const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const OPEN_BRACKET = 91;
const BACKSLASH = 92;
const CLOSE_BRACKET = 93;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;
const SPACE = 32;
const LETTER_N = 110;

/** Keys as bytes by length, so that most are told apart by that. */
class KeyTable {
  private readonly byLength: { readonly bytes: Uint8Array; readonly field: number }[][] = [];

  constructor(keys: readonly (readonly [string, number])[]) {
    for (const [key, field] of keys) {
      const bytes = new TextEncoder().encode(key);
      const same = this.byLength[bytes.length] ?? [];
      this.byLength[bytes.length] = same;
      same.push({ bytes, field });
    }
  }

  /** The field of a key; -1 where it is none of them. */
  find(bytes: Uint8Array, start: number, end: number): number {
    const candidates = this.byLength[end - start];
    if (candidates === undefined) return -1;
    for (const { bytes: key, field } of candidates) {
      let i = 0;
      while (i < key.length && key[i] === bytes[start + i]) i++;
      if (i === key.length) return field;
    }
    return -1;
  }
}

/** Keys of one object whose form is remembered, and bytes of each. */
const LAYOUT_KEYS = 32;
const LAYOUT_BYTES = 64;

/**
 * The keys of the object before, each from its quote up to its value: lines of one source look alike, so that comparing is enough
 * where else a key has to be found, looked up, and the space around its colon skipped.
 */
class Layout {
  private readonly bytes = new Uint8Array(LAYOUT_KEYS * LAYOUT_BYTES);
  private readonly lengths = new Uint8Array(LAYOUT_KEYS);
  readonly fields = new Int32Array(LAYOUT_KEYS);

  /** How long the `ordinal`-th key is with what follows it, where it is the same as before; else 0. */
  match(ordinal: number, source: Uint8Array, at: number): number {
    const length = ordinal < LAYOUT_KEYS ? (this.lengths[ordinal] ?? 0) : 0;
    const { bytes } = this;
    const from = ordinal * LAYOUT_BYTES;
    for (let i = 0; i < length; i++) if (bytes[from + i] !== source[at + i]) return 0;
    return length;
  }

  learn(ordinal: number, field: number, source: Uint8Array, start: number, end: number): void {
    if (ordinal >= LAYOUT_KEYS) return;
    const length = end - start <= LAYOUT_BYTES ? end - start : 0;
    for (let i = 0; i < length; i++) this.bytes[ordinal * LAYOUT_BYTES + i] = source[start + i] ?? 0;
    this.lengths[ordinal] = length;
    this.fields[ordinal] = field;
  }
}

export class JsonScanner {
  /** Of each field: what kind of value, and where it lies. */
  readonly kinds: Uint8Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  private readonly outer: KeyTable;
  private readonly inner: KeyTable;
  private readonly outerLayout = new Layout();
  private readonly innerLayout = new Layout();
  private readonly parent: number;
  private readonly innerFrom: number;

  /** Fields are numbered in this order: `keys`, then the `nested` ones, which are looked for in the object that is the value of `parent`. */
  constructor(keys: readonly string[], parent: string, nested: readonly string[]) {
    this.innerFrom = keys.length;
    this.parent = keys.length + nested.length;
    this.outer = new KeyTable([...keys.map((key, index) => [key, index] as const), [parent, this.parent]]);
    this.inner = new KeyTable(nested.map((key, index) => [key, keys.length + index]));
    this.kinds = new Uint8Array(this.parent + 1);
    this.starts = new Int32Array(this.parent + 1);
    this.ends = new Int32Array(this.parent + 1);
  }

  /** Whether the line is one object whose fields could be found. */
  scan(bytes: Uint8Array, start: number, end: number): boolean {
    this.kinds.fill(ABSENT);
    const at = skipSpace(bytes, start, end);
    if (bytes[at] !== OPEN_BRACE) return false;
    const after = this.object(bytes, at, end, false);
    return after >= 0 && skipSpace(bytes, after, end) === end;
  }

  /** From the opening brace; returns where it ends, -1 where it breaks off. */
  private object(bytes: Uint8Array, open: number, end: number, isInner: boolean): number {
    const layout = isInner ? this.innerLayout : this.outerLayout;
    let at = skipSpace(bytes, open + 1, end);
    if (bytes[at] === CLOSE_BRACE && at < end) return at + 1;
    for (let ordinal = 0; at < end; ordinal++) {
      const known = layout.match(ordinal, bytes, at);
      const start = known > 0 ? skipSpace(bytes, at + known, end) : this.key(bytes, at, end, { ordinal, isInner });
      if (start < 0 || start >= end) return -1;
      at = this.value(bytes, start, end, layout.fields[ordinal] ?? this.lastField);
      if (at < 0) return -1;
      at = skipSpace(bytes, at, end);
      const next = at < end ? bytes[at] : 0;
      if (next === CLOSE_BRACE) return at + 1;
      if (next !== COMMA) return -1;
      at = skipSpace(bytes, at + 1, end);
    }
    return -1;
  }

  /** The field of the key beyond those that a layout remembers. */
  private lastField = -1;

  /** From the quote of a key; returns where its value begins, -1 where there is none. */
  private key(bytes: Uint8Array, open: number, end: number, { ordinal, isInner }: { readonly ordinal: number; readonly isInner: boolean }): number {
    if (bytes[open] !== QUOTE) return -1;
    const close = closingQuote(bytes, open + 1);
    if (close >= end || bytes[close] !== QUOTE) return -1;
    const colon = skipSpace(bytes, close + 1, end);
    if (bytes[colon] !== COLON) return -1;
    const start = skipSpace(bytes, colon + 1, end);
    if (start >= end) return -1;
    this.lastField = (isInner ? this.inner : this.outer).find(bytes, open + 1, close);
    (isInner ? this.innerLayout : this.outerLayout).learn(ordinal, this.lastField, bytes, open, start);
    return start;
  }

  /** Returns where the value ends, -1 where it is none. */
  private value(bytes: Uint8Array, start: number, end: number, field: number): number {
    const first = bytes[start] ?? 0;
    let kind = OTHER;
    let after = -1;
    if (first === QUOTE) {
      after = closingQuote(bytes, start + 1);
      kind = PLAIN_TEXT;
      if (bytes[after] === BACKSLASH) {
        kind = ESCAPED_TEXT;
        after = closingQuoteAfter(bytes, after, end);
      }
      if (after < 0 || after >= end || bytes[after] !== QUOTE) return -1;
      after += 1;
    } else if (first === OPEN_BRACE && field === this.parent) {
      this.kinds.fill(ABSENT, this.innerFrom, this.parent);
      after = this.object(bytes, start, end, true);
    } else if (first === OPEN_BRACE || first === OPEN_BRACKET) after = skipContainer(bytes, start, end);
    else {
      after = scalarEnd(bytes, start, end);
      kind = isNumberStart(first) ? NUMBER : first === LETTER_N ? NULL : OTHER;
      if (after === start || (kind !== NUMBER && !isWord(bytes, start, after))) return -1;
    }
    if (field >= 0 && after >= 0) {
      const quotes = first === QUOTE ? 1 : 0;
      this.kinds[field] = kind;
      this.starts[field] = start + quotes;
      this.ends[field] = after - quotes;
    }
    return after;
  }
}

/** Where a quote stands next, or a backslash, or what no text may hold unescaped: a line's end is one of these. */
const closingQuote = (bytes: Uint8Array, from: number): number => {
  let at = from;
  for (let code = bytes[at] ?? 0; code !== QUOTE && code !== BACKSLASH && code >= SPACE; code = bytes[at] ?? 0) at += 1;
  return at;
};

/** The same from a backslash on, over all escapes; -1 where the text breaks off. */
const closingQuoteAfter = (bytes: Uint8Array, backslash: number, end: number): number => {
  let at = backslash;
  while (at < end && bytes[at] === BACKSLASH) at = closingQuote(bytes, at + 2);
  return at < end && bytes[at] === QUOTE ? at : -1;
};

/** From the opening bracket to behind the closing one; -1 where it breaks off. */
const skipContainer = (bytes: Uint8Array, start: number, end: number): number => {
  let depth = 0;
  for (let at = start; at < end; at++) {
    const code = bytes[at] ?? 0;
    if (code === QUOTE) {
      at = closingQuote(bytes, at + 1);
      if (bytes[at] === BACKSLASH) at = closingQuoteAfter(bytes, at, end);
      if (at < 0 || bytes[at] !== QUOTE) return -1;
    } else if (code === OPEN_BRACE || code === OPEN_BRACKET) depth += 1;
    else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return -1;
};

const scalarEnd = (bytes: Uint8Array, start: number, end: number): number => {
  let at = start;
  for (let code = bytes[at] ?? 0; at < end && code > SPACE && code !== COMMA && code !== CLOSE_BRACE && code !== CLOSE_BRACKET; code = bytes[at] ?? 0) at += 1;
  return at;
};

const skipSpace = (bytes: Uint8Array, from: number, end: number): number => {
  let at = from;
  for (let code = bytes[at] ?? 0; code <= SPACE && at < end && (code === SPACE || (code >= 9 && code <= 13)); code = bytes[at] ?? 0) at += 1;
  return at;
};

const isNumberStart = (code: number): boolean => (code >= 48 && code <= 57) || code === 45;

const WORDS = ['true', 'false', 'null'].map((word) => new TextEncoder().encode(word));

const isWord = (bytes: Uint8Array, start: number, end: number): boolean => WORDS.some((word) => word.length === end - start && word.every((code, i) => code === bytes[start + i]));
