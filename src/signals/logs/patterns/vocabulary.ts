/** Numbers for the element texts of row keys, with what the miner asks of them again and again. */
import { KNOWN_VALUE_SHARE, shareOf } from './evidence.ts';
import { WILDCARD } from './wildcard.ts';

/** The place holds a value with digits. */
export const WILD = 0;
/** The place was found to be a parameter. */
export const PARAMETER = 1;

const COMPOUND = 1;
const PUNCTUATION = 2;
const LEVEL = 3;

/** A level in capitals ends what a header left: the words before it are those of a log, not of a statement. */
const LEVELS = new Set('TRACE DEBUG INFO NOTICE WARN WARNING ERROR SEVERE FATAL CRITICAL'.split(' '));

export class Vocabulary {
  readonly #ids = new Map<string, number>([[WILDCARD, WILD]]);
  readonly #words: string[] = [WILDCARD, WILDCARD];
  readonly #shares: number[] = [shareOf(WILDCARD), 0];
  readonly #kinds: number[] = [0, 0];

  get size(): number {
    return this.#words.length;
  }

  idOf(word: string): number {
    let id = this.#ids.get(word);
    if (id === undefined) {
      id = this.#words.length;
      this.#ids.set(word, id);
      this.#words.push(word);
      const share = shareOf(word);
      this.#shares.push(share);
      const isPunctuation = word.length <= 1 && !/[\p{L}\p{N}]/u.test(word);
      this.#kinds.push(isPunctuation ? PUNCTUATION : LEVELS.has(word) ? LEVEL : share === shareOf('a.b') ? COMPOUND : 0);
    }
    return id;
  }

  word(id: number): string {
    return this.#words[id] ?? WILDCARD;
  }

  /** The share of a word, known as an element or not. */
  shareOfWord(word: string): number {
    const id = this.#ids.get(word);
    return id === undefined ? shareOf(word) : this.share(id);
  }

  share(id: number): number {
    return this.#shares[id] ?? 0;
  }

  /** From now on the word counts as a value wherever it stands. */
  markValue(id: number): void {
    this.#shares[id] = Math.max(this.share(id), KNOWN_VALUE_SHARE);
    this.#kinds[id] = COMPOUND;
  }

  /** A delimiter: it never varies. */
  isPunctuation(id: number): boolean {
    return this.#kinds[id] === PUNCTUATION;
  }

  isLevel(id: number): boolean {
    return this.#kinds[id] === LEVEL;
  }

  /** A host name, a qualified type: a value more often than not. */
  isCompound(id: number): boolean {
    return this.#kinds[id] === COMPOUND;
  }
}
