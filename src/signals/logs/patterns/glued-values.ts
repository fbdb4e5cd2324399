/** Values that punctuation without blanks joins to one: `user@host;2`, `17(42)`, `Net::Http::Pool`. */
import { CAPITAL_FIRST, LetterPattern } from '../../../shared/letter-pattern.ts';
import { isErrorName } from './error-names.ts';
import { WILDCARD } from './wildcard.ts';

const NAME = new LetterPattern(String.raw`^[\p{L}_][\p{L}_-]*$`);
/** A label (`User:kim`) begins with a capital more often than not. */
const SMALL_FIRST = new LetterPattern(String.raw`^[\p{Ll}]`);
/** What is in a scope may be a path or a mark with a name (`deps:lib/carts`, `deps:#root`). */
const PART_OF_SCOPE = new LetterPattern(String.raw`^[\p{L}_#@][\p{L}_#@./-]*$`);
/** A flag in capitals (`LID[open]`) is none. */
const TYPE = new LetterPattern(String.raw`^[\p{Lu}][\p{Ll}][\p{L}_-]*$`);
const SPACED_WORD = new LetterPattern(String.raw`^ [\p{L}]{2,}$`);

/** Tokens as they are (a leading blank is white space), and without it. */
export interface Tokens {
  readonly tokens: readonly string[];
  readonly words: readonly string[];
}

/** A term has no more parts. */
const MAX_TERM = 64;

/** Whether [from, to] are tokens without white space before any of them. */
export const isGlued = ({ tokens }: Tokens, from: number, to = from): boolean => {
  for (let i = from; i <= to; i++) if (tokens[i]?.startsWith(' ') !== false) return false;
  return true;
};

/** How far what ends at `end` goes on with values glued to it. */
export const glueEnd = (read: Tokens, end: number): number => {
  const { words } = read;
  let at = end;
  while (words[at + 1] === WILDCARD && isGlued(read, at, at + 1)) {
    if (words[at] === '(' && words[at + 2] === ')' && isGlued(read, at + 2)) at += 3;
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

/**
 * Where the name ends whose parts colons join without blanks (`load:config:user`, what a timer or a task is called), or `at`. One colon may end who
 * speaks (`cart:saved`): then the name must begin the message, and a word must follow.
 */
export const scopedEnd = (read: Tokens, at: number): number => {
  const { words } = read;
  let last = at;
  let colons = 0;
  while (words[last + 1] === ':' && isGlued(read, last + 1, last + 2) && NAME.test(words[last] ?? '') && PART_OF_SCOPE.test(words[last + 2] ?? '')) {
    last += 2;
    colons++;
  }
  const next = read.tokens[last + 1];
  if (colons === 0 || next?.startsWith(' ') === false) return at;
  return colons > 1 || (at === 0 && SMALL_FIRST.test(words[0] ?? '') && SPACED_WORD.test(next ?? '')) ? last + 1 : at;
};

/** The end (exclusive) of a reference by type and title (`Tray[top]`) that begins at `at`, or `at`. */
export const referenceEnd = (read: Tokens, at: number): number => {
  const { words } = read;
  if (words[at + 1] !== '[' || words[at + 3] !== ']' || !TYPE.test(words[at] ?? '') || !NAME.test(words[at + 2] ?? '')) return at;
  return isGlued(read, at + 1, at + 3) && read.tokens[at + 4]?.startsWith(' ') !== false ? at + 4 : at;
};

/**
 * The end (exclusive) of the term of a functional language that the brace at `at` opens (`{error,{timeout,call}}`), or `at`. Brackets within it may hold
 * blanks (`{lot[id=4, open],MANAGED}`).
 */
export const termEnd = (read: Tokens, at: number, closers: ReadonlyMap<number, number>): number => {
  const { words, tokens } = read;
  const close = closers.get(at);
  if (words[at] !== '{' || close === undefined) return at;
  let hasComma = false;
  let parts = 0;
  for (let i = at + 1; i <= close; i++) {
    if (tokens[i]?.startsWith(' ') !== false || ++parts > MAX_TERM) return at;
    hasComma ||= words[i] === ',';
    i = closers.get(i) ?? i;
  }
  return hasComma ? close + 1 : at;
};
