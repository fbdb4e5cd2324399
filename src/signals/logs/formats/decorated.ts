/** Lines with colour codes, byte order marks and other bytes that are seen by nobody. */
import type { ParsedLine, Span } from './parsed-line.ts';

const ESC = 27;
const BOM = 0xfeff;

/** The offset behind the invisible sequence at `at`, or `at`. Source: ECMA-48, control sequences and OSC. */
const afterInvisible = (line: string, at: number): number => {
  const c = line.charCodeAt(at);
  if (c === BOM || c === 0) return at + 1;
  if (c !== ESC) return at;
  let i = at + 2;
  if (line[at + 1] !== '[') return Math.min(i, line.length);
  while (i < line.length && line.charCodeAt(i) >= 0x20 && line.charCodeAt(i) <= 0x3f) i++;
  return Math.min(i + 1, line.length);
};

export const isDecorated = (line: string): boolean => line.includes('\u001b') || line.includes('\ufeff') || line.includes('\0');

/** Parses the visible text and gives positions in the line as it is; a message with marks inside is given as text. */
export const parseDecorated = (line: string, parse: (line: string) => ParsedLine): ParsedLine => {
  const places = new Int32Array(line.length + 1);
  const parts: string[] = [];
  let length = 0;
  let from = 0;
  for (let i = 0; i < line.length; ) {
    const next = afterInvisible(line, i);
    if (next > i) {
      parts.push(line.slice(from, i));
      i = next;
      from = next;
      continue;
    }
    places[length++] = i++;
  }
  parts.push(line.slice(from));
  places[length] = line.length;
  const parsed = parse(parts.join(''));
  const raw = <S extends Span>(span: S): S => {
    const start = places[span.start] ?? line.length;
    return { ...span, start, end: span.end > span.start ? (places[span.end - 1] ?? line.length - 1) + 1 : start };
  };
  return { ...parsed, time: parsed.time && raw(parsed.time), discriminator: parsed.discriminator && raw(parsed.discriminator), message: messageOf(parsed, parts.join(''), raw) };
};

const messageOf = (parsed: ParsedLine, visible: string, raw: (span: Span) => Span): Span | string => {
  if (typeof parsed.message === 'string') return parsed.message;
  const span = raw(parsed.message);
  const same = span.end - span.start === parsed.message.end - parsed.message.start;
  return same ? span : visible.slice(parsed.message.start, parsed.message.end);
};
