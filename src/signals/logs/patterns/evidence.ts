/**
 * How strongly the words that stand at one place, all else equal, tell that the place is a parameter.
 * Each distinct word adds a share; a sum of 1 is enough. A host name or path hardly ever belongs to
 * the text of a statement, so two are enough; a plain word mostly does, so it takes many.
 */
import { LETTER_OR_DIGIT, LetterPattern } from '../../../shared/letter-pattern.ts';
import { ASSIGNED, BRACKETED, CALLED, CELL, FIELD, FIRST, GOVERNED, HTTP_METHODS, KEYED, PLAIN, QUOTED } from './row-key.ts';
import { isErrorName } from './error-names.ts';
import { isNamed } from './key-nouns.ts';
import { WILDCARD } from './wildcard.ts';

const SHARE = {
  /** The place already holds values with digits: one more word, if it is not the text of a statement, is enough. */
  wildcard: 0.87,
  /** `db.example.com`, `org.example.Type`, `var/log`, `DOMAIN\\user`, `$name`. */
  compound: 0.6,
  /** `camelCase`, `snake_case`. */
  identifier: 0.5,
  /** A plain word that is a value elsewhere: `root` after `user=`, then in `root logged in`. */
  knownValue: 0.6,
  /** `IDLE_TIMEOUT`: a constant of a program, all but as good as a host name. */
  constant: 0.59,
  /** `DENIED`, `EUR`: in capitals; abbreviations (`RX`, `TX`) are as often the text of a statement. */
  upper: 0.49,
  /** `enabled` and `disabled`, which programs print for true and false. */
  truth: 0.62,
  plain: 0.4,
  /** `ready`, `critical`, `IDLE`: a state may be a value or what the statement says. */
  state: 0.2,
  /** `opened`, `starting`, `not`: the text of a statement. */
  statement: 0.05,
  symbol: 0.08,
} as const;

/** After a key noun. */
export const KEY_FACTOR = 2;

const PLACE_FACTOR: readonly number[] = ((): number[] => {
  const factors: number[] = [];
  factors[PLAIN] = 1;
  // A message seldom begins with a value that holds no digit.
  factors[FIRST] = 0.4;
  factors[ASSIGNED] = 3;
  factors[QUOTED] = 1.6;
  factors[FIELD] = 1.26;
  factors[BRACKETED] = 1.26;
  factors[KEYED] = KEY_FACTOR;
  factors[GOVERNED] = 1.25;
  factors[CELL] = 0.4;
  return factors;
})();

const AGREEMENT_FACTOR: readonly number[] = [0.25, 0.6, 0.85];

/** After `user` and the like. */
const NAMED_FACTOR = 3;

const STATEMENT_WORDS = new Set(
  (
    'a an the is are was were be been not no has have had can cannot could did do does will would should may must to of in on at by for from with and or as ' +
    'up down off yes ok error errors failure failures success start stop end begin open close read write send receive ' +
    'input output enter exit enable disable lost found new old first last successfully'
  ).split(' '),
);

const STATE_WORDS = new Set(
  (
    'warn warning fatal critical info debug trace ready idle busy full empty missing invalid valid unknown active inactive online offline ' +
    'healthy unhealthy high low good bad local remote primary secondary leader follower available unavailable timeout complete successful'
  ).split(' '),
);

/** A variable of a program. */
const VARIABLE = new LetterPattern(String.raw`^\$[\p{L}_][\p{L}\p{N}_]*$`);
/** Names joined by marks: hosts, paths, qualified types. */
const COMPOUND = new LetterPattern(String.raw`[\p{L}\p{N}_-](?:[.:\\/$@#+]|::)[\p{L}\p{N}_-]`);
/** An object by its type and title. */
const REFERENCE = new LetterPattern(String.raw`^[\p{Lu}][\p{Ll}][\p{L}_-]*\[[\p{L}_][\p{L}_-]*\]$`);
const OTHER_MARK = new LetterPattern(String.raw`[^\p{L}\p{N}_-]`);
const MIXED_CASE = new LetterPattern(String.raw`[\p{Ll}][\p{Lu}]|[\p{Lu}][\p{Lu}][\p{Ll}]|_`);
const SMALL_LETTER = new LetterPattern(String.raw`[\p{Ll}]`);
const WORD = new LetterPattern(String.raw`^[\p{L}][\p{L}_-]+$`);
const VERB_OR_STATE = new LetterPattern(String.raw`^[\p{Lu}].*(?:ed|ing|ED|ING)$`);

const isStatementWord = (word: string): boolean => STATEMENT_WORDS.has(word) || (word.length > 4 && (word.endsWith('ed') || word.endsWith('ing')));

