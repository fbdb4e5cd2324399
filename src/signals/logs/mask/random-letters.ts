/** Runs of small letters that no word is: drawn at random from 26, where prose has far more vowels and hardly a j, q, x or z. */

const RUN = /^[a-z]{28,64}$/;
/** English has 38 % vowels; of letters drawn evenly 19 % are. */
const MAX_VOWEL_SHARE = 0.3;
/** English has 0.5 % of these together; of letters drawn evenly 15 % are. */
const MIN_RARE = 2;

const countOf = (value: string, letters: RegExp): number => value.replace(letters, '').length;

/** 28 small letters or more that are random beyond doubt. */
export const isRandomLetters = (value: string): boolean => RUN.test(value) && countOf(value, /[^jqxz]/g) >= MIN_RARE && countOf(value, /[^aeiou]/g) <= value.length * MAX_VOWEL_SHARE;

/** Mail providers' passwords for a program: four groups of four small letters with blanks between (Google Account Help, "Sign in with app passwords"). */
const APP_PASSWORD = /[a-z]{4}(?: [a-z]{4}){3}(?=["']?(?:$|[\s,;)\]}]))/y;

/** Where such a password at `start` ends, or 0; in running text one group at least has no vowel, as no four words have. */
export const appPasswordEnd = (text: string, start: number, prose: boolean): number => {
  if (text.charCodeAt(start + 4) !== 32 || text.charCodeAt(start + 9) !== 32 || text.charCodeAt(start + 14) !== 32) return 0;
  APP_PASSWORD.lastIndex = start;
  if (!APP_PASSWORD.test(text)) return 0;
  const groups = text.slice(start, APP_PASSWORD.lastIndex).split(' ');
  return !prose || groups.some((group) => !/[aeiouy]/.test(group)) ? APP_PASSWORD.lastIndex : 0;
};
