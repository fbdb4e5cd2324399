/**
 * Objects as programs print them by default: the name of a type and the identity of the object, with its state in brackets that touch it
 * (`Lot@1f2e{OPEN,bids=3}`, after Java's `Object.toString`, which prints `getClass().getName() + '@' + Integer.toHexString(hashCode())`), and records: the
 * name of a type and its fields (`Lot[id=4, state=sold]`, after `Record.toString` and the data classes of Kotlin and Scala). How long and deep
 * they are depends on the value alone, and no name within them is a word of the statement.
 */
import { LetterPattern } from '../../../shared/letter-pattern.ts';
import { closingOf, isOpening } from './brackets.ts';
import { isGlued, type Tokens } from './glued-values.ts';
import { WILDCARD } from './wildcard.ts';

const NAME = new LetterPattern(String.raw`^(?:<\*>|[\p{L}_$][\p{L}_$.-]*)$`);
/** The last part of a qualified name. */
const TYPE_PART = new LetterPattern(String.raw`(?:^|[.$])[\p{Lu}][\p{L}_$]*$`);
/** So many fields make a record. */
const MIN_FIELDS = 2;
/** What languages with options and collections print before their elements (Scala's `Some(4)`, `List(a, b)`, Rust's `Some("a")`). */
const CONTAINERS: ReadonlySet<string> = new Set(['Some', 'List', 'Set', 'HashSet', 'Map', 'HashMap', 'Seq', 'Vector', 'Array', 'ArrayBuffer']);
/** What joins the names of an object and of what it holds: `::`, `->`, `-->`, `=>`, `:`. */
const JOINING: ReadonlySet<string> = new Set([':', '-', '--', '=', '>']);
const MAX_JOINING = 4;
/** A value with a broken bracket has no more tokens. */
const MAX_BROKEN = 64;

/** Whether the brackets hold pairs of a key and a value as a record does: the first thing in them is a key. */
const holdsFields = ({ words }: Tokens, open: number, close: number): boolean => {
  if (words[open + 2] !== '=' || !NAME.test(words[open + 1] ?? '')) return false;
  let fields = 0;
  for (let at = open + 2; at < close; at++) if (words[at] === '=' && NAME.test(words[at - 1] ?? '') && ++fields >= MIN_FIELDS) return true;
  return false;
};

const isName = (word: string | undefined): boolean => word !== undefined && NAME.test(word);

const isIdentity = (read: Tokens, at: number): boolean => read.words[at] === '@' && read.words[at + 1] === WILDCARD && isGlued(read, at) && isGlued(read, at + 1);

/** The end (exclusive) of brackets that touch each other from `at` on, with the identity behind them; `at` where none do. */
export const bracketsEnd = (read: Tokens, at: number, closers: ReadonlyMap<number, number>): number => {
  let end = at;
  for (;;) {
    const close = isGlued(read, end) ? closers.get(end) : undefined;
    if (close !== undefined) end = close + 1;
    else if (end > at && isIdentity(read, end)) end += 2;
    else return end;
  }
};

/**
 * Index of the bracket that ends the value of a key where what it holds opens brackets and never closes them (`query={lot={x:} hits=4`): the last
 * that fits before a blank.
 */
export const brokenEnd = (read: Tokens, at: number): number | undefined => {
  const { words } = read;
  if (words[at - 1] !== '=' || !isOpening(words[at] ?? '')) return undefined;
  const closing = closingOf(words[at] ?? '');
  let close: number | undefined;
  for (let i = at + 1; i < Math.min(words.length, at + MAX_BROKEN) && isGlued(read, i); i++) if (words[i] === closing) close = i;
  return close;
};

/** Where what joins two parts of an object at `at` ends, or `at`: a bracket must touch it, or a name that a bracket or an identity touches. */
const joiningEnd = (read: Tokens, at: number): number => {
  const { words } = read;
  let end = at;
  while (end < at + MAX_JOINING && JOINING.has(words[end] ?? '') && isGlued(read, end)) end++;
  if (end === at || !isGlued(read, end)) return at;
  const word = words[end] ?? '';
  if (isOpening(word)) return end;
  const isLink = words[at] === '-' || words[at] === '=' || words[at + 1] === ':';
  const next = words[end + 1] ?? '';
  // What a state in capitals (`:RELIABLE:`) is followed by may be the rest of the object.
  return isName(word) && ((isLink && words[at] !== '--') || (isGlued(read, end + 1) && (next === '@' || next === ':' || isOpening(next)))) ? end : at;
};

/** Whether the bracket opens the content of a variant as Rust's `{:?}` prints it: a list or a structure (`Tray([4, 5])`, `Tray(Tray { id: 4 })`). */
const holdsVariant = (read: Tokens, open: number): boolean => {
  const { words } = read;
  if (words[open] !== '(' || !isGlued(read, open) || !isGlued(read, open + 1)) return false;
  return words[open + 1] === '[' || (TYPE_PART.test(words[open + 1] ?? '') && words[open + 2] === '{' && (words[open + 4] === ':' || words[open + 3] === '}'));
};

/** The end (exclusive) of the object or record printed at `at`, or `at`. */
export const printedObjectEnd = (read: Tokens, at: number, closers: ReadonlyMap<number, number>): number => {
  const { words } = read;
  const next = words[at + 1];
  if (next === undefined || (next !== '@' && !isOpening(next)) || !isName(words[at])) return at;
  let type = at;
  let hasIdentity = false;
  let isRecord = next === '(' && closers.has(at + 1) && ((CONTAINERS.has(words[at] ?? '') && isGlued(read, at + 1)) || (TYPE_PART.test(words[at] ?? '') && holdsVariant(read, at + 1)));
  let hasState = false;
  let end = at + 1;
  for (;;) {
    const close = closers.get(end);
    const holdsRecord = close !== undefined && end === type + 1 && TYPE_PART.test(words[type] ?? '') && holdsFields(read, end, close);
    if (isIdentity(read, end)) {
      hasIdentity = true;
      end += 2;
    } else if (close !== undefined && (isGlued(read, end) || (holdsRecord && words[end] === '['))) {
      isRecord ||= holdsRecord;
      hasState = true;
      end = close + 1;
    } else if (isRecord && words[end] === ',' && isGlued(read, end) && isGlued(read, end + 1) && isName(words[end + 1]) && isGlued(read, end + 2) && closers.has(end + 2)) {
      end += 2;
    } else {
      const joined = joiningEnd(read, end);
      if (joined === end) break;
      type = joined;
      hasState = true;
      end = isName(words[joined]) ? joined + 1 : joined;
    }
  }
  return isRecord || (hasIdentity && hasState) ? end : at;
};
