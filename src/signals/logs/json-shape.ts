/**
 * The shape of a JSON line: what its level, message, service and the like hold, and nothing else.
 *
 * A JSON record carries a dozen values that change from line to line (ids, hosts, headers, stack traces). Only the
 * fields that decide what the record means enter the hash; the rest is skipped. That needs no parse: a string
 * before a colon is a key, wherever it stands.
 */
import { BYTE_CLASS, SEPARATOR_CLASS, ShapeScanner } from './scan.ts';

/** What a key's value does to the shape. */
export const ROLE = { shape: 1, time: 2, literal: 3, trace: 4 } as const;
export type Role = (typeof ROLE)[keyof typeof ROLE];

const CLASS = BYTE_CLASS;
const SEPARATOR = SEPARATOR_CLASS;
const QUOTE = 34;
const BACKSLASH = 92;
const COLON = 58;
const COMMA = 44;
const SPACE = 32;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;
const CLOSE_BRACKET = 93;
const LOWER_U = 117;
const MAX_KEY_BYTES = 40;
const MAX_TIMES = 16;
/** Nesting up to which a key is told apart by the keys around it. */
const MAX_DEPTH = 16;
/** A trace is told from another by its beginning. */
const MAX_TRACE_BYTES = 4096;
const SEED = 0x811c9dc5 | 0;
const VARIABLE = 0x3c6ef372;

/** ASCII upper case to lower case; other bytes as they are. */
const LOWER = new Uint8Array(256);
for (let c = 0; c < 256; c++) LOWER[c] = c >= 65 && c <= 90 ? c + 32 : c;

const hashOf = (key: string): number => {
  let hash = SEED;
  for (const c of Buffer.from(key)) hash = Math.imul(hash ^ c, 0x01000193);
  return hash;
};

/** Scans JSON lines for one table of keys. */
export class JsonShapeScanner {
  hash = 0;
  check = 0;
  /** Where the values of time keys start (after an opening quote), in order of appearance. */
  readonly times = new Int32Array(MAX_TIMES);
  timeCount = 0;
  /** Fields with a role of `shape`; a line with none has its meaning elsewhere and must be scanned as text. */
  shapeCount = 0;
  /** The shape of the stack trace in the line; 0 where it has none. */
  traceHash = 0;
  private readonly roles = new Map<number, Role>();
  private readonly words = new ShapeScanner();
  /** The path of keys around the place, hashed, by depth. */
  private readonly paths = new Int32Array(MAX_DEPTH + 1);
  private depth = 0;
  private lastKey = 0;

  /** @param keys in lower case */
  constructor(keys: Readonly<Record<string, Role>>) {
    for (const [key, role] of Object.entries(keys)) this.roles.set(hashOf(key), role);
  }

  /** Scans bytes [start, end); a separator must stand at `end`. */
  scan(buf: Uint8Array, start: number, end: number): void {
    this.hash = SEED;
    this.check = 0x1b873593;
    this.timeCount = 0;
    this.shapeCount = 0;
    this.traceHash = 0;
    this.depth = 0;
    this.lastKey = 0;
    let i = start;
    while (i < end) {
      const c = buf[i] as number;
      if (c === OPEN_BRACE) this.enter();
      else if (c === CLOSE_BRACE) this.depth--;
      else if (c === QUOTE) {
        i = this.string(buf, i + 1, end);
        continue;
      }
      i++;
    }
    // A record that was cut off parses otherwise than a whole one.
    this.mix(this.depth + 7, buf[end - 1] as number);
  }

  private enter(): void {
    this.depth++;
    if (this.depth > 0 && this.depth <= MAX_DEPTH) this.paths[this.depth] = Math.imul((this.paths[this.depth - 1] as number) ^ this.lastKey, 0x01000193);
  }

