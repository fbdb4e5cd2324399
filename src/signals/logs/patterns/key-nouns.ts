/** Words that announce a value, by English usage. */
import { LETTER_OR_DIGIT_FIRST } from '../../../shared/letter-pattern.ts';

const setOf = (words: string): ReadonlySet<string> => new Set(words.split(' '));

/** A name follows these words; `session`, `file` or `host` are mostly followed by what happened to it. */
const NAMED = setOf('user username account login named called owner');
/** What these words speak of has one of several values. */
const KEY_NOUNS = setOf('state status mode reason level role phase severity message cause type');
const ANNOUNCING = setOf('by because name title for from in on at via with as');
/** Verbs and the like that take another verb with `to`. */
const CATENATIVE = setOf('failed fails fail unable able trying tried try attempt attempting attempted going about how need needs required used refused refusing want waiting ready not asked');
/** What something became comes after these, with `to` or a colon. */
const CHANGES = setOf('changed set switched transitioned updated reset');
const LINKING = setOf('to from is as');
/** What may follow a value in a sentence. */
const FOLLOWING = setOf('to from is as by for with in on at of and due after before until while when');

const PREPOSITIONS = setOf('by for from via with');
const CLAUSE_ENDS = new Set(',;:.');
const CLOSERS = new Set(',;.)]');

/** How far back the noun stands in `state of the job changed to`. */
const MAX_BACK = 4;

export const isNamed = (word: string): boolean => NAMED.has(word.toLowerCase());

export const isKeyNoun = (word: string): boolean => KEY_NOUNS.has(word.toLowerCase());

/** Whether a value of several words may begin after the word. */
export const announcesValue = (word: string): boolean => NAMED.has(word) || KEY_NOUNS.has(word) || ANNOUNCING.has(word);

/** `to` after these begins a verb, not a value. */
export const isCatenative = (word: string): boolean => CATENATIVE.has(word.toLowerCase());

/** Whether the sentence does not go on with what would belong to the word at `at`. */
const isLast = (words: readonly string[], at: number): boolean => {
  const after = words[at + 1];
  return after === undefined || FOLLOWING.has(after) || !LETTER_OR_DIGIT_FIRST.test(after);
};

/** Whether the word at `at` is what a noun before it announces: `in state idle`, `reason: idle`, `state changed to idle`. */
export const isKeyed = (words: readonly string[], at: number): boolean => {
  const before = words[at - 1] ?? '';
  if (KEY_NOUNS.has(before.toLowerCase())) return isLast(words, at);
  if (before === ':') return (KEY_NOUNS.has((words[at - 2] ?? '').toLowerCase()) || CHANGES.has(words[at - 2] ?? '')) && isLast(words, at);
  if (before === 'to' && CHANGES.has(words[at - 2] ?? '')) return isLast(words, at);
  if (!LINKING.has(before)) return false;
  for (let back = at - 2; back >= 0 && back > at - 2 - MAX_BACK; back--) {
    const word = words[back] ?? '';
    if (KEY_NOUNS.has(word.toLowerCase())) return isLast(words, at);
    if (CLAUSE_ENDS.has(word)) return false;
  }
  return false;
};

/** Whether the word at `at` is what something was or became: `moved from idle to running`. */
export const isChange = (words: readonly string[], at: number): boolean => {
  const before = words[at - 1];
  if (before === 'from') return words[at + 1] === 'to' && LETTER_OR_DIGIT_FIRST.test(words[at + 2] ?? '');
  return before === 'to' && words[at - 3] === 'from' && isLast(words, at);
};

/** Whether the word at `at` is all that a preposition governs: `armed by alice`. */
export const isGoverned = (words: readonly string[], at: number): boolean => {
  if (!PREPOSITIONS.has(words[at - 1] ?? '')) return false;
  const after = words[at + 1];
  return after === undefined || FOLLOWING.has(after) || CLOSERS.has(after);
};
