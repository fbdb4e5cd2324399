/**
 * The key of a row: its tokens folded into elements that stand or vary as one, so that two rows of one
 * statement have equally many elements. Folding loses nothing: an element remembers its tokens, and
 * a template shows them as they are wherever all rows agree.
 *
 * Folded are runs of numbers (`1 2 3`, `4, 5`), a quantity and its unit (`12 KB`, `4096 bytes (4.0 KB)`), quoted
 * text, lists in brackets and after a colon, JSON, the value of `key=` with the brackets that belong to it, compounds
 * (`user@host`, `name[12]`, `SYN,ACK`), an empty pair of brackets or quotes, which is an empty value, and
 * groups that repeat (`fold-repeats.ts`).
 */
import { CAPITAL_FIRST, LETTER_OR_DIGIT, LETTER_OR_DIGIT_FIRST, LetterPattern } from '../../../shared/letter-pattern.ts';
import { closingOf, isOpening, matchBrackets } from './brackets.ts';
import { cellWords, isHexCell } from './cells.ts';
import { distinguishedNameEnd } from './distinguished-name.ts';
import { foldRepeats } from './fold-repeats.ts';
import { glueEnd, qualifiedEnd, referenceEnd, scopedEnd, termEnd, type Tokens } from './glued-values.ts';
import { isChange, isGoverned, isKeyed } from './key-nouns.ts';
import { noValueEnd, objectEnd } from './objects.ts';
import { bracketsEnd, brokenEnd, printedObjectEnd } from './printed-objects.ts';
import { unitEnd } from './quantities.ts';
import { beginsSql } from './sql.ts';
import { MAX_TOKENS } from './tokenize.ts';
import { WILDCARD } from './wildcard.ts';

/** Where an element stands; it tells how likely a word there is a value. */
export const PLAIN = 0;
export const FIRST = 1;
export const ASSIGNED = 2;
export const QUOTED = 3;
export const FIELD = 4;
export const BRACKETED = 5;
/** After `state`, `changed state to` and the like. */
export const KEYED = 6;
/** Alone after a preposition. */
export const GOVERNED = 7;
/** One of several words in a cell between bars. */
export const CELL = 8;
/** Right before a bracket (`sell(lot=4)`). */
export const CALLED = 9;

export interface RowKey {
  /** The folded text of every element; `<*>` where it varies by itself. */
  readonly texts: readonly string[];
  /** Element i is made of tokens [starts[i], starts[i + 1]). */
  readonly starts: readonly number[];
  readonly places: readonly number[];
}

const setOf = (words: string): ReadonlySet<string> => new Set(words.split(' '));

const isMissing = (word: string): boolean => word === '-' || word === '--' || word === 'N/A' || word === 'null' || word === 'nil' || word === 'NaN';

/** Part of the statement wherever they stand. */
export const HTTP_METHODS = setOf('GET HEAD POST PUT DELETE PATCH OPTIONS CONNECT TRACE');

/** `stationName: x` says as much as `stationName=x`, unless it stands first, where `pollHandler: exit` tells who speaks. */
const IDENTIFIER = new LetterPattern(String.raw`^[\p{L}]+(?:_|[\p{Ll}][\p{Lu}])`);
const DASHED = new LetterPattern(String.raw`^-[\p{L}]`);
const INITIAL = new LetterPattern(String.raw`^[\p{Lu}]$`);

const isHexByte = (word: string): boolean => word.length === 2 && /^(?:[a-f]{2}|[A-F]{2})$/.test(word);
const isRule = (word: string): boolean => word.length >= 2 && word.startsWith('**') && /^\*+$/.test(word);

const ARROWS: ReadonlySet<string> = new Set(['→', '⇒', '->', '=>', '-->']);

/** Quotes and brackets are looked through for so many tokens; what is longer is read token by token. */
const MAX_FOLDED_TOKENS = 64;

