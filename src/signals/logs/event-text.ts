/** The text of an event that is still being folded, bounded. */
import type { LineScanner } from './line-scanner.ts';

/** Enough of a trace for its chain of causes. */
const MAX_EVENT_BYTES = 65_536;

/**
 * The first line stays where it was read until somebody wants it: most events have one line and no reader.
 * {@link keep} copies it before the buffer is reused.
 */
export class EventText {
  private copy: Buffer | null = null;
  private length = 0;
  private readonly scanner: LineScanner;
  /** The first line lies in the scanner's memory, bytes [start, end). */
  private isLent = false;
  private start = 0;
  private end = 0;

  constructor(scanner: LineScanner) {
    this.scanner = scanner;
  }

  begin(start: number, end: number): void {
    this.isLent = true;
    this.start = start;
    this.end = Math.min(end, start + MAX_EVENT_BYTES);
    this.length = 0;
  }

  append(start: number, end: number): void {
    this.keep();
    this.put(this.scanner.bytes, start, end);
  }

  appendText(text: string): void {
    const bytes = Buffer.from(text);
    this.keep();
    this.put(bytes, 0, bytes.length);
  }

  keep(): void {
    if (!this.isLent) return;
    this.isLent = false;
    this.put(this.scanner.bytes, this.start, this.end);
  }

  /** The first `maxBytes`; a character cut in two becomes U+FFFD. */
  toString(maxBytes = MAX_EVENT_BYTES): string {
    if (this.isLent) return this.scanner.decode(this.start, Math.min(this.end, this.start + maxBytes));
    return this.copy === null ? '' : this.copy.toString('utf8', 0, Math.min(this.length, maxBytes));
  }

  private put(buf: Uint8Array, start: number, end: number): void {
    this.copy ??= Buffer.allocUnsafe(MAX_EVENT_BYTES);
    const length = Math.min(end - start, MAX_EVENT_BYTES - this.length - 1);
    if (length <= 0) return;
    if (this.length > 0) this.copy[this.length++] = 10;
    this.copy.set(buf.subarray(start, start + length), this.length);
    this.length += length;
  }
}
