/** Private keys in PEM (RFC 7468), OpenSSH, PGP and PuTTY form: on one line with escapes, or line by line. */
import { isLineEnd } from './characters.ts';
import type { OpenedBlock, SpanSink } from './mask-span.ts';
import { BLOCK_LINES, maskValueLine } from './value-lines.ts';

/** Lines a block may last; the longest RSA keys in use have some 250. */
const MAX_BLOCK_LINES = 600;
/** Lines of other writers that may stand between the lines of a block. */
const MAX_FOREIGN_LINES = 12;
const KIND = 'secret:private-key';

const BEGIN = /-----BEGIN (?:[A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?|OpenVPN (?:Static|tls-crypt-v2 (?:client|server)) key(?: V1)?)-----/y;
const END = /-----END (?:[A-Z0-9 ]{0,40}PRIVATE KEY|OpenVPN )/;
/** Base64 with escaped line ends and blanks, as in JSON or a URL. */
const ONE_LINE_BODY = /(?:[A-Za-z0-9+/=]|\\+[nrt]|\\+u000[ad]|%0[AaDd]|%2[BbFf]|%3[Dd]|%20|[ \t"',]|Proc-Type: ?4,ENCRYPTED|DEK-Info: ?[A-Z0-9-]{3,20},)*/y;
const LINE_END = /(?:\\+[nr])*/y;
const BODY_LINE = /(?:^|[\s>|"'])([A-Za-z0-9+/]{4,}={0,2})(?:\\+[nr])*["',;\\+ ]*$/;
const SHORT_TAIL = /^[A-Za-z0-9+/]{1,76}={0,2}$/;
const ARMOR_HEADER = /(?:Proc-Type|DEK-Info|Version|Comment|Hash|Encryption|Private-Lines|Public-Lines): ?/;

/** Whether the text is inside a private key block; carried from chunk to chunk. */
export interface KeyBlockState {
  /** Lines the block may still last; 0 outside a block. */
  linesLeft: number;
  foreignLeft: number;
  /** Column at which the first line began: the same for all lines behind a common prefix. */
  column: number;
  /** Set where the block is the value of a key (a YAML scalar, an object), not an armoured key. */
  value: OpenedBlock | null;
}

export const newKeyBlockState = (): KeyBlockState => ({ linesLeft: 0, foreignLeft: 0, column: 0, value: null });

/** Handles `-----BEGIN ` at `at`; returns where to go on and opens the block if its body is on the lines that follow. */
export const maskKeyBlock = (text: string, at: number, sink: SpanSink, state: KeyBlockState): number => {
  BEGIN.lastIndex = at;
  if (!BEGIN.test(text)) return at + 5;
  LINE_END.lastIndex = BEGIN.lastIndex;
  LINE_END.test(text);
  const start = LINE_END.lastIndex;
  ONE_LINE_BODY.lastIndex = start;
  ONE_LINE_BODY.test(text);
  let end = ONE_LINE_BODY.lastIndex;
  const closed = text.startsWith('-----END', end);
  if (!closed) while (end > start && /[ \t"',\\]/.test(text.charAt(end - 1))) end--;
  const body = text.slice(start, end);
  if (/[A-Za-z0-9+/]{8}/.test(body)) sink.add(start, end, KIND);
  if (closed) return end;
  state.value = null;
  state.linesLeft = MAX_BLOCK_LINES;
  state.foreignLeft = MAX_FOREIGN_LINES;
  const before = text.slice(Math.max(0, at - 256), at);
  state.column = before.length - (before.lastIndexOf('\n') + 1);
  return end;
};

/** Handles the line that begins at `start` while a block is open; returns the line's end, or `start` to scan it as usual. */
export const maskKeyLine = (text: string, start: number, sink: SpanSink, state: KeyBlockState): number => {
  let end = start;
  while (end < text.length && !isLineEnd(text.charCodeAt(end)) && end - start < 4096) end++;
  const line = text.slice(start, end);
  if (line.trim() === '') return end;
  state.linesLeft--;
  if (state.value !== null) {
    const { at, closed } = maskValueLine(text, { start, end, line }, state.value, sink);
    if (closed) {
      state.linesLeft = 0;
      state.value = null;
    }
    return at;
  }
  if (END.test(line)) {
    state.linesLeft = 0;
    return end;
  }
  const body = bodyOf(line, state.column);
  if (body !== null) return sink.add(start + body.start, start + body.end, KIND) < end ? end : end;
  if (!ARMOR_HEADER.test(line) && !line.includes(`<${KIND}>`) && --state.foreignLeft < 0) state.linesLeft = 0;
  return start;
};

const bodyOf = (line: string, column: number): { start: number; end: number } | null => {
  const match = BODY_LINE.exec(line);
  const body = match?.[1];
  if (match === null || body === undefined) return null;
  const start = match.index + match[0].indexOf(body);
  const alone = start === column || line.slice(0, start).trim() === '' || /^[>|"' ]*$/.test(line.slice(0, start));
  if (alone ? SHORT_TAIL.test(body) || body.length >= 16 : body.length >= 40) return { start, end: start + body.length };
  return null;
};

/** Takes over a block that a key has opened: its lines follow. */
export const openBlock = (sink: SpanSink, state: KeyBlockState): void => {
  const block = sink.block;
  sink.block = null;
  if (block === null || state.linesLeft > 0) return;
  state.value = block;
  state.linesLeft = BLOCK_LINES[block.form];
};

/** PuTTY's `Private-Lines: N` (PuTTY User Manual, appendix C): N lines of base64 follow; handles the colon at `at`. */
export const openLines = (text: string, at: number, state: KeyBlockState): void => {
  const count = Number(/^ *(\d{1,3})/.exec(text.slice(at + 1, at + 8))?.[1] ?? 0);
  if (count === 0) return;
  const line = text.slice(Math.max(0, at - 256), at);
  state.value = null;
  state.linesLeft = count;
  state.foreignLeft = MAX_FOREIGN_LINES;
  state.column = line.length - (line.lastIndexOf('\n') + 1) - 'Private-Lines'.length;
};