const isQuote = (word: string): boolean => word === '"' || word === "'";
const isSpaced = (token: string | undefined): boolean => token !== undefined && token.startsWith(' ');
const wordOf = (token: string): string => (token.startsWith(' ') ? token.slice(1) : token);
const PUNCTUATION = new Set('=:,;()[]{}<>"\'`|@.!?');
const isPunctuation = (word: string): boolean => word.length === 1 && PUNCTUATION.has(word);

class KeyReader {
  readonly texts: string[] = [];
  readonly starts: number[] = [];
  readonly places: number[] = [];
  readonly #tokens: readonly string[];
  readonly #words: string[];
  readonly #read: Tokens;
  readonly #closers: ReadonlyMap<number, number>;

  constructor(tokens: readonly string[]) {
    this.#tokens = tokens;
    this.#words = tokens.map(wordOf);
    this.#read = { tokens, words: this.#words };
    // The dash of a header that ends in one (`INFO -Started`) is no part of the first word.
    const [first] = this.#words;
    if (first !== undefined && DASHED.test(first)) this.#words[0] = first.slice(1);
    this.#closers = matchBrackets(this.#words, tokens.length >= MAX_TOKENS);
  }

  read(): RowKey {
    let at = 0;
    while (at < this.#words.length) at = this.#readElement(at);
    this.starts.push(this.#words.length);
    for (const word of cellWords(this.texts)) this.places[word] = CELL;
    return this;
  }

  /** Where the brackets end that were open before `at`; the end of the message where there are none. */
  #clauseEnd(at: number): number {
    for (let i = at; i < this.#words.length; i++) {
      const close = this.#closers.get(i);
      if (close !== undefined) i = close;
      else if (/^[)\]}]$/.test(this.#word(i))) return i;
    }
    return this.#words.length;
  }

  /** `@scope/package`, `@user`, `(@host)`. */
  #beginsScope(at: number): boolean {
    const next = this.#tokens[at + 1];
    return (at === 0 || isSpaced(this.#tokens[at]) || isOpening(this.#word(at - 1))) && next !== undefined && !isSpaced(next) && !isPunctuation(next);
  }

  #word(at: number): string {
    return this.#words[at] ?? '';
  }

