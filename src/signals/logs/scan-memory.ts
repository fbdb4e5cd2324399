/**
 * How the memory of {@link ./line-scanner.ts} is laid out: what each of two threads needs for itself, then blocks of
 * text with the tables of their lines. Shared, so that one thread can scan what another reads.
 */

/** A longer line is read up to here; what follows until the line feed is dropped and counted. */
export const MAX_LINE_BYTES = 262_144;
/** Bytes taken in at once: they are still in the processor's cache when the lines are read. */
export const BLOCK_BYTES = 131_072;
/** Text whose shape alone is asked for. */
export const MAX_TEXT_BYTES = 65_536;
/** Positions that are kept of a line. */
export const MAX_MARKS = 255;
/** Lines that a block holds at most. */
export const BLOCK_ROWS = 6_144;
/** 32-bit integers of a line's row. */
export const ROW_WORDS = 10;

/** Positions that a block holds at most, over all of its lines. */
const BLOCK_MARKS = 49_152;
const ROLE_BYTES = 17_408;
/** Sixty-four bytes are read at once, so up to as many behind the last. */
const SLACK = 64;
const START = 1_024;
const PAGE_BYTES = 65_536;

const align = (bytes: number): number => (bytes + 15) & ~15;

/** What a thread has for itself, by address. */
export interface OwnPlaces {
  /** A single line of up to {@link MAX_LINE_BYTES}. */
  readonly scratch: number;
  /** A text of up to {@link MAX_TEXT_BYTES}. */
  readonly message: number;
  readonly roles: number;
  /** The row of a line scanned alone, then that of a text. */
  readonly rows: number;
  readonly lineMarks: number;
  readonly textMarks: number;
}

/** A block of lines, by address. */
export interface BlockPlaces {
  /** Room for the longest beginning of a line and {@link BLOCK_BYTES} behind it. */
  readonly text: number;
  /** Lines unescaped from container records: no longer than the records. */
  readonly inner: number;
  readonly table: number;
  readonly marks: number;
  readonly marksEnd: number;
}

const LINE_ROOM = align(MAX_LINE_BYTES + SLACK);
const MESSAGE_ROOM = align(MAX_TEXT_BYTES + SLACK);
const ROW_BYTES = ROW_WORDS * 4;
const MARKS_ROOM = align((MAX_MARKS + 1) * 4);
const OWN_BYTES = LINE_ROOM + MESSAGE_ROOM + align(ROLE_BYTES) + align(2 * ROW_BYTES) + 2 * MARKS_ROOM;
const TEXT_ROOM = align(MAX_LINE_BYTES + BLOCK_BYTES + SLACK);
const TABLE_ROOM = align(BLOCK_ROWS * ROW_BYTES);
const BLOCK_ROOM = 2 * TEXT_ROOM + TABLE_ROOM + BLOCK_MARKS * 4;

/** @param thread 0 or 1 */
export const ownPlaces = (thread: number): OwnPlaces => {
  const scratch = START + thread * OWN_BYTES;
  const message = scratch + LINE_ROOM;
  const roles = message + MESSAGE_ROOM;
  const rows = roles + align(ROLE_BYTES);
  const lineMarks = rows + align(2 * ROW_BYTES);
  return { scratch, message, roles, rows, lineMarks, textMarks: lineMarks + MARKS_ROOM };
};

/** @param block from 0 */
export const blockPlaces = (block: number): BlockPlaces => {
  const text = START + 2 * OWN_BYTES + block * BLOCK_ROOM;
  const inner = text + TEXT_ROOM;
  const table = inner + TEXT_ROOM;
  const marks = table + TABLE_ROOM;
  return { text, inner, table, marks, marksEnd: marks + BLOCK_MARKS * 4 };
};

/** Memory for so many blocks; pages that nobody writes to take no room. */
export const createScanMemory = (blocks: number): WebAssembly.Memory => {
  const pages = Math.ceil(blockPlaces(blocks).text / PAGE_BYTES);
  const descriptor = { initial: pages, maximum: pages, shared: true };
  return new WebAssembly.Memory(descriptor);
};
