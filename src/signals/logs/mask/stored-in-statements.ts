/** Stored passwords and plain ones in SQL: `IDENTIFIED BY VALUES 'S:…'`, `IDENTIFIED WITH plugin AS '…'`, `SELECT FN_ENC('x', 'ARIA')`. */
import { lineBefore } from './characters.ts';
import type { SpanSink } from './mask-span.ts';
import { isPlaceholder, looksLikePassword } from './value-shape.ts';

/** Oracle's and MySQL's clauses that carry what the server stores (Oracle SQL Language Reference, MySQL and MariaDB Reference Manual, CREATE USER). */
const STORED = /[ \t]+(?:by[ \t]+(?:values|password)|(?:with|via)[ \t]+\S{1,40}[ \t]+(?:as|using|by)(?:[ \t]+password\()?)[ \t]*(?:password\()?\\*(["'])([^"'\r\n]{4,600})(?=\\*\1)/iy;

/** Handles `identified` that ends at `end`; returns where to go on, `end` where nothing was found. */
export const maskIdentified = (text: string, end: number, sink: SpanSink): number => {
  STORED.lastIndex = end;
  const value = STORED.exec(text)?.[2]?.replace(/\\+$/, '');
  if (value === undefined || isPlaceholder(value)) return end;
  const at = text.lastIndexOf(value, STORED.lastIndex);
  return sink.add(at, at + value.length, 'secret:password-hash');
};

/** A function whose last word says that it hides what it takes. */
const HIDES = /(?:^|[._])(?:\w*_)?(?:enc|encrypt|hash|hashbytes|digest|crypt|md5|sha\d{0,3}|aes|pwd|password|pw_enc|encode_pw)(?:_\w{1,16})?$/i;
const STATEMENT = /\b(?:select|where|set|values|and|or|insert|update|merge|call|exec|begin|from)\b/i;
/** The literal alone, or first before an algorithm's name, a length, a key. */
const LITERAL = /\(\s*N?'([^'\r\n]{4,128})'\s*[,)]/y;
/** Transact-SQL's `HASHBYTES('SHA2_256', 'x')`. */
const LITERAL_SECOND = /\(\s*N?'(?:SHA|MD)\w{1,8}'\s*,\s*N?'([^'\r\n]{4,128})'\s*\)/iy;

/** Cheap test of the letter before `(`: c, h, s, t, p, d, a digit or a letter that ends such a name. */
export const mayHide = (text: string, at: number): boolean => text.charCodeAt(at + 1) === 39 || text.charCodeAt(at + 2) === 39;

/** Handles `(` at `at` behind such a function in a statement; the end of what was masked, or 0. */
export const maskHidden = (text: string, at: number, sink: SpanSink): number => {
  const before = lineBefore(text, at, 120);
  const name = /[\w.]{2,48}$/.exec(before)?.[0] ?? '';
  if (!HIDES.test(name) || !STATEMENT.test(before)) return 0;
  for (const pattern of [LITERAL_SECOND, LITERAL]) {
    pattern.lastIndex = at;
    const value = pattern.exec(text)?.[1];
    if (value === undefined || isPlaceholder(value) || !looksLikePassword(value) || /^(?:sha|md|aes|aria|seed|des)[\d_-]/i.test(value)) continue;
    const from = text.lastIndexOf(`'${value}'`, pattern.lastIndex) + 1;
    return sink.add(from, from + value.length, 'secret:password');
  }
  return 0;
};
