/** Names in a directory: `C=KR, O=Acme, CN=shop`, a value as a whole. Source: RFC 4514. */

/** Source: RFC 4514, 3, and what certificates hold besides. */
const ATTRIBUTES = new Set('CN L ST O OU C STREET DC UID SN GN E emailAddress serialNumber'.split(' '));
/** So many words between an attribute and the next, so many attributes. */
const MAX_WORDS = 8;
const MAX_ATTRIBUTES = 12;
const ENDS = new Set([']', ')', '"', "'", '>', '}']);

const isAttribute = (words: readonly string[], at: number): boolean => words[at + 1] === '=' && ATTRIBUTES.has(words[at] ?? '');

/** Where the value at `at` ends: before the next attribute's comma or a bracket that closes, else behind its first word. */
const valueEnd = (words: readonly string[], at: number): number => {
  for (let i = at; i <= at + MAX_WORDS; i++) {
    const word = words[i] ?? '';
    if (ENDS.has(word) || (word === ',' && isAttribute(words, i + 1))) return i;
    if (word === '=' || word === ',' || word === '[' || word === '(') break;
  }
  return at + 1;
};

/** Where the name that begins at word `at` ends; `at` where there is none of two attributes or more. */
export const distinguishedNameEnd = (words: readonly string[], at: number): number => {
  if (!isAttribute(words, at)) return at;
  let next = at;
  for (let n = 1; n <= MAX_ATTRIBUTES; n++) {
    const end = valueEnd(words, next + 2);
    if (words[end] !== ',' || !isAttribute(words, end + 1)) return n > 1 ? Math.min(end, words.length) : at;
    next = end + 1;
  }
  return at;
};
