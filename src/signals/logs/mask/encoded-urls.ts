/** URLs inside other texts, written with escapes: percent-encoded once or more (RFC 3986), or with JSON's `\/` and `\u002f` (RFC 8259, section 7). */
import { isBlank, isHex } from './characters.ts';
import { SpanSink } from './mask-span.ts';
import { maskUrl } from './urls.ts';

const SLASH = String.raw`(?:\\{1,8}\/|\\{1,4}u002[fF]|%(?:25){0,3}2[fF])`;
/** `://` with an escape in it. */
const HEAD = new RegExp(String.raw`(?::|\\{1,4}u003[aA]|%(?:25){0,3}3[aA])${SLASH}${SLASH}`, 'y');
const MAX_URL_CHARS = 1024;

interface Decoded {
  readonly text: string;
  /** Under each character, where it begins in the original; one more for the end. */
  readonly offsets: readonly number[];
}

/** Length of the escape at `at`: `%2F`, `%252F`, `\/`, `\u002f`; 0 where none is. */
const escapeLength = (text: string, at: number, code: number): number => {
  let i = at + 1;
  if (code === 37) {
    while (i < at + 7 && text.charCodeAt(i) === 50 && text.charCodeAt(i + 1) === 53 && isHex(text.charCodeAt(i + 2)) && isHex(text.charCodeAt(i + 3))) i += 2;
    return isHex(text.charCodeAt(i)) && isHex(text.charCodeAt(i + 1)) ? i + 2 - at : 0;
  }
  while (i < at + 8 && text.charCodeAt(i) === 92) i++;
  if (text.charCodeAt(i) === 47) return i + 1 - at;
  return text.startsWith('u00', i) && isHex(text.charCodeAt(i + 3)) && isHex(text.charCodeAt(i + 4)) ? i + 5 - at : 0;
};

const endsUrl = (code: number): boolean => isBlank(code) || code > 126 || code === 34 || code === 39 || code === 60 || code === 62 || code === 96;

/** The URL's characters from `at` on, without their escapes. */
const decode = (text: string, at: number): Decoded => {
  const offsets: number[] = [];
  let out = '';
  let i = at;
  const limit = Math.min(text.length, at + MAX_URL_CHARS);
  while (i < limit) {
    const code = text.charCodeAt(i);
    // What follows a bare ampersand belongs to the text around.
    if (endsUrl(code) || code === 38) break;
    const length = code === 37 || code === 92 ? escapeLength(text, i, code) : 1;
    if (length === 0) break;
    const last = text.charCodeAt(i + length - 1);
    const plain = length === 1 ? code : last === 47 ? 47 : Number.parseInt(text.slice(i + length - 2, i + length), 16);
    // A URL in this one's query is handled on its own.
    if (endsUrl(plain) || (plain === 47 && out.length > 3 && out.endsWith(':/'))) break;
    out += String.fromCharCode(plain);
    offsets.push(i);
    i += length;
  }
  offsets.push(i);
  return { text: out, offsets };
};

/** Handles the `:`, `%` or backslash at `at` where it begins an escaped `://`; where to go on, or 0 where it does not. */
export const maskEncodedUrl = (text: string, at: number, sink: SpanSink): number => {
  HEAD.lastIndex = at;
  if (!HEAD.test(text)) return 0;
  const { text: url, offsets } = decode(text, at);
  const found = new SpanSink();
  maskUrl(url, 0, found);
  let end = HEAD.lastIndex;
  for (const span of found.spans) end = sink.add(offsets[span.start] ?? end, offsets[span.end] ?? end, span.kind);
  return end;
};

/** Where the text goes on after the escape of one character at `at`, `%2F` or `%252F`; `at + 1` where none is: its digits are no part of a word. */
export const afterPercent = (text: string, at: number): number => at + Math.max(1, escapeLength(text, at, 37));
