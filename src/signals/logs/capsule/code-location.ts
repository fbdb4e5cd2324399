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
