/**
 * The first pass over every byte of a log: lines, container wrappers and the shape of each line. AssemblyScript,
 * compiled to WebAssembly with SIMD; `src/signals/logs/line-scanner.ts` is its only caller and documents the result.
 *
 * The shape of a line is what is left when everything that carries a digit is taken for a variable: words without
 * digits and all separators enter the hash as they are, a word with a digit as one mark whatever its length, and a
 * long one (base64, hex, a token) swallows the punctuation such values contain. Lines of one shape parse alike.
 * `src/signals/logs/patterns/tokenize.ts` draws the same word borders.
 *
 * Memory is laid out by the caller and never grows, so its views stay valid.
 */

// Columns of a line in the table: 32-bit integers.
const COLUMNS: usize = 9;
const START: usize = 0;
const INNER: usize = 4;
const END: usize = 8;
const HASH: usize = 12;
const CHECK: usize = 16;
const MARKS: usize = 20;
const MARK_COUNT: usize = 24;
const FLAGS: usize = 28;
const TRACE: usize = 32;

const BLANK: u32 = 1;
const JSON: u32 = 2;
const DOCKER: u32 = 4;
const CRI: u32 = 8;
const STDERR: u32 = 16;
const PARTIAL: u32 = 32;

/** Positions of variable words that are kept of a line, for timestamps and the digits that decide a level. */
const MAX_MARKS: u32 = 255;
/** Longer lines are hashed up to here: a 2 MB line is one shape by its beginning. */
const MAX_SCAN_BYTES: usize = 16384;
/** A word with a digit swallows blob bytes from this length on: half an MD5 in hex, shorter than any token in use. */
const BLOB_MIN_LENGTH: usize = 16;
/** The first group of a UUID, and all of it. */
const UUID_HEAD_LENGTH: usize = 8;
const UUID_LENGTH: usize = 36;

/** Bytes classified at once, and up to which of them a word may start before the next are. */
const WINDOW: usize = 64;
const WINDOW_REUSE: usize = 40;

const PRIME: u64 = 0x9e3779b97f4a7c15;
const SEED: u64 = 0x243f6a8885a308d3;
const VALUE_MARK: u64 = 0x13198a2e03707344;
const EMAIL_MARK: u64 = 0xa4093822299f31d0;

const LF: u32 = 10;
const CR: u32 = 13;
const SPACE: u32 = 32;
const QUOTE: u32 = 34;
const PLUS: u32 = 43;
const COMMA: u32 = 44;
const DASH: u32 = 45;
const DOT: u32 = 46;
const SLASH: u32 = 47;
const COLON: u32 = 58;
const AT: u32 = 64;
const LETTER_T: u32 = 84;
const BACKSLASH: u32 = 92;
const CLOSE_BRACKET: u32 = 93;
const LOWER_U: u32 = 117;
const OPEN_BRACE: u32 = 123;
const CLOSE_BRACE: u32 = 125;

// The shape under way.
let hash: u64 = 0;
/** Where the next mark is written, and behind the last that has room. */
let markAt: usize = 0;
let markEnd: usize = 0;
/** Start of the first line that was not taken. */
let next: usize = 0;

export function nextLine(): usize {
  return next;
}

// ---- bytes ----

// @ts-ignore: decorator
@inline
function byte(at: usize): u32 {
  return load<u8>(at);
}

/** Letters, `_` and all of UTF-8's high bytes, or digits. */
// @ts-ignore: decorator
@inline
function isWordByte(c: u32): bool {
  return (c | 32) - 97 < 26 || c - 48 < 10 || c == 95 || c >= 128;
}

/** Bytes that a long variable word swallows beside its own: `- . + /`, and ASCII letters and digits. */
// @ts-ignore: decorator
@inline
function isBlobByte(c: u32): bool {
  return (c | 32) - 97 < 26 || c - 45 < 13 || c == PLUS || c == 95;
}

/** Of sixteen bytes, one bit for each that belongs to a word. */
// @ts-ignore: decorator
@inline
function wordBits(v: v128): u64 {
  const lower = i8x16.sub(v128.or(v, i8x16.splat(32)), i8x16.splat(97));
  const letters = i8x16.lt_u(lower, i8x16.splat(26));
  const digits = i8x16.lt_u(i8x16.sub(v, i8x16.splat(48)), i8x16.splat(10));
  const underscore = i8x16.eq(v, i8x16.splat(95));
  return <u64>i8x16.bitmask(v128.or(v128.or(letters, digits), v128.or(underscore, v)));
}

