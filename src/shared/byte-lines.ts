/** Bytes to lines without making strings of them. */

/** Bytes of one line that are kept; a longer line is cut, not split. */
export const MAX_LINE_BYTES = 4_194_304;

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const FIRST_REST_BYTES = 65_536;

/** Whoever gets a line must not keep `bytes`: they are used again. False ends the reading. */
export type VisitLine = (bytes: Uint8Array, start: number, end: number) => boolean;

/**
 * Calls `visit` with each line, without its end (\n or \r\n) and without a byte order mark at the very beginning. The last line needs
 * no end; an empty input has no line.
 */
export const eachLine = (chunks: Iterable<Uint8Array>, visit: VisitLine): void => {
  const rest = new Rest();
  let isFirst = true;
  for (const chunk of chunks) {
    // Node searches a Buffer with memchr.
    const buffer = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
    let from = isFirst ? markLength(chunk) : 0;
    isFirst = false;
    for (let feed = buffer.indexOf(LINE_FEED, from); feed >= 0; feed = buffer.indexOf(LINE_FEED, from)) {
      if (rest.length > 0) {
        rest.add(chunk, from, feed);
        if (!visit(rest.bytes, 0, trimmedEnd(rest.bytes, 0, rest.length))) return;
        rest.length = 0;
      } else if (!visit(chunk, from, trimmedEnd(chunk, from, Math.min(feed, from + MAX_LINE_BYTES)))) return;
      from = feed + 1;
    }
    rest.add(chunk, from, chunk.length);
  }
  if (rest.length > 0) visit(rest.bytes, 0, trimmedEnd(rest.bytes, 0, rest.length));
};

/** The beginning of a line whose end is in a later chunk. */
class Rest {
  bytes = new Uint8Array(FIRST_REST_BYTES);
  length = 0;

  add(bytes: Uint8Array, start: number, end: number): void {
    const part = bytes.subarray(start, Math.min(end, start + MAX_LINE_BYTES - this.length));
    if (this.length + part.length > this.bytes.length) {
      const larger = new Uint8Array(Math.max(this.bytes.length * 2, this.length + part.length));
      larger.set(this.bytes);
      this.bytes = larger;
    }
    this.bytes.set(part, this.length);
    this.length += part.length;
  }
}

const trimmedEnd = (bytes: Uint8Array, start: number, end: number): number => (end > start && bytes[end - 1] === CARRIAGE_RETURN ? end - 1 : end);

const markLength = (bytes: Uint8Array): number => (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0);

/** Whether there is nothing but white space. */
export const isBlank = (bytes: Uint8Array, start: number, end: number): boolean => {
  for (let at = start; at < end; at++) {
    const code = bytes[at] ?? 0;
    if (code !== 32 && (code < 9 || code > 13)) return false;
  }
  return true;
};
