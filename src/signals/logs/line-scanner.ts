/**
 * The first pass over every byte: lines, container wrappers and shapes, found by `wasm/line-scanner.ts`.
 *
 * The shape of a line is what is left when everything that carries a digit is taken for a variable. Lines of one
 * shape parse alike, so a memo over shapes makes parsing, masking and tokenising a matter of the first line of its kind.
 * One scanner serves a whole thread: nobody holds on to its memory beyond a call, and calls never yield.
 */
import { LINE_SCANNER_WASM } from './line-scanner.gen.ts';

/** A longer line is read up to here; what follows until the line feed is dropped and counted. */
export const MAX_LINE_BYTES = 262_144;
/** Bytes taken in at once: they are still in the processor's cache when the lines are read. */
export const BLOCK_BYTES = 131_072;
/** Text whose shape alone is asked for. */
const MAX_TEXT_BYTES = 65_536;

/** Bits of {@link COLUMN.flags}. */
export const LINE = { blank: 1, json: 2, docker: 4, cri: 8, stderr: 16, partial: 32 } as const;

/** Columns of a line's row in {@link LineScanner.words}. */
export const COLUMN = {
  /** Bytes [start, end) of the line, [inner, end) of what a container's program wrote. */
  start: 0,
  inner: 1,
  end: 2,
  /** The shape as two independent 32-bit hashes. */
  hash: 3,
  check: 4,
  /** Address of the positions of variable words (of time values in JSON), and how many there are. */
  marks: 5,
  markCount: 6,
  flags: 7,
  /** The shape of the stack trace inside a JSON line; 0 where there is none. */
  trace: 8,
} as const;
const COLUMNS = 9;

const LINE_FEED = 10;

/** What a key's value does to the shape of a JSON line. */
export const ROLE = { shape: 1, time: 2, literal: 3, trace: 4 } as const;
export type Role = (typeof ROLE)[keyof typeof ROLE];

const ROWS = 2_048;
const MAX_MARKS = 255;
const MARKS = 32_768;
/** Sixty-four bytes are read at once, so up to as many behind the last. */
const SLACK = 64;
const ROLE_BYTES = 17_408;

const align = (bytes: number): number => (bytes + 15) & ~15;
const TEXT = 1_024;
const SCRATCH = align(TEXT + MAX_LINE_BYTES + BLOCK_BYTES + SLACK);
const MESSAGE = align(SCRATCH + MAX_LINE_BYTES + SLACK);
const ROLES = align(MESSAGE + MAX_TEXT_BYTES + SLACK);
const TABLE = align(ROLES + ROLE_BYTES);
const MARK_TABLE = align(TABLE + (ROWS + 2) * COLUMNS * 4);
const SCRATCH_MARKS = MARK_TABLE + MARKS * 4;
const TEXT_MARKS = SCRATCH_MARKS + (MAX_MARKS + 1) * 4;
const PAGE_BYTES = 65_536;
const PAGES = Math.ceil((TEXT_MARKS + (MAX_MARKS + 1) * 4) / PAGE_BYTES);

const rowAt = (index: number): number => (TABLE >> 2) + index * COLUMNS;

interface Exports {
  scanLines(from: number, to: number, table: number, rows: number, marks: number, marksEnd: number): number;
  nextLine(): number;
  scanOne(row: number, start: number, end: number, marks: number): void;
  scanText(row: number, start: number, end: number, marks: number): void;
  addRole(start: number, end: number, role: number): void;
  setUp(at: number): number;
  peelDocker(start: number, end: number, out: number): number;
  dockerTimeAt(): number;
  dockerIsStderr(): number;
}

/** What Docker's json-file driver put around a line. */
export interface DockerRecord {
  /** Row of the program's own line. */
  readonly row: number;
  readonly isStderr: boolean;
  /** Where the value of `time` starts; 0 where there is none. */
  readonly timeAt: number;
}