/** Of sixteen bytes, one bit for each that is a digit. */
// @ts-ignore: decorator
@inline
function digitBits(v: v128): u64 {
  return <u64>i8x16.bitmask(i8x16.lt_u(i8x16.sub(v, i8x16.splat(48)), i8x16.splat(10)));
}

/** The first line feed in [from, to), or `to`. */
function findFeed(from: usize, to: usize): usize {
  const feeds = i8x16.splat(10);
  for (let i = from; i < to; i += 16) {
    const bits = i8x16.bitmask(i8x16.eq(v128.load(i), feeds));
    if (bits != 0) {
      const at = i + ctz(bits);
      return at < to ? at : to;
    }
  }
  return to;
}

/** The first quote or backslash in [from, to), or `to`. */
function findQuote(from: usize, to: usize): usize {
  const quotes = i8x16.splat(34);
  const backslashes = i8x16.splat(92);
  for (let i = from; i < to; i += 16) {
    const v = v128.load(i);
    const bits = i8x16.bitmask(v128.or(i8x16.eq(v, quotes), i8x16.eq(v, backslashes)));
    if (bits != 0) {
      const at = i + ctz(bits);
      return at < to ? at : to;
    }
  }
  return to;
}

// ---- the hash ----

/** The hash after one more item and the separator behind it. */
// @ts-ignore: decorator
@inline
function mixed(h: u64, item: u64, c: u32): u64 {
  const x = (h ^ item) + <u64>c;
  return (x ^ (x >> 32)) * PRIME;
}

// @ts-ignore: decorator
@inline
function mix(item: u64, c: u32): void {
  hash = mixed(hash, item, c);
}

/** The first `length` of eight bytes, up to seven of them. */
// @ts-ignore: decorator
@inline
function lowBytes(length: usize): u64 {
  return ~(u64.MAX_VALUE << (<u64>length << 3));
}

/** Of a word of fewer than sixteen bytes at `at`, without a branch. */
// @ts-ignore: decorator
@inline
function shortWordHash(at: usize, length: usize): u64 {
  const isLong = length >= 8;
  const low = load<u64>(at) & select<u64>(u64.MAX_VALUE, lowBytes(length), isLong);
  const high = load<u64>(at, 8) & select<u64>(lowBytes(length - 8), 0, isLong);
  return (low ^ (high * PRIME) ^ (high >> 7) ^ length) * PRIME;
}

/** Of the word in bytes [at, at + length), which are read eight at a time. */
function wordHash(at: usize, length: usize): u64 {
  if (length < 16) return shortWordHash(at, length);
  let h: u64 = length;
  let i = at;
  let left = length;
  while (left > 8) {
    h = (h ^ load<u64>(i)) * PRIME;
    h ^= h >> 29;
    i += 8;
    left -= 8;
  }
  if (left == 0) return h;
  return (h ^ (load<u64>(i) & (u64.MAX_VALUE >> (64 - (left << 3))))) * PRIME;
}

// ---- values that span several words ----

/** Whether bytes [begin, begin + 36) are a UUID, as far as its dashes and word characters tell. */
function isUuid(begin: usize, stop: usize): bool {
  if (begin + UUID_LENGTH > stop) return false;
  for (let k = UUID_HEAD_LENGTH; k < UUID_LENGTH; k++) {
    const c = byte(begin + k);
    if (k == 8 || k == 13 || k == 18 || k == 23 ? c != DASH : !isWordByte(c)) return false;
  }
  return true;
}

/** Where the value whose first word is bytes [begin, end) ends: groups of a UUID without a digit, parts of a token. */
function valueEnd(begin: usize, end: usize, stop: usize): usize {
  let i = end;
  if (i - begin == UUID_HEAD_LENGTH) {
    if (!isUuid(begin, stop)) return i;
    i = begin + UUID_LENGTH;
    while (i < stop && isWordByte(byte(i))) i++;
    return i;
  }
  if (i - begin < BLOB_MIN_LENGTH) return i;
  while (i < stop && isBlobByte(byte(i))) i++;
  // A full stop behind it ends the sentence, not the value.
  return byte(i - 1) == DOT ? i - 1 : i;
}

