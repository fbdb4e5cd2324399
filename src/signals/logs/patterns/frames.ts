/** The text around any run of elements of an item: what two runs must share to be values of one place. */
import { Ends } from './ends.ts';
import { KEY_FACTOR } from './evidence.ts';
import type { Item, ItemTable } from './item-table.ts';
import { ASSIGNED, QUOTED } from './row-key.ts';
import { TRAIT, WILD } from './vocabulary.ts';

/** Longer rows are left alone: a phrase in a long text is not worth the time. */
export const MAX_ELEMENTS = 60;

/** So many words before a colon are a statement, and not the name of who speaks. */
const MIN_CLAUSE = 2;

/** What tells: a reason that may go on to the end of the message, or one that ends with the square bracket it stands in. */
const OPEN = 1;
const ENCLOSED = 2;

/** By the words of a statement near a run, how much they tell that the rows come from it. */
const FIRMNESS = [0, 0.25, 0.85, 1];

/** Whether the place may vary along with the phrase: host names, quoted words, names of errors. */
export const isLoose = (table: ItemTable, item: Item, p: number): boolean =>
  item.places[p] === QUOTED || table.isSoft(item, p) || table.vocabulary.has(item.ids[p] ?? WILD, TRAIT.error);

/** The frames of one item at a time; the buffers are used again for the next. */
export class Frames {
  readonly #ends = new Ends(MAX_ELEMENTS);
  readonly #words = new Uint8Array(MAX_ELEMENTS + 1);
  /** Words of the longest clause before; a colon ends a clause. */
  readonly #clause = new Uint8Array(MAX_ELEMENTS + 1);
  readonly #isWord = new Uint8Array(MAX_ELEMENTS + 1);
  readonly #isKeyed = new Uint8Array(MAX_ELEMENTS + 1);
  /** The elements, with a wildcard for what is loose. */
  readonly #seen = new Int32Array(MAX_ELEMENTS + 1);
  readonly #isCapital = new Uint8Array(MAX_ELEMENTS + 1);
  readonly #isTold = new Uint8Array(MAX_ELEMENTS + 1);
  readonly #begins = new Uint8Array(MAX_ELEMENTS + 1);
  readonly #table: ItemTable;
  #length = 0;

  constructor(table: ItemTable) {
    this.#table = table;
  }

  /** Turns to an item of at most {@link MAX_ELEMENTS}. */
  readBefore(item: Item): void {
    const { vocabulary } = this.#table;
    const { ids } = item;
    const { length } = ids;
    this.#length = length;
    const body = this.#table.bodyStart(item);
    let clause = 0;
    let longest = 0;
    let isAfterStatement = false;
    const lastBracket = this.#lastBracket(ids);
    for (let i = 0; i < length; i++) {
      const id = ids[i] ?? WILD;
      const mark = vocabulary.isPunctuation(id);
      const loose = isLoose(this.#table, item, i);
      const isText = i >= body && !mark && !loose;
      this.#isWord[i] = mark ? 0 : 1;
      this.#clause[i] = i > 0 && vocabulary.has(ids[i - 1] ?? WILD, TRAIT.colon) ? longest : Math.max(longest, clause);
      if (isText) clause++;
      else if (vocabulary.has(id, TRAIT.colon)) {
        longest = Math.max(longest, clause);
        clause = 0;
      }
      this.#words[i + 1] = (this.#words[i] ?? 0) + (isText ? 1 : 0);
      this.#seen[i] = loose ? WILD : id;
      this.#isKeyed[i] = i > 0 && this.#follows(ids, i, TRAIT.keyNoun) ? 1 : 0;
      const isAfterClause = (this.#clause[i] ?? 0) >= MIN_CLAUSE;
      // `is counting trays` is the verb of the sentence, and no state that it tells.
      const isContinuous = i > 0 && vocabulary.has(ids[i - 1] ?? WILD, TRAIT.copula) && vocabulary.word(id).endsWith('ing');
      this.#isTold[i] = (isAfterStatement && isAfterClause && !isContinuous) || item.places[i] === ASSIGNED ? OPEN : isAfterClause && i === lastBracket + 1 ? ENCLOSED : 0;
      // Values may stand between the colon and what is told.
      if (!this.#table.isWildcard(id) && !(isAfterStatement && vocabulary.has(id, TRAIT.article))) isAfterStatement = vocabulary.has(id, TRAIT.tells) || (i > 0 && this.#tells(ids[i - 1] ?? WILD, id));
      this.#begins[i] = this.#isTold[i] !== 0 || (i > 0 ? this.#beginsValue(ids, i) : vocabulary.has(id, TRAIT.capital)) ? 1 : 0;
      this.#isCapital[i] = vocabulary.has(id, TRAIT.capital) ? 1 : 0;
    }
    this.#ends.readBefore(this.#seen, length);
  }

  /** What {@link of} needs besides, of the item read last. */
  readAfter(): void {
    this.#ends.readAfter(this.#seen, this.#length);
  }

  /** Where the square bracket opens that ends the message, or -2. */
  #lastBracket(ids: readonly number[]): number {
    const { vocabulary } = this.#table;
    return vocabulary.word(ids.at(-1) ?? WILD) === ']' ? ids.findLastIndex((id) => vocabulary.word(id) === '[') : -2;
  }

  /** Two elements after which a reason may follow: `due to`, `because of`. */
  #tells(first: number, second: number): boolean {
    const before = this.#table.vocabulary.word(first);
    const word = this.#table.vocabulary.word(second);
    return (before === 'due' && word === 'to') || (before === 'because' && word === 'of');
  }

  #follows(ids: readonly number[], i: number, trait: number): boolean {
    const { vocabulary } = this.#table;
    const before = ids[i - 1] ?? WILD;
    return vocabulary.has(before, trait) || (i > 1 && vocabulary.has(before, TRAIT.colon) && vocabulary.has(ids[i - 2] ?? WILD, trait));
  }