  #add(text: string, start: number, place: number): void {
    this.texts.push(text);
    this.starts.push(start);
    this.places.push(place);
  }

  #readElement(at: number): number {
    const word = this.#word(at);
    const printed = printedObjectEnd(this.#read, at, this.#closers);
    // A message that is nothing but an object has no statement around it.
    if (printed > at && (at > 0 || printed < this.#words.length)) {
      this.#add(WILDCARD, at, this.#placeAt(at));
      return printed;
    }
    const runEnd = this.#runEnd(at);
    if (runEnd > at) {
      this.#add(WILDCARD, at, this.#placeAt(at));
      return runEnd;
    }
    if (word === '"' || word === "'" || word === '`') {
      const close = this.#closingQuote(at, word);
      if (close > 0) return this.#readQuoted(at, close);
    }
    const objectsEnd = objectEnd(this.#read, at, this.#closers);
    if (objectsEnd > at) {
      this.#add(WILDCARD, at, this.#placeAt(at));
      return objectsEnd;
    }
    if (isOpening(word)) {
      const jsonEnd = this.#jsonEnd(at);
      if (jsonEnd > at) {
        this.#add(WILDCARD, at, PLAIN);
        return jsonEnd;
      }
      const close = this.#closers.get(at) ?? brokenEnd(this.#read, at);
      if (close !== undefined && this.#word(at - 1) === '=' && !isSpaced(this.#tokens[at])) {
        // An empty pair is a value as good as any.
        const end = Math.max(close + 1, bracketsEnd(this.#read, at, this.#closers));
        this.#add(close === at + 1 ? WILDCARD : this.#tokens.slice(at, end).join(''), at, ASSIGNED);
        return end;
      }
      const term = at === 0 ? at : Math.max(termEnd(this.#read, at, this.#closers), noValueEnd(this.#read, at));
      if (term > at) {
        this.#add(WILDCARD, at, this.#placeAt(at));
        return term;
      }
      const end = this.#readBrackets(at);
      if (end > 0) return end;
    }
    if (word === '@' && this.#beginsScope(at)) {
      const end = this.#compoundEnd(at + 1);
      const text = this.#tokens.slice(at, end).join('').trimStart();
      this.#add(text.includes(WILDCARD) ? WILDCARD : text, at, this.#placeAt(at));
      return end;
    }
    if (isPunctuation(this.#word(at - 1)) && beginsSql(this.#words, at)) {
      const end = this.#clauseEnd(at);
      this.#add(WILDCARD, at, PLAIN);
      return end;
    }
    if (isPunctuation(word)) {
      this.#add(word, at, PLAIN);
      return at + 1;
    }
    const nameEnd = distinguishedNameEnd(this.#words, at);
    if (nameEnd > at) {
      this.#add(WILDCARD, at, this.#placeAt(at));
      return nameEnd;
    }
    const place = this.#placeAt(at, this.#compoundEnd(at));
    const end = place === ASSIGNED && this.#word(at - 1) === '=' ? this.#valueEnd(at) : Math.max(this.#compoundEnd(at), this.#tailListEnd(at));
    if (end === at + 1 && ((place === ASSIGNED && isMissing(word)) || isHexCell(this.#words, at))) this.#add(WILDCARD, at, place);
    else this.#add(end === at + 1 ? word : this.#tokens.slice(at, end).join('').trimStart(), at, place);
    return end;
  }

  /** Where the element stands whose first token is at `at`; `end` is where it ends. */
  #placeAt(at: number, end = at + 1): number {
    if (at === 0) return this.#isArrow(1) ? ASSIGNED : FIRST;
    const before = this.#word(at - 1);
    const spaced = isSpaced(this.#tokens[at]);
    if (before === '=' && spaced === isSpaced(this.#tokens[at - 1])) return ASSIGNED;
    const after = this.#word(end);
    const isTight = !spaced && !isSpaced(this.#tokens[at - 1]) && isSpaced(this.#tokens[end]);
    const ends = isTight || end >= this.#words.length || after === ',' || after === ';' || after === ')' || after === ']';
    if (this.#isAtArrow(at)) return ASSIGNED;
    if (isChange(this.#words, at)) return ASSIGNED;
    if (isKeyed(this.#words, at)) return KEYED;
    if (before === ':' && ends && this.#word(at - 2) !== ':') return at > 2 && IDENTIFIER.test(this.#word(at - 2)) ? ASSIGNED : FIELD;
    if (after !== '' && closingOf(before) === after) return BRACKETED;
    if (after === '(' && !isSpaced(this.#tokens[end]) && this.#closers.has(end)) return CALLED;
    return isGoverned(this.#words, at) ? GOVERNED : PLAIN;
  }

  /** `idle -> running`: what something was, and what it is. */
  #isAtArrow(at: number): boolean {
    return this.#isArrow(at + 1) || this.#isArrow(at - 2) || this.#isArrow(at - 1);
  }

  #isArrow(at: number): boolean {
    const word = this.#word(at);
    return ARROWS.has(word) || ((word === '-' || word === '=') && this.#word(at + 1) === '>' && !isSpaced(this.#tokens[at + 1]));
  }

  /** `SYN,ACK` is one value. */
  #tightListEnd(at: number): number {
    let end = at + 1;
    const limit = Math.min(this.#words.length - 1, at + MAX_FOLDED_TOKENS);
    while (end < limit && this.#word(end) === ',' && !isSpaced(this.#tokens[end]) && !isSpaced(this.#tokens[end + 1]) && !isPunctuation(this.#word(end + 1))) end += 2;
    return end;
  }

  /** `host.name:5432`, `file.c:12`, `user@host`, `name[12]`, the initial `M.` and `name:part` beside an arrow are one thing; a property `dotted.key=…` after a colon lasts to the end of the message. */
  #compoundEnd(at: number): number {
    const touches = (i: number): boolean => i < this.#words.length && !isSpaced(this.#tokens[i]);
    if (this.#word(at + 1) === '.' && touches(at + 1) && INITIAL.test(this.#word(at)) && CAPITAL_FIRST.test(this.#word(at + 2))) return at + 2;
    if (this.#word(at + 1) === '[' && this.#word(at + 2) === WILDCARD && this.#word(at + 3) === ']' && touches(at + 1)) return at + 4;
    if (this.#word(at + 1) === ',' && touches(at + 1)) return this.#tightListEnd(at);
    if (this.#word(at + 1) === '@' && touches(at + 1) && touches(at + 2) && !isPunctuation(this.#word(at + 2))) return glueEnd(this.#read, at + 3);
    if (this.#word(at + 1) === ':' && touches(at + 1) && touches(at + 2) && (this.#word(at + 2) === WILDCARD || this.#isAtArrow(at + 2) || this.#isAtArrow(at))) return at + 3;
    if (this.#word(at + 1) === '=' && touches(at + 1) && this.#word(at - 1) === ':' && this.#word(at).includes('.')) return this.#words.length;
    const qualified = Math.max(qualifiedEnd(this.#read, at), scopedEnd(this.#read, at), referenceEnd(this.#read, at));
    if (qualified > at) return qualified;
    return this.#word(at) === WILDCARD ? glueEnd(this.#read, at + 1) : at + 1;
  }

  /** `groups: a, b, c`, `found: a:1, b:2`: names with commas between, up to the end of the message, are the value of what the colon ends. */
  #tailListEnd(at: number): number {
    if (this.#word(at - 1) !== ':' || this.#words.length - at > MAX_FOLDED_TOKENS) return at;
    for (let i = at; !isPunctuation(this.#word(i)); i++) {
      if (this.#word(i + 1) === ':' && this.#word(i + 2) === WILDCARD && !isSpaced(this.#tokens[i + 2])) i += 2;
      i++;
      if (i >= this.#words.length) return i === at + 1 ? at : i;
      if (this.#word(i) !== ',') return at;
    }
    return at;
  }

  /** `name=Type{…}`: brackets that touch the value belong to it. */
  #valueEnd(at: number): number {
    const end = bracketsEnd(this.#read, at + 1, this.#closers);
    return end === at + 1 ? Math.max(this.#tightListEnd(at), this.#compoundEnd(at)) : end;
  }

  /** The end of the run of numbers and their units that begins here, or `at`. */
  #runEnd(at: number): number {
    const first = this.#word(at);
    if (first !== WILDCARD && !isHexByte(first) && !isRule(first)) return at;
    let end = at;
    let wild = false;
    for (let i = at; i < this.#words.length; ) {
      const word = this.#word(i);
      if (word === WILDCARD) {
        wild = true;
        i = unitEnd(this.#words, this.#compoundEnd(i));
        end = i;
      } else if (isRule(word)) {
        i++;
        if (wild) end = i;
      } else if (this.#isByte(i, wild)) {
        i++;
        if (wild) end = i;
      } else if (wild && (word === ',' || isMissing(word))) {
        i++;
        if (i === this.#words.length && word !== ',') end = i;
      } else break;
    }
    return wild ? end : at;
  }

  /** A byte in hexadecimal that happens to hold no digit, among others: `12 fe 07`. */
  #isByte(at: number, wild: boolean): boolean {
    if (!isHexByte(this.#word(at))) return false;
    const isOther = (i: number): boolean => this.#word(i) === WILDCARD || isHexByte(this.#word(i));
    if (!wild) return isOther(at + 1) && (isOther(at + 2) || isOther(at - 1));
    return isOther(at + 1) || !LETTER_OR_DIGIT_FIRST.test(this.#word(at + 1));
  }

  /** Index of the quote that closes the one at `at`, or -1: `can't` opens nothing. */
  #closingQuote(at: number, quote: string): number {
    const before = this.#word(at - 1);
    if (at > 0 && !isSpaced(this.#tokens[at]) && !/^[=:,([{<@]$/.test(before)) return -1;
    for (let i = at + 1; i < this.#words.length; i++) {
      if (this.#word(i) !== quote || this.#isEscaped(i)) continue;
      const next = this.#tokens[i + 1];
      if (next === undefined || isSpaced(next) || isPunctuation(wordOf(next))) return i;
    }
    return -1;
  }

  /** `\\"` within a text in quotes. */
  #isEscaped(at: number): boolean {
    return !isSpaced(this.#tokens[at]) && this.#word(at - 1).endsWith('\\');
  }

  #readQuoted(at: number, close: number): number {
    const quote = this.#word(at);
    this.#add(quote, at, PLAIN);
    let from = at + 1;
    // A request line: the method is part of the statement, the target is its value.
    if (HTTP_METHODS.has(this.#word(from)) && from + 1 < close) this.#add(this.#word(from), from++, PLAIN);
    const text = this.#foldedText(from, close);
    // Text in quotes that begins the message is its statement (klog and other structured loggers).
    this.#add(text, from, at === 0 ? FIRST : this.#word(at - 1) === '=' && !text.includes(' ') ? ASSIGNED : QUOTED);
    this.#add(quote, close, PLAIN);
    return close + 1;
  }

  #foldedText(from: number, to: number): string {
    if (from === to || this.#runEnd(from) >= to) return WILDCARD;
    // Marks alone (`'/'`, `'.*'`) are no text.
    if (this.#words.slice(from, to).every((word) => word !== WILDCARD && !LETTER_OR_DIGIT.test(word))) return WILDCARD;
    return this.#tokens.slice(from, to).join('').trimStart();
  }

  /** The end of the JSON object or array of objects or strings at `at`: it is a value as a whole. */
  #jsonEnd(at: number): number {
    // A message that is nothing but an object has no statement around it: then its keys are the statement.
    if (at === 0) return at;
    const inner = this.#word(at) === '[' && this.#word(at + 1) === '{' ? at + 2 : at + 1;
    if (this.#word(at) === '(' || !isQuote(this.#word(inner))) return at;
    const close = this.#closers.get(at);
    return close !== undefined && this.#isJson(at, close) ? close + 1 : at;
  }

  /** Every other quote in a JSON object is followed by a colon; a list of strings is enough of a sign by itself. */
  #isJson(from: number, to: number): boolean {
    if (this.#word(from) === '[' && isQuote(this.#word(from + 1))) return true;
    for (let i = from; i < to; i++) if (isQuote(this.#word(i)) && (this.#word(i + 1) === ':' || (this.#word(i + 1) === '=' && this.#word(i + 2) === '>'))) return true;
    return false;
  }

  /** An empty pair after white space, or a list of simple items, is one value between its brackets. */
  #readBrackets(at: number): number {
    const close = closingOf(this.#word(at));
    const empty = this.#word(at + 1) === close && isSpaced(this.#tokens[at]);
    const end = empty ? at + 1 : Math.max(this.#listEnd(at + 1, close), this.#commandEnd(at));
    if (end < 0) return -1;
    this.#add(this.#word(at), at, PLAIN);
    this.#add(WILDCARD, at + 1, PLAIN);
    this.#add(close, end, PLAIN);
    return end + 1;
  }

  /** Index of the bracket that closes the one at `at` when a command line of a shell stands between them (`cd /srv && make`). */
  #commandEnd(at: number): number {
    const close = this.#closers.get(at) ?? -1;
    for (let i = at + 1; i < Math.min(close, at + MAX_FOLDED_TOKENS); i++) if (this.#word(i) === '&&') return close;
    return -1;
  }

  /** Index of `close` when only single words with commas between stand before it, at least two of them. */
  #listEnd(from: number, close: string): number {
    const limit = Math.min(this.#words.length, from + MAX_FOLDED_TOKENS);
    let items = 0;
    for (let i = from; i < limit; i++) {
      const word = this.#word(i);
      if (word === close) return items >= 2 ? i : -1;
      const isItem = (i - from) % 2 === 0;
      if (isItem ? isPunctuation(word) : word !== ',') return -1;
      if (isItem) items++;
    }
    return -1;
  }
}

/** Folds a token sequence. Linear in the tokens (quotes and brackets look ahead a bounded distance). */
export const rowKey = (tokens: readonly string[]): RowKey => foldRepeats(new KeyReader(tokens).read());
