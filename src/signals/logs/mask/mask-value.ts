/** Masks the value that stands under a sensitive key, as far as the key asks for it. */
import { acceptsValue, type ValueContext } from './accept-value.ts';
import { authorizationValue } from './auth-schemes.ts';
import { isBlank, isWord } from './characters.ts';
import { maskCodes } from './code-lists.ts';
import { isCode } from './code-references.ts';
import { cookieValue } from './cookies.ts';
import { tokenAt } from './known-tokens.ts';
import type { SpanSink } from './mask-span.ts';
import { appPasswordEnd } from './random-letters.ts';
import type { KeyRule } from './sensitive-keys.ts';
import { BASE32, isBase32 } from './stated-passwords.ts';
import type { Extent } from './value-extent.ts';
import { isPlaceholder } from './value-shape.ts';

export interface Target {
  readonly context: ValueContext;
  readonly sink: SpanSink;
  /** Where scanning goes on when nothing is masked. */
  readonly next: number;
}

/** Masks the value if it is what the rule's key asks for. */
export const maskValue = (text: string, rule: KeyRule, value: Extent, { context, sink, next }: Target): number => {
  const { start } = value;
  if (rule.accept === 'authorization') return authorizationValue(text, value, sink, context) ?? next;
  if (rule.accept === 'cookie') return cookieValue(text, value, sink) ?? next;
  const opening = text.charCodeAt(start);
  if (!value.quoted && (rule.accept === 'mnemonic' || rule.accept === 'name' || rule.accept === 'full-name' || rule.accept === 'address' || rule.accept === 'postal-address')) return phraseValue(text, rule, start, { context, sink, next });
  if (opening === 123 && rule.accept === 'any' && STORED_HASH.test(text.slice(start, Math.min(value.end, start + 128)))) return sink.add(start, value.wholeEnd(), 'secret:password-hash');
  if (opening === 123 && rule.accept === 'any') {
    BRACED.lastIndex = start;
    if (BRACED.test(text)) return sink.add(start + 1, BRACED.lastIndex, rule.kind);
  }
  if (opening === 91 && rule.accept === 'code') {
    const codes = maskCodes(text, start, sink);
    if (codes > 0) return codes;
  }
  if (!value.quoted && (opening === 91 || opening === 123)) return arrayValue(text, rule, start, { context, sink, next });
  if (rule.accept === 'signature' && text.startsWith('sha256=', start)) return maskValue(text, rule, { ...value, start: start + 7 }, { context, sink, next });
  if (rule.accept === 'session' && text.startsWith('s%3A', start)) return maskValue(text, rule, { ...value, start: start + 4 }, { context, sink, next });
  if (text.startsWith('base64:', start)) return maskValue(text, rule, { ...value, start: start + 7 }, { context, sink, next });
  const own = rule.accept === 'any' ? passwordField(text, start) : 0;
  if (own > 0) return own < value.end ? sink.add(own, value.end, rule.kind) : next;
  const known = tokenAt(text, start);
  if (known !== null) return sink.add(start, Math.max(known.end, tokenTail(text, known.end, value)), known.kind);
  const spaced = value.quoted ? null : spacedValue(text, rule, start, context);
  const end = spaced ?? value.end;
  if (!value.quoted && isCode(text, start, end)) return next;
  const content = text.slice(start, end);
  if (spaced !== null && (BASE32_GROUPS.has(rule.accept) || rule.accept === 'any')) return sink.add(start, spaced, rule.kind);
  if (rule.accept === 'code' && LISTED.test(context.key)) return maskCodes(text, start, sink) || (acceptsValue(rule.accept, content, context) ? sink.add(start, spaced ?? value.wholeEnd(), rule.kind) : next);
  return acceptsValue(rule.accept, content, context) ? sink.add(start, spaced ?? value.wholeEnd(), rule.kind) : next;
};

/** `host:port:database:user:password`, a line of PostgreSQL's password file: only the last field is one. */
const PASSWORD_FIELDS = /[\w.*-]{1,100}:(?:\d{2,5}|\*):[\w.*-]{1,64}:[\w.@*-]{1,64}:/y;

const passwordField = (text: string, start: number): number => {
  PASSWORD_FIELDS.lastIndex = start;
  return PASSWORD_FIELDS.test(text) ? PASSWORD_FIELDS.lastIndex : 0;
};

/** Keys of one code or of several. */
const LISTED = /codes?$|^otps?$/i;

