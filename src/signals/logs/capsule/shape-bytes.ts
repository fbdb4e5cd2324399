/** The shape of a log body, from its UTF-8 bytes: two million bodies pass through here, and nothing of them is copied. */
import { codeLineAt, codeLineIn, isLocationMark } from './code-location.ts';

/** Characters that a shape looks at. */
export const MAX_SHAPE_CHARS = 1024;
const JSON_CHARS = 4 * MAX_SHAPE_CHARS;

const QUOTE = 34;
const COLON = 58;
const BACKSLASH = 92;
const OPEN_BRACE = 123;
const LINE_FEED = 10;

/**
 * A 53-bit number for the text with every word that holds a digit as one mark, so that `order-12 of 3f2a` and `order-9 of 77` have
 * one shape. Code locations stay apart. Of a body that is itself JSON only the message counts; of a stack trace what stands above it.
 * Two of 50,000 shapes share a number about once in seven million inputs; they would then be counted as one.
 */
export class ShapeReader {
  private from = 0;
  private to = 0;

  /** Of `bytes` from `start` to before `end`, of which at most `maxChars` characters are looked at. */
  shapeOf(bytes: Uint8Array, start: number, end: number, maxChars: number): number {
    this.from = start;
    this.to = end;
    if (bytes[start] === OPEN_BRACE && end > start) this.findMessage(bytes, end);
    return this.hash(bytes, this.from, charEnd(bytes, this.from, this.to, maxChars), this.to);
  }

  /** Of the first line and what follows it up to the stack frames, to `head` at most; the text goes on to `end`. */
  private hash(bytes: Uint8Array, start: number, head: number, end: number): number {
    let low = OFFSET;
    let high = -0x61c88647;
    let line = -1;
    let at = start;
    while (at < head) {
      const code = bytes[at] ?? 0;
      if (KIND[code] !== SEPARATOR) {
        const wordEnd = this.word(bytes, at, head);
        if (this.hasDigit) {
          low = Math.imul(low ^ DIGIT_MARK, PRIME);
          high = Math.imul(high ^ DIGIT_MARK, PRIME_2);
        } else {
          for (; at < wordEnd; at++) {
            low = Math.imul(low ^ (bytes[at] ?? 0), PRIME);
            high = Math.imul(high ^ (bytes[at] ?? 0), PRIME_2);
          }
        }
        at = wordEnd;
        continue;
      }
      if (code === LINE_FEED && isFrame(bytes, at + 1, Math.min(end, at + 1 + FRAME_BYTES))) break;
      if (isLocationMark(code) && line < 0) line = codeLineAt(bytes, start, at, end);
      low = Math.imul(low ^ code, PRIME);
      high = Math.imul(high ^ code, PRIME_2);
      at += 1;
    }
    // The place may stand among the frames.
    if (line < 0 && at < end) line = codeLineIn(bytes, at, end, start);
    low = Math.imul(low ^ line, PRIME);
    return (high >>> 11) * 0x1_0000_0000 + (low >>> 0) || 1;
  }

  private hasDigit = false;

  /** Where a word ends, and whether it holds a digit. */
  private word(bytes: Uint8Array, start: number, end: number): number {
    let at = start;
    let hasDigit = false;
    for (let kind = KIND[bytes[at] ?? 0]; at < end && kind !== SEPARATOR; kind = KIND[bytes[at] ?? 0]) {
      if (kind === DIGIT) hasDigit = true;
      at += 1;
    }
    this.hasDigit = hasDigit;
    return at;
  }

  /** Narrows to the value of `message` or `msg`, still escaped, where the text holds one: the first of them counts. */
  private findMessage(bytes: Uint8Array, end: number): void {
    const last = charEnd(bytes, this.from, end, JSON_CHARS);
    for (let at = bytes.indexOf(QUOTE, this.from); at >= 0 && at < last; at = bytes.indexOf(QUOTE, at + 1)) {
      const afterKey = keyEnd(bytes, at + 1);
      if (afterKey < 0) continue;
      const colon = skipSpace(bytes, afterKey, last);
      if (bytes[colon] !== COLON) continue;
      const open = skipSpace(bytes, colon + 1, last);
      if (bytes[open] !== QUOTE || open >= last) continue;
      this.from = open + 1;
      this.to = closingQuote(bytes, open + 1, last);
      return;
    }
  }
}

const encoder = new TextEncoder();
const KEYS = ['message"', 'msg"'].map((key) => encoder.encode(key));

const startsWith = (bytes: Uint8Array, at: number, wanted: Uint8Array): boolean => {
  for (let i = 0; i < wanted.length; i++) if (bytes[at + i] !== wanted[i]) return false;
  return true;
};

const keyEnd = (bytes: Uint8Array, at: number): number => {
  const key = KEYS.find((one) => startsWith(bytes, at, one));
  return key === undefined ? -1 : at + key.length;
};

const isSpace = (code: number): boolean => code === 32 || (code >= 9 && code <= 13);

const skipSpace = (bytes: Uint8Array, from: number, end: number): number => {
  let at = from;
  while (at < end && isSpace(bytes[at] ?? 0)) at += 1;
  return at;
};

const closingQuote = (bytes: Uint8Array, from: number, end: number): number => {
  let at = from;
  while (at < end && bytes[at] !== QUOTE) {
    if (bytes[at] !== BACKSLASH) at += 1;
    else if (at + 1 < end && bytes[at + 1] !== LINE_FEED) at += 2;
    else break;
  }
  return Math.min(at, end);
};

/** Where the character (UTF-16 code unit) of this number begins. */
export const charEnd = (bytes: Uint8Array, start: number, end: number, maxChars: number): number => {
  if (end - start <= maxChars) return end;
  let chars = 0;
  let at = start;
  for (; at < end && chars < maxChars; chars++) {
    const code = bytes[at] ?? 0;
    at += code < 0xc0 ? 1 : code < 0xe0 ? 2 : code < 0xf0 ? 3 : 4;
    if (code >= 0xf0) chars += 1;
  }
  return Math.min(at, end);
};

const FRAMES = ['Traceback ', 'goroutine '].map((frame) => encoder.encode(frame));
const AT = encoder.encode('at ');
/** Characters after a line's end in which a frame must begin. */
const FRAME_BYTES = 23;

const isFrame = (bytes: Uint8Array, from: number, end: number): boolean => {
  const text = skipSpace(bytes, from, end);
  if (text > from) return text + AT.length <= end && startsWith(bytes, text, AT);
  return FRAMES.some((frame) => from + frame.length <= end && startsWith(bytes, from, frame));
};

/** FNV-1a's prime, and another odd number for the second half. */
const PRIME = 0x01000193;
const PRIME_2 = 0x5bd1e995;
/** FNV-1a's offset basis as a signed number: the engine keeps small integers out of the heap. */
const OFFSET = 0x811c9dc5 | 0;
const DIGIT_MARK = 1;

const SEPARATOR = 0;
const LETTER = 1;
const DIGIT = 2;
/** All bytes of a character beyond ASCII count as letters. */
const KIND = Uint8Array.from({ length: 256 }, (_, code) => {
  if (code >= 48 && code <= 57) return DIGIT;
  return code >= 128 || (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 ? LETTER : SEPARATOR;
});
