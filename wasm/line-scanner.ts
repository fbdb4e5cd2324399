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
import { byte, CR, findFeed, OPEN_BRACE, SPACE } from './bytes';
import { criFlags, DOCKER_KEY, dockerStderr, dockerTime, peelCri, peelDocker, STDERR } from './containers';
import { json, JSON_TABLE_BYTES, jsonShape, PATHS_OFFSET } from './json-shape';
import { seal, SEED, shape } from './shape-hash';
import { textShape } from './text-shape';

export { addRole } from './json-shape';

// Columns of a line in the table: 32-bit integers.
const COLUMNS: usize = 10;
const START: usize = 0;
const INNER: usize = 4;
const END: usize = 8;
const HASH: usize = 12;
const CHECK: usize = 16;
const MARKS: usize = 20;
const MARK_COUNT: usize = 24;
const FLAGS: usize = 28;
const TRACE: usize = 32;
const OUTER_TIME: usize = 36;

const BLANK: u32 = 1;
const JSON: u32 = 2;
const DOCKER: u32 = 4;

/** Positions of variable words that are kept of a line, for timestamps and the digits that decide a level. */
const MAX_MARKS: u32 = 255;

/** Start of the first line that was not taken. */
let next: usize = 0;

export function nextLine(): usize {
  return next;
}

function isBlank(start: usize, end: usize): bool {
  for (let i = start; i < end; i++) if (byte(i) > SPACE) return false;
  return true;
}

/** Shape of the program's line in bytes [start, end) into the row at `row`. */
function shapeInto(row: usize, start: usize, end: usize, marks: usize, flags: u32): void {
  let all = flags;
  shape.markAt = marks;
  shape.markEnd = marks + (MAX_MARKS << 2);
  json.traceHash = 0;
  shape.hash = SEED;
  if (start < end && byte(start) == OPEN_BRACE && jsonShape(start, end)) all |= JSON;
  else {
    shape.hash = SEED;
    shape.markAt = marks;
    json.traceHash = 0;
    textShape(start, end);
  }
  seal();
  store<u32>(row, <u32>start, INNER);
  store<u32>(row, <u32>end, END);
  store<u32>(row, <u32>shape.hash, HASH);
  store<u32>(row, <u32>(shape.hash >> 32), CHECK);
  store<u32>(row, <u32>marks, MARKS);
  store<u32>(row, <u32>(shape.markAt - marks) >> 2, MARK_COUNT);
  store<u32>(row, all, FLAGS);
  store<u32>(row, json.traceHash, TRACE);
}

/** Of any bytes [start, end) as one line without a wrapper. */
export function scanOne(row: usize, start: usize, end: usize, marks: usize): void {
  store<u32>(row, <u32>start, START);
  shapeInto(row, start, end, marks, 0);
}

/** The same, as text even where it looks like JSON. */
export function scanText(row: usize, start: usize, end: usize, marks: usize): void {
  shape.markAt = marks;
  shape.markEnd = marks + (MAX_MARKS << 2);
  shape.hash = SEED;
  textShape(start, end);
  seal();
  store<u32>(row, <u32>shape.hash, HASH);
  store<u32>(row, <u32>(shape.hash >> 32), CHECK);
}

/** Where the next unescaped line goes. */
let innerAt: usize = 0;

/** The program's line of the Docker record in bytes [start, end), unescaped; false where the record is cut off. */
function dockerInto(row: usize, start: usize, end: usize, marks: usize): bool {
  const length = peelDocker(start, end, innerAt);
  if (length < 0) return false;
  shapeInto(row, innerAt, innerAt + length, marks, DOCKER | (dockerStderr ? STDERR : 0));
  store<u32>(row, <u32>dockerTime, OUTER_TIME);
  innerAt += length + 1;
  return true;
}

/**
 * Lines that end by a line feed in bytes [from, to), at most `rows` of them, into the table at `table`, their marks
 * behind each other from `marks` to `marksEnd`, lines unescaped from records of up to `longest` bytes from `inner` on.
 * Returns how many; `nextLine` is where to go on.
 */
export function scanLines(from: usize, to: usize, table: usize, rows: u32, marks: usize, marksEnd: usize, inner: usize, longest: usize): u32 {
  let count: u32 = 0;
  let row = table;
  let mark = marks;
  let start = from;
  innerAt = inner;
  const lastMarks = marksEnd - ((MAX_MARKS + 1) << 2);
  while (start < to && count < rows && mark <= lastMarks) {
    const feed = findFeed(start, to);
    if (feed >= to) break;
    const end = feed > start && byte(feed - 1) == CR ? feed - 1 : feed;
    store<u32>(row, <u32>start, START);
    if (byte(start) <= SPACE && isBlank(start, end)) store<u32>(row, BLANK, FLAGS);
    else {
      const isDocker = end - start >= 8 && end - start <= longest && load<u64>(start) == DOCKER_KEY && dockerInto(row, start, end, mark);
      if (!isDocker) {
        const inner = peelCri(start, end);
        if (inner != 0) shapeInto(row, inner, end, mark, criFlags);
        else shapeInto(row, start, end, mark, 0);
        store<u32>(row, inner != 0 ? <u32>start : 0, OUTER_TIME);
      }
      mark = shape.markAt;
    }
    row += COLUMNS * 4;
    count++;
    start = feed + 1;
  }
  next = start;
  return count;
}

/** Tells where the keys of JSON records are kept; `addRole` fills the table. Returns how many bytes that takes. */
export function setUp(at: usize): usize {
  json.roles = at;
  json.paths = at + PATHS_OFFSET;
  return JSON_TABLE_BYTES;
}
