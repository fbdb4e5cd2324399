/**
 * The shape of a JSON line: only the fields that decide what a record means enter the hash, the rest is skipped. That
 * needs no parse: a string before a colon is a key, wherever it stands.
 */
import { BACKSLASH, byte, CLOSE_BRACE, CLOSE_BRACKET, COLON, COMMA, findQuote, isWordByte, LF, LOWER_U, OPEN_BRACE, QUOTE, SPACE } from './bytes';
import { mix, PRIME, SEED, shape, VALUE_MARK, wordHash } from './shape-hash';
import { textShape } from './text-shape';

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

/** Bytes of memory for the keys and the paths of keys around a place. */
export const PATHS_OFFSET: usize = <usize>ROLE_SLOTS * 16;
export const JSON_TABLE_BYTES: usize = PATHS_OFFSET + <usize>(MAX_DEPTH + 2) * 8;

export namespace json {
  /** Where the table of keys lies; the paths lie behind it. */
  export let roles: usize = 0;
  export let paths: usize = 0;
  /** Of the stack trace in the line; 0 where it has none. */
  export let traceHash: u32 = 0;
}
let depth: i32 = 0;
let lastKey: u64 = 0;
let shapeFields: u32 = 0;

/** Of a key, letters of any case alike. */
// @ts-ignore: decorator
@inline
function keyStep(h: u64, c: u32): u64 {
  return (h ^ <u64>(c - 65 < 26 ? c + 32 : c)) * 0x100000001b3;
}

function roleOf(key: u64): u32 {
  for (let probe: u32 = 0; probe < ROLE_SLOTS; probe++) {
    const slot = json.roles + <usize>((<u32>key + probe) & (ROLE_SLOTS - 1)) * 16;
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
    const slot = json.roles + <usize>((<u32>key + probe) & (ROLE_SLOTS - 1)) * 16;
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
  const marks = shape.markAt;
  textShape(from, close);
  shape.markAt = marks;
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
  const outer = shape.hash;
  const stop = from + MAX_TRACE_BYTES < end ? from + MAX_TRACE_BYTES : end;
  shape.hash = SEED;
  const at = stringValue(from, stop, false);
  json.traceHash = <u32>shape.hash ^ <u32>(shape.hash >> 32) | 1;
  shape.hash = outer;
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
  mix(key ^ load<u64>(json.paths + <usize>level * 8), role);
  if (role == ROLE_TIME) {
    if (shape.markAt < shape.markEnd) {
      store<u32>(shape.markAt, <u32>(quoted ? i + 1 : i));
      shape.markAt += 4;
    }
  } else if (role == ROLE_SHAPE) shapeFields++;
  if (!quoted) return bareValue(i, end, role == ROLE_LITERAL);
  return role == ROLE_TRACE ? traceValue(i + 1, end) : stringValue(i + 1, end, role == ROLE_LITERAL);
}

/**
 * Only the fields that decide what a record means enter the hash, the rest is skipped. That needs no parse: a string
 * before a colon is a key, wherever it stands. Returns whether some field holds the meaning.
 */
export function jsonShape(start: usize, end: usize): bool {
  shapeFields = 0;
  depth = 0;
  lastKey = 0;
  let i = start;
  while (i < end) {
    const c = byte(i);
    if (c == OPEN_BRACE) {
      depth++;
      if (depth > 0 && depth <= MAX_DEPTH) {
        const above = json.paths + <usize>(depth - 1) * 8;
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