/** Behind the domain of an address whose @ is at `at`; 0 where no domain follows. */
function emailEnd(at: usize, start: usize, stop: usize): usize {
  if (at == start || !isBlobByte(byte(at - 1))) return 0;
  let i = at + 1;
  let dot: usize = 0;
  while (i < stop) {
    const c = byte(i);
    if (c == DOT) dot = i;
    else if (c != DASH && !(isBlobByte(c) && c > SLASH)) break;
    i++;
  }
  if (byte(i - 1) == DOT) i--;
  return dot > at + 1 && i - dot > 2 && (i >= stop || !isWordByte(byte(i))) ? i : 0;
}

/** Where the address whose @ is at `at` starts; 0 where it is part of something else. */
function emailStart(at: usize, start: usize): usize {
  let i = at;
  while (i > start && isBlobByte(byte(i - 1))) i--;
  return i == start || !isWordByte(byte(i - 1)) ? i : 0;
}

// ---- the shape of text ----

/**
 * Takes in bytes [start, stop) and returns 0, or stops at the @ of an e-mail address and returns where it is.
 * Sixty-four bytes are classified at once; a word is then a run of bits. A mispredicted branch costs as much as a
 * word, so the usual word takes none that depends on what it holds; globals would live in memory.
 */
function takeIn(start: usize, stop: usize, findEmail: bool): usize {
  let h = hash;
  let mark = markAt;
  const markLimit = markEnd;
  let base = start - WINDOW;
  let words: u64 = 0;
  let digits: u64 = 0;
  let i = start;
  while (i < stop) {
    let offset = i - base;
    if (offset > WINDOW_REUSE) {
      const a = v128.load(i);
      const b = v128.load(i, 16);
      const c = v128.load(i, 32);
      const d = v128.load(i, 48);
      words = wordBits(a) | (wordBits(b) << 16) | (wordBits(c) << 32) | (wordBits(d) << 48);
      digits = digitBits(a) | (digitBits(b) << 16) | (digitBits(c) << 32) | (digitBits(d) << 48);
      base = i;
      offset = 0;
    }
    const begin = i;
    const run = <usize>ctz(~(words >> offset));
    const hasDigit = ((digits >> offset) & ~(u64.MAX_VALUE << run)) != 0;
    i += run;
    let word: u64;
    if (run < 16 && !(hasDigit & (run >= UUID_HEAD_LENGTH)) && i <= stop) {
      word = select<u64>(VALUE_MARK, shortWordHash(begin, run), hasDigit);
      store<u32>(mark, <u32>begin);
      mark += <usize>(hasDigit & (mark < markLimit)) << 2;
    } else {
      let isValue = run == WINDOW ? digits != 0 : hasDigit;
      if (offset + run >= WINDOW) {
        // A word that reaches over the window.
        let c = byte(i);
        while (i < stop && isWordByte(c)) {
          if (c - 48 < 10) isValue = true;
          c = byte(++i);
        }
      }
      if (i > stop) i = stop;
      if (isValue) {
        word = VALUE_MARK;
        store<u32>(mark, <u32>begin);
        if (mark < markLimit) mark += 4;
        if (i - begin >= UUID_HEAD_LENGTH) i = valueEnd(begin, i, stop);
      } else word = wordHash(begin, i - begin);
    }
    // At the end whatever stands there: a header is followed by its message.
    const c = i < stop ? byte(i) : LF;
    if (c == AT && findEmail && emailEnd(i, start, stop) > 0 && emailStart(i, start) > 0) {
      hash = h;
      markAt = mark;
      return i;
    }
    h = mixed(h, word, c);
    i++;
  }
  hash = h;
  markAt = mark;
  return 0;
}

/** Adds the shape of bytes [start, end) to the hash. A byte that ends words must stand at `end`. */
function textShape(start: usize, end: usize): void {
  const stop = end - start > MAX_SCAN_BYTES ? start + MAX_SCAN_BYTES : end;
  let from = start;
  while (from < stop) {
    const hashBefore = hash;
    const markBefore = markAt;
    const at = takeIn(from, stop, true);
    if (at == 0) return;
    // The words before the @ are in the hash already: back to where the address starts.
    hash = hashBefore;
    markAt = markBefore;
    takeIn(from, emailStart(at, from), false);
    from = emailEnd(at, from, stop);
    mix(EMAIL_MARK, 0);
  }
}

