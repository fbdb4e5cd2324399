/** logfmt: `key=value key="quoted value" …`. */
import type { Fields, FieldValue } from './json-fields.ts';

const PAIR = /([A-Za-z_@][\w.@/-]{0,80})=(?:"((?:[^"\\]|\\.)*)"|([^\s"=]*(?:=[^\s"]*)?))(?=\s|$)/y;
const WORD = /[^\s="]{1,80}(?=\s|$)/y;
const MAX_PAIRS = 128;

const isBlank = (c: number): boolean => c === 32 || c === 9;

/** The pairs from `at` to the end of the line; null where it does not begin with one or is mostly other text. */
export const logfmtFields = (line: string, at: number): Fields | null => {
  const values = new Map<string, FieldValue>();
  let i = at;
  let words = 0;
  while (i < line.length && values.size < MAX_PAIRS) {
    PAIR.lastIndex = i;
    const match = PAIR.exec(line);
    if (match === null) {
      WORD.lastIndex = i;
      if (values.size === 0 || !WORD.test(line) || ++words > values.size) break;
      i = WORD.lastIndex;
    } else {
      const quoted = match[2] !== undefined;
      const end = PAIR.lastIndex - (quoted ? 1 : 0);
      const start = end - (match[2] ?? match[3] ?? '').length;
      const text = match[2] ?? match[3] ?? '';
      const key = (match[1] ?? '').toLowerCase();
      if (!values.has(key)) values.set(key, { start, end, kind: 'string', escaped: text.includes('\\') });
      i = PAIR.lastIndex;
    }
    while (i < line.length && isBlank(line.charCodeAt(i))) i++;
  }
  return values.size < 2 ? null : { line, values };
};
