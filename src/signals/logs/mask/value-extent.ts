/** Where the value after a separator begins and ends: quoted, escaped JSON in JSON, or bare. */
import { isBlank, isKeyChar, isLineEnd, isWord } from './characters.ts';

export interface Extent {
  readonly start: number;
  readonly end: number;
  readonly quoted: boolean;
  /** The end of the whole value where `end` is only as far as it was looked at. */
  readonly wholeEnd: () => number;
  /** White space between separator and value. */
  readonly spaced: boolean;
}

const MAX_BLANKS = 40;
const MAX_BACKSLASHES = 16;
/** A value is judged by this many characters; only when it is taken is the rest followed, so scanning stays linear. */
const MAX_VALUE_CHARS = 1024;

const isQuote = (code: number): boolean => code === 34 || code === 39 || code === 96;

/** Position after blanks (no line ends), at most {@link MAX_BLANKS} of them. */
export const skipBlanks = (text: string, at: number): number => {
  let i = at;
  while (i < at + MAX_BLANKS && (text.charCodeAt(i) === 32 || text.charCodeAt(i) === 9)) i++;
  return i;
};

/**
 * What may stand between separator and opening quote: string prefixes (`b'`, `N'`, `@"`), constructors of wrapper types
 * (`Optional("x")`, `Secret::new("x")`), PHP's `string(7) "x"`, and YAML's tags and block marks on one line. A type whose
 * name says that it looks something up takes a name, not a value.
 */
