/** What may stand between a noun and the value that it announces: `password is …`, `token reset to …`, `secret for kim@host: …`. */
import { isDigit, isWord } from './characters.ts';

const TAB = 9;
const SPACE = 32;
const QUOTE = 34;
const OPEN_PARENTHESIS = 40;
const COLON = 58;
const EQUALS = 61;
const OPEN_BRACKET = 91;
const BACKSLASH = 92;
const QUOTES: ReadonlySet<number> = new Set(Array.from('"\'`', (mark) => mark.charCodeAt(0)));

/** What may link noun and value: `is`, `reset to`, `for kim@host:`, `(`; a quote may open the value. */
export const LINK =
  /"?[ \t]*(?:\(\d{1,2}\):?[ ]+)?(?:(?:is generated |generated |issued |sent )?for (?:the |user |(?:txn|transaction|order|payment|transfer|login|request|session|customer|account|phone|number|mobile|client|member|user id) )?[[\w.@#'%\]-]{1,60}(?: user| account)?:?[ ](?:is(?: now)?:?[ ])?)?(?:(?:(?:was |has been |is )?(?:set|changed|reset|updated|rotated) to|(?:was |has been |is )?(?:generated|created|provided|given|supplied|received|revealed|tried|attempted|used|entered|set|changed|reset|updated|redeemed|sent)(?: (?:for|by|in) \S{1,40})?:|(?:tried|attempted|used|entered|given|was)(?=[ ]+\\*["'`])|lautet|ist|est|es|jest|create|revoke|initial response|is now|is:?|are:?|was|value|to|of|for|=|:|no\.?|number|PLAIN|LOGIN|XOAUTH2)[ ]+)?[([]?\\*["'`]?/iy;
/** Words that {@link LINK} may begin with. */
const LINKING: ReadonlySet<string> = new Set(
  (
    'is are was has to of for no number value now initial create revoke generated issued sent created provided given supplied received revealed tried attempted ' +
    'used entered set changed reset updated rotated redeemed lautet ist est es jest plain login xoauth2'
  ).split(' '),
);
const MAX_LINKING = 9;

/** Where the value begins that the noun ending at `end` announces. Few texts have a link, and to compile its expression takes longer than to mask some hundred lines. */
export const linkEnd = (text: string, end: number): number => {
  let at = text.charCodeAt(end) === QUOTE ? end + 1 : end;
  while (text.charCodeAt(at) === SPACE || text.charCodeAt(at) === TAB) at++;
  const first = text.charCodeAt(at);
  let wordEnd = at;
  while (wordEnd <= at + MAX_LINKING && isWord(text.charCodeAt(wordEnd))) wordEnd++;
  if ((first === OPEN_PARENTHESIS && isDigit(text.charCodeAt(at + 1))) || first === COLON || first === EQUALS || LINKING.has(text.slice(at, wordEnd).toLowerCase())) {
    LINK.lastIndex = end;
    LINK.test(text);
    return LINK.lastIndex;
  }
  if (first === OPEN_PARENTHESIS || first === OPEN_BRACKET) at++;
  while (text.charCodeAt(at) === BACKSLASH) at++;
  return QUOTES.has(text.charCodeAt(at)) ? at + 1 : at;
};