// ---- the shape of JSON ----

/** What a key's value does to the shape. */
const ROLE_SHAPE: u32 = 1;
const ROLE_TIME: u32 = 2;
const ROLE_LITERAL: u32 = 3;
const ROLE_TRACE: u32 = 4;

const MAX_KEY_BYTES: usize = 40;
/** Nesting up to which a key is told apart by the keys around it. */
const MAX_DEPTH: i32 = 16;
/** A trace is told from another by its beginning. */
const MAX_TRACE_BYTES: usize = 4096;
/** Keys with a role: pairs of a 64-bit hash and a role, open addressing. */
const ROLE_SLOTS: u32 = 1024;

let roles: usize = 0;
let paths: usize = 0;
let depth: i32 = 0;
let lastKey: u64 = 0;
let shapeFields: u32 = 0;
let traceHash: u32 = 0;

/** Of a key, letters of any case alike. */
// @ts-ignore: decorator
@inline
function keyStep(h: u64, c: u32): u64 {
  return (h ^ <u64>(c - 65 < 26 ? c + 32 : c)) * 0x100000001b3;
}

function roleOf(key: u64): u32 {
  for (let probe: u32 = 0; probe < ROLE_SLOTS; probe++) {
    const slot = roles + <usize>((<u32>key + probe) & (ROLE_SLOTS - 1)) * 16;
    const role = load<u32>(slot, 8);
    if (role == 0 || load<u64>(slot) == key) return role;
  }
  return 0;
}

/** Gives the key in bytes [start, end) a role. At most half of the slots may be taken. */
export function addRole(start: usize, end: usize, role: u32): void {
  let key = SEED;
  for (let i = start; i < end; i++) key = keyStep(key, byte(i));
  for (let probe: u32 = 0; probe < ROLE_SLOTS; probe++) {
    const slot = roles + <usize>((<u32>key + probe) & (ROLE_SLOTS - 1)) * 16;
    if (load<u32>(slot, 8) != 0 && load<u64>(slot) != key) continue;
    store<u64>(slot, key);
    store<u32>(slot, role, 8);
    return;
  }
}

/** From inside a string to behind its closing quote. */
function skipString(from: usize, end: usize): usize {
  let i = from;
  while (i < end) {
    i = findQuote(i, end);
    if (i >= end) return end;
    if (byte(i) == QUOTE) return i + 1;
    i += 2;
  }
  return end;
}

/** The words of a string value in which something is escaped: in \u00e9 the digits are a letter's, not a number's. */
function escapedValue(from: usize, end: usize, literal: bool): usize {
  let i = from;
  while (i < end) {
    const begin = i;
    let hasDigit = false;
    let c = byte(i);
    while (i < end && isWordByte(c)) {
      if (c - 48 < 10) hasDigit = true;
      c = byte(++i);
    }
    mix(hasDigit && !literal ? VALUE_MARK : wordHash(begin, i - begin), c);
    if (i >= end) return end;
    if (c == QUOTE) return i + 1;
    if (c != BACKSLASH) {
      i++;
      continue;
    }
    const length: usize = byte(i + 1) == LOWER_U ? 6 : 2;
    for (let k: usize = 1; k < length; k++) mix(byte(i + k), 2);
    i += length;
  }
  return end;
}

/** The words of a string value, those with a digit as one mark unless `literal`. */
function stringValue(from: usize, end: usize, literal: bool): usize {
  const close = findQuote(from, end);
  if (literal || (close < end && byte(close) == BACKSLASH)) return escapedValue(from, end, literal);
  const marks = markAt;
  textShape(from, close);
  markAt = marks;
  mix(3, close < end ? QUOTE : LF);
  return close + 1;
}

