/**
 * The shape of a line: what is left when everything that carries a digit is taken for a variable.
 *
 * One pass over the bytes, no strings. Words without digits and all separators enter the hash as they are; a word
 * with a digit enters as one mark, whatever its length, and a long one (base64, hex, a token) swallows the
 * punctuation such values contain. Lines of one shape parse alike, so a memo over shapes makes parsing, masking and
 * tokenising a matter of the first line of its kind. {@link ./patterns/tokenize.ts} draws the same word borders.
 */

const SEPARATOR = 0;
const LETTER = 1;
const DIGIT = 2;

/** Byte ► {@link SEPARATOR}, letter (1, with `_` and all of UTF-8's high bytes) or digit (2). */
const CLASS = new Uint8Array(256);
for (let c = 0; c < 256; c++) {
  const letter = (c >= 65 && c <= 90) || (c >= 97 && c <= 122) || c === 95 || c >= 128;
  const digit = c >= 48 && c <= 57;
  CLASS[c] = digit ? DIGIT : letter ? LETTER : SEPARATOR;
}

/** The same for others: a loop over an exported binding reads it anew for every byte. */
export const BYTE_CLASS: Uint8Array = CLASS;
export const SEPARATOR_CLASS = SEPARATOR;

/** Bytes that a long variable word swallows beside its own: `- . + /` and ASCII letters and digits. */
const BLOB = new Uint8Array(256);
for (let c = 0; c < 128; c++) if (CLASS[c] !== SEPARATOR) BLOB[c] = 1;
for (const c of [43, 45, 46, 47]) BLOB[c] = 1;
const DOT = 46;
const DASH = 45;
const AT = 64;
const VALUE_MARK = 0x3c6ef372;
const EMAIL_MARK = 0x27d4eb2f;

/** A word with a digit swallows blob bytes from this length on: half an MD5 in hex, shorter than any token in use. */
const BLOB_MIN_LENGTH = 16;
/** The first group of a UUID. */
const UUID_HEAD_LENGTH = 8;
const UUID_LENGTH = 36;
/** Variable words whose position is remembered, for timestamps and the digits that decide a level: a power of two. */
const MAX_MARKS = 256;
const MARK_MASK = MAX_MARKS - 1;
/** Longer lines are hashed up to here: a 2 MB line is one shape by its beginning. */
const MAX_SCAN_BYTES = 16_384;

/** Whether bytes [begin, begin + 36) are a UUID, as far as its dashes and word characters tell. */
const isUuid = (buf: Uint8Array, begin: number, stop: number): boolean => {
  if (begin + UUID_LENGTH > stop) return false;
  for (let k = UUID_HEAD_LENGTH; k < UUID_LENGTH; k++) {
    const c = buf[begin + k] as number;
    if (k === 8 || k === 13 || k === 18 || k === 23 ? c !== DASH : CLASS[c] === SEPARATOR) return false;
  }
  return true;
};

/** Where the value whose first word is bytes [begin, end) ends: groups of a UUID without a digit, parts of a token. */
const valueEnd = (buf: Uint8Array, begin: number, end: number, stop: number): number => {
  let i = end;
  if (i - begin === UUID_HEAD_LENGTH) {
    if (!isUuid(buf, begin, stop)) return i;
    i = begin + UUID_LENGTH;
    while (i < stop && CLASS[buf[i] as number] !== SEPARATOR) i++;
    return i;
  }
  if (i - begin < BLOB_MIN_LENGTH) return i;
  while (i < stop && BLOB[buf[i] as number] === 1) i++;
  // A full stop behind it ends the sentence, not the value.
  return buf[i - 1] === DOT ? i - 1 : i;
};

/** Behind the domain of an address whose @ is at `at`; -1 where no domain follows. */
const emailEnd = (buf: Uint8Array, at: number, stop: number): number => {
  if (at === 0 || BLOB[buf[at - 1] as number] !== 1) return -1;
  let i = at + 1;
  let dot = -1;
  for (let c = buf[i] as number; i < stop && (c === DOT || c === DASH || (BLOB[c] === 1 && c > 47)); c = buf[++i] as number) if (c === DOT) dot = i;
  if (buf[i - 1] === DOT) i--;
  return dot > at + 1 && i - dot > 2 && (CLASS[buf[i] as number] ?? 0) === SEPARATOR ? i : -1;
};