  /** Values begin after a delimiter, a value, a word that announces one, or with a capital. */
  #beginsValue(ids: readonly number[], i: number): boolean {
    const { vocabulary } = this.#table;
    const before = ids[i - 1] ?? WILD;
    if (this.#table.isWildcard(before) || vocabulary.has(before, TRAIT.delimiter | TRAIT.announces) || vocabulary.has(ids[i] ?? WILD, TRAIT.capital)) return true;
    return vocabulary.has(before, TRAIT.to) && !vocabulary.has(ids[i - 2] ?? WILD, TRAIT.catenative);
  }

  /** A number (52 bits in a double) for what stands before `start` and from `end` on. */
  of(start: number, end: number): number {
    return this.#ends.around(start, end);
  }

  /** The text before `start` as a number when no word follows `end`, else 0. */
  openPrefix(start: number, end: number): number {
    return this.isLastText(end) ? this.prefix(start) : 0;
  }

  /** Whether no word follows `end`. */
  isLastText(end: number): boolean {
    return (this.#words[end] ?? 0) === (this.#words[this.#length] ?? 0);
  }

  prefix(start: number): number {
    return this.#ends.before(start) + 1;
  }

  begins(at: number): boolean {
    return this.#begins[at] === 1;
  }

  isWord(at: number): boolean {
    return this.#isWord[at] === 1;
  }

  /** How many words of a statement stand around a run. */
  wordsAround(start: number, end: number): number {
    return (this.#words[start] ?? 0) + (this.#words[this.#length] ?? 0) - (this.#words[end] ?? 0);
  }

  /** Whether all is words from `start` on. */
  isText(start: number, end: number): boolean {
    for (let i = start; i < end; i++) if (this.#isWord[i] !== 1) return false;
    return true;
  }

  /** Whether what begins at `at` is told after a statement: behind its colon, or after `because`. */
  isTold(at: number): boolean {
    return this.#isTold[at] !== 0;
  }

  /** Whether what is told there may hold marks and go on to the end of the message. */
  isToldOpenly(at: number): boolean {
    return this.#isTold[at] === OPEN;
  }

  /** How much the text around tells that it comes from one statement, from 0 to 1; more where it announces a value. */
  firmness(start: number, end: number): number {
    if (start === 0) {
      for (let i = 0; i < end; i++) if (this.#isCapital[i] !== 1) return 0;
    } else if ((this.#words[start] ?? 0) === 0) return 0;
    const after = (this.#words[this.#length] ?? 0) - (this.#words[end] ?? 0);
    return (FIRMNESS[Math.min((this.#clause[start] ?? 0) + after, 3)] ?? 1) * (this.#isKeyed[start] === 1 ? KEY_FACTOR : 1);
  }
}
