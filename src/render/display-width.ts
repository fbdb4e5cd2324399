/** How many terminal columns a text takes: Hangul, Han and most emoji take two, combining marks none. */
import { eastAsianWidth } from 'get-east-asian-width';

const ZERO_WIDTH = /[\p{Mn}\p{Me}\p{Cf}]/u;
/** ASCII, Latin, dashes, quotes, arrows, mathematical signs, boxes and blocks: one column each, told without Unicode's tables. */
const NARROW = /^[\u0020-\u007E\u00A1-\u00AC\u00AE-\u02FF\u2010-\u2027\u2030-\u205E\u2190-\u22FF\u2500-\u25FC]*$/;

const widthOf = (character: string): number => {
  if (ZERO_WIDTH.test(character)) return 0;
  return eastAsianWidth(character.codePointAt(0) ?? 0);
};

export const displayWidth = (text: string): number => {
  if (NARROW.test(text)) return text.length;
  let width = 0;
  for (const character of text) width += widthOf(character);
  return width;
};

/** At most `width` columns; what is cut ends in `…`. */
export const truncate = (text: string, width: number): string => {
  if (text.length <= width && NARROW.test(text)) return text;
  if (displayWidth(text) <= width) return text;
  let used = 0;
  let kept = '';
  for (const character of text) {
    const next = widthOf(character);
    if (used + next > width - 1) break;
    used += next;
    kept += character;
  }
  return `${kept}…`;
};

export const padEnd = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - displayWidth(text)));
export const padStart = (text: string, width: number): string => ' '.repeat(Math.max(0, width - displayWidth(text))) + text;

/** Cuts a word that is wider than a line. */
const pieces = (word: string, width: number): string[] => {
  const parts: string[] = [];
  let part = '';
  let used = 0;
  for (const character of word) {
    const next = widthOf(character);
    if (used + next > width) {
      parts.push(part);
      part = '';
      used = 0;
    }
    part += character;
    used += next;
  }
  return [...parts, part];
};

/** Lines of at most `width` columns, broken at spaces where there are any. At most `maxLines`, the last one cut with `…`. */
export const wrap = (text: string, width: number, maxLines = 50): readonly string[] => {
  const lines: string[] = [];
  let line = '';
  let used = 0;
  const words = text.split(' ').flatMap((word) => (displayWidth(word) > width ? pieces(word, width) : [word]));
  for (const word of words) {
    const size = displayWidth(word);
    if (line !== '' && used + 1 + size > width) {
      lines.push(line);
      line = word;
      used = size;
    } else {
      used += size + (line === '' ? 0 : 1);
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  if (line !== '') lines.push(line);
  if (lines.length <= maxLines) return lines;
  return [...lines.slice(0, maxLines - 1), truncate(lines.slice(maxLines - 1).join(' '), width)];
};
