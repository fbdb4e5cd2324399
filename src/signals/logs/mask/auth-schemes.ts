/** Credentials after a scheme: `Authorization: Bearer …`, a bare `Basic …`, and "token … rejected" in running text. */
import { isBlank, isLetter, lineBefore } from './characters.ts';
import { tokenAt } from './known-tokens.ts';
import type { SpanSink } from './mask-span.ts';
import { bareEnd, skipBlanks, type Extent } from './value-extent.ts';
import { isPlaceholder, isRandom, isTokenLike, shapeOf } from './value-shape.ts';

const SCHEME = /[A-Za-z][A-Za-z0-9-]{1,24}(?= )/y;
const DIGEST_RESPONSE = /response\\*="?\\*"?([0-9a-f]{32,128})/;

/** True for base64 of `user:password` (RFC 7617). */
const isBasic = (value: string): boolean => {
  if (value.length < 6 || value.length > 1024 || !/^[A-Za-z0-9+/_-]+={0,2}$/.test(value)) return false;
  try {
    return /^[\x20-\x7e]*:[\x20-\x7e]*$/.test(atob(value.replaceAll('-', '+').replaceAll('_', '/')));
  } catch {
    return false;
  }
};

const isCredential = (scheme: string, value: string): boolean => !isPlaceholder(value) && (isTokenLike(value) || (scheme === 'basic' && isBasic(value)));

/** The value of an authorization field; the end of what was masked, or null. */
export const authorizationValue = (text: string, value: Extent, sink: SpanSink): number | null => {
  let { start } = value;
  let scheme = '';
  for (let n = 0; n < 2; n++) {
    SCHEME.lastIndex = start;
    const match = SCHEME.exec(text);
    if (match === null || (isTokenLike(match[0]) && match[0].length >= 20)) break;
    scheme = match[0].toLowerCase();
    start = skipBlanks(text, start + match[0].length);
  }
  if (scheme === 'digest') return digestResponse(text, start, sink);
  const known = tokenAt(text, start);
  if (known !== null) return sink.add(start, known.end, known.kind);
  const end = Math.min(bareEnd(text, start), value.quoted ? value.end : text.length);
  const content = text.slice(start, end);
  const parameter = /^(?:key|token|apikey|secret)=/i.exec(content)?.[0].length ?? 0;
  if (parameter > 0 && isTokenLike(content.slice(parameter))) return sink.add(start + parameter, end, kindOf(scheme));
  if (/^[A-Za-z]+=/.test(content) && !/^[A-Za-z0-9+/]+=+$/.test(content)) return null;
  return isCredential(scheme, content) ? sink.add(start, end, kindOf(scheme)) : null;
};

const kindOf = (scheme: string): string => (scheme === 'basic' ? 'secret:basic-auth' : scheme === 'bearer' ? 'secret:bearer' : 'secret:authorization');

const digestResponse = (text: string, start: number, sink: SpanSink): number | null => {
  const window = text.slice(start, start + 600);
  const match = DIGEST_RESPONSE.exec(window);
  const hex = match?.[1];
  if (match === null || hex === undefined) return null;
  const at = start + match.index + match[0].length - hex.length;
  return sink.add(at, at + hex.length, 'secret:digest-response');
};

/** Schemes that stand bare in text, and nouns whose value follows after a blank. Value: how much proof is asked. */
const WORDS: ReadonlyMap<string, 'scheme' | 'noun' | 'hex-noun' | 'password' | 'code' | 'identity'> = new Map([
  ...['bearer', 'basic', 'kakaoak', 'negotiate', 'ssws', 'genie-key', 'apikey', 'bot'].map((word) => [word, 'scheme'] as const),
  ...['key', 'keys', 'credentials', 'credential', 'creds', 'with', 'pat'].map((word) => [word, 'noun'] as const),
  ...['token', 'secret', 'api-key', 'api_key', 'jwt'].map((word) => [word, 'hex-noun'] as const),
  ...['password', 'passwd', 'passphrase', 'passcode', 'pwd', 'by', 'pass', 'auth'].map((word) => [word, 'password'] as const),
  ...['code', 'otp', 'pin'].map((word) => [word, 'code'] as const),
  ...['cpf', 'aadhaar', 'passport', 'nino', 'ssn', 'imei', 'nric', 'license', 'licence'].map((word) => [word, 'identity'] as const),
]);
const LENGTHS = new Uint32Array(128);
for (const word of WORDS.keys()) {
  const first = word.charCodeAt(0);
  LENGTHS[first] = (LENGTHS[first] ?? 0) | (1 << word.length);
  LENGTHS[first - 32] = LENGTHS[first] ?? 0;
}

/** Cheap test before {@link maskAfterWord}: could the word at [start, end) be one that announces a credential? */
export const mayAnnounce = (text: string, start: number, end: number): boolean => end - start < 12 && (((LENGTHS[text.charCodeAt(start)] ?? 0) >>> (end - start)) & 1) === 1;

