/** Bytes in chunks of any size ► blocks of scanned lines. */
import type { LineScanner } from './line-scanner.ts';
import { BLOCK_BYTES, type BlockPlaces, MAX_LINE_BYTES } from './scan-memory.ts';

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const NOTHING = new Uint8Array(0);

export interface ScannedBlock {
  readonly places: BlockPlaces;
  readonly lines: number;
  /** Lines in it of which only the first {@link MAX_LINE_BYTES} were kept. */
  readonly cutLines: number;
  /** Bytes of input up to the end of its last line, since the block before. */
  readonly bytes: number;
}

export interface BlockPool {
  /** A block that nobody reads any more. */
  free(): BlockPlaces;
  scanned(block: ScannedBlock): void;
}

export class BlockScanner {
  private readonly scanner: LineScanner;
  private readonly pool: BlockPool;
  /** The beginning of a line whose end has not come yet. */
  private rest = new Uint8Array(1_024);
  private restLength = 0;
  /** The line is longer than may be read: bytes up to the next line feed are dropped. */
  private isSkipping = false;
  /** Not yet told of in a block. */
  private newBytes = 0;

  constructor(scanner: LineScanner, pool: BlockPool) {
    this.scanner = scanner;
    this.pool = pool;
  }

  /** The chunk's memory may be used again after the call. */
  write(chunk: Uint8Array): void {
    let at = 0;
    while (at < chunk.length) {
      if (this.isSkipping) {
        const feed = chunk.indexOf(LINE_FEED, at);
        this.newBytes += (feed < 0 ? chunk.length : feed) - at;
        if (feed < 0) return;
        at = feed;
      }
      const end = Math.min(chunk.length, at + BLOCK_BYTES);
      this.newBytes += end - at;
      this.take(chunk.subarray(at, end));
      at = end;
    }
  }

  /** The last line needs no line feed. */
  end(): void {
    if (this.restLength > 0) this.take(Uint8Array.of(LINE_FEED));
  }

  /** Scans what was left over and `bytes`, and keeps what is left over. */
  private take(bytes: Uint8Array): void {
    const { scanner } = this;
    let cutLines = this.isSkipping ? 1 : 0;
    this.isSkipping = false;
    let fresh = bytes;
    for (let hasMore = true; hasMore; fresh = NOTHING) {
      const places = this.pool.free();
      if (this.restLength > 0) scanner.bytes.set(this.rest.subarray(0, this.restLength), places.text);
      scanner.bytes.set(fresh, places.text + this.restLength);
      const to = places.text + this.restLength + fresh.length;
      const lines = scanner.scan(places, places.text, to);
      this.newBytes += this.restLength;
      hasMore = this.keep(scanner.next, to);
      this.pool.scanned({ places, lines, cutLines, bytes: this.newBytes - this.restLength });
      this.newBytes = 0;
      cutLines = 0;
    }
  }

  /** Keeps bytes [from, to) for later; true where whole lines are among them, for which the table had no room. */
  private keep(from: number, to: number): boolean {
    const left = this.scanner.bytes.subarray(from, to);
    let { length } = left;
    const hasLines = left.includes(LINE_FEED);
    if (!hasLines && length > MAX_LINE_BYTES) {
      length = left[MAX_LINE_BYTES - 1] === CARRIAGE_RETURN ? MAX_LINE_BYTES - 1 : MAX_LINE_BYTES;
      this.isSkipping = true;
    }
    if (length > this.rest.length) this.rest = new Uint8Array(Math.max(length, Math.min(MAX_LINE_BYTES, this.rest.length * 2)));
    this.rest.set(left.subarray(0, length));
    this.restLength = length;
    return hasLines;
  }
}
