/** The place in the source code that many layouts print with each line: `OrderService#42`, `(OrderService.java:42)`, `handler.go:17`. */

export interface CodeLocation {
  /** File or class without the line number, which moves from release to release. */
  readonly unit: string;
  readonly line: string;
}

/** Locations stand in the header. */
const HEADER_CHARS = 200;
const MAX_UNIT_CHARS = 200;
const MAX_LINE_DIGITS = 6;
const FILE = /\.(?:java|kt|scala|groovy|go|py|js|mjs|ts|rb|cs|cpp|cc|c|rs|php|ex|swift)$/;
/** `#` also numbers issues, so the name must look like a type. */
const TYPE = /(?:^|\.)[A-Z][\w$]+$/;

const HASH = 35;
const COLON = 58;

/** Looks at each `#` and `:` before a digit, left to right; linear but for the short name before it. */
export const codeLocationOf = (text: string): CodeLocation | null => {
  const end = Math.min(text.length - 1, HEADER_CHARS);
  for (let at = 1; at < end; at++) {
    const mark = text.charCodeAt(at);
    if ((mark !== HASH && mark !== COLON) || !isDigit(text.charCodeAt(at + 1))) continue;
    const location = locationAt(text, at, mark === COLON ? FILE : TYPE);
    if (location !== null) return location;
  }
  return null;
};

const locationAt = (text: string, mark: number, unitShape: RegExp): CodeLocation | null => {
  let end = mark + 1;
  while (end < text.length && isDigit(text.charCodeAt(end))) end += 1;
  const next = text.charCodeAt(end);
  if (end - mark - 1 > MAX_LINE_DIGITS || isUnitCode(next)) return null;
  let start = mark;
  while (start > 0 && mark - start < MAX_UNIT_CHARS && isUnitCode(text.charCodeAt(start - 1))) start -= 1;
  const unit = text.slice(start, mark);
  return unitShape.test(unit) ? { unit, line: text.slice(mark + 1, end) } : null;
};

const isDigit = (code: number): boolean => code >= 48 && code <= 57;
/** Letters, digits and `_ . $ / -`. */
const isUnitCode = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 45 && code <= 57) || code === 95 || code === 36;

const ZERO = 48;
const DOT = 46;
/** `.groovy` is the longest of the endings. */
const MAX_ENDING_CHARS = 7;
const decoder = new TextDecoder('latin1');

export const isLocationMark = (code: number): boolean => code === HASH || code === COLON;

/** The line of `codeLocationOf` as a number, from the bytes of a text that begins at `start` but is looked at from `from` on; -1 where it has none. */
export const codeLineIn = (bytes: Uint8Array, from: number, end: number, start = from): number => {
  for (let at = from; at < Math.min(end, start + 4 * HEADER_CHARS); at++) {
    const line = isLocationMark(bytes[at] ?? 0) ? codeLineAt(bytes, start, at, end) : -1;
    if (line >= 0) return line;
  }
  return -1;
};

/** The line of a location whose mark (`#` or `:`) stands at `mark`, in the header of a text that begins at `start`. */
export const codeLineAt = (bytes: Uint8Array, start: number, mark: number, end: number): number =>
  mark > start && mark + 1 < end && isDigit(bytes[mark + 1] ?? 0) && isInHeader(bytes, start, mark) ? lineAt(bytes, start, mark, end) : -1;

/** A character beyond ASCII is one character (of UTF-16: one or two) and several bytes. */
const isInHeader = (bytes: Uint8Array, start: number, mark: number): boolean => {
  if (mark - start < HEADER_CHARS) return true;
  if (mark - start >= 4 * HEADER_CHARS) return false;
  let chars = 0;
  for (let at = start; at < mark; at++) {
    const code = bytes[at] ?? 0;
    if (code < 0x80 || code >= 0xc0) chars += code >= 0xf0 ? 2 : 1;
  }
  return chars < HEADER_CHARS;
};

const lineAt = (bytes: Uint8Array, from: number, mark: number, to: number): number => {
  let end = mark + 1;
  let line = 0;
  for (; end < to && isDigit(bytes[end] ?? 0) && end - mark <= MAX_LINE_DIGITS + 1; end++) line = 10 * line + (bytes[end] ?? 0) - ZERO;
  if (end - mark - 1 > MAX_LINE_DIGITS || (end < to && isUnitCode(bytes[end] ?? 0))) return -1;
  let start = mark;
  while (start > from && mark - start < MAX_UNIT_CHARS && isUnitCode(bytes[start - 1] ?? 0)) start -= 1;
  if (start === mark) return -1;
  const isColon = bytes[mark] === COLON;
  // Most are times, ports and the like: without an ending there is no file.
  if (isColon && !hasDot(bytes, Math.max(start, mark - MAX_ENDING_CHARS), mark)) return -1;
  return (isColon ? FILE : TYPE).test(decoder.decode(bytes.subarray(start, mark))) ? line : -1;
};

const hasDot = (bytes: Uint8Array, from: number, to: number): boolean => {
  for (let at = from; at < to; at++) if (bytes[at] === DOT) return true;
  return false;
};