export class LineScanner {
  /** Where text is put before it is scanned, up to `MAX_LINE_BYTES + BLOCK_BYTES`. */
  readonly textStart = TEXT;
  /** Where a single line of up to {@link MAX_LINE_BYTES} is put together. */
  readonly scratchStart = SCRATCH;
  readonly bytes: Uint8Array;
  /** The same memory as 32-bit integers: rows of lines by {@link COLUMN}, and marks. */
  readonly words: Int32Array;
  /** The shape asked for last. */
  hash = 0;
  check = 0;
  /** Where the first line not taken by {@link scan} starts. */
  next = TEXT;
  private readonly buffer: Buffer;
  private readonly wasm: Exports;

  /** @param keys of JSON records, in lower case */
  constructor(keys: Readonly<Record<string, Role>>) {
    const memory = new WebAssembly.Memory({ initial: PAGES, maximum: PAGES });
    const module = new WebAssembly.Module(Buffer.from(LINE_SCANNER_WASM, 'base64'));
    this.wasm = new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as Exports;
    this.bytes = new Uint8Array(memory.buffer);
    this.words = new Int32Array(memory.buffer);
    this.buffer = Buffer.from(memory.buffer);
    this.wasm.setUp(ROLES);
    for (const [key, role] of Object.entries(keys)) this.wasm.addRole(MESSAGE, MESSAGE + this.buffer.write(key, MESSAGE), role);
  }

  /** Scans the lines in bytes [from, to) that end by a line feed; returns how many rows were filled. */
  scan(from: number, to: number): number {
    const count = this.wasm.scanLines(from, to, TABLE, ROWS, MARK_TABLE, SCRATCH_MARKS);
    this.next = this.wasm.nextLine();
    return count;
  }

  /** The row of the line at `index` of the lines scanned last. */
  rowOf(index: number): number {
    return rowAt(index);
  }

  /** Scans bytes [start, end) as one line without a wrapper and returns its row, which the next call overwrites. A line feed must stand at `end`. */
  scanOne(start: number, end: number): number {
    const row = rowAt(ROWS);
    this.wasm.scanOne(row << 2, start, end, SCRATCH_MARKS);
    return row;
  }

  /** Unescapes the program's line of a Docker record in bytes [start, end) and scans it as {@link scanOne}; null where it is cut off. */
  peelDocker(start: number, end: number): DockerRecord | null {
    const length = this.wasm.peelDocker(start, end, SCRATCH);
    if (length < 0) return null;
    return { row: this.scanOne(SCRATCH, SCRATCH + length), isStderr: this.wasm.dockerIsStderr() !== 0, timeAt: this.wasm.dockerTimeAt() };
  }

  /** The shape of bytes [start, end) as text, into {@link hash} and {@link check}. A separator must stand at `end` or before it. */
  shapeOf(start: number, end: number): void {
    const row = rowAt(ROWS + 1);
    this.wasm.scanText(row << 2, start, end, TEXT_MARKS);
    this.hash = this.words[row + COLUMN.hash] as number;
    this.check = this.words[row + COLUMN.check] as number;
  }

  /** The same of a text: its first 64 KiB. */
  shapeOfText(text: string): void {
    const end = MESSAGE + this.buffer.write(text, MESSAGE, MAX_TEXT_BYTES);
    this.bytes[end] = LINE_FEED;
    this.shapeOf(MESSAGE, end);
  }

  /** Text of bytes [start, end); invalid UTF-8 becomes U+FFFD. */
  decode(start: number, end: number): string {
    return this.buffer.toString('utf8', start, end);
  }

  /**
   * The variable word by which a position is found again in any line of this shape: the first that starts in
   * [at, end), else the last before it. -1 where the line has none.
   */
  markFor(row: number, at: number, end: number): number {
    const { words } = this;
    const first = (words[row + COLUMN.marks] as number) >> 2;
    const count = words[row + COLUMN.markCount] as number;
    let before = -1;
    for (let k = 0; k < count; k++) {
      const mark = words[first + k] as number;
      if (mark >= at) return mark < end ? k : before;
      before = k;
    }
    return before;
  }

  /** Position `mark` of the line. */
  markAt(row: number, mark: number): number {
    return this.words[((this.words[row + COLUMN.marks] as number) >> 2) + mark] as number;
  }
}
