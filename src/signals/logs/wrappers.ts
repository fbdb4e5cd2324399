/**
 * Container runtimes wrap each line of a program in one of their own. They are peeled by bytes before anything
 * else, because such files are large and what is inside has a shape of its own.
 * Sources: Kubernetes CRI logging format (`<RFC 3339 nano> stdout|stderr F|P <line>`), Docker json-file driver.
 */

const SPACE = 32;
const QUOTE = 34;
const BACKSLASH = 92;
const LETTER_S = 115;
const LETTER_T = 116;
const LETTER_D = 100;
const LETTER_O = 111;
const LETTER_F = 70;
const LETTER_P = 80;
const DIGIT_0 = 48;
const DIGIT_9 = 57;
/** `2025-02-01T14:05:01Z` to `2025-02-01T14:05:01.123456789+09:00`. */
const MIN_TIME_BYTES = 20;
const MAX_TIME_BYTES = 36;

/** Where the program's own line starts in a CRI line, which stream it came from, and whether it goes on. */
export interface CriLine {
  readonly start: number;
  readonly stderr: boolean;
  readonly partial: boolean;
}

/** The CRI wrapper of bytes [start, end); null where there is none. */
export const peelCri = (buf: Uint8Array, start: number, end: number): CriLine | null => {
  const first = buf[start] as number;
  if (first < DIGIT_0 || first > DIGIT_9 || buf[start + 10] !== 84 || end - start < MIN_TIME_BYTES + 10) return null;
  let i = start + MIN_TIME_BYTES;
  const limit = start + MAX_TIME_BYTES;
  while (i < limit && buf[i] !== SPACE) i++;
  if (buf[i + 1] !== LETTER_S || buf[i + 2] !== LETTER_T || buf[i + 3] !== LETTER_D || buf[i + 7] !== SPACE) return null;
  const tag = buf[i + 8];
  if ((tag !== LETTER_F && tag !== LETTER_P) || (buf[i + 9] !== SPACE && i + 9 < end)) return null;
  return { start: Math.min(i + 10, end), stderr: buf[i + 4] !== LETTER_O, partial: tag === LETTER_P };
};

const DOCKER_KEY = [...Buffer.from('{"log":"')];

/** Whether bytes from `start` are a Docker json-file record. */
export const isDockerRecord = (buf: Uint8Array, start: number): boolean => {
  for (let i = 0; i < DOCKER_KEY.length; i++) if (buf[start + i] !== DOCKER_KEY[i]) return false;
  return true;
};

export interface DockerLine {
  /** Bytes written to `out`: the program's line, its line feed stripped. */
  readonly length: number;
  readonly stderr: boolean;
  /** Where the value of `time` starts; -1 where there is none. */
  readonly timeAt: number;
}

const SIMPLE_ESCAPE: Readonly<Record<number, number>> = { 110: 10, 116: 9, 114: 13, 98: 8, 102: 12, 34: 34, 47: 47, 92: 92 };

/** Unescapes the `log` value of a Docker record into `out` (as long as the record); null where it is cut off. */
export const peelDocker = (buf: Uint8Array, start: number, end: number, out: Uint8Array): DockerLine | null => {
  let i = start + DOCKER_KEY.length;
  let length = 0;
  for (;;) {
    if (i >= end) return null;
    const c = buf[i] as number;
    if (c === QUOTE) break;
    if (c !== BACKSLASH) {
      out[length++] = c;
      i++;
      continue;
    }
    const simple = SIMPLE_ESCAPE[buf[i + 1] as number];
    if (simple !== undefined) {
      out[length++] = simple;
      i += 2;
      continue;
    }
    const code = Number.parseInt(Buffer.from(buf.subarray(i + 2, i + 6)).toString('latin1'), 16);
    length += Buffer.from(Number.isNaN(code) ? '\ufffd' : String.fromCharCode(code)).copy(out, length);
    i += 6;
  }
  while (length > 0 && (out[length - 1] === 10 || out[length - 1] === 13)) length--;
  out[length] = 10;
  const tail = Buffer.from(buf.buffer, buf.byteOffset + i, end - i).toString('latin1');
  const time = tail.indexOf('"time":"');
  return { length, stderr: tail.includes('"stream":"stderr"'), timeAt: time < 0 ? -1 : i + time + 8 };
};
