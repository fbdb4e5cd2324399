/** The fields of a JSON line with their places in it: what JSON.parse does not tell. One pass, no recursion. */

export interface FieldValue {
  /** Of the value, inside of the quotes for a string. */
  readonly start: number;
  readonly end: number;
  readonly kind: 'string' | 'number' | 'word' | 'container';
  /** A string with backslashes. */
  readonly escaped: boolean;
}

/** Values by their path in lower case: `service.name`, whether nested or dotted in the key. */
export interface Fields {
  readonly line: string;
  readonly values: ReadonlyMap<string, FieldValue>;
}

const MAX_FIELDS = 256;
const MAX_DEPTH = 4;
const MAX_NESTING = 512;
const QUOTE = 34;
const BACKSLASH = 92;

/** The offset of the closing quote of a string whose content begins at `at`; -1 where it is cut off. */
const endOfString = (line: string, at: number): number => {
  let i = line.indexOf('"', at);
  while (i > 0 && line.charCodeAt(i - 1) === BACKSLASH) {
    let slashes = 1;
    while (i - 1 - slashes >= at && line.charCodeAt(i - 1 - slashes) === BACKSLASH) slashes++;
    if (slashes % 2 === 0) return i;
    i = line.indexOf('"', i + 1);
  }
  return i;
};

const isSpace = (c: number): boolean => c === 32 || c === 9 || c === 13 || c === 10;

/** The text of a value, decoded where it was escaped. */
export const textOf = (fields: Fields, value: FieldValue): string => {
  const raw = fields.line.slice(value.start, value.end);
  if (!value.escaped) return raw;
  try {
    return String(JSON.parse(`"${raw}"`));
  } catch {
    return raw;
  }
};

class Scanner {
  readonly values = new Map<string, FieldValue>();
  private readonly line: string;
  private at: number;
  private nextBackslash = -1;
  /** Path prefix at each open container; null inside of an array or below the depth that is looked at. */
  private readonly prefixes: (string | null)[] = [];
  private readonly kinds: string[] = [];
  private readonly starts: number[] = [];
  private readonly paths: (string | null)[] = [];

  constructor(line: string, at: number) {
    this.line = line;
    this.at = at;
  }

  private skip(): number {
    let c = this.line.charCodeAt(this.at);
    while (isSpace(c)) c = this.line.charCodeAt(++this.at);
    return c;
  }

  private put(path: string | null, value: FieldValue): void {
    if (path !== null && this.values.size < MAX_FIELDS && !this.values.has(path)) this.values.set(path, value);
  }

  /** Remembers the next backslash, so that a line is searched for them once. */
  private hasBackslash(start: number, end: number): boolean {
    if (this.nextBackslash < start) {
      const found = this.line.indexOf('\\', start);
      this.nextBackslash = found < 0 ? this.line.length : found;
    }
    return this.nextBackslash < end;
  }

  private open(path: string | null, kind: string): void {
    const readable = path !== null && kind === '{' && this.kinds.length < MAX_DEPTH;
    this.prefixes.push(readable ? (path === '' ? '' : `${path}.`) : null);
    this.kinds.push(kind);
    this.starts.push(this.at);
    this.paths.push(path);
    this.at++;
  }

  private close(): void {
    this.at++;
    this.kinds.pop();
    this.prefixes.pop();
    const start = this.starts.pop() ?? 0;
    const path = this.paths.pop() ?? null;
    if (path !== '') this.put(path, { start, end: this.at, kind: 'container', escaped: false });
  }

  /** Passes one value; false where the line is cut off or no JSON. */
  private value(path: string | null): boolean {
    const c = this.skip();
    if (c === QUOTE) {
      const start = this.at + 1;
      const end = endOfString(this.line, start);
      if (end < 0) return false;
      this.put(path, { start, end, kind: 'string', escaped: this.hasBackslash(start, end) });
      this.at = end + 1;
      return true;
    }
    if (c === 123 || c === 91) {
      if (this.kinds.length >= MAX_NESTING) return false;
      this.open(path, c === 123 ? '{' : '[');
      return true;
    }
    const start = this.at;
    let d = c;
    while (d === 43 || d === 45 || d === 46 || (d >= 48 && d <= 57) || (d >= 65 && d <= 90) || (d >= 97 && d <= 122)) d = this.line.charCodeAt(++this.at);
    if (this.at === start) return false;
    this.put(path, { start, end: this.at, kind: c === 45 || (c >= 48 && c <= 57) ? 'number' : 'word', escaped: false });
    return true;
  }

  private key(): string | null | false {
    if (this.skip() !== QUOTE) return false;
    const start = this.at + 1;
    const end = endOfString(this.line, start);
    if (end < 0) return false;
    this.at = end + 1;
    if (this.skip() !== 58) return false;
    this.at++;
    const prefix = this.prefixes.at(-1) ?? null;
    return prefix === null ? null : prefix + this.line.slice(start, end).toLowerCase();
  }

  /** The offset behind the object, or -1. */
  run(): number {
    this.open('', '{');
    let first = true;
    while (this.kinds.length > 0) {
      const depth = this.kinds.length;
      const c = this.skip();
      if (c === 125 || c === 93) {
        if ((c === 125) !== (this.kinds.at(-1) === '{')) return -1;
        this.close();
        first = false;
        continue;
      }
      if (!first) {
        if (c !== 44) return -1;
        this.at++;
      }
      let path: string | null = null;
      if (this.kinds.at(-1) === '{') {
        const key = this.key();
        if (key === false) return -1;
        path = key;
      }
      if (!this.value(path)) return -1;
      first = this.kinds.length > depth;
    }
    return this.at;
  }
}

/**
 * The fields of the object that begins at `at` and ends the line; null where that is no JSON object. A record that was
 * cut off counts where at least three fields were read.
 */
export const jsonFields = (line: string, at: number): Fields | null => {
  if (line.charCodeAt(at) !== 123) return null;
  const scanner = new Scanner(line, at);
  let end = scanner.run();
  const cut = end < 0;
  while (isSpace(line.charCodeAt(end))) end++;
  if (cut ? scanner.values.size < 3 : end < line.length || scanner.values.size === 0) return null;
  return { line, values: scanner.values };
};

/** Where in the raw line the character at `offset` of a string's decoded text stands; `start` is the string's first. */
export const rawOffset = (line: string, start: number, offset: number): number => {
  let at = start;
  for (let n = 0; n < offset && at < line.length; n++) {
    if (line.charCodeAt(at) !== BACKSLASH) at++;
    else at += line[at + 1] === 'u' ? 6 : 2;
  }
  return Math.min(at, line.length);
};

/** The raw place of a span of a string's decoded text; null where escapes stand in it. */
export const rawSpan = <S extends { readonly start: number; readonly end: number }>(line: string, from: number, span: S | null): S | null => {
  if (span === null) return null;
  const start = rawOffset(line, from, span.start);
  const end = start + span.end - span.start;
  return rawOffset(line, from, span.end) === end ? { ...span, start, end } : null;
};
