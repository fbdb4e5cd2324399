/** Keys as arguments of a database's cipher functions. */
import { lineBefore } from './characters.ts';
import type { SpanSink } from './mask-span.ts';
import { isPlaceholder } from './value-shape.ts';

/** PostgreSQL's pgcrypto and MySQL's functions: the key is the second argument. */
const KEY_SECOND = /\b(?:pgp_sym_(?:en|de)crypt(?:_bytea)?|aes_(?:en|de)crypt)$/i;
const SECOND = /\((?:'[^'\r\n]{0,200}'|[\w.:"$?@ ]{1,80}|\w{1,32}\([^()\r\n]{0,80}\))(?:::\w{1,16})?,\s*'([^'\r\n]{4,128})'/y;
/** pgcrypto's raw functions, told by the algorithm that follows. */
const KEY_MIDDLE = /\b(?:encrypt|decrypt|hmac)$/i;
const MIDDLE = new RegExp(`${SECOND.source}(?=,\\s*'(?:aes|bf|3des|des|sha\\d{1,3}|md5)\\b)`, 'y');
/** Transact-SQL's: the passphrase is the first; pgcrypto's `crypt('x', gen_salt('bf'))`. */
const KEY_FIRST = /\b(?:en|de)cryptbypassphrase$/i;
const FIRST = /\(\s*N?'([^'\r\n]{4,128})'/y;
const SALTED = /\('([^'\r\n]{4,128})'(?=,\s*gen_salt\()/y;

/** Cheap test: `…crypt(`, `hmac(`, `…phrase(`, `…bytea(`. */
export const endsCipher = (text: string, at: number): boolean => {
  const last = text.charCodeAt(at - 1) | 32;
  const third = text.charCodeAt(at - 3) | 32;
  return (last === 99 && third === 109) || (last === 116 && third === 121) || (last === 101 && third === 97) || (last === 97 && third === 116);
};

/** Handles `(` at `at`; where to go on, or 0 where nothing was found. */
export const maskCipherKey = (text: string, at: number, sink: SpanSink): number => {
  const before = lineBefore(text, at, 24);
  const pattern = KEY_SECOND.test(before) ? SECOND : KEY_MIDDLE.test(before) ? MIDDLE : KEY_FIRST.test(before) ? FIRST : SALTED;
  pattern.lastIndex = at;
  const key = pattern.exec(text)?.[1];
  if (key === undefined || isPlaceholder(key)) return 0;
  const end = pattern === SALTED ? at + 2 + key.length : pattern.lastIndex - 1;
  return sink.add(end - key.length, end, 'secret:password');
};