/** ODBC's braces around a value: `PWD={…};`. */
const BRACED = /\{[^\s{}"':=,]{4,128}(?=\})/y;

/** `{SSHA}…` and the like (RFC 2307). */
const STORED_HASH = /^\{[A-Za-z0-9-]{3,16}\}[\w+/=.$]{8,}/;

const PHRASES: Readonly<Record<string, RegExp>> = {
  mnemonic: /[a-z]{3,8}(?:[ ,]{1,2}[a-z]{3,8}){11,23}(?![\w])/y,
  name: /(?:\p{Lu}[\p{L}'’.-]{0,30}(?:(?: |\+|%20)\p{Lu}[\p{L}'’.-]{0,30}){0,3}|[가-힣]{2,5})(?![\w=:/([])/uy,
  address: /[^\s"'<>{}=|;&](?:[^\r\n"'<>{}=|;&]{0,120}?)(?=[ ,]+[\w.-]{1,40}[=:]|[\r\n"'<>{}=|;&]|$)/y,
};

/** Values of several words without quotes: their own pattern says where they end. */
const phraseValue = (text: string, rule: KeyRule, start: number, { context, sink, next }: Target): number => {
  const pattern = PHRASES[rule.accept === 'full-name' ? 'name' : rule.accept === 'postal-address' ? 'address' : rule.accept];
  if (pattern === undefined) return next;
  pattern.lastIndex = start;
  if (!pattern.test(text)) return next;
  const end = pattern.lastIndex;
  return acceptsValue(rule.accept, text.slice(start, end).trimEnd(), context) ? sink.add(start, end, rule.kind) : next;
};

/** A known token under a secret key takes the rest of a short value with it. */
const tokenTail = (text: string, end: number, value: Extent): number => (value.end > end && value.end - end < 64 && !isBlank(text.charCodeAt(end)) ? value.end : end);

const GROUPED: Readonly<Record<string, RegExp>> = {
  phone: /\+?\(?\d{1,6}\)?(?:[ .-]?\(?\d{1,8}\)?){1,6}/y,
  date: /\d{4}년 ?\d{1,2}월 ?\d{1,2}일|\d{1,2} [A-Z][a-z]{2,8} \d{4}|[A-Z][a-z]{2,8} \d{1,2},? \d{4}/y,
  card: /\d{4}(?:[ -]\d{2,7}){2,4}/y,
  account: /[A-Z]{0,2}\d{2,6}(?:[ -][A-Z0-9]{1,8}){1,8}/y,
  'short-identity': /[A-Z]{0,2} ?\d{1,6}(?:[ -]\d{2,7}){1,6}(?: [A-Z](?!\w))?/y,
  passport: /[A-Z]{1,2} \d{6,7}/y,
  code: /\d{3}[ -]\d{3}(?![\d-])/y,
  plate: /[A-Z]{1,3}[- ][A-Z]{1,2} \d{1,4}|[A-Z]{2}\d{2} [A-Z]{3}|\d{2,3}[가-힣] ?\d{4}/y,
  identity: /[A-Z]{0,2} ?\d{1,6}(?:[ -]\d{1,7}){1,6}(?: [A-Z](?!\w))?/y,
};

const spacedValue = (text: string, rule: KeyRule, start: number, context: ValueContext): number | null => (rule.accept === 'any' ? appPasswordEnd(text, start, context.prose) || null : spacedNumber(text, rule, start));

/** Bare numbers written in groups: the value goes on after the blank. */
const spacedNumber = (text: string, rule: KeyRule, start: number): number | null => {
  if (BASE32_GROUPS.has(rule.accept)) return groupedKey(text, start);
  const pattern = GROUPED[rule.accept];
  if (pattern === undefined) return null;
  pattern.lastIndex = start;
  return pattern.test(text) && !isWord(text.charCodeAt(pattern.lastIndex)) ? pattern.lastIndex : null;
};

const BASE32_GROUPS: ReadonlySet<string> = new Set(['token', 'word', 'random']);

/** A shared secret of one-time passwords in groups of four. */
const groupedKey = (text: string, start: number): number | null => {
  if (text.charCodeAt(start + 4) !== 32 || text.charCodeAt(start + 9) !== 32) return null;
  BASE32.lastIndex = start;
  return BASE32.test(text) && isBase32(text.slice(start, BASE32.lastIndex)) ? BASE32.lastIndex : null;
};

const MAX_ARRAY_CHARS = 4096;
const STRINGS = /\\*"((?:[^"\\\]\r\n]){1,512})\\*"|'([^'\]\r\n]{1,512})'/g;

/** `"tokens":["a","b"]`: every string of a flat array. Anything else in brackets is left to the scanner. */
const arrayValue = (text: string, rule: KeyRule, start: number, { context, sink, next }: Target): number => {
  if (text.charCodeAt(start) !== 91) return next;
  const close = text.slice(start, start + MAX_ARRAY_CHARS).search(/[\]{\r\n]/);
  const inside = text.slice(start, close < 0 ? start + MAX_ARRAY_CHARS : start + close);
  let end = next;
  for (const match of inside.matchAll(STRINGS)) {
    const content = match[1] ?? match[2] ?? '';
    const at = start + match.index + match[0].indexOf(content);
    if (acceptsValue(rule.accept, content, context)) end = sink.add(at, at + content.length, rule.kind);
  }
  if (end > next) return end;
  const content = inside.slice(1);
  // A bare list of one: `otp [123456]`.
  if (rule.accept === 'any' && /^[\w-]+(?:\.[\w-]+)+$/.test(content)) return next;
  if (close < 0 || content.includes(' ') || content.includes(',') || !acceptsValue(rule.accept, content, context) || isPlaceholder(`[${content}]`)) return next;
  return sink.add(start + 1, start + close, rule.kind);
};
