/** Values that span several words: UUIDs, tokens, e-mail addresses. */
import { byte, DASH, DOT, isBlobByte, isWordByte, SLASH } from './bytes';

/** A word with a digit swallows blob bytes from this length on: half an MD5 in hex, shorter than any token in use. */
const BLOB_MIN_LENGTH: usize = 16;
/** The first group of a UUID, and all of it. */
export const UUID_HEAD_LENGTH: usize = 8;
const UUID_LENGTH: usize = 36;

/** Whether bytes [begin, begin + 36) are a UUID, as far as its dashes and word characters tell. */
export function isUuid(begin: usize, stop: usize): bool {
  if (begin + UUID_LENGTH > stop) return false;
  for (let k = UUID_HEAD_LENGTH; k < UUID_LENGTH; k++) {
    const c = byte(begin + k);
    if (k == 8 || k == 13 || k == 18 || k == 23 ? c != DASH : !isWordByte(c)) return false;
  }
  return true;
}

/** Where the value whose first word is bytes [begin, end) ends: groups of a UUID without a digit, parts of a token. */
export function valueEnd(begin: usize, end: usize, stop: usize): usize {
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
export function emailEnd(at: usize, start: usize, stop: usize): usize {
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
export function emailStart(at: usize, start: usize): usize {
  let i = at;
  while (i > start && isBlobByte(byte(i - 1))) i--;
  return i == start || !isWordByte(byte(i - 1)) ? i : 0;
}
