/** The text of an event that is still being folded, bounded. */
import { FRAME_MARK } from './formats/fold.ts';
import type { LineScanner } from './line-scanner.ts';

/** Enough of a trace for its chain of causes. */
const MAX_EVENT_BYTES = 65_536;
/** Lines that are lent at once; a longer event is copied so many at a time. */
const MAX_LENT = 64;
const LINE_FEED = 10;
/** Lent in place of a line: {@link EventText.mark}. */
const MARK = -1;
const MARK_BYTES = Buffer.from(FRAME_MARK);

/**
 * Lines stay where they were read until somebody wants them: most events have no reader. {@link keep} copies them
 * before their memory is used again.
 */
export class EventText {
  private copy: Buffer | null = null;
  private length = 0;
  private readonly scanner: LineScanner;
  /** Lines that lie in the scanner's memory, behind what was copied: bytes [start, end) each. */
  private readonly lent = new Int32Array(MAX_LENT * 2);
  private lentCount = 0;

  constructor(scanner: LineScanner) {
    this.scanner = scanner;
  }

  begin(start: number, end: number): void {
    this.length = 0;
    this.lent[0] = start;
    this.lent[1] = end;
    this.lentCount = 1;
  }

  append(start: number, end: number): void {
    if (this.lentCount === MAX_LENT) this.keep();
    this.lent[this.lentCount * 2] = start;
    this.lent[this.lentCount * 2 + 1] = end;
    this.lentCount++;
  }

  /** A line of {@link FRAME_MARK}. */
  mark(): void {
    this.append(MARK, MARK);
  }

  appendText(text: string): void {
    this.keep();
    const bytes = Buffer.from(text);
    this.put(bytes, 0, bytes.length);
  }

  keep(): void {
    for (let at = 0; at < this.lentCount; at++) {
      const start = this.lent[at * 2] as number;
      if (start === MARK) this.put(MARK_BYTES, 0, MARK_BYTES.length);
      else this.put(this.scanner.bytes, start, this.lent[at * 2 + 1] as number);
    }
    this.lentCount = 0;
  }

  /** The first `maxBytes`; a character cut in two becomes U+FFFD. */
  toString(maxBytes = MAX_EVENT_BYTES): string {
    if (this.lentCount === 1 && this.length === 0) {
      const start = this.lent[0] as number;
      return this.scanner.decode(start, Math.min(this.lent[1] as number, start + maxBytes));
    }
    this.keep();
    return this.copy === null ? '' : this.copy.toString('utf8', 0, Math.min(this.length, maxBytes));
  }

  private put(bytes: Uint8Array, start: number, end: number): void {
    this.copy ??= Buffer.allocUnsafe(MAX_EVENT_BYTES);
    const length = Math.min(end - start, MAX_EVENT_BYTES - this.length - 1);
    if (length <= 0) return;
    if (this.length > 0) this.copy[this.length++] = LINE_FEED;
    this.copy.set(bytes.subarray(start, start + length), this.length);
    this.length += length;
  }
}
