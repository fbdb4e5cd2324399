/** What container runtimes put around a line: CRI (Kubernetes) and Docker's json-file driver. */
import { BACKSLASH, byte, CR, findQuote, LETTER_T, LF, LOWER_U, QUOTE, SLASH, SPACE } from './bytes';

/** Bits of a line's flags: see `LINE` in `src/signals/logs/line-scanner.ts`. */
export const CRI: u32 = 8;
export const STDERR: u32 = 16;
export const PARTIAL: u32 = 32;

/** ` stdout ` and ` stderr ` as eight bytes. */
const STDOUT_NAME: u64 = 0x2074756f64747320;
const STDERR_NAME: u64 = 0x2072726564747320;

export let criFlags: u32 = 0;

/**
 * Where the program's own line starts in the CRI line of bytes [start, end), or 0. Sets `criFlags`.
 * Source: Kubernetes CRI logging format, `<RFC 3339 nano> stdout|stderr F|P <line>`.
 */
export function peelCri(start: usize, end: usize): usize {
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
export const DOCKER_KEY: u64 = 0x223a22676f6c227b;
/** `"time":"` and the end of `"stream":"stderr"`. */
const TIME_KEY: u64 = 0x223a22656d697422;
const STDERR_VALUE: u64 = 0x2272726564747322;

/** Behind the last record peeled: where the value of `time` starts, 0 where there is none, and whether it came from stderr. */
export let dockerTime: usize = 0;
export let dockerStderr: bool = false;

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