/** What one distinct word adds to the evidence that its place is a parameter. */
export const shareOf = (word: string): number => {
  if (word === 'enabled' || word === 'disabled') return SHARE.truth;
  if (/^[A-Z]?[a-z]+$/.test(word)) {
    if (isErrorName(word) || isStatementWord(word.toLowerCase())) return SHARE.statement;
    return STATE_WORDS.has(word.toLowerCase()) ? SHARE.state : SHARE.plain;
  }
  if (word === WILDCARD) return SHARE.wildcard;
  if (!LETTER_OR_DIGIT.test(word)) return SHARE.symbol;
  if (isErrorName(word)) return SHARE.statement;
  if (!word.includes(' ') && COMPOUND.test(word)) return SHARE.compound;
  if (VARIABLE.test(word)) return SHARE.compound;
  if (word.includes(',') || word.endsWith(`[${WILDCARD}]`) || REFERENCE.test(word)) return SHARE.identifier;
  if (word.includes(' ') || word.includes(WILDCARD)) return SHARE.plain;
  if (OTHER_MARK.test(word)) return SHARE.symbol;
  if (MIXED_CASE.test(word) && SMALL_LETTER.test(word)) return SHARE.identifier;
  if (HTTP_METHODS.has(word)) return SHARE.statement;
  // `DENIED` is a result, `SIGTERM` the name of a signal.
  if (/^(?:[A-Z]+ED|SIG[A-Z]{2,})$/.test(word)) return SHARE.constant;
  if (isStatementWord(word.toLowerCase()) || STATE_WORDS.has(word.toLowerCase())) return SMALL_LETTER.test(word) ? SHARE.statement : SHARE.state;
  return SMALL_LETTER.test(word) ? SHARE.plain : word.includes('_') ? SHARE.constant : SHARE.upper;
};

export const PHRASE_SHARE = 0.2;
/** Words with numbers between them are mostly a statement. */
const PHRASE = { plain: PHRASE_SHARE, withValue: 0.34, withDigits: 0.5, mixed: 0.1, told: 0.4, toldMixed: 0.25, toldError: 0.61 };
/** What is told of other statements, too, is a reason that they have from elsewhere: two are enough. An error with its name counts a little more, so that it is one with its text. */
export const TOLD_ELSEWHERE_SHARE = 0.6;

/**
 * What a value of several words adds to the evidence that it is one. What is told behind the colon of a statement of two words
 * or more (`order 7 skipped: no stock left`) is a reason or an error text: three are enough, or two that name an error.
 */
export const phraseShare = (words: readonly string[], shareOfWord: (word: string) => number, isParameter: boolean, isTold: boolean): number => {
  const [only] = words;
  if (isTold && words.length > 1 && only !== undefined && isErrorName(only)) return PHRASE.toldError;
  // A parameter that was found stands for many values; one with digits for a few.
  if (only === WILDCARD && (words.length === 1 || (isParameter && words.every((word) => word === WILDCARD)))) return isParameter ? SHARE.wildcard : PHRASE.withDigits;
  if (words.length === 1 && only !== undefined) {
    return isTold ? Math.min(Math.max(shareOfWord(only), SHARE.state), PHRASE.told) : Math.min(shareOfWord(only), PHRASE.withValue);
  }
  if (shareOfWord(words.join(' ')) >= SHARE.knownValue) return SHARE.knownValue;
  if (words.some((word) => shareOfWord(word) === SHARE.knownValue)) return isTold ? PHRASE.told : PHRASE.withValue;
  const value = words.indexOf(WILDCARD);
  // A text with values in two places is a statement of its own.
  if (value >= 0) return isTold && words.indexOf(WILDCARD, value + 1) < 0 ? PHRASE.toldMixed : PHRASE.mixed;
  return isTold ? PHRASE.told : PHRASE.plain;
};

/** What the place of a choice of words is like, as bits. */
export const STAND = {
  /** The words may be a choice of values: they are not where the sentence has its subject or its verb. */
  open: 1,
  /** After a colon or a form of `to be`, where the statement says what something is. */
  answer: 2,
  /** The message holds another value: the statement is about a thing that has a name or number. */
  specific: 4,
} as const;

/** How words may be part of a choice. */
export const KIND = {
  /** Numbers, marks, methods of HTTP. */
  none: 0,
  /** `starting`, `Started`, `LISTENING`: what happened. In lower case, participles are what something is (`paused`, `restored`). */
  verb: 1,
  other: 2,
} as const;

/**
 * Words of which each program has the same few, as it prints a switch, a direction or the state of a link with them: where two of a
 * row stand in one place, it is a value.
 */
const SWITCHES: readonly ReadonlySet<string>[] = ['yes no', 'up down', 'Up Down', 'UP DOWN', 'read write', 'READ WRITE', 'rx tx', 'RX TX', 'input output', 'global local', 'tcp udp', 'TCP UDP', 'inbound outbound', 'incoming outgoing', 'Incoming Outgoing', 'ON OFF', 'on off'].map((words) => new Set(words.split(' ')));
/** The bits of a kind above these tell which row the word is of. */
const SWITCH_SHIFT = 2;