  /** A string that starts at `at`: a key with its value, or an array's element. Returns where to go on. */
  private string(buf: Uint8Array, at: number, end: number): number {
    let hash = SEED;
    let i = at;
    let c = buf[i] as number;
    while (c !== QUOTE && c !== BACKSLASH && i < end && i - at <= MAX_KEY_BYTES) {
      hash = Math.imul(hash ^ (LOWER[c] as number), 0x01000193);
      c = buf[++i] as number;
    }
    if (c !== QUOTE) return this.skipString(buf, i, end);
    i++;
    while (buf[i] === SPACE) i++;
    if (buf[i] !== COLON) return i;
    i++;
    while (buf[i] === SPACE) i++;
    this.lastKey = hash;
    const role = this.roles.get(hash);
    const quoted = buf[i] === QUOTE;
    if (role === undefined) return quoted ? this.skipString(buf, i + 1, end) : i;
    this.mix(hash ^ (this.paths[Math.max(0, Math.min(this.depth, MAX_DEPTH))] as number), role);
    if (role === ROLE.time && this.timeCount < MAX_TIMES) this.times[this.timeCount++] = quoted ? i + 1 : i;
    else if (role === ROLE.shape) this.shapeCount++;
    if (!quoted) return this.bareValue(buf, i, end, role === ROLE.literal);
    if (role === ROLE.trace) return this.trace(buf, i + 1, end);
    return this.value(buf, i + 1, end, role === ROLE.literal);
  }

  /** From inside a string to behind its closing quote. */
  private skipString(buf: Uint8Array, from: number, end: number): number {
    let i = from;
    while (i < end) {
      const c = buf[i] as number;
      if (c === QUOTE) return i + 1;
      i += c === BACKSLASH ? 2 : 1;
    }
    return end;
  }

  /** A number, word, object or array: the first two enter the hash, the others are walked by the main loop. */
  private bareValue(buf: Uint8Array, from: number, end: number, literal: boolean): number {
    let i = from;
    let word = SEED;
    for (let c = buf[i] as number; i < end && c !== COMMA && c !== CLOSE_BRACE && c !== CLOSE_BRACKET && c !== QUOTE && c !== OPEN_BRACE; ) {
      word = Math.imul(word ^ (literal || (c & 0xf0) !== 0x30 ? c : 48), 0x01000193);
      c = buf[++i] as number;
    }
    if (!literal && CLASS[buf[from] as number] === 2) word = VARIABLE;
    this.mix(word, 1);
    return i;
  }

  /** The words of a string value, those with a digit as one mark unless `literal`. */
  private value(buf: Uint8Array, from: number, end: number, literal: boolean): number {
    let close = from;
    let c = buf[close] as number;
    while (c !== QUOTE && c !== BACKSLASH && close < end) c = buf[++close] as number;
    if (literal || c === BACKSLASH) return this.escapedValue(buf, from, end, literal);
    this.words.scan(buf, from, close);
    this.mix(this.words.hash, c);
    this.mix(this.words.check, 3);
    return close + 1;
  }

  /** The same word by word: in \u00e9 the digits are a letter's, not a number's. */
  private escapedValue(buf: Uint8Array, from: number, end: number, literal: boolean): number {
    let i = from;
    while (i < end) {
      let word = SEED;
      let seen = 0;
      let c = buf[i] as number;
      for (let kind = CLASS[c] as number; kind !== SEPARATOR; kind = CLASS[c] as number) {
        seen |= kind;
        word = Math.imul(word ^ c, 0x01000193);
        c = buf[++i] as number;
      }
      this.mix(seen > 1 && !literal ? VARIABLE : word, c);
      if (c === QUOTE) return i + 1;
      if (c !== BACKSLASH) {
        i++;
        continue;
      }
      const length = buf[i + 1] === LOWER_U ? 6 : 2;
      for (let k = 1; k < length; k++) this.mix(buf[i + k] as number, 2);
      i += length;
    }
    return end;
  }

  private trace(buf: Uint8Array, from: number, end: number): number {
    const { hash, check } = this;
    const stop = Math.min(end, from + MAX_TRACE_BYTES);
    this.hash = SEED;
    const at = this.value(buf, from, stop, false);
    this.traceHash = this.hash ^ this.check ^ 1;
    this.hash = hash;
    this.check = check;
    return at >= stop && stop < end ? this.skipString(buf, stop, end) : at;
  }

  private mix(item: number, c: number): void {
    const hash = this.hash;
    this.hash = Math.imul(hash ^ item ^ (hash >>> 15), 0x01000193) ^ c;
    this.check = (Math.imul(Math.imul(this.check, 31) + item, 31) + c) | 0;
  }
}