/** A number, word, object or array: the first two enter the hash, the others are walked by the main loop. */
function bareValue(from: usize, end: usize, literal: bool): usize {
  let i = from;
  let word = SEED;
  for (let c = byte(i); i < end && c != COMMA && c != CLOSE_BRACE && c != CLOSE_BRACKET && c != QUOTE && c != OPEN_BRACE; ) {
    word = (word ^ (literal || (c & 0xf0) != 0x30 ? <u64>c : 48)) * PRIME;
    c = byte(++i);
  }
  mix(!literal && byte(from) - 48 < 10 ? VALUE_MARK : word, 1);
  return i;
}

function traceValue(from: usize, end: usize): usize {
  const outer = hash;
  const stop = from + MAX_TRACE_BYTES < end ? from + MAX_TRACE_BYTES : end;
  hash = SEED;
  const at = stringValue(from, stop, false);
  traceHash = <u32>hash ^ <u32>(hash >> 32) | 1;
  hash = outer;
  return at >= stop && stop < end ? skipString(stop, end) : at;
}

/** A string that starts at `at`: a key with its value, or an array's element. Returns where to go on. */
function jsonString(at: usize, end: usize): usize {
  let key = SEED;
  let i = at;
  let c = byte(i);
  while (c != QUOTE && c != BACKSLASH && i < end && i - at <= MAX_KEY_BYTES) {
    key = keyStep(key, c);
    c = byte(++i);
  }
  if (c != QUOTE || i >= end) return skipString(i, end);
  i++;
  while (i < end && byte(i) == SPACE) i++;
  if (i >= end || byte(i) != COLON) return i;
  i++;
  while (i < end && byte(i) == SPACE) i++;
  lastKey = key;
  const role = roleOf(key);
  const quoted = i < end && byte(i) == QUOTE;
  if (role == 0) return quoted ? skipString(i + 1, end) : i;
  const level = depth < 0 ? 0 : depth > MAX_DEPTH ? MAX_DEPTH : depth;
  mix(key ^ load<u64>(paths + <usize>level * 8), role);
  if (role == ROLE_TIME) {
    if (markAt < markEnd) {
      store<u32>(markAt, <u32>(quoted ? i + 1 : i));
      markAt += 4;
    }
  } else if (role == ROLE_SHAPE) shapeFields++;
  if (!quoted) return bareValue(i, end, role == ROLE_LITERAL);
  return role == ROLE_TRACE ? traceValue(i + 1, end) : stringValue(i + 1, end, role == ROLE_LITERAL);
}

/**
 * Only the fields that decide what a record means enter the hash, the rest is skipped. That needs no parse: a string
 * before a colon is a key, wherever it stands. Returns whether some field holds the meaning.
 */
function jsonShape(start: usize, end: usize): bool {
  shapeFields = 0;
  depth = 0;
  lastKey = 0;
  let i = start;
  while (i < end) {
    const c = byte(i);
    if (c == OPEN_BRACE) {
      depth++;
      if (depth > 0 && depth <= MAX_DEPTH) {
        const above = paths + <usize>(depth - 1) * 8;
        store<u64>(above, (load<u64>(above) ^ lastKey) * PRIME, 8);
      }
    } else if (c == CLOSE_BRACE) depth--;
    else if (c == QUOTE) {
      i = jsonString(i + 1, end);
      continue;
    }
    i++;
  }
  // A record that was cut off parses otherwise than a whole one.
  mix(<u64>(depth + 7), end > start ? byte(end - 1) : 0);
  return shapeFields > 0;
}

// ---- lines ----

/** ` stdout ` and ` stderr ` as eight bytes. */
const STDOUT_NAME: u64 = 0x2074756f64747320;
const STDERR_NAME: u64 = 0x2072726564747320;

let criFlags: u32 = 0;

/**
 * Where the program's own line starts in the CRI line of bytes [start, end), or 0. Sets `criFlags`.
 * Source: Kubernetes CRI logging format, `<RFC 3339 nano> stdout|stderr F|P <line>`.
 */
function peelCri(start: usize, end: usize): usize {
  if (end - start < 30 || byte(start) - 48 >= 10 || byte(start + 10) != LETTER_T) return 0;
  // `2025-02-01T14:05:01Z` to `2025-02-01T14:05:01.123456789+09:00`.
  let i = start + 20;
  const limit = start + 36;
  while (i < limit && byte(i) != SPACE) i++;
  const name = load<u64>(i);
  if (name != STDOUT_NAME && name != STDERR_NAME) return 0;
  const tag = byte(i + 8);
  if ((tag != 70 && tag != 80) || (byte(i + 9) != SPACE && i + 9 < end)) return 0;
  criFlags = CRI | (name == STDERR_NAME ? STDERR : 0) | (tag == 80 ? PARTIAL : 0);
  return i + 10 < end ? i + 10 : end;
}

