/**
 * Regular expressions over the letters of any script. Most words are ASCII, and an expression with Unicode's classes takes some ten times as long to compile as
 * one without: on short input compiling is most of the work. The expression for other scripts is made when the first such text comes.
 */
const CLASSES: readonly (readonly [string, string])[] = [['\\p{L}', 'A-Za-z'], ['\\p{Lu}', 'A-Z'], ['\\p{Ll}', 'a-z'], ['\\p{N}', '0-9']];

const isAscii = (text: string): boolean => {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return false;
  return true;
};

export class LetterPattern {
  readonly #source: string;
  #ascii: RegExp | null = null;
  #unicode: RegExp | null = null;

  /** @param source its classes `\p{L}`, `\p{Lu}`, `\p{Ll}` and `\p{N}` stand in square brackets */
  constructor(source: string) {
    this.#source = source;
  }

  test(text: string): boolean {
    const pattern = isAscii(text) ? (this.#ascii ??= new RegExp(CLASSES.reduce((source, [name, range]) => source.replaceAll(name, range), this.#source))) : (this.#unicode ??= new RegExp(this.#source, 'u'));
    return pattern.test(text);
  }
}

/** A letter somewhere, a letter or a digit, either in front, a letter in front, and a capital. */
export const LETTER = new LetterPattern(String.raw`[\p{L}]`);
export const LETTER_OR_DIGIT = new LetterPattern(String.raw`[\p{L}\p{N}]`);
export const LETTER_OR_DIGIT_FIRST = new LetterPattern(String.raw`^[\p{L}\p{N}]`);
export const LETTER_FIRST = new LetterPattern(String.raw`^[\p{L}]`);
export const CAPITAL_FIRST = new LetterPattern(String.raw`^[\p{Lu}]`);