const WRAPPER =
  /(?:[bBrRuUfNn]{1,2}|@|<<|(?:str|string)(?:\(|\(\d{1,6}\) )|(?:new |@)?(?!\w{0,40}(?:[Ee]nv|Get|Load|Read|Ref|Var|Param|Field|Column|Error|Exception|Label|Lookup|Resolve|Find|Path|File))[A-Z]\w{0,40}(?:\.[A-Z]\w{0,40}){0,3}(?:::[a-z_]{2,16})?\()(?=\\{0,4}["'])|(?:base64decode|b64decode|sensitive|nonsensitive|(?:old_)?password|(?:OLD_)?PASSWORD|encrypt|ENCRYPT|md5|MD5|sha[12]?|SHA[12]?|crypt|CRYPT)\((?=\\{0,4}["'])|[A-Z][A-Za-z]{1,40}\((?:value|text|secret)=(?=\S)|Optional\[(?=[^\s\]])|!!?(?:binary|str) +(?=\S)|[>|][-+]? +(?=\S)/y;

/** Length of a quote that is written as an entity or escape at `at`: `&quot;`, `&#34;`, `\\u0022`; 0 where none is. */
export const writtenQuote = (text: string, at: number): number => {
  const first = text.charCodeAt(at);
  if (first === 38) {
    if (text.startsWith('&quot;', at) || text.startsWith('&apos;', at) || text.startsWith('&#x22;', at)) return 6;
    return text.startsWith('&#34;', at) || text.startsWith('&#39;', at) ? 5 : 0;
  }
  if (first !== 92) return 0;
  let depth = 1;
  while (depth < 4 && text.charCodeAt(at + depth) === 92) depth++;
  return text.startsWith('u0022', at + depth) || text.startsWith('u0027', at + depth) ? depth + 5 : 0;
};

/** The value that begins at `at` (blanks before it allowed), or null at a line's end. */
export const valueAt = (text: string, at: number): Extent | null => {
  let i = skipBlanks(text, at);
  const spaced = i > at;
  if (isLineEnd(text.charCodeAt(i))) return null;
  let backslashes = 0;
  while (text.charCodeAt(i + backslashes) === 92 && backslashes < MAX_BACKSLASHES) backslashes++;
  const quote = text.charCodeAt(i + backslashes);
  if (isQuote(quote)) {
    i += backslashes + 1;
    return extent(i, quotedEnd(text, i, quote, backslashes, MAX_VALUE_CHARS), { quoted: true, spaced }, (max) => quotedEnd(text, i, quote, backslashes, max));
  }
  const written = writtenQuote(text, i);
  if (written > 0) {
    const mark = text.slice(i, i + written);
    const found = text.slice(i + written, i + written + 512).indexOf(mark);
    const end = found < 0 ? bareEnd(text, i + written) : i + written + found;
    return extent(i + written, end, { quoted: true, spaced }, () => end);
  }
  WRAPPER.lastIndex = i;
  if (WRAPPER.test(text)) return valueAt(text, WRAPPER.lastIndex);
  return extent(i, bareEnd(text, i), { quoted: false, spaced }, (max) => bareEnd(text, i, max));
};

const extent = (start: number, end: number, form: { readonly quoted: boolean; readonly spaced: boolean }, follow: (max: number) => number): Extent => ({
  start,
  end,
  quoted: form.quoted,
  spaced: form.spaced,
  wholeEnd: () => (end - start < MAX_VALUE_CHARS ? end : follow(Number.MAX_SAFE_INTEGER)),
});

/**
 * End of a quoted value opened by `depth` backslashes and a quote: the next such quote with no more backslashes
 * before it, or the line's end where it was cut off.
 */
const quotedEnd = (text: string, start: number, quote: number, depth: number, max: number): number => {
  let run = 0;
  const limit = Math.min(text.length, start + max);
  for (let i = start; i < limit; i++) {
    const code = text.charCodeAt(i);
    if (code === 92) {
      run++;
      continue;
    }
    if (code === quote && (run <= depth && (depth === 0 || run > 0 || !isWord(text.charCodeAt(i + 1))))) return i - run;
    if (code === 10 || code === 13) return i;
    run = 0;
  }
  return limit;
};

/** Ampersand, quotes, comma, colon, equals sign and angle brackets as JSON writes them in HTML: `\\u0026`. */
const WRITTEN_SIGN: ReadonlySet<string> = new Set(['0026', '0022', '0027', '002c', '002C', '003a', '003A', '003d', '003D', '003c', '003C', '003e', '003E']);

/** `\\r]`, `\\n]`, with more backslashes where JSON holds the line. */
const isWireLineEnd = (text: string, at: number): boolean => {
  let i = at;
  while (i < at + 4 && text.charCodeAt(i) === 92) i++;
  return (text.charCodeAt(i) === 114 || text.charCodeAt(i) === 110) && text.charCodeAt(i + 1) === 93;
};

/** Bytes that end a bare value wherever they stand: white space, quotes, angle brackets, backquote, backslash before a quote. */
const endsBare = (text: string, i: number): boolean => {
  const code = text.charCodeAt(i);
  if (isBlank(code) || isQuote(code) || code === 60 || code === 62) return true;
  // `[\\r][\\n]`: line ends as logs of the wire write them.
  if (code === 91) return text.charCodeAt(i + 1) === 92 && isWireLineEnd(text, i + 1);
  if (code === 92) {
    const next = text.charCodeAt(i + 1);
    return next === 48 || next === 110 || next === 114 || next === 116 || next === 34 || next === 39 || next === 92 || (next === 117 && WRITTEN_SIGN.has(text.slice(i + 2, i + 6)));
  }
  return false;
};

/** `& ; , ) } ] |` end a bare value when what follows looks like the next field or the end of the list. */
const endsList = (text: string, i: number): boolean => {
  const code = text.charCodeAt(i);
  if (code === 41 || code === 125 || code === 93) return !isWord(text.charCodeAt(i + 1));
  if (code !== 38 && code !== 59 && code !== 44 && code !== 124) return false;
  const next = text.charCodeAt(i + 1);
  if (isBlank(next) || isQuote(next) || next === 92 || next === 123 || next === 91 || next === 125) return true;
  let j = i + 1;
  const limit = j + 48;
  while (j < limit && (isKeyChar(text.charCodeAt(j)) || text.charCodeAt(j) === 37)) j++;
  const after = text.charCodeAt(j);
  return j > i + 1 && (after === 61 || after === 58);
};

export const bareEnd = (text: string, start: number, max = MAX_VALUE_CHARS): number => {
  const limit = Math.min(text.length, start + max);
  let i = start;
  while (i < limit && !endsBare(text, i) && !endsList(text, i)) i++;
  // A full stop or comma that ends the sentence is not part of the value.
  while (i > start + 1 && i < start + max) {
    const last = text.charCodeAt(i - 1);
    if (last !== 46 && last !== 44 && last !== 59 && last !== 58) break;
    i--;
  }
  return i;
};
