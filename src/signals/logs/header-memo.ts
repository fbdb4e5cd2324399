/** Line headers by shape: level and time of a line whose message nobody will see again. */
import type { LineEntry } from './interpreter.ts';
import type { LineScanner } from './line-scanner.ts';
import { ShapeMemo } from './shape-memo.ts';

const SPACE = 32;
const COLON = 58;
const SLOTS = 1 << 12;
/** Kinds of headers told by their number of spaces. */
const MAX_SPACE_COUNTS = 24;
const MAX_HEADER_BYTES = 256;

export class HeaderMemo {
  private readonly memo = new ShapeMemo<LineEntry>(SLOTS);
  private readonly scanner: LineScanner;
  /** How many spaces the known headers have. */
  private readonly spaces: number[] = [];
  /** Spaces in the header found last: the next line of the stream mostly has as many. */
  private lastSpaces = 0;
  /** Where the message behind the header begins that {@link findEnded} found last. */
  messageStart = 0;

  constructor(scanner: LineScanner) {
    this.scanner = scanner;
  }

  /** Keeps what lines with the header in bytes [start, start + length) mean. */
  set(start: number, length: number, entry: LineEntry): void {
    const buf = this.scanner.bytes;
    if (length <= 0 || length > MAX_HEADER_BYTES || buf[start + length - 1] !== SPACE) return;
    let spaces = 0;
    for (let i = start; i < start + length; i++) if (buf[i] === SPACE) spaces++;
    if (!this.spaces.includes(spaces) && this.spaces.length < MAX_SPACE_COUNTS) this.spaces.push(spaces);
    this.scanner.shapeOf(start, start + length);
    this.memo.set(this.scanner.hash, this.scanner.check, entry);
  }

  /** What is known of the header of the line in bytes [start, end) where it ends by ` : `, which messages hardly do. */
  findEnded(start: number, end: number): LineEntry | null {
    const buf = this.scanner.bytes;
    const stop = Math.min(end, start + MAX_HEADER_BYTES) - 2;
    for (let at = start; at < stop; at++) {
      if (buf[at + 1] !== COLON || buf[at] !== SPACE || buf[at + 2] !== SPACE) continue;
      this.messageStart = at + 3;
      return this.lookUp(start, at + 3);
    }
    return null;
  }

  /** What is known of the header of the line in bytes [start, end), wherever it ends. */
  find(start: number, end: number): LineEntry | null {
    const stop = Math.min(end, start + MAX_HEADER_BYTES);
    const likely = this.tryAt(start, stop, this.lastSpaces);
    if (likely !== null) return likely;
    for (const spaces of this.spaces) {
      const found = this.tryAt(start, stop, spaces);
      if (found === null) continue;
      this.lastSpaces = spaces;
      return found;
    }
    return null;
  }

  private tryAt(start: number, stop: number, spaces: number): LineEntry | null {
    const buf = this.scanner.bytes;
    let at = start;
    for (let left = spaces; left > 0; at++) {
      if (at >= stop) return null;
      if (buf[at] === SPACE) left--;
    }
    return at === start ? null : this.lookUp(start, at);
  }

  private lookUp(start: number, end: number): LineEntry | null {
    this.scanner.shapeOf(start, end);
    return this.memo.get(this.scanner.hash, this.scanner.check) ?? null;
  }
}
