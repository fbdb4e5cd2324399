/** The shape of text: what stands between its values, and where they are. */
import { atBits, byte, digitBits, isWordByte, wordBits } from './bytes';
import { EMAIL_MARK, mix, shape, stretchHash, VALUE_MARK } from './shape-hash';
import { emailEnd, emailStart, UUID_HEAD_LENGTH, valueEnd } from './values';

/** Longer lines are hashed up to here: a 2 MB line is one shape by its beginning. */
const MAX_SCAN_BYTES: usize = 16384;
/** Bytes classified at once. */
const WINDOW: usize = 64;

/** Where the word starts that goes on at `at`, not before `from`. */
function wordStart(at: usize, from: usize): usize {
  let i = at;
  while (i > from && isWordByte(byte(i - 1))) i--;
  return i;
}

/** Behind the word that goes on at `at`. */
function wordEnd(at: usize, stop: usize): usize {
  let i = at;
  while (i < stop && isWordByte(byte(i))) i++;
  return i;
}

/** The first @ of an e-mail address among the marked bytes of the window at `base`; 0 where there is none. */
function emailAmong(ats: u64, base: usize, start: usize, stop: usize): usize {
  for (let left = ats; left != 0; left &= left - 1) {
    const at = base + <usize>ctz(left);
    if (emailEnd(at, start, stop) > 0 && emailStart(at, start) > 0) return at;
  }
  return 0;
}

/**
 * Takes in bytes [start, stop) and returns 0, or stops at the @ of an e-mail address and returns where it is.
 * Sixty-four bytes are classified at once. Only words with a digit are looked at one by one: the text between two of them
 * enters the hash eight bytes at a time, whatever words it has.
 */
function takeIn(start: usize, stop: usize, findEmail: bool): usize {
  let h = shape.hash;
  let mark = shape.markAt;
  const markLimit = shape.markEnd;
  /** Up to here everything is in the hash. */
  let done = start;
  for (let base = start; base < stop; base += WINDOW) {
    const a = v128.load(base);
    const b = v128.load(base, 16);
    const c = v128.load(base, 32);
    const d = v128.load(base, 48);
    const inside = stop - base >= WINDOW ? u64.MAX_VALUE : ~(u64.MAX_VALUE << <u64>(stop - base));
    if (findEmail) {
      const ats = (atBits(a) | (atBits(b) << 16) | (atBits(c) << 32) | (atBits(d) << 48)) & inside;
      if (ats != 0) {
        const at = emailAmong(ats, base, start, stop);
        if (at != 0) return at;
      }
    }
    let digits = (digitBits(a) | (digitBits(b) << 16) | (digitBits(c) << 32) | (digitBits(d) << 48)) & inside;
    if (done > base) digits = done - base >= WINDOW ? 0 : digits & (u64.MAX_VALUE << <u64>(done - base));
    if (digits == 0) continue;
    const words = (wordBits(a) | (wordBits(b) << 16) | (wordBits(c) << 32) | (wordBits(d) << 48)) & inside;
    while (digits != 0) {
      const first = ctz(digits);
      const gaps = ~words & ~(u64.MAX_VALUE << first);
      let begin = gaps == 0 ? wordStart(base, done) : base + WINDOW - <usize>clz(gaps);
      if (begin < done) begin = done;
      const last = first + ctz(~(words >> first));
      let end = last < WINDOW ? base + <usize>last : wordEnd(base + WINDOW, stop);
      if (end - begin >= UUID_HEAD_LENGTH) end = valueEnd(begin, end, stop);
      h = stretchHash(h, done, begin - done, VALUE_MARK);
      store<u32>(mark, <u32>begin);
      if (mark < markLimit) mark += 4;
      done = end;
      digits = end - base >= WINDOW ? 0 : digits & (u64.MAX_VALUE << <u64>(end - base));
    }
  }
  shape.hash = stretchHash(h, done, stop - done, 0);
  shape.markAt = mark;
  return 0;
}

/** Adds the shape of bytes [start, end) to the hash. */
export function textShape(start: usize, end: usize): void {
  const stop = end - start > MAX_SCAN_BYTES ? start + MAX_SCAN_BYTES : end;
  let from = start;
  while (from < stop) {
    const hashBefore = shape.hash;
    const markBefore = shape.markAt;
    const at = takeIn(from, stop, true);
    if (at == 0) return;
    // The words before the @ may be in the hash already: back to where the address starts.
    shape.hash = hashBefore;
    shape.markAt = markBefore;
    takeIn(from, emailStart(at, from), false);
    from = emailEnd(at, from, stop);
    mix(EMAIL_MARK, 0);
  }
}
