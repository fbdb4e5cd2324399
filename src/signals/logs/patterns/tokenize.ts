/**
 * The canonical token sequence of a log message: what a row of the pattern table is.
 *
 * A token is a unit (a run of characters between white space and delimiters), a delimiter, or the
 * wildcard `<*>`. A token that stood after white space begins with one space, so `tokens.join('')`
 * is the message again with its white space squeezed. A unit that holds a word with a digit is a
 * wildcard as a whole (versions, addresses, ids, negative numbers, file names with a date), and so is
 * a path or URL, with or without digits.
 *
 * The sequence depends only on the digit-free words, the separators and on which words hold a digit,
 * never on the digits themselves. A byte scanner may therefore collapse every run of [A-Za-z0-9_] and
 * bytes >= 0x80 that holds an ASCII digit to one mark, and use the rest of the line as a memo key.
 * A masked span becomes `<*>` whatever it holds; its place must be part of such a key.
 */

import { foldDates, isDateWord } from './date-words.ts';
import { WILDCARD } from './wildcard.ts';

const SPACED_WILDCARD = ' <*>';

/** A message is cut after so many characters, a word with a digit counted as one; the rest is one wildcard. */
const MAX_SHAPE_CHARS = 4096;
/** A message is cut after so many tokens; the last is then a wildcard. */
export const MAX_TOKENS = 256;

/** Half-open range of UTF-16 code units. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

const SPACE = 1;
const DELIMITER = 2;
const DIGIT = 3;
const LETTER = 4;
const OTHER = 5;

const CLASS_OF_ASCII = ((): Uint8Array => {
  const table = new Uint8Array(128).fill(OTHER);
  for (let code = 0; code <= 32; code++) table[code] = SPACE;
  table[127] = SPACE;
  for (let code = 48; code <= 57; code++) table[code] = DIGIT;
  for (let code = 65; code <= 90; code++) table[code] = LETTER;
  for (let code = 97; code <= 122; code++) table[code] = LETTER;
  table[95] = LETTER;
  // '@' parts `Server@1f3a` and `user@host`: both sides say something.
  for (const delimiter of '=:,;()[]{}<>"\'`|@') table[delimiter.charCodeAt(0)] = DELIMITER;
  return table;
})();

const classOf = (code: number): number => (code < 128 ? (CLASS_OF_ASCII[code] ?? OTHER) : LETTER);

const SLASH = 47;
const BACKSLASH = 92;
const COLON = 58;
const EQUALS = 61;
const DOT = 46;
const TILDE = 126;
const OPEN_SQUARE = 91;
const CLOSE_SQUARE = 93;
/** Brackets in a path are looked through for so many characters. */
const MAX_PAIR = 256;

const RULE_MARKS: ReadonlySet<number> = new Set([DOT, 61, 60, 62, 124]);

const isQuote = (code: number): boolean => code === 34 || code === 39;

const isSentenceEnd = (code: number): boolean => code === DOT || code === 33 || code === 63;

const isLetterAt = (text: string, at: number): boolean => at < text.length && classOf(text.charCodeAt(at)) === LETTER;

/** Whether a path or URL begins here: `/x`, `~/`, `./`, `../`, `C:\`, `\\host`, `scheme://`. */
const startsPath = (text: string, at: number): boolean => {
  const code = text.charCodeAt(at);
  if (code === SLASH) return isLetterAt(text, at + 1);
  if (code === TILDE) return text.charCodeAt(at + 1) === SLASH;
  if (code === DOT) {
    const next = text.charCodeAt(at + 1) === DOT ? at + 2 : at + 1;
    return text.charCodeAt(next) === SLASH && isLetterAt(text, next + 1);
  }
  if (code === BACKSLASH) return text.charCodeAt(at + 1) === BACKSLASH && isLetterAt(text, at + 2);
  if (classOf(code) !== LETTER) return false;
  if (text.charCodeAt(at + 1) === COLON && text.charCodeAt(at + 2) === BACKSLASH) return true;
  let end = at;
  while (end < at + 16 && isLetterAt(text, end)) end++;
  return text.charCodeAt(end) === COLON && text.charCodeAt(end + 1) === SLASH && text.charCodeAt(end + 2) === SLASH;
};

/** The end (exclusive) of the pair of square brackets that opens at `at`, without white space in it; `at` where none is closed. */
const pairEnd = (text: string, at: number, limit: number): number => {
  let depth = 0;
  for (let i = at; i < Math.min(limit, at + MAX_PAIR); i++) {
    const code = text.charCodeAt(i);
    if (classOf(code) === SPACE) return at;
    if (code === OPEN_SQUARE) depth++;
    else if (code === CLOSE_SQUARE && --depth === 0) return i + 1;
  }
  return at;
};

