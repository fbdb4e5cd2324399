/** Numbers for the element texts of row keys, with what the miner asks of them again and again. */
import { CAPITAL_FIRST, LETTER_OR_DIGIT } from '../../../shared/letter-pattern.ts';
import { isErrorName } from './error-names.ts';
import { COMPOUND_SHARE, KIND, kindOf, KNOWN_VALUE_SHARE, shareOf } from './evidence.ts';
import { isHexId } from './hex-ids.ts';
import { announcesValue, isCatenative, isKeyNoun } from './key-nouns.ts';
import { HTTP_METHODS } from './row-key.ts';
import { WILDCARD } from './wildcard.ts';

/** The place holds a value with digits. */
export const WILD = 0;
/** The place was found to be a parameter. */
export const PARAMETER = 1;

/** What is asked of a word again and again, as bits. */
export const TRAIT = {
  /** A host name, a qualified type: a value more often than not. */
  compound: 1,
  /** A delimiter: it never varies. */
  punctuation: 2,
  level: 4,
  error: 8,
  capital: 16,
  colon: 32,
  /** A value may begin after it. */
  delimiter: 64,
  announces: 128,
  keyNoun: 256,
  to: 512,
  catenative: 1024,
  /** A name that messages begin with. */
  subject: 2048,
  /** A reason may follow: a colon, `because`. */
  tells: 32768,
  /** A form of `to be`. */
  copula: 16384,
  /** A method of HTTP. */
  method: 8192,
  article: 65536,
  /** Letters that may be digits in hexadecimal, and no word of English. */
  hex: 131072,
  /** A level in small letters, where it begins the message. */
  smallLevel: 262144,
  /** What is told behind a colon. */
  told: 4096,
} as const;

/** A level in capitals ends what a header left: the words before it are those of a log, not of a statement. */
const LEVELS = new Set('TRACE DEBUG INFO NOTICE WARN WARNING ERROR SEVERE FATAL CRITICAL'.split(' '));
const SMALL_LEVELS = new Set('trace debug verbose info notice warn'.split(' '));
const COPULAS = new Set(['is', 'are', 'was', 'were', 'became']);
const DELIMITERS = new Set('-:=([{"\'`<,;)]}>');

const traitsOf = (word: string, share: number): number => {
  if (word.length <= 1 && !LETTER_OR_DIGIT.test(word)) {
    return TRAIT.punctuation | (word === ':' ? TRAIT.colon | TRAIT.tells : 0) | (word === '-' || word === '(' ? TRAIT.tells : 0) | (DELIMITERS.has(word) ? TRAIT.delimiter : 0);
  }
  let traits = 0;
  if (share === COMPOUND_SHARE) traits |= TRAIT.compound;
  if (isHexId(word)) traits |= TRAIT.hex;
  if (word === 'a' || word === 'an' || word === 'the') traits |= TRAIT.article;
  if (word === 'because') traits |= TRAIT.tells;
  if (COPULAS.has(word)) traits |= TRAIT.copula | TRAIT.tells;
  if (SMALL_LEVELS.has(word)) traits |= TRAIT.smallLevel;
  if (HTTP_METHODS.has(word)) traits |= TRAIT.method;
  if (isErrorName(word)) traits |= TRAIT.error;
  if (CAPITAL_FIRST.test(word)) traits |= TRAIT.capital | (LEVELS.has(word) ? TRAIT.level : 0);
  if (word === 'to') traits |= TRAIT.to;
  if (announcesValue(word)) traits |= TRAIT.announces;
  if (isKeyNoun(word)) traits |= TRAIT.keyNoun;
  if (isCatenative(word)) traits |= TRAIT.catenative;
  return traits;
};

export class Vocabulary {
  readonly #ids = new Map<string, number>([[WILDCARD, WILD]]);
  readonly #words: string[] = [WILDCARD, WILDCARD];
  readonly #shares: number[] = [shareOf(WILDCARD), 0];
  readonly #traits: number[] = [0, 0];
  readonly #kinds: number[] = [KIND.none, KIND.none];

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
      this.#traits.push(traitsOf(word, share));
      this.#kinds.push(kindOf(word));
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
    this.#traits[id] = (this.#traits[id] ?? 0) | TRAIT.compound;
  }

  markTold(id: number): void {
    this.#traits[id] = (this.#traits[id] ?? 0) | TRAIT.told;
  }

  /** Whether a text, known as an element or not, was found to be told of something. */
  isTold(text: string): boolean {
    const id = this.#ids.get(text);
    return id !== undefined && this.has(id, TRAIT.told);
  }

  markSubject(id: number): void {
    this.markValue(id);
    this.#traits[id] = (this.#traits[id] ?? 0) | TRAIT.subject;
  }

  isSubject(id: number): boolean {
    return this.has(id, TRAIT.subject);
  }

  /** Whether the word has one of the {@link TRAIT}s. */
  has(id: number, traits: number): boolean {
    return ((this.#traits[id] ?? 0) & traits) !== 0;
  }

  /** Its {@link KIND} in a choice of words. */
  kind(id: number): number {
    return this.#kinds[id] ?? KIND.none;
  }

  isPunctuation(id: number): boolean {
    return this.has(id, TRAIT.punctuation);
  }

  isCompound(id: number): boolean {
    return this.has(id, TRAIT.compound);
  }
}