/** `{"log":"`, as Docker's json-file driver begins a record. */
const DOCKER_KEY: u64 = 0x223a22676f6c227b;
/** `"time":"` and the end of `"stream":"stderr"`. */
const TIME_KEY: u64 = 0x223a22656d697422;
const STDERR_VALUE: u64 = 0x2272726564747322;

/** Behind the last record peeled: where the value of `time` starts, 0 where there is none, and whether it came from stderr. */
let dockerTime: usize = 0;
let dockerStderr: bool = false;

export function dockerTimeAt(): usize {
  return dockerTime;
}

export function dockerIsStderr(): bool {
  return dockerStderr;
}

function hexDigit(c: u32): u32 {
  if (c - 48 < 10) return c - 48;
  const letter = (c | 32) - 97;
  return letter < 6 ? letter + 10 : 16;
}

/** The code unit of the four hexadecimal digits at `at`; 0xfffd where they are none. */
function codeUnit(at: usize): u32 {
  const a = hexDigit(byte(at));
  const b = hexDigit(byte(at + 1));
  const c = hexDigit(byte(at + 2));
  const d = hexDigit(byte(at + 3));
  return (a | b | c | d) > 15 ? 0xfffd : (a << 12) | (b << 8) | (c << 4) | d;
}

/** UTF-8 of a code point; returns how many bytes. */
function putCodePoint(at: usize, code: u32): usize {
  if (code < 0x80) {
    store<u8>(at, code);
    return 1;
  }
  if (code < 0x800) {
    store<u8>(at, 0xc0 | (code >> 6));
    store<u8>(at + 1, 0x80 | (code & 63));
    return 2;
  }
  if (code < 0x10000) {
    store<u8>(at, 0xe0 | (code >> 12));
    store<u8>(at + 1, 0x80 | ((code >> 6) & 63));
    store<u8>(at + 2, 0x80 | (code & 63));
    return 3;
  }
  store<u8>(at, 0xf0 | (code >> 18));
  store<u8>(at + 1, 0x80 | ((code >> 12) & 63));
  store<u8>(at + 2, 0x80 | ((code >> 6) & 63));
  store<u8>(at + 3, 0x80 | (code & 63));
  return 4;
}

function simpleEscape(c: u32): u32 {
  if (c == 110) return LF;
  if (c == 116) return 9;
  if (c == 114) return CR;
  if (c == 98) return 8;
  if (c == 102) return 12;
  return c == QUOTE || c == SLASH || c == BACKSLASH ? c : 0;
}

/** Where the four digits of a low surrogate stand that follows the high one whose digits are at `at`; 0 where none does. */
function lowSurrogate(at: usize, end: usize): usize {
  if (at + 10 > end || byte(at + 4) != BACKSLASH || byte(at + 5) != LOWER_U) return 0;
  return (codeUnit(at + 6) & 0xfc00) == 0xdc00 ? at + 6 : 0;
}

/**
 * Unescapes the `log` value of the Docker record in bytes [start, end) to `out`, a line feed behind it. Returns the
 * length of the program's line without its own line feed; -1 where the record is cut off.
 */
export function peelDocker(start: usize, end: usize, out: usize): i32 {
  let i = start + 8;
  let to = out;
  for (;;) {
    const quote = findQuote(i, end);
    if (quote >= end) return -1;
    memory.copy(to, i, quote - i);
    to += quote - i;
    i = quote;
    if (byte(i) == QUOTE) break;
    const simple = simpleEscape(byte(i + 1));
    if (simple != 0) {
      store<u8>(to++, simple);
      i += 2;
      continue;
    }
    let code = codeUnit(i + 2);
    const low = (code & 0xfc00) == 0xd800 ? lowSurrogate(i + 2, end) : 0;
    if (low != 0) {
      code = 0x10000 + ((code & 0x3ff) << 10) + (codeUnit(low) & 0x3ff);
      i = low - 2;
    } else if ((code & 0xf800) == 0xd800) code = 0xfffd;
    to += putCodePoint(to, code);
    i += 6;
  }
  while (to > out && (byte(to - 1) == LF || byte(to - 1) == CR)) to--;
  store<u8>(to, LF);
  dockerTime = 0;
  dockerStderr = false;
  for (; i + 8 <= end; i++) {
    if (byte(i) != QUOTE) continue;
    const eight = load<u64>(i);
    if (eight == TIME_KEY) dockerTime = i + 8;
    else if (eight == STDERR_VALUE) dockerStderr = true;
  }
  return <i32>(to - out);
}

