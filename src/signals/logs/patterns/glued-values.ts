/** Values that punctuation without blanks joins to one: `user@host;2`, `17(42)`, `Net::Http::Pool`. */
import { CAPITAL_FIRST } from '../../../shared/letter-pattern.ts';
import { isErrorName } from './error-names.ts';
import { WILDCARD } from './wildcard.ts';

/** Tokens as they are (a leading blank is white space), and without it. */
export interface Tokens {
  readonly tokens: readonly string[];
  readonly words: readonly string[];
}

/** A term has no more tokens. */
const MAX_TERM = 64;

/** Whether [from, to] are tokens without white space before any of them. */
const isGlued = ({ tokens }: Tokens, from: number, to: number): boolean => {
  for (let i = from; i <= to; i++) if (tokens[i]?.startsWith(' ') !== false) return false;
  return true;
};

/** How far what ends at `end` goes on with values glued to it. */
export const glueEnd = (read: Tokens, end: number): number => {
  const { words } = read;
  let at = end;
  while (words[at + 1] === WILDCARD && isGlued(read, at, at + 1)) {
    if (words[at] === '(' && words[at + 2] === ')' && isGlued(read, at + 2, at + 2)) at += 3;
    else if (words[at] === ';' || words[at] === '@' || words[at] === ':') at += 2;
    else break;
  }
  return at;
};

/** A part of a qualified name. The name of an error says what happened and stands for itself. */
const isPart = (word: string | undefined): boolean => word === WILDCARD || (word !== undefined && CAPITAL_FIRST.test(word) && !isErrorName(word));

/** Where the name ends whose parts two colons join, or `at`. */
export const qualifiedEnd = (read: Tokens, at: number): number => {
  const { words } = read;
  let last = at;
  while (words[last + 1] === ':' && words[last + 2] === ':' && isGlued(read, last + 1, last + 3) && isPart(words[last]) && isPart(words[last + 3])) last += 3;
  return last === at ? at : last + 1;
};

/** The end (exclusive) of the term of a functional language that the brace at `at` opens (`{error,{timeout,call}}`, closed at `close`), or `at`. */
export const termEnd = (read: Tokens, at: number, close: number | undefined): number => {
  const { words } = read;
  if (words[at] !== '{' || close === undefined || close - at > MAX_TERM || !isGlued(read, at + 1, close)) return at;
  return words.slice(at, close).includes(',') ? close + 1 : at;
};
