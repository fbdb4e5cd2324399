/** Objects printed with their keys in no quotes (`{ size: 7, owner: { name: … } }`), and what programs print for no value. */
import { LetterPattern } from '../../../shared/letter-pattern.ts';
import type { Tokens } from './glued-values.ts';
import { bracketsEnd } from './printed-objects.ts';

const KEY = new LetterPattern(String.raw`^(?:[\p{L}\p{N}_$.-]+|<\*>)$`);
const TYPE = new LetterPattern(String.raw`^[\p{Lu}][\p{L}\p{N}_]*$`);
const NO_VALUE: ReadonlySet<string> = new Set(['none', 'null', 'nil', 'unset']);

/** Whether the brace at `at` opens an object: empty, or with a key and a colon first. */
const isObject = (words: readonly string[], at: number, close: number | undefined): close is number =>
  words[at] === '{' && close !== undefined && (close === at + 1 || (KEY.test(words[at + 1] ?? '') && words[at + 2] === ':'));

/**
 * The end (exclusive) of the object behind text that begins at `at`, or `at`; behind a key, the name of a type or the like may stand
 * before the object (`plan: Scan { table: 7 }`).
 */
export const objectEnd = (read: Tokens, at: number, closers: ReadonlyMap<number, number>): number => {
  const { words } = read;
  if (at === 0) return at;
  const close = closers.get(at);
  if (isObject(words, at, close)) return bracketsEnd(read, close + 1, closers);
  const next = closers.get(at + 1);
  if (words[at - 1] === ':' && TYPE.test(words[at] ?? '') && isObject(words, at + 1, next)) return next + 1;
  return at;
};

/** The end (exclusive) of `(none)`, `(null)` and the like at `at` behind a key, which say that there is no value; `at` where none stands. */
export const noValueEnd = ({ words }: Tokens, at: number): number => {
  if (words[at] !== '(' || words[at + 2] !== ')' || !NO_VALUE.has(words[at + 1] ?? '')) return at;
  return words[at - 1] === ':' || words[at - 1] === '=' ? at + 3 : at;
};
