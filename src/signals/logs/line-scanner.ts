/**
 * The first pass over every byte: lines, container wrappers and shapes, found by `wasm/line-scanner.ts`.
 *
 * The shape of a line is what is left when everything that carries a digit is taken for a variable. Lines of one
 * shape parse alike, so a memo over shapes makes parsing, masking and tokenising a matter of the first line of its kind.
 * Nobody holds on to the memory beyond a call or, where another thread fills it, beyond a block.
 */
import { LINE_SCANNER_WASM } from './line-scanner.gen.ts';
import { BLOCK_ROWS, type BlockPlaces, createScanMemory, MAX_LINE_BYTES, MAX_TEXT_BYTES, type OwnPlaces, ownPlaces, ROW_WORDS } from './scan-memory.ts';

/** Bits of {@link COLUMN.flags}. */
export const LINE = { blank: 1, json: 2, docker: 4, cri: 8, stderr: 16, partial: 32 } as const;

/** Columns of a line's row in {@link LineScanner.words}. */
export const COLUMN = {
  /** Bytes [start, end) of the line; what a container's program wrote is [inner, end), in a place of its own where it had to be unescaped. */
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
  /** Where the time of the container's wrapper starts; 0 where there is none. */
  outerTime: 9,
} as const;

const LINE_FEED = 10;

/** What a key's value does to the shape of a JSON line. */
export const ROLE = { shape: 1, time: 2, literal: 3, trace: 4 } as const;
export type Role = (typeof ROLE)[keyof typeof ROLE];

interface Exports {
  scanLines(from: number, to: number, table: number, rows: number, marks: number, marksEnd: number, inner: number, longest: number): number;
  nextLine(): number;
  scanOne(row: number, start: number, end: number, marks: number): void;
  scanText(row: number, start: number, end: number, marks: number): void;
  addRole(start: number, end: number, role: number): void;
  setUp(at: number): number;
}

let compiled: WebAssembly.Module | null = null;

/** Compiled once a thread; another thread takes it as it is. */
const scannerModule = (): WebAssembly.Module => (compiled ??= new WebAssembly.Module(Buffer.from(LINE_SCANNER_WASM, 'base64')));

/** What another thread works with. */
export interface SharedScanner {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
}

export class LineScanner {
  readonly bytes: Uint8Array;
  /** The same memory as 32-bit integers: rows of lines by {@link COLUMN}, and marks. */
  readonly words: Int32Array;
  /** The shape asked for last. */
  hash = 0;
  check = 0;
  /** Where the first line not taken by {@link scan} starts. */
  next = 0;
  readonly shared: SharedScanner;
  private readonly own: OwnPlaces;
  private readonly buffer: Buffer;
  private readonly wasm: Exports;

  /**
   * @param keys of JSON records, in lower case
   * @param shared what the first scanner of two threads works with, for the second
   */
  constructor(keys: Readonly<Record<string, Role>>, shared: SharedScanner | null = null, blocks = 1) {
    this.shared = shared ?? { module: scannerModule(), memory: createScanMemory(blocks) };
    const { module, memory } = this.shared;
    this.own = ownPlaces(shared === null ? 0 : 1);
    this.wasm = new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as Exports;
    this.bytes = new Uint8Array(memory.buffer);
    this.words = new Int32Array(memory.buffer);
    this.buffer = Buffer.from(memory.buffer);
    this.wasm.setUp(this.own.roles);
    const { message } = this.own;
    for (const [key, role] of Object.entries(keys)) this.wasm.addRole(message, message + this.buffer.write(key, message), role);
  }

  /** Where a single line of up to `MAX_LINE_BYTES` is put together. */
  get scratchStart(): number {
    return this.own.scratch;
  }

  /** Scans the lines in bytes [from, to) of a block that end by a line feed; returns how many rows of the block were filled. */
  scan(block: BlockPlaces, from: number, to: number): number {
    const count = this.wasm.scanLines(from, to, block.table, BLOCK_ROWS, block.marks, block.marksEnd, block.inner, MAX_LINE_BYTES);
    this.next = this.wasm.nextLine();
    return count;
  }

  /** The row of the line at `index` of a block. */
  rowOf(block: BlockPlaces, index: number): number {
    return (block.table >> 2) + index * ROW_WORDS;
  }

  /** Scans bytes [start, end) as one line without a wrapper and returns its row, which the next call overwrites. A line feed must stand at `end`. */
  scanOne(start: number, end: number): number {
    this.wasm.scanOne(this.own.rows, start, end, this.own.lineMarks);
    return this.own.rows >> 2;
  }

  /** The shape of bytes [start, end) as text, into {@link hash} and {@link check}. A separator must stand at `end` or before it. */
  shapeOf(start: number, end: number): void {
    const row = (this.own.rows >> 2) + ROW_WORDS;
    this.wasm.scanText(row << 2, start, end, this.own.textMarks);
    this.hash = this.words[row + COLUMN.hash] as number;
    this.check = this.words[row + COLUMN.check] as number;
  }

  /** The same of a text: its first 64 KiB. */
  shapeOfText(text: string): void {
    const { message } = this.own;
    const end = message + this.buffer.write(text, message, MAX_TEXT_BYTES);
    this.bytes[end] = LINE_FEED;
    this.shapeOf(message, end);
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
