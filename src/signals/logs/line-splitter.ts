/** Bytes in chunks of any size to lines, without copying what lies inside a chunk. */

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
/** A longer line is read up to here; what follows until the line feed is dropped and counted. */
export const MAX_LINE_BYTES = 262_144;

export interface LineReceiver {
  /** One line in bytes [start, end) without its end; a separator byte stands at `end`. Valid during the call. */
  line(buf: Uint8Array, start: number, end: number): void;
  /** Positions given before are about to become invalid. */
  beforeReuse(): void;
}

export class LineSplitter {
  /** Lines of which only the first {@link MAX_LINE_BYTES} were read. */
  cutLines = 0;
  bytes = 0;
  private readonly receiver: LineReceiver;
  private rest: Uint8Array = new Uint8Array(1024);
  private restLength = 0;
  private restCut = false;

  constructor(receiver: LineReceiver) {
    this.receiver = receiver;
  }

  write(bytes: Uint8Array): void {
    // Buffer's indexOf is memchr; Uint8Array's is a loop.
    const chunk = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    this.bytes += chunk.length;
    let start = 0;
    if (this.restLength > 0) {
      const feed = chunk.indexOf(LINE_FEED);
      this.keep(chunk, 0, feed < 0 ? chunk.length : feed);
      if (feed < 0) return;
      this.emitRest();
      start = feed + 1;
    }
    for (let feed = chunk.indexOf(LINE_FEED, start); feed >= 0; feed = chunk.indexOf(LINE_FEED, start)) {
      if (feed - start > MAX_LINE_BYTES) {
        this.keep(chunk, start, feed);
        this.emitRest();
      } else {
        const end = feed > start && chunk[feed - 1] === CARRIAGE_RETURN ? feed - 1 : feed;
        this.receiver.line(chunk, start, end);
      }
      start = feed + 1;
    }
    this.receiver.beforeReuse();
    if (start < chunk.length) this.keep(chunk, start, chunk.length);
  }

  /** The last line needs no line feed. */
  end(): void {
    if (this.restLength > 0) this.emitRest();
    this.receiver.beforeReuse();
  }

  private keep(chunk: Uint8Array, start: number, end: number): void {
    const room = MAX_LINE_BYTES - this.restLength;
    const length = Math.min(end - start, room);
    if (length < end - start) this.restCut = true;
    const needed = this.restLength + length + 1;
    if (needed > this.rest.length) {
      const grown = new Uint8Array(Math.max(needed, this.rest.length * 2));
      grown.set(this.rest.subarray(0, this.restLength));
      this.rest = grown;
    }
    this.rest.set(chunk.subarray(start, start + length), this.restLength);
    this.restLength += length;
  }

  private emitRest(): void {
    const { rest } = this;
    let end = this.restLength;
    if (rest[end - 1] === CARRIAGE_RETURN) end--;
    rest[end] = LINE_FEED;
    if (this.restCut) this.cutLines++;
    this.restCut = false;
    this.restLength = 0;
    this.receiver.line(rest, 0, end);
    this.receiver.beforeReuse();
  }
}