const LINK = /"?[ ]*(?:for [\w.@'-]{1,40} )?(?:(?:was set to|set to|changed to|is|was|value|to|of|for|=|:|no\.?|number|PLAIN|LOGIN|XOAUTH2)[ ]+)?\(?\\*["'`]?/iy;

/** Handles the word [start, end) that a blank follows; returns where to go on. */
export const maskAfterWord = (text: string, start: number, end: number, sink: SpanSink): number => {
  const word = text.slice(start, end).toLowerCase();
  const role = WORDS.get(word);
  if (role === undefined) return end;
  LINK.lastIndex = end;
  LINK.test(text);
  const at = Math.max(LINK.lastIndex, end + 1);
  if (isBlank(text.charCodeAt(at)) || text.charCodeAt(at) === 45) return end;
  const valueEnd = bareEnd(text, at);
  if (role === 'code') return announcedCode(text, { start, at, word }, sink) || end;
  if (role === 'identity') return announcedIdentity(text, at, word, sink) || end;
  if (valueEnd - at < 6) return end;
  if (tokenAt(text, at) !== null) return end;
  const value = text.slice(at, valueEnd);
  if (isPlaceholder(value) || !announces(word, role, value, { opening: text.charCodeAt(at - 1), linked: at > end + 2, command: text.charCodeAt(start) < 91 })) return end;
  return sink.add(at, valueEnd, role === 'scheme' ? kindOf(word) : role === 'password' ? 'secret:password' : 'secret:token');
};

/** What stands around an announced value. */
interface Announcement {
  /** The character before the value. */
  readonly opening: number;
  /** A word such as `is` or `set to` links noun and value. */
  readonly linked: boolean;
  /** The noun is in capitals, as commands of a protocol are. */
  readonly command: boolean;
}

const announces = (word: string, role: string, value: string, { opening, linked, command }: Announcement): boolean => {
  if (role === 'scheme') return isCredential(word, value) && (word !== 'bot' || isRandom(value));
  if (role === 'noun') return isRandom(value);
  if (role === 'hex-noun') return isRandom(value) || (value.length >= 32 && /^[0-9a-f]+$/i.test(value));
  const shape = shapeOf(value);
  if (word === 'auth' || word === 'pass') return command && (word === 'pass' || isTokenLike(value) || isBasic(value)) && value.length >= 6 && shape.digits > 0;
  if (word === 'by') return opening === 39 && value.length >= 4 && !isPlaceholder(value);
  if (opening === 39 && value.length >= 6 && shape.digits + shape.other > 0) return true;
  return value.length >= 6 && shape.digits > 0 && shape.lower + shape.upper > 1 && isLetterOrSymbolMix(value, linked);
};

/** Letters with digits or symbols inside, as passwords have, and not `8-character` or `attempt3/5`. */
const isLetterOrSymbolMix = (value: string, linked: boolean): boolean =>
  /^[!-~]+$/.test(value) && !/^\d+[-/]?[a-z]+$/i.test(value) && !/^[\w-]+[=:(@]/.test(value) && !/^[A-Za-z]+[-/#]?\d{1,2}(?:\/\d+)?$/.test(value) && (linked || !/^[a-z]+[-/#]?\d+$/.test(value)) && (isLetter(value.charCodeAt(0)) || linked || /[A-Z]/.test(value));

const CODE_BEFORE = /(?:verification|verify|one-time|time|otp|2fa|mfa|login|security|auth|authentication|confirmation|sms|use|pin|sign-in)\s+$/i;
const DIGITS = /\d{4,8}(?![\w.-])/y;
const IDENTITY = /(?:[A-Z]{1,3})?\d[\dA-Z]{2,}(?:[ .-]\d{2,6}){0,4}(?![\w])/y;

/** `verification code is 123456`, `OTP 123456`. */
const announcedCode = (text: string, { start, at, word }: { readonly start: number; readonly at: number; readonly word: string }, sink: SpanSink): number => {
  DIGITS.lastIndex = at;
  if (!DIGITS.test(text)) return 0;
  const announced = word !== 'code' || CODE_BEFORE.test(lineBefore(text, start, 20));
  return announced ? sink.add(at, DIGITS.lastIndex, 'secret:otp') : 0;
};

/** `passport no. 123456789`, `CPF 123.456.789-01`. */
const announcedIdentity = (text: string, at: number, word: string, sink: SpanSink): number => {
  IDENTITY.lastIndex = at;
  if (!IDENTITY.test(text) || IDENTITY.lastIndex - at < 7) return 0;
  return sink.add(at, IDENTITY.lastIndex, word === 'passport' ? 'pii:passport' : word === 'ssn' ? 'pii:ssn' : 'pii:id-number');
};