/** Where the path or URL ends: `=`, `:`, `@` and, before a further step (`/rack[2]/slot`) or behind `=` (`?key=[hidden]`), what is in square brackets belong to it, trailing punctuation does not. */
const pathEnd = (text: string, start: number, limit: number): number => {
  let end = start;
  while (end < limit) {
    const code = text.charCodeAt(end);
    const kind = classOf(code);
    if (code === OPEN_SQUARE && end > start) {
      const close = pairEnd(text, end, limit);
      if (close > end && close <= limit && (text.charCodeAt(end - 1) === EQUALS || (text.charCodeAt(close) === SLASH && close < limit))) {
        end = close;
        continue;
      }
    }
    if (kind === SPACE || (kind === DELIMITER && code !== 61 && code !== COLON && code !== 64)) break;
    end++;
  }
  while (end > start + 1) {
    const code = text.charCodeAt(end - 1);
    if (code !== COLON && code !== 61 && !isSentenceEnd(code)) break;
    end--;
  }
  return end;
};

const HEX_GROUP = /^[a-fA-F]{1,4}$/;

/** A wildcard, or a group of an address that happens to hold no digit (`fe80:ab::1`, `ac:de:48`). */
const isAddressGroup = (token: string): boolean => token === WILDCARD || HEX_GROUP.test(token);

/** A host before its port, a file before its line. */
const DOTTED_NAME = /^ ?[^ .:]+(?:\.[^ .:]+)+$/;

class TokenWriter {
  readonly tokens: string[] = [];
  hasDateWord = false;
  /** The last token is an address: numbers joined by colons. */
  #inAddress = false;

