/** The shape of text, word by word. */
import { AT, byte, digitBits, isWordByte, LF, wordBits } from './bytes';
import { EMAIL_MARK, mix, mixed, shape, shortWordHash, VALUE_MARK, wordHash } from './shape-hash';
import { emailEnd, emailStart, UUID_HEAD_LENGTH, valueEnd } from './values';

/** Longer lines are hashed up to here: a 2 MB line is one shape by its beginning. */
const MAX_SCAN_BYTES: usize = 16384;
/** Bytes classified at once, and up to which of them a word may start before the next are. */
const WINDOW: usize = 64;
const WINDOW_REUSE: usize = 40;

/**
 * Takes in bytes [start, stop) and returns 0, or stops at the @ of an e-mail address and returns where it is.
 * Sixty-four bytes are classified at once; a word is then a run of bits. A mispredicted branch costs as much as a
 * word, so the usual word takes none that depends on what it holds; globals would live in memory.
 */
function takeIn(start: usize, stop: usize, findEmail: bool): usize {
  let h = shape.hash;
  let mark = shape.markAt;
  const markLimit = shape.markEnd;
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
      shape.hash = h;
      shape.markAt = mark;
      return i;
    }
    h = mixed(h, word, c);
    i++;
  }
  shape.hash = h;
  shape.markAt = mark;
  return 0;
}

/** Adds the shape of bytes [start, end) to the hash. A byte that ends words must stand at `end`. */
export function textShape(start: usize, end: usize): void {
  const stop = end - start > MAX_SCAN_BYTES ? start + MAX_SCAN_BYTES : end;
  let from = start;
  while (from < stop) {
    const hashBefore = shape.hash;
    const markBefore = shape.markAt;
    const at = takeIn(from, stop, true);
    if (at == 0) return;
    // The words before the @ are in the hash already: back to where the address starts.
    shape.hash = hashBefore;
    shape.markAt = markBefore;
    takeIn(from, emailStart(at, from), false);
    from = emailEnd(at, from, stop);
    mix(EMAIL_MARK, 0);
  }
}