/** Where the address whose @ is at `at` starts; -1 where it is part of something else. */
const emailStart = (buf: Uint8Array, at: number, start: number): number => {
  let i = at;
  while (i > start && BLOB[buf[i - 1] as number] === 1) i--;
  return i === start || CLASS[buf[i - 1] as number] === SEPARATOR ? i : -1;
};

interface ShapeState {
  hash: number;
  check: number;
  markCount: number;
  readonly marks: Int32Array;
}

/**
 * Takes in bytes [start, stop) and returns -1, or stops at the @ of an e-mail address and returns where it is.
 * A plain function with one inner loop a word and few branches beside it: a mispredicted branch costs as much as
 * several bytes, and as a method it ran at two thirds of the speed.
 */
const takeIn = (buf: Uint8Array, start: number, stop: number, state: ShapeState, findEmail: boolean): number => {
  const classes = CLASS;
  const marks = state.marks;
  let hash = state.hash;
  let check = state.check;
  let markCount = state.markCount;
  let i = start;
  while (i < stop) {
    const begin = i;
    let c = buf[i] as number;
    let kind = classes[c] as number;
    let word = 0x9e3779b9 | 0;
    let seen = 0;
    while (kind !== 0) {
      seen |= kind;
      word = Math.imul(word ^ c, 0x01000193);
      c = buf[++i] as number;
      kind = classes[c] as number;
    }
    if (seen > 1) {
      marks[markCount] = begin;
      markCount = (markCount + 1) & MARK_MASK;
      word = VALUE_MARK;
      if (i - begin >= UUID_HEAD_LENGTH) {
        i = valueEnd(buf, begin, i, stop);
        c = buf[i] as number;
      }
    }
    if (c === AT && findEmail && i < stop && emailEnd(buf, i, stop) > 0 && emailStart(buf, i, start) >= 0) return i;
    hash = Math.imul(hash ^ word ^ (hash >>> 15), 0x01000193) ^ c;
    check = (Math.imul(Math.imul(check, 31) + word, 31) + c) | 0;
    i++;
  }
  state.hash = hash;
  state.check = check;
  state.markCount = markCount;
  return -1;
};

export class ShapeScanner implements ShapeState {
  /** The line's shape as two independent 32-bit hashes. */
  hash = 0;
  check = 0;
  /** Start offsets of variable words, in order. */
  readonly marks = new Int32Array(MAX_MARKS);
  markCount = 0;

  /** Scans bytes [start, end). A separator (line feed, zero) must stand at `end`: it is what ends the last word. */
  scan(buf: Uint8Array, start: number, end: number): void {
    const stop = end - start > MAX_SCAN_BYTES ? start + MAX_SCAN_BYTES : end;
    this.hash = 0x811c9dc5 | 0;
    this.check = 0x2545f491;
    this.markCount = 0;
    let from = start;
    while (from < stop) {
      const { hash, check, markCount } = this;
      const at = takeIn(buf, from, stop, this, true);
      if (at < 0) return;
      // The words before the @ are in the hash already: back to where the address starts.
      this.hash = hash;
      this.check = check;
      this.markCount = markCount;
      takeIn(buf, from, emailStart(buf, at, from), this, false);
      from = emailEnd(buf, at, stop);
      this.hash = Math.imul(this.hash ^ EMAIL_MARK, 0x01000193);
      this.check = (Math.imul(this.check, 31) + EMAIL_MARK) | 0;
    }
  }

  /**
   * The variable word by which a position is found again in any line of this shape: the first that starts in
   * [at, end), else the last before it. -1 where the line has none.
   */
  markFor(at: number, end: number): number {
    let before = -1;
    for (let k = 0; k < this.markCount; k++) {
      const mark = this.marks[k] as number;
      if (mark >= at) return mark < end ? k : before;
      before = k;
    }
    return before;
  }
}