  push(text: string, spaced: boolean): void {
    const { tokens } = this;
    if (text !== WILDCARD) {
      this.hasDateWord ||= isDateWord(text);
      // The last group of an address need not hold a digit either.
      if (this.#inAddress && !spaced && tokens.at(-1) === ':' && HEX_GROUP.test(text)) {
        tokens.pop();
        return;
      }
      if (text !== ':') this.#inAddress = false;
      tokens.push(spaced && tokens.length > 0 ? ` ${text}` : text);
      return;
    }
    if (!spaced && (tokens.at(-1)?.endsWith(WILDCARD) === true || this.#joins())) return;
    this.#inAddress = false;
    tokens.push(spaced && tokens.length > 0 ? SPACED_WILDCARD : WILDCARD);
  }

  /** Folds `<*>:<*>`, `<*>,<*>`, `db.example.com:<*>`, `fe80::ab:<*>`, `<5` and `~5` into the wildcard before or in place. */
  #joins(): boolean {
    const { tokens } = this;
    let at = tokens.length - 1;
    const last = tokens[at];
    if (last === ' <' || last === ' >') {
      tokens[at] = SPACED_WILDCARD;
      return true;
    }
    if (last !== ':' && last !== ',') return false;
    const before = tokens[at - 1] ?? '';
    if (last === ':' && DOTTED_NAME.test(before)) {
      tokens[at - 1] = before.startsWith(' ') ? SPACED_WILDCARD : WILDCARD;
      tokens.length = at;
      return true;
    }
    let first = -1;
    while (at >= 0 && tokens[at] === last) {
      while (at >= 0 && tokens[at] === last) at--;
      const group = (tokens[at] ?? '').trimStart();
      if (!isAddressGroup(group) || (last === ',' && group !== WILDCARD)) break;
      // One literal group before a number is `code:5`; it takes a wildcard or a second colon to make an address.
      if (group === WILDCARD || first >= 0) first = at;
      else if (tokens[at - 1] !== ':') break;
      if ((tokens[at] ?? '').startsWith(' ')) break;
      at--;
    }
    if (first < 0) return false;
    tokens[first] = (tokens[first] ?? '').startsWith(' ') ? SPACED_WILDCARD : WILDCARD;
    tokens.length = first + 1;
    this.#inAddress = last === ':';
    return true;
  }
}

/** The end of the unit at `start`, and whether a word in it holds a digit. */
interface Unit {
  readonly end: number;
  readonly hasDigit: boolean;
}

/** How many of one mark stand here. Three or more are a leader or a rule (`enable.......0`, `=====>`), not part of a name. */
const marksAt = (text: string, at: number, limit: number): number => {
  const code = text.charCodeAt(at);
  if (!RULE_MARKS.has(code)) return 0;
  let end = at;
  while (end < limit && text.charCodeAt(end) === code) end++;
  return end - at;
};

const readUnit = (text: string, start: number, limit: number): Unit => {
  let end = start;
  let hasDigit = false;
  while (end < limit) {
    const code = text.charCodeAt(end);
    const kind = classOf(code);
    if (kind === SPACE || kind === DELIMITER) break;
    if (code === DOT && marksAt(text, end, end + 3) === 3) break;
    if (code === BACKSLASH && end > start && isQuote(text.charCodeAt(end + 1))) break;
    if (kind === DIGIT) hasDigit = true;
    end++;
  }
  return { end, hasDigit };
};

/** Sentence punctuation after a unit is not part of it. */
const trimSentenceEnd = (text: string, start: number, end: number): number => {
  let trimmed = end;
  while (trimmed > start + 1 && isSentenceEnd(text.charCodeAt(trimmed - 1))) trimmed--;
  return trimmed;
};

/**
 * Literals of programming languages are values, never the text of a statement.
 * Source: Khan et al., "Guidelines for Assessing the Accuracy of Log Message Template Identification Techniques", ICSE 2022.
 */
const LITERAL_VALUES: ReadonlySet<string> = new Set(['true', 'false', 'null', 'True', 'False']);

/** One in some thousand ids in hexadecimal holds no digit; no word of English is spelt with eight such letters. `ffffffff` is no id. */
const HEX_ID = /(?:^|[_-])(?![fF]+(?:$|[_-]))(?:[a-f]{8,}|[A-F]{8,})(?=$|[_-])/;

const isValue = (text: string): boolean => LITERAL_VALUES.has(text) || (text.length >= 8 && HEX_ID.test(text));

/** The address of all interfaces (RFC 4291, section 2.5.2) in the brackets of a URL (RFC 3986, section 3.2.2). */
const ANY_ADDRESS = '[::]';

const NO_SPANS: readonly Span[] = [];

/** `/10.0.0.1` is one value, and so it is where the address is masked. */
const beginsUnit = (message: string, at: number): boolean => at === 0 || classOf(message.charCodeAt(at - 1)) <= DELIMITER;

/**
 * Cuts a message (header already stripped) into its canonical tokens.
 * `spans` are the masked ranges, sorted and apart. Never throws; linear in the message.
 */
export const tokenize = (message: string, spans: readonly Span[] = NO_SPANS): string[] => {
  const writer = new TokenWriter();
  const { tokens } = writer;
  let spanIndex = 0;
  let at = 0;
  let spaced = false;
  let shapeChars = 0;
  while (at < message.length) {
    if (shapeChars > MAX_SHAPE_CHARS || tokens.length >= MAX_TOKENS) {
      tokens.length = Math.min(tokens.length, MAX_TOKENS - 1);
      tokens.push(SPACED_WILDCARD);
      break;
    }
    let span = spans[spanIndex];
    while (span !== undefined && span.end <= at) span = spans[++spanIndex];
    if (span !== undefined && span.start <= at) {
      writer.push(WILDCARD, spaced);
      at = span.end;
      spaced = false;
      continue;
    }
    const limit = span?.start ?? message.length;
    const code = message.charCodeAt(at);
    const kind = classOf(code);
    if (kind === OTHER && at + 1 === span?.start && beginsUnit(message, at)) {
      at++;
      continue;
    }
    if (kind === SPACE) {
      spaced = true;
      at++;
      continue;
    }
    const from = at;
    at = pushNext(writer, message, at, limit, spaced);
    shapeChars += writer.tokens.at(-1)?.endsWith(WILDCARD) === true ? 1 : at - from;
    spaced = false;
  }
  if (writer.hasDateWord) foldDates(tokens);
  return tokens;
};

/** Pushes the token at `at` (not white space) and returns where the next begins. */
const pushNext = (writer: TokenWriter, message: string, at: number, limit: number, spaced: boolean): number => {
  if (startsPath(message, at)) {
    const end = pathEnd(message, at, limit);
    writer.push(WILDCARD, spaced);
    return end;
  }
  if (message.charCodeAt(at + 1) === COLON && message.startsWith(ANY_ADDRESS, at) && at + ANY_ADDRESS.length <= limit) {
    writer.push(WILDCARD, spaced);
    return at + ANY_ADDRESS.length;
  }
  const marks = marksAt(message, at, limit);
  if (marks >= 3) {
    writer.push(message.slice(at, at + marks), spaced);
    return at + marks;
  }
  if (classOf(message.charCodeAt(at)) === DELIMITER) {
    writer.push(message.charAt(at), spaced);
    return at + 1;
  }
  const unit = readUnit(message, at, limit);
  const end = trimSentenceEnd(message, at, unit.end);
  const text = message.slice(at, end);
  // `edge/` with a masked address glued to it is one value, as it is where nothing is masked.
  const isValued = unit.hasDigit || isValue(text) || (end === limit && limit < message.length && end > at + 1);
  writer.push(isValued ? WILDCARD : text, spaced);
  if (end < unit.end) writer.push(message.slice(end, unit.end), false);
  return unit.end;
};
