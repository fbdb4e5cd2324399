/** The inside of a JSON string with its escapes resolved, as UTF-8 bytes in a buffer that is used again. */

const BACKSLASH = 92;
const UNICODE = 117;
const FIRST_BYTES = 65_536;

const SIMPLE: Readonly<Record<string, number>> = { '"': 34, '\\': 92, '/': 47, b: 8, f: 12, n: 10, r: 13, t: 9 };
const SIMPLE_OF = Uint8Array.from({ length: 256 }, (_, code) => SIMPLE[String.fromCharCode(code)] ?? 0);

export class Unescaper {
  bytes = new Uint8Array(FIRST_BYTES);

  /** Fills `bytes` and returns how many; -1 where an escape is none of JSON's. */
  run(source: Uint8Array, start: number, end: number): number {
    if (this.bytes.length < end - start) this.bytes = new Uint8Array(2 * (end - start));
    let filled = 0;
    for (let at = start; at < end; at++) {
      const code = source[at] ?? 0;
      if (code !== BACKSLASH) {
        this.bytes[filled++] = code;
        continue;
      }
      at += 1;
      const escape = source[at] ?? 0;
      if (escape === UNICODE) {
        const unit = hexUnit(source, at + 1, end);
        if (unit < 0) return -1;
        at += 4;
        const low = unit >= 0xd800 && unit < 0xdc00 && source[at + 1] === BACKSLASH && source[at + 2] === UNICODE ? hexUnit(source, at + 3, end) : -1;
        const isPair = low >= 0xdc00 && low < 0xe000;
        if (isPair) at += 6;
        filled = this.put(isPair ? 0x10000 + (unit - 0xd800) * 0x400 + (low - 0xdc00) : unit, filled);
      } else {
        const simple = SIMPLE_OF[escape] ?? 0;
        if (simple === 0 || at >= end) return -1;
        this.bytes[filled++] = simple;
      }
    }
    return filled;
  }

  /** A lone half of a pair becomes three bytes like any other: it only has to stay apart from the rest. */
  private put(point: number, at: number): number {
    const { bytes } = this;
    if (point < 0x80) {
      bytes[at] = point;
      return at + 1;
    }
    if (point < 0x800) {
      bytes[at] = 0xc0 | (point >> 6);
      bytes[at + 1] = 0x80 | (point & 63);
      return at + 2;
    }
    if (point < 0x10000) {
      bytes[at] = 0xe0 | (point >> 12);
      bytes[at + 1] = 0x80 | ((point >> 6) & 63);
      bytes[at + 2] = 0x80 | (point & 63);
      return at + 3;
    }
    bytes[at] = 0xf0 | (point >> 18);
    bytes[at + 1] = 0x80 | ((point >> 12) & 63);
    bytes[at + 2] = 0x80 | ((point >> 6) & 63);
    bytes[at + 3] = 0x80 | (point & 63);
    return at + 4;
  }
}

/** Four hexadecimal digits; -1 where they are none. */
const hexUnit = (source: Uint8Array, from: number, end: number): number => {
  if (from + 4 > end) return -1;
  let unit = 0;
  for (let at = from; at < from + 4; at++) {
    const code = source[at] ?? 0;
    const digit = code >= 48 && code <= 57 ? code - 48 : (code | 32) >= 97 && (code | 32) <= 102 ? (code | 32) - 87 : -1;
    if (digit < 0) return -1;
    unit = 16 * unit + digit;
  }
  return unit;
};
