/** One scanned line to its meaning: by memo where its shape is known, by parsing where it is not. */
import type { EpochMs } from '../../domain/time.ts';
import { HeaderMemo } from './header-memo.ts';
import type { Anchor, Interpreter, LineEntry } from './interpreter.ts';
import { COLUMN, LINE, type LineScanner } from './line-scanner.ts';
import { ShapeMemo } from './shape-memo.ts';
import type { TimeContext } from './time/layout.ts';
import { readEpochMs } from './time/read-epoch-ms.ts';

const DIGIT_0 = 48;
const DIGIT_9 = 57;
/** Above every number that decides. */
const LETTERS = 1e6;
const MEMO_SLOTS = 1 << 15;
const DOUBTED_HITS = 4;
const MAX_BRANCHES = 1_000;

export class LineReader {
  readonly scanner: LineScanner;
  private readonly interpreter: Interpreter;
  private readonly memo = new ShapeMemo<LineEntry>(MEMO_SLOTS);
  private readonly headers: HeaderMemo;

  constructor(interpreter: Interpreter) {
    this.interpreter = interpreter;
    this.scanner = interpreter.scanner;
    this.headers = new HeaderMemo(this.scanner);
  }

  /** What the line of a row means. */
  read(row: number): LineEntry {
    const { words } = this.scanner;
    const hash = words[row + COLUMN.hash] as number;
    const check = words[row + COLUMN.check] as number;
    let entry = this.memo.get(hash, check);
    if (entry === undefined || entry.generation !== this.interpreter.rows.generation) entry = this.meet(row, hash, check);
    if (entry.isPlain) return entry;
    if (entry.doubt !== null && isDue(++entry.doubt.hits)) entry = this.reconsider(entry, row);
    if (entry.perLine) return this.parse(row);
    return entry.branch === null ? entry : this.branch(entry, row);
  }

  /** The instant of the line of a row, NaN where it has none. */
  timeOf(entry: LineEntry, row: number, context: TimeContext): EpochMs {
    const { time } = entry;
    return time === null ? Number.NaN : readEpochMs(this.scanner.bytes, this.positionOf(row, time.anchor), time.layout, context);
  }

  /** A shape met for the first time, or again after its row went. */
  private meet(row: number, hash: number, check: number): LineEntry {
    const { rows } = this.interpreter;
    const { words } = this.scanner;
    const start = words[row + COLUMN.inner] as number;
    const end = words[row + COLUMN.end] as number;
    const isJson = ((words[row + COLUMN.flags] as number) & LINE.json) !== 0;
    if (!isJson && rows.isGuarded) {
      const header = this.headers.find(start, end);
      // Not remembered: it may yet be seen again.
      if (header !== null && rows.turnsAway(header.level, hash, check)) return this.interpreter.other(header);
    }
    const entry = (isJson ? null : this.meetHeader(start, end)) ?? this.parse(row);
    if (!isJson && entry.role === 'event' && entry.branch === null && !entry.perLine) this.headers.set(start, entry.headerBytes, entry);
    this.memo.set(hash, check, entry);
    return entry;
  }

  /** A known message under a known header. */
  private meetHeader(start: number, end: number): LineEntry | null {
    const header = this.headers.findEnded(start, end);
    return header === null ? null : this.interpreter.entryByHeader(header, this.headers.messageStart, end);
  }

  private positionOf(row: number, anchor: Anchor): number {
    return this.scanner.markAt(row, anchor.mark) + anchor.delta;
  }

  private parse(row: number): LineEntry {
    const { scanner } = this;
    const start = scanner.words[row + COLUMN.inner] as number;
    const end = scanner.words[row + COLUMN.end] as number;
    const isJson = ((scanner.words[row + COLUMN.flags] as number) & LINE.json) !== 0;
    const line = scanner.decode(start, end);
    const ascii = line.length === end - start;
    return this.interpreter.entryOf(line, (from, to) => {
      const at = start + (ascii ? from : Buffer.byteLength(line.slice(0, from)));
      // In JSON a mark is where the value of a time key starts, nothing else.
      const mark = scanner.markFor(row, at, isJson ? at + 1 : at + (to - from));
      if (mark < 0) return null;
      const delta = at - scanner.markAt(row, mark);
      return isJson && delta !== 0 ? null : { mark, delta };
    });
  }

  private reconsider(entry: LineEntry, row: number): LineEntry {
    const parsed = this.parse(row);
    if (parsed.role !== 'event') return entry;
    const { words } = this.scanner;
    this.memo.set(words[row + COLUMN.hash] as number, words[row + COLUMN.check] as number, parsed);
    return parsed;
  }

  /** Entry under the digits that decide: an HTTP status, a syslog priority. */
  private branch(entry: LineEntry, row: number): LineEntry {
    const { branch } = entry;
    if (branch === null) return entry;
    const { bytes } = this.scanner;
    let at = this.positionOf(row, branch.anchor);
    // A letter in a word with digits (`I0201`) is as invisible to the shape as they are.
    let value = (bytes[at] as number) > DIGIT_9 ? LETTERS + (bytes[at] as number) : 0;
    for (let c = bytes[at] as number; c >= DIGIT_0 && c <= DIGIT_9 && value < 1e6; c = bytes[++at] as number) value = value * 10 + c - DIGIT_0;
    const known = branch.values.get(value);
    if (known !== undefined) return known;
    const parsed = this.parse(row);
    if (branch.values.size < MAX_BRANCHES) branch.values.set(value, parsed);
    return parsed;
  }
}

/** The first hits, then those that are a power of two. */
const isDue = (hits: number): boolean => hits <= DOUBTED_HITS || (hits & (hits - 1)) === 0;
