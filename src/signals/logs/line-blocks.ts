/** Bytes in chunks of any size to blocks of scanned lines. */
import { BLOCK_BYTES, COLUMN, LINE, type LineScanner, MAX_LINE_BYTES } from './line-scanner.ts';

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

export interface LineReceiver {
  /** One line by its row in the scanner's table; valid during the call. */
  line(row: number): void;
  /** Positions given before are about to become invalid. */
  beforeReuse(): void;
}

export class LineBlocks {
  /** Lines of which only the first {@link MAX_LINE_BYTES} were read. */
  cutLines = 0;
  bytes = 0;
  private readonly scanner: LineScanner;
  private readonly receiver: LineReceiver;
  /** The beginning of a line whose end has not come yet. */
  private rest = new Uint8Array(1024);
  private restLength = 0;
  /** The line is longer than may be read: bytes up to the next line feed are dropped. */
  private isSkipping = false;

  constructor(scanner: LineScanner, receiver: LineReceiver) {
    this.scanner = scanner;
    this.receiver = receiver;
  }

  write(chunk: Uint8Array): void {
    this.bytes += chunk.length;
    let at = 0;
    while (at < chunk.length) {
      if (this.isSkipping) {
        const feed = chunk.indexOf(LINE_FEED, at);
        if (feed < 0) return;
        at = feed;
      }
      const end = Math.min(chunk.length, at + BLOCK_BYTES);
      this.take(chunk.subarray(at, end));
      at = end;
    }
  }

  /** The last line needs no line feed. */
  end(): void {
    if (this.restLength > 0) this.take(Uint8Array.of(LINE_FEED));
  }

  /** Scans what was left over and `block`, and keeps what is left over. */
  private take(block: Uint8Array): void {
    const { scanner, restLength } = this;
    const { bytes, textStart } = scanner;
    if (restLength > 0) bytes.set(this.rest.subarray(0, restLength), textStart);
    bytes.set(block, textStart + restLength);
    if (this.isSkipping) this.cutLines++;
    this.isSkipping = false;
    const to = textStart + restLength + block.length;
    let from = textStart;
    for (let count = scanner.scan(from, to); count > 0; count = scanner.scan(from, to)) {
      for (let index = 0; index < count; index++) this.receiver.line(this.bounded(scanner.rowOf(index)));
      from = scanner.next;
    }
    this.receiver.beforeReuse();
    this.keep(from, to);
  }

  /** The row, or that of the line's beginning where it is longer than may be read. */
  private bounded(row: number): number {
    const { scanner } = this;
    const { words } = scanner;
    const start = words[row + COLUMN.start] as number;
    if (((words[row + COLUMN.flags] as number) & LINE.blank) !== 0 || (words[row + COLUMN.end] as number) - start <= MAX_LINE_BYTES) return row;
    this.cutLines++;
    return scanner.scanOne(start, start + MAX_LINE_BYTES);
  }

  private keep(from: number, to: number): void {
    const { bytes } = this.scanner;
    let length = to - from;
    if (length > MAX_LINE_BYTES) {
      length = MAX_LINE_BYTES;
      this.isSkipping = true;
    }
    if (length > 0 && bytes[from + length - 1] === CARRIAGE_RETURN && this.isSkipping) length--;
    if (length > this.rest.length) this.rest = new Uint8Array(Math.min(MAX_LINE_BYTES, Math.max(length, this.rest.length * 2)));
    this.rest.set(bytes.subarray(from, from + length));
    this.restLength = length;
  }
}
