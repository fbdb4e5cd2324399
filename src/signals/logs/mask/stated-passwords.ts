/** Sentences that tell a password or a key: `temporary password is x`, `New password for 'kim': x`, `Enter this key in your authenticator: x`. */
import { isBlank, lineBefore } from './characters.ts';
import { maskCodes } from './code-lists.ts';
import type { SpanSink } from './mask-span.ts';
import { isMereWord, isPhrase, isSpokenPassword } from './spoken-values.ts';
import { bareEnd } from './value-extent.ts';
import { isPlaceholder, isTokenLike, isUuid } from './value-shape.ts';

/** Whose it is: a name, perhaps in quotes or brackets, with the kind of thing it names. */
const OWNER = String.raw`(?:the |a |your )?(?:(?:user|account|role|client|login|member|admin|database|db|service|server|host|key|card|runner|tenant|project) )?(?:'[^'\r\n]{1,64}'|"[^"\r\n]{1,64}"|\x60[^\x60\r\n]{1,64}\x60|\[[^\]\r\n]{1,64}\]|<[^>\r\n]{1,64}>|[\w.@\\/-]{1,64}(?: [A-Z][\w.-]{0,32})?)(?: (?:user|account|role|database|service))?`;
/** Up to the value: owner, then a verb or a separator. */
const TELLS = new RegExp(String.raw`[ \t]+(?:(?:for|of|on|at|to) ${OWNER}(?: \([^()\r\n]{1,80}\))?(?:[ \t]*[:=]|[ \t]+(?:is|was|=)(?: now)?:?)[ \t]+|(?:was |has been |is )?(?:set|generated|created|changed|reset)(?: to)?:[ \t]+|(?:was |has been |is )?(?:set|changed|reset) to[ \t]+|(?:is|was|reads)(?: now| currently)?:?[ \t]+|(?=\())`, 'iy');
/** `PASSWORD elastic = x`: a list of accounts that were set up. */
const LISTED = / [\w.@-]{1,64} = (?=\S)/y;
/** What makes a password one that was given and is told: its words do not matter. */
const GIVEN = /\b(?:temporary|temp|initial|default|one[- ]?time|new|generated|auto-?generated|first[- ]login|startup|bootstrap|random|provisional|interim)(?: (?:admin|root|user|login|account|database|db|wi-?fi|guest|web|console))? $/i;
/** `incorrect password for x: y` tells what was wrong, in words. */
const REFUSED = /\b(?:no|not|any|without|invalid|incorrect|wrong|bad|missing|failed|empty|expired|forgot(?:ten)?|weak) (?:\w+ )?$/i;
/** What ends a clause. */
const CLAUSE_END = /^["'`]?(?:[.,;)\]!]*(?:\s*$|[\r\n])|[.,;)\]!]+\s|\s+(?:-|–|—|\(|\||and\b|please\b|change\b))/;

/** Handles the noun [start, end), a word for a password; the end of what was masked, or 0. */
export const maskTold = (text: string, start: number, end: number, sink: SpanSink): number => {
  TELLS.lastIndex = end;
  LISTED.lastIndex = end;
  const listed = text.charCodeAt(start) < 91 && LISTED.test(text);
  if (!listed && !TELLS.test(text)) return 0;
  let at = listed ? LISTED.lastIndex : TELLS.lastIndex;
  const before = lineBefore(text, start, 40);
  if (REFUSED.test(before)) return 0;
  if (text.charCodeAt(at) === 40 || text.charCodeAt(at) === 91) at++;
  const quote = text.charAt(at);
  const given = GIVEN.test(before);
  if (quote === '"' || quote === "'" || quote === '`') return quotedValue(text, at + 1, quote, given, sink);
  const stop = bareEnd(text, at);
  const value = text.slice(at, stop);
  if (value.length < 6 || isPlaceholder(value)) return 0;
  const told = isSpokenPassword(value) || (given && isMereWord(value) && CLAUSE_END.test(text.slice(stop, stop + 16)));
  return told ? sink.add(at, stop, 'secret:password') : 0;
};

const quotedValue = (text: string, at: number, quote: string, given: boolean, sink: SpanSink): number => {
  const length = text.slice(at, at + 129).indexOf(quote);
  const value = text.slice(at, at + length);
  if (length < 6 || /[\r\n]/.test(value) || isPlaceholder(value)) return 0;
  const told = isSpokenPassword(value) || (given && (isMereWord(value) || /^[a-z]+(?: [a-z]+){2,}$/.test(value)));
  return told ? sink.add(at, at + length, 'secret:password') : 0;
};

/** `Temporary password X sent to kim`: a phrase right after the noun. */
export const maskGivenPhrase = (text: string, start: number, end: number, sink: SpanSink): number => {
  const stop = bareEnd(text, end + 1);
  return isPhrase(text.slice(end + 1, stop)) && GIVEN.test(lineBefore(text, start, 40)) ? sink.add(end + 1, stop, 'secret:password') : 0;
};

/** `Enter this key in your authenticator: `, `Secret key (enter manually): `: from the noun to the value. */
const TO_VALUE = /(?:[ \t]+(?!(?:is|was|not)\b)[\w'"/()-]{1,24}){1,10}:[ \t]+(?=\S)/y;
/** What tells to use what follows. */
const TOLD_TO = /\b(?:enter|type|add|use|copy|save|store|write down|paste|scan|keep|note|import|input|provide|here is|here's) (?:[\w-]+ ){0,2}(?:this|the|your|following)(?: [\w-]+){0,3} $/i;
const PURPOSE = /\b(?:authenticat\w*|totp|[2m]fa|two-factor|2-step|two-step|otp|manual(?:ly)?|qr)\b/i;
const SECRET_NOUN = /\b(?:secret|setup|private|recovery|backup|manual|totp|otp|shared)[ -](?:entry )?$/i;
/** A shared secret of one-time passwords (RFC 4648, base32), in one piece or in groups. */
export const BASE32 = /(?:(?=[A-Z]*[2-7])[A-Z2-7]{16,128}|[A-Z2-7]{26,128}|[a-z2-7]{4}(?:[ -][a-z2-7]{4}){3,15}|[A-Z2-7]{4}(?:[ -][A-Z2-7]{4}){3,15})(?![\w-])/y;

/** Digits among the letters of some group: no sentence of short words. */
export const isBase32 = (value: string): boolean => /[a-z][2-7]|[2-7][a-z]/i.test(value);

/** Handles the noun [start, end), a word for a key or a code that an instruction ends with; the end of what was masked, or 0. */
export const maskInstruction = (text: string, start: number, end: number, word: string, sink: SpanSink): number => {
  TO_VALUE.lastIndex = end;
  if (!TO_VALUE.test(text)) return 0;
  const at = TO_VALUE.lastIndex;
  const before = lineBefore(text, start, 64);
  const told = TOLD_TO.test(before);
  if (!told && !SECRET_NOUN.test(before) && !PURPOSE.test(text.slice(end, at))) return 0;
  BASE32.lastIndex = at;
  if (BASE32.test(text) && isBase32(text.slice(at, BASE32.lastIndex))) return sink.add(at, BASE32.lastIndex, word === 'code' ? 'secret:otp' : 'secret:key');
  if (!told || REFUSED.test(before)) return 0;
  const stop = bareEnd(text, at);
  const value = text.slice(at, stop);
  if (isPlaceholder(value) || isUuid(value)) return 0;
  if (word.startsWith('pass') || word === 'pwd') return isSpokenPassword(value) ? sink.add(at, stop, 'secret:password') : 0;
  if (word.startsWith('code')) return /^[\w-]+$/.test(value) ? maskCodes(text, at, sink) : 0;
  return value.length >= 14 && isTokenLike(value) && /\d/.test(value) && !/[:/=]/.test(value.slice(0, -2)) && isBlank(text.charCodeAt(stop)) ? sink.add(at, stop, 'secret:key') : 0;
};

/** `token for runner-3: x`, `secret for client web: x`. */
const FOR_OWNER = new RegExp(String.raw`[ \t]+(?:for|of) ${OWNER}(?:[ \t]*[:=]|[ \t]+(?:is|was)(?: now)?:?)[ \t]+(?=\S)`, 'iy');

/** Handles the noun [start, end), a word for a token; the end of what was masked, or 0. */
export const maskTokenOf = (text: string, start: number, end: number, sink: SpanSink): number => {
  FOR_OWNER.lastIndex = end;
  if (!FOR_OWNER.test(text) || REFUSED.test(lineBefore(text, start, 40))) return 0;
  const at = FOR_OWNER.lastIndex;
  const stop = bareEnd(text, at);
  const value = text.slice(at, stop);
  return value.length >= 12 && isTokenLike(value) && /\d/.test(value) && /[a-z]/i.test(value) && !isUuid(value) && !/[:/=]/.test(value.slice(0, -2)) ? sink.add(at, stop, 'secret:token') : 0;
};
