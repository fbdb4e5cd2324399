/** A user and a password side by side: `credentials web / x`, `stats auth admin:x`, `auth=kim:x`. */
import { lineBefore } from './characters.ts';
import { isGivenPass } from './given-passwords.ts';
import type { SpanSink } from './mask-span.ts';
import { isPlaceholder, looksLikePassword } from './value-shape.ts';

const KIND = 'secret:password';
/** Words that a name of a setting would be, not a user's. */
const NO_USER = /^(?:user(?:name)?|id|type|method|provider|realm|client|scheme|mode|url|host|service|server|step|v\d+)$/i;
const AFTER_WORD = /[ \t]+(?:(?:for|of|on|to) [\w.-]{1,40} ?[:=] ?|are |is |for |of |with )?\(?["'`]?([A-Za-z][\w.@-]{1,40})["'`]?(?::| ?\/ ?)["'`]?([^\s"'`,;()/]{5,64})/y;
const USER_AND_PASSWORD = /^([A-Za-z][\w.@-]{0,63}):([^\s:/]{5,128})$/;

/** Letters before digits too, as people choose them. */
export const isChosen = (value: string): boolean => looksLikePassword(value) || /^[A-Za-z]{4,}[^\w\s]?\d{2,}[^\w\s]?$/.test(value);

/** Handles the word [start, end), `credentials` or one like it; the end of what was masked, or 0. */
export const maskPairAfter = (text: string, start: number, end: number, sink: SpanSink): number => {
  AFTER_WORD.lastIndex = end;
  const match = AFTER_WORD.exec(text);
  const password = match?.[2];
  if (match === null || password === undefined || NO_USER.test(match[1] ?? '') || isPlaceholder(password) || !isChosen(password)) return 0;
  if (text.charCodeAt(start) === 97 && !/(?:stats|basic) $/i.test(lineBefore(text, start, 8))) return 0;
  return sink.add(AFTER_WORD.lastIndex - password.length, AFTER_WORD.lastIndex, KIND);
};

/** `bad login kim/x`, `login with kim / x`: what was tried, or what is told. */
const TRIED = /\b(?:bad|failed|invalid|rejected|wrong|denied|successful|the|my|your|our|new|temp|temporary) $/i;

/** `login is kim x`. */
const LOGIN_IS = / is ["'`]?([\w.@-]{1,40})["'`]?(?::| ?\/ ?| )["'`]?([^\s"'`,;()/]{5,64})/y;

/** Handles the word [start, end), `login`; the end of what was masked, or 0. */
export const maskLoginPair = (text: string, start: number, end: number, sink: SpanSink): number => {
  const is = text.startsWith(' is ', end);
  if (!is && !text.startsWith(' with ', end) && !TRIED.test(lineBefore(text, start, 16))) return 0;
  const pattern = is ? LOGIN_IS : AFTER_WORD;
  pattern.lastIndex = end;
  const match = pattern.exec(text);
  const password = match?.[2];
  if (match === null || password === undefined || NO_USER.test(match[1] ?? '') || !isGivenPass(password)) return 0;
  return sink.add(pattern.lastIndex - password.length, pattern.lastIndex, KIND);
};

/** Where the password of `user:password` begins in `content`, or 0 where it is none. */
export const passwordOffset = (content: string): number => {
  const match = USER_AND_PASSWORD.exec(content);
  const password = match?.[2];
  return match === null || password === undefined || NO_USER.test(match[1] ?? '') || !isChosen(password) ? 0 : content.length - password.length;
};

const SLASHED_PAIR = /[\w.@-]{1,40} ?[/:] ?([^\s"'`,;()/<>]{5,64})/y;

/** Masks the password of `user/password` that begins at `at`; 0 where there is none. */
export const maskPairAt = (text: string, at: number, sink: SpanSink): number => {
  SLASHED_PAIR.lastIndex = at;
  const password = SLASHED_PAIR.exec(text)?.[1];
  return password === undefined || isPlaceholder(password) || !isChosen(password) ? 0 : sink.add(SLASHED_PAIR.lastIndex - password.length, SLASHED_PAIR.lastIndex, KIND);
};