function isBlank(start: usize, end: usize): bool {
  for (let i = start; i < end; i++) if (byte(i) > SPACE) return false;
  return true;
}

/** Shape of the program's line in bytes [start, end) into the row at `row`. */
function shapeInto(row: usize, start: usize, end: usize, marks: usize, flags: u32): void {
  let all = flags;
  markAt = marks;
  markEnd = marks + (MAX_MARKS << 2);
  traceHash = 0;
  hash = SEED;
  if (start < end && byte(start) == OPEN_BRACE && jsonShape(start, end)) all |= JSON;
  else {
    hash = SEED;
    markAt = marks;
    traceHash = 0;
    textShape(start, end);
  }
  hash = (hash ^ (hash >> 29)) * PRIME;
  hash ^= hash >> 32;
  store<u32>(row, <u32>start, INNER);
  store<u32>(row, <u32>end, END);
  store<u32>(row, <u32>hash, HASH);
  store<u32>(row, <u32>(hash >> 32), CHECK);
  store<u32>(row, <u32>marks, MARKS);
  store<u32>(row, <u32>(markAt - marks) >> 2, MARK_COUNT);
  store<u32>(row, all, FLAGS);
  store<u32>(row, traceHash, TRACE);
}

/** Of any bytes [start, end) as one line without a wrapper. */
export function scanOne(row: usize, start: usize, end: usize, marks: usize): void {
  store<u32>(row, <u32>start, START);
  shapeInto(row, start, end, marks, 0);
}

/** The same, as text even where it looks like JSON. */
export function scanText(row: usize, start: usize, end: usize, marks: usize): void {
  markAt = marks;
  markEnd = marks + (MAX_MARKS << 2);
  hash = SEED;
  textShape(start, end);
  hash = (hash ^ (hash >> 29)) * PRIME;
  hash ^= hash >> 32;
  store<u32>(row, <u32>hash, HASH);
  store<u32>(row, <u32>(hash >> 32), CHECK);
}

/**
 * Lines that end by a line feed in bytes [from, to), at most `rows` of them, into the table at `table`, their marks
 * behind each other from `marks` to `marksEnd`. Returns how many; `nextLine` is where to go on.
 */
export function scanLines(from: usize, to: usize, table: usize, rows: u32, marks: usize, marksEnd: usize): u32 {
  let count: u32 = 0;
  let row = table;
  let mark = marks;
  let start = from;
  const lastMarks = marksEnd - ((MAX_MARKS + 1) << 2);
  while (start < to && count < rows && mark <= lastMarks) {
    const feed = findFeed(start, to);
    if (feed >= to) break;
    const end = feed > start && byte(feed - 1) == CR ? feed - 1 : feed;
    store<u32>(row, <u32>start, START);
    if (byte(start) <= SPACE && isBlank(start, end)) store<u32>(row, BLANK, FLAGS);
    else if (end - start >= 8 && load<u64>(start) == DOCKER_KEY) {
      store<u32>(row, <u32>end, END);
      store<u32>(row, DOCKER, FLAGS);
    } else {
      const inner = peelCri(start, end);
      if (inner != 0) shapeInto(row, inner, end, mark, criFlags);
      else shapeInto(row, start, end, mark, 0);
      mark = markAt;
    }
    row += COLUMNS * 4;
    count++;
    start = feed + 1;
  }
  next = start;
  return count;
}

/** Bytes of memory to set aside for the keys' table at `at`. */
export function setUp(at: usize): usize {
  roles = at;
  paths = at + <usize>ROLE_SLOTS * 16;
  return <usize>ROLE_SLOTS * 16 + <usize>(MAX_DEPTH + 2) * 8;
}
