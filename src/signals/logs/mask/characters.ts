/** Character classes of the masking scanner, as tables over ASCII. */

const table = (members: string): Uint8Array => {
  const out = new Uint8Array(128);
  for (const member of members) out[member.charCodeAt(0)] = 1;
  return out;
};

const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const UPPER = LOWER.toUpperCase();
const DIGITS = '0123456789';

const WORD = table(`${LOWER}${UPPER}${DIGITS}_`);
const RUN = table(`${LOWER}${UPPER}${DIGITS}_-`);
const KEY = table(`${LOWER}${UPPER}${DIGITS}_-.$`);

/** Letter, digit or underscore. */
export const isWord = (code: number): boolean => code < 128 && WORD[code] === 1;
/** Letter, digit, underscore or hyphen: what most tokens are made of. */
export const isRun = (code: number): boolean => code < 128 && RUN[code] === 1;
/** What a key may be made of: `db.password`, `x-api-key`, `_sid`. */
export const isKeyChar = (code: number): boolean => code < 128 && KEY[code] === 1;
export const isDigit = (code: number): boolean => code >= 48 && code <= 57;
export const isUpper = (code: number): boolean => code >= 65 && code <= 90;
export const isLower = (code: number): boolean => code >= 97 && code <= 122;
export const isLetter = (code: number): boolean => isLower(code) || isUpper(code);
export const isHex = (code: number): boolean => isDigit(code) || (code >= 97 && code <= 102) || (code >= 65 && code <= 70);
/** Hangul syllables, CJK ideographs, Hiragana and Katakana. */
export const isEastAsian = (code: number): boolean => (code >= 0xac00 && code <= 0xd7a3) || (code >= 0x3040 && code <= 0x30ff) || (code >= 0x4e00 && code <= 0x9fff);
/** Space, tab and line ends. NaN (past the end) counts as white space. */
export const isBlank = (code: number): boolean => !(code > 32);
/** Line feed or carriage return; NaN (past the end) too. */
export const isLineEnd = (code: number): boolean => code === 10 || code === 13 || Number.isNaN(code);

/** At most `chars` characters before `at`, none of them on an earlier line: lines are masked independently. */
export const lineBefore = (text: string, at: number, chars: number): string => {
  const before = text.slice(Math.max(0, at - chars), at);
  const end = Math.max(before.lastIndexOf('\n'), before.lastIndexOf('\r'));
  return end < 0 ? before : before.slice(end + 1);
};
