/** Dates that are written in words: `Fri Jun 17 20:55:07 PDT 2005`. */
import { WILDCARD } from './wildcard.ts';

const DATE_WORDS = new Set(
  ('Mon Tue Wed Thu Fri Sat Sun Monday Tuesday Wednesday Thursday Friday Saturday Sunday Jan Feb Mar Apr May Jun Jul Aug Sep Sept Oct Nov Dec ' +
    'January February March April June July August September October November December AM PM ' +
    'UTC GMT CET CEST EET EEST WET BST MSK IST KST JST HKT SGT AEST AEDT EST EDT CST CDT MST MDT PST PDT').split(' '),
);

const isDatePart = (token: string): boolean => token === ` ${WILDCARD}` || token === WILDCARD || DATE_WORDS.has(token.trimStart());

/** Folds every run of date words and wildcards that holds both into one wildcard, in place. */
export const foldDates = (tokens: string[]): void => {
  let kept = 0;
  for (let at = 0; at < tokens.length; ) {
    let end = at;
    let words = 0;
    for (; end < tokens.length && isDatePart(tokens[end] ?? ''); end++) if (!(tokens[end] ?? '').endsWith(WILDCARD)) words++;
    const isDate = words > 0 && words < end - at;
    if (isDate) {
      tokens[kept++] = (tokens[at] ?? '').startsWith(' ') ? ` ${WILDCARD}` : WILDCARD;
      at = end;
      continue;
    }
    const stop = Math.max(end, at + 1);
    while (at < stop) tokens[kept++] = tokens[at++] ?? '';
  }
  tokens.length = kept;
};

/** Whether a unit is a word of a date. */
export const isDateWord = (word: string): boolean => DATE_WORDS.has(word);
