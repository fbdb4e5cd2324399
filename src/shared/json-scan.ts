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

export class JsonScanner {
  /** Of each field: what kind of value, and where it lies. */
  readonly kinds: Uint8Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  private readonly outer: KeyTable;
  private readonly inner: KeyTable;
  private readonly parent: number;
  private readonly innerFrom: number;
  private at = 0;

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
    this.at = start;
    this.skipSpace(bytes, end);
    if (bytes[this.at] !== OPEN_BRACE || !this.object(bytes, end, this.outer)) return false;
    this.skipSpace(bytes, end);
    return this.at === end;
  }

  /** From the opening brace to behind the closing one. */
  private object(bytes: Uint8Array, end: number, table: KeyTable): boolean {
    this.at += 1;
    this.skipSpace(bytes, end);
    if (bytes[this.at] === CLOSE_BRACE && this.at < end) {
      this.at += 1;
      return true;
    }
    while (this.at < end) {
      if (bytes[this.at] !== QUOTE) return false;
      const keyStart = this.at + 1;
      let at = keyStart;
      for (let code = bytes[at] ?? QUOTE; code !== QUOTE; code = bytes[at] ?? QUOTE) {
        if (code === BACKSLASH) return false;
        at += 1;
      }
      const field = table.find(bytes, keyStart, at);
      this.at = at + 1;
      this.skipSpace(bytes, end);
      if (bytes[this.at] !== COLON) return false;
      this.at += 1;
      this.skipSpace(bytes, end);
      if (this.at >= end || !this.value(bytes, end, field)) return false;
      this.skipSpace(bytes, end);
      const next = bytes[this.at];
      this.at += 1;
      if (next === CLOSE_BRACE) return this.at <= end;
      if (next !== COMMA) return false;
      this.skipSpace(bytes, end);
    }
    return false;
  }

  private value(bytes: Uint8Array, end: number, field: number): boolean {
    const start = this.at;
    const first = bytes[start] ?? 0;
    let kind = OTHER;
    if (first === QUOTE) {
      kind = this.text(bytes, end);
      if (kind === ABSENT) return false;
    } else if (first === OPEN_BRACE && field === this.parent) {
      this.kinds.fill(ABSENT, this.innerFrom, this.parent);
      if (!this.object(bytes, end, this.inner)) return false;
    } else if (first === OPEN_BRACE || first === OPEN_BRACKET) {
      if (!this.container(bytes, end)) return false;
    } else {
      kind = isNumberStart(first) ? NUMBER : first === 110 ? NULL : OTHER;
      this.scalar(bytes, end);
      if (this.at === start || (kind !== NUMBER && !isWord(bytes, start, this.at))) return false;
    }
    if (field >= 0) {
      const isText = first === QUOTE ? 1 : 0;
      this.kinds[field] = kind;
      this.starts[field] = start + isText;
      this.ends[field] = this.at - isText;
    }
    return true;
  }

  /** From the opening quote to behind the closing one; ABSENT where there is none. */
  private text(bytes: Uint8Array, end: number): number {
    let at = this.at + 1;
    let kind = PLAIN_TEXT;
    while (at < end) {
      const code = bytes[at];
      if (code === QUOTE) {
        this.at = at + 1;
        return kind;
      }
      if (code === BACKSLASH) {
        kind = ESCAPED_TEXT;
        at += 1;
      }
      at += 1;
    }
    return ABSENT;
  }

  private container(bytes: Uint8Array, end: number): boolean {
    let depth = 0;
    while (this.at < end) {
      const code = bytes[this.at] ?? 0;
      if (code === QUOTE) {
        if (this.text(bytes, end) === ABSENT) return false;
        continue;
      }
      this.at += 1;
      if (code === OPEN_BRACE || code === OPEN_BRACKET) depth += 1;
      else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) {
        depth -= 1;
        if (depth === 0) return true;
      }
    }
    return false;
  }

  private scalar(bytes: Uint8Array, end: number): void {
    let { at } = this;
    for (let code = bytes[at] ?? 0; at < end && code > SPACE && code !== COMMA && code !== CLOSE_BRACE && code !== CLOSE_BRACKET; code = bytes[at] ?? 0) at += 1;
    this.at = at;
  }

  private skipSpace(bytes: Uint8Array, end: number): void {
    let { at } = this;
    for (let code = bytes[at] ?? 0; at < end && (code === SPACE || (code >= 9 && code <= 13)); code = bytes[at] ?? 0) at += 1;
    this.at = at;
  }
}

const isNumberStart = (code: number): boolean => (code >= 48 && code <= 57) || code === 45;

const WORDS = ['true', 'false', 'null'].map((word) => new TextEncoder().encode(word));

const isWord = (bytes: Uint8Array, start: number, end: number): boolean => WORDS.some((word) => word.length === end - start && word.every((code, i) => code === bytes[start + i]));