/** In a sentence these belong to its verb (`turned on`). */
const ON_OFF = SWITCHES.length;

const switchOf = (word: string): number => SWITCHES.findIndex((words) => words.has(word)) + 1;

export const kindOf = (word: string): number => (switchOf(word) << SWITCH_SHIFT) | choiceKindOf(word);

const choiceKindOf = (word: string): number => {
  if (HTTP_METHODS.has(word) || !WORD.test(word)) return KIND.none;
  return word.endsWith('ing') || VERB_OR_STATE.test(word) ? KIND.verb : KIND.other;
};

/**
 * So many words at one place are a choice that a value makes. Statements that differ in a word come in pairs of opposites
 * (`opened`, `closed`); states, results and reasons are three and more.
 */
const MIN_CHOICE = 3;
/** Enough where two words agree besides. */
const CHOICE = 1.2;
/** Enough where one does. */
const LARGE_CHOICE = 1.7;

/**
 * Adds up what distinct words tell. A verb stands among verbs (`opened`, `closed`, `lost`) where the place is the
 * statement's; beside nouns (`fast`, `safe`, `mixed`) a word that looks like a verb is a value as they are.
 */
export class Evidence {
  #numbers = 0;
  #firm = 0;
  #weak = 0;
  #weakWords = 0;
  #words = 0;
  #others = 0;
  /** Rows of switches of which one word was seen, as bits, and those of which two were. */
  #switches = 0;
  #pairs = 0;

  add(share: number, kindAndSwitch: number): void {
    const kind = kindAndSwitch & ((1 << SWITCH_SHIFT) - 1);
    this.#addSwitch(kindAndSwitch >> SWITCH_SHIFT);
    if (kind !== KIND.none) this.#words++;
    if (kind === KIND.other) this.#others++;
    if (share === SHARE.wildcard) this.#numbers += share;
    else if (share >= SHARE.state) this.#firm += share;
    else {
      this.#weak += share;
      this.#weakWords++;
    }
  }

  #addSwitch(which: number): void {
    if (which === 0) return;
    this.#pairs |= this.#switches & (1 << which);
    this.#switches |= 1 << which;
  }

  /** What the words add up to at a place that stands so ({@link STAND}). */
  sum(stand: number): number {
    const pairs = (stand & STAND.answer) === 0 ? this.#pairs & ~(1 << ON_OFF) : this.#pairs;
    const shares = this.#numbers + this.#firm + (this.#firm >= NOUNS ? this.#weakWords * SHARE.state : this.#weak);
    const sum = pairs !== 0 && (stand & STAND.open) !== 0 ? Math.max(shares, LARGE_CHOICE) : shares;
    if (this.#words < MIN_CHOICE || (stand & STAND.open) === 0 || (this.#others === 0 && (stand & STAND.answer) === 0)) return sum;
    return Math.max(sum, this.#words > MIN_CHOICE && (stand & (STAND.specific | STAND.answer)) !== 0 ? LARGE_CHOICE : CHOICE);
  }
}

/** How much a share counts at a place. */
export const placeFactor = (place: number, wordBefore: string): number => ((place === PLAIN || place === CALLED) && isNamed(wordBefore) ? NAMED_FACTOR : (PLACE_FACTOR[place] ?? 1));

/** The first place counts nearly as any other where the items agree in a long text. */
export const LONG_FIRST_FACTOR = 0.85;

/** The fewer words agree besides, the less the rows are known to come from one statement. */
export const agreementFactor = (agreeingWords: number): number => AGREEMENT_FACTOR[agreeingWords] ?? 1;

/** The sum of shares from which on a place is a parameter. Slightly under 1, as thirds do not add up in floating point. */
export const ENOUGH = 0.999;
/** A word of a lesser share does not join a parameter just because others have shown that it is one. */
export const VALUE_SHARE = SHARE.plain;
/** No word or phrase counts more. */
export const MAX_SHARE = SHARE.wildcard;
export const COMPOUND_SHARE = SHARE.compound;
/** Words of a lesser share are those of a sentence. */
export const IDENTIFIER_SHARE = SHARE.identifier;
/** Words of a lesser share are verbs and the like. */
export const STATE_SHARE = SHARE.state;
/** A method of HTTP behind text is that of a request; at the head of a message or of a request line it is what the statement says. */
export const METHOD_SHARE = 1.4;
/** What any word counts where a key noun announces a value. */
export const KEYED_SHARE = 0.3;
/** Two plain words. */
const NOUNS = SHARE.plain * 2;
const FIRST_SHARE = 0.17;
/** The share at the first place: a plain word there says what the statement is about. */
export const firstShare = (share: number): number => (share === SHARE.plain ? FIRST_SHARE : share);
/** The share of a word that was found to be a value elsewhere in the same logs. */
export const KNOWN_VALUE_SHARE = SHARE.knownValue;
