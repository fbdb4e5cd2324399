/**
 * The shape of a line: what is left when everything that carries a digit is taken for a variable.
 *
 * One pass over the bytes, no strings. Words without digits and all separators enter the hash as they are; a word
 * with a digit enters as one mark, whatever its length, and a long one (base64, hex, a token) swallows the
 * punctuation such values contain. Lines of one shape parse alike, so a memo over shapes makes parsing, masking and
 * tokenising a matter of the first line of its kind. {@link ./patterns/tokenize.ts} draws the same word borders.
 */

export const SEPARATOR = 0;
const LETTER = 1;
const DIGIT = 2;

/** Byte ► {@link SEPARATOR}, letter (1, with `_` and all of UTF-8's high bytes) or digit (2). */
export const CLASS = new Uint8Array(256);
for (let c = 0; c < 256; c++) {
  const letter = (c >= 65 && c <= 90) || (c >= 97 && c <= 122) || c === 95 || c >= 128;
  const digit = c >= 48 && c <= 57;
  CLASS[c] = digit ? DIGIT : letter ? LETTER : SEPARATOR;
}

/** Bytes that a long variable word swallows beside its own: `- . + /` and ASCII letters and digits. */
const BLOB = new Uint8Array(256);
for (let c = 0; c < 128; c++) if (CLASS[c] !== SEPARATOR) BLOB[c] = 1;
for (const c of [43, 45, 46, 47]) BLOB[c] = 1;
const DOT = 46;

/** A word with a digit swallows blob bytes from this length on: half an MD5 in hex, shorter than any token in use. */
const BLOB_MIN_LENGTH = 16;
/** Variable words whose position is remembered, for timestamps and the digits that decide a level: a power of two. */
const MAX_MARKS = 256;
const MARK_MASK = MAX_MARKS - 1;
/** Longer lines are hashed up to here: a 2 MB line is one shape by its beginning. */
const MAX_SCAN_BYTES = 16_384;

export class ShapeScanner {
  /** The line's shape as two independent 32-bit hashes. */
  hash = 0;
  check = 0;
  /** Start offsets of variable words, in order. */
  readonly marks = new Int32Array(MAX_MARKS);
  markCount = 0;
  /**
   * Scans bytes [start, end). A separator (line feed, zero) must stand at `end`: it is what ends the last word.
   * One inner loop a word and few branches beside it: a mispredicted branch costs as much as several bytes.
   */
  scan(buf: Uint8Array, start: number, end: number): void {
    const stop = end - start > MAX_SCAN_BYTES ? start + MAX_SCAN_BYTES : end;
    const marks = this.marks;
    let hash = 0x811c9dc5 | 0;
    let check = 0x2545f491;
    let markCount = 0;
    let i = start;
    while (i < stop) {
      const begin = i;
      let c = buf[i] as number;
      let kind = CLASS[c] as number;
      let word = 0x9e3779b9 | 0;
      let seen = 0;
      while (kind !== SEPARATOR) {
        seen |= kind;
        word = Math.imul(word ^ c, 0x01000193);
        c = buf[++i] as number;
        kind = CLASS[c] as number;
      }
      const variable = seen >> 1;
      marks[markCount] = begin;
      markCount = (markCount + variable) & MARK_MASK;
      if (i - begin >= BLOB_MIN_LENGTH && variable === 1) {
        while (BLOB[c] === 1) c = buf[++i] as number;
        // A full stop behind it ends the sentence, not the value.
        if (buf[i - 1] === DOT) c = buf[--i] as number;
      }
      word = variable === 1 ? 0x3c6ef372 : word;
      hash = Math.imul(hash ^ word ^ (hash >>> 15), 0x01000193) ^ c;
      check = (Math.imul(Math.imul(check, 31) + word, 31) + c) | 0;
      i++;
    }
    this.hash = hash;
    this.check = check;
    this.markCount = markCount;
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
