/** Log text as it may stand in prose: one line, without control characters or markup, clearly a quotation. */
import { LETTER } from '../../shared/letter-pattern.ts';

const MAX_QUOTE = 110;
/** Control, format (zero-width, bidirectional), line-separating and private-use characters, and lone surrogates. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]/gu;
/** The same but for tab and line feed, which lay out a sample. */
const UNSEEN_BUT_LAYOUT = /(?![\t\n])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** Text in which nothing is unseen: told without Unicode's tables. */
const SEEN = /^[\t\n -~‘’“”…가-힣]*$/;

/** A template or message for a sentence: at most 110 characters, in quotation marks. `<*>` becomes `…`. */
export const quote = (text: string): string => `“${plain(text)}”`;

/** The same without the marks. */
export const plain = (text: string): string => {
  const head = text.slice(0, 4 * MAX_QUOTE).replaceAll('<*>', '…');
  const tidy = (SEEN.test(head) ? head : head.replaceAll(UNSEEN, ' '))
    .replaceAll('`', "'")
    .replaceAll(/["“”]/g, "'")
    .replaceAll('<', '‹')
    .replaceAll('>', '›')
    .replaceAll('](', '] (')
    .replaceAll('![', '! [')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return shorten(tidy);
};

const shorten = (text: string): string => {
  if (text.length <= MAX_QUOTE) return text;
  return `${text.slice(0, MAX_QUOTE - 1).replace(/[\ud800-\udbff]$/, '').trimEnd()}…`;
};

/** A sample or a name in a list: as it is, but nothing that a terminal obeys or the eye cannot see. */
export const visible = (text: string): string => (SEEN.test(text) ? text : text.replaceAll(UNSEEN_BUT_LAYOUT, '�'));

/** Whether a template says anything of its own: a letter outside its variable parts. */
export const hasWords = (template: string): boolean => LETTER.test(template.replaceAll('<*>', ' '));
