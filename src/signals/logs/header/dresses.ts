/** What words that may be a column look like: names are alike, the marks around them tell. */
import { LetterPattern } from '../../../shared/letter-pattern.ts';
import { WILDCARD } from '../patterns/wildcard.ts';

/** A token that is no mark. */
export const WORD = new LetterPattern(String.raw`[\p{L}\p{N}_]`);

const LONE_MARK = new LetterPattern(String.raw`^ ?[^\s\p{L}\p{N}_<]{1,4}$`);
const NAMES = /[\p{L}\p{N}_]+/gu;

/** Remembers the dress of each token: rows are made of few. */
export class Dresses {
  readonly #words = new Map<string, string>();
  readonly #finer = new Map<string, string>();

  /** Words stand for each other, marks only for themselves (`[w]`, `w:`, `w=*`) unless one is all there is (`✔`). */
  of(tokens: readonly string[], from: number, to: number): string {
    let dress = '';
    for (let i = from; i < to; i++) dress += this.#wordOf(tokens[i] ?? '');
    return to - from === 1 && LONE_MARK.test(tokens[from] ?? '') ? 'mark' : dress.trimStart();
  }

  /** Keys stand for themselves (`op=*`), and a word with marks inside for those with the same marks (`w/w`). */
  finerOf(tokens: readonly string[], from: number, to: number): string {
    let dress = '';
    for (let i = from; i < to; i++) {
      const token = tokens[i] ?? '';
      dress += i + 1 < to && tokens[i + 1] === '=' && !token.endsWith(WILDCARD) ? token : this.#finerWordOf(token);
    }
    return dress.trimStart();
  }

  #wordOf(token: string): string {
    let dress = this.#words.get(token);
    if (dress === undefined) {
      const text = token.trimStart();
      dress = `${text.length < token.length ? ' ' : ''}${text === WILDCARD ? '*' : WORD.test(text) ? 'w' : text}`;
      this.#words.set(token, dress);
    }
    return dress;
  }

  #finerWordOf(token: string): string {
    let dress = this.#finer.get(token);
    if (dress === undefined) {
      dress = token.endsWith(WILDCARD) ? token.replace(WILDCARD, '*') : token.replace(NAMES, 'w');
      this.#finer.set(token, dress);
    }
    return dress;
  }
}
