/** "Sensitive key ► separator ► value" in JSON, logfmt, query strings, headers, YAML, environments, XML and code. */
import { acceptsValue, type ValueContext } from './accept-value.ts';
import { authorizationValue } from './auth-schemes.ts';
import { isBlank, isKeyChar, isLineEnd, isWord, lineBefore } from './characters.ts';
import { tokenAt } from './known-tokens.ts';
import type { SpanSink } from './mask-span.ts';
import { ruleOfKey, type KeyRule } from './sensitive-keys.ts';
import { skipBlanks, valueAt, type Extent } from './value-extent.ts';
import { isPlaceholder, isTokenLike } from './value-shape.ts';

const MAX_KEY_CHARS = 80;

/** Last words that say little alone: `API key`, `one-time code`, `account number`. */
const SHORT_HEADS = new Set(['key', 'code', 'number', 'no', 'id', 'phrase', 'secret', 'account', 'date', 'card', 'keys', 'license', 'licence']);
const WORDS_BEFORE = /(?:[A-Za-z0-9-]+[ ]){1,2}$/;

interface Key {
  readonly start: number;
  readonly end: number;
  readonly quoted: boolean;
}

/** The key that ends before the separator at `at`; quotes, escapes and blanks between are stepped over. */
const keyBefore = (text: string, at: number): Key | null => {
  let end = at;
  while (end > 0 && at - end < 4 && (text.charCodeAt(end - 1) === 32 || text.charCodeAt(end - 1) === 58)) end--;
  const bare = end;
  for (let n = 0; n < 18 && end > 0; n++) {
    const code = text.charCodeAt(end - 1);
    if (code !== 34 && code !== 39 && code !== 92 && code !== 93 && code !== 96) break;
    end--;
  }
  if (end === bare && text.startsWith('&quot;', end - 6)) end -= 6;
  let start = end;
  while (start > 0 && end - start < MAX_KEY_CHARS && isKeyChar(text.charCodeAt(start - 1))) start--;
  // `\\npassword`: the escaped line end is no part of the key.
  const first = text.charCodeAt(start);
  if (text.charCodeAt(start - 1) === 92 && (first === 110 || first === 114 || first === 116) && end - start > 1) start++;
  return start === end ? null : { start, end, quoted: end < bare };
};

const ruleFor = (text: string, key: Key): KeyRule | null => {
  const name = text.slice(key.start, key.end);
  const rule = ruleOfKey(name);
  if (text.charCodeAt(key.start - 1) !== 32 || name.length > 8 || !SHORT_HEADS.has(name.toLowerCase())) return rule;
  const before = WORDS_BEFORE.exec(lineBefore(text, key.start, 40));
  if (before === null) return rule;
  return ruleOfKey((before[0] + name).replaceAll(' ', '_')) ?? rule;
};

/** `{"name":"DB_PASSWORD","value":"…"}`: the name stands shortly before the key `value`. */
const NAMED = /(?:^|[^A-Za-z])(?:name|key|field|header|param)\\*["']?\s*[:=]\s*\\*["']?([\w.-]{2,64})\\*["']?[,;\s]*\\*["']?$/i;
const VALUE_KEYS = new Set(['value', 'Value', 'VALUE', 'val']);

const namedRule = (text: string, keyStart: number): KeyRule | null => {
  const name = NAMED.exec(lineBefore(text, keyStart, 120))?.[1];
  return name === undefined ? null : ruleOfKey(name);
};

/** Handles the separator (`:`, `=`) at `at`; returns where to go on, `at + 1` where nothing was found. */
export const maskKeyValue = (text: string, at: number, sink: SpanSink): number => {
  const next = at + 1;
  const code = text.charCodeAt(at);
  const after = text.charCodeAt(next);
  if (after === 61 || (code === 58 && after === 58)) return next;
  const before = text.charCodeAt(at - 1);
  if (code === 61 && (before === 61 || before === 33 || before === 60 || before === 62 || before === 126)) return next;
  const key = keyBefore(text, at);
  if (key === null || key.start < sink.lastEnd) return next;
  const length = key.end - key.start;
  let rule = ruleFor(text, key);
  if (rule === null && length <= 5 && VALUE_KEYS.has(text.slice(key.start, key.end))) rule = namedRule(text, key.start);
  if (rule === null) return next;
  const from = code === 61 && after === 62 ? next + 1 : next;
  const value = valueAt(text, from);
  if (value === null) return next;
  const lead = text.charCodeAt(key.start - 1);
  const context: ValueContext = {
    prose: code === 58 && value.spaced && !key.quoted && !value.quoted,
    query: lead === 63 || lead === 38,
    followed: !isLineEnd(text.charCodeAt(skipBlanks(text, value.end))) && isBlank(text.charCodeAt(value.end)),
    key: text.slice(key.start, key.end).toLowerCase(),
  };
  return maskValue(text, rule, value, { context, sink, next });
};

interface Target {
  readonly context: ValueContext;
  readonly sink: SpanSink;
  /** Where scanning goes on when nothing is masked. */
  readonly next: number;
}

/** Masks the value if it is what the rule's key asks for. */
const maskValue = (text: string, rule: KeyRule, value: Extent, { context, sink, next }: Target): number => {
  const { start } = value;
  if (rule.accept === 'authorization') return authorizationValue(text, value, sink) ?? next;
  if (rule.accept === 'cookie') return cookieValue(text, value, sink) ?? next;
  const opening = text.charCodeAt(start);
  if (!value.quoted && (opening === 91 || opening === 123)) return arrayValue(text, rule, start, { context, sink, next });
  const known = tokenAt(text, start);
  if (known !== null) return sink.add(start, Math.max(known.end, tokenTail(text, known.end, value)), known.kind);
  const spaced = value.quoted ? null : spacedNumber(text, rule, start);
  const end = spaced ?? value.end;
  const content = text.slice(start, end);
  if (!acceptsValue(rule.accept, content, context)) return next;
  return sink.add(start, spaced ?? value.wholeEnd(), rule.kind);
};

/** A known token under a secret key takes the rest of a short value with it. */
const tokenTail = (text: string, end: number, value: Extent): number => (value.end > end && value.end - end < 64 && !isBlank(text.charCodeAt(end)) ? value.end : end);

const GROUPED: Readonly<Record<string, RegExp>> = {
  phone: /\+?\(?\d{1,4}\)?(?:[ .-]\(?\d{2,4}\)?){1,5}/y,
  card: /\d{4}(?:[ -]\d{2,7}){2,4}/y,
  account: /[A-Z]{0,2}\d{2,6}(?:[ -][A-Z0-9]{1,8}){1,8}/y,
  identity: /[A-Z]{0,2}\d{2,6}(?:[ -]\d{2,7}){1,4}/y,
};

/** Bare numbers written in groups: the value goes on after the blank. */
const spacedNumber = (text: string, rule: KeyRule, start: number): number | null => {
  const pattern = GROUPED[rule.accept];
  if (pattern === undefined) return null;
  pattern.lastIndex = start;
  return pattern.test(text) && !isWord(text.charCodeAt(pattern.lastIndex)) ? pattern.lastIndex : null;
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
  if (close < 0 || content.includes(' ') || content.includes(',') || !acceptsValue(rule.accept, content, context) || isPlaceholder(`[${content}]`)) return next;
  return sink.add(start + 1, start + close, rule.kind);
};

const MAX_COOKIE_CHARS = 8192;
const PAIR = /([\w.$-]{1,80})=("?)([^\s;"',\\]{1,4096})/y;
const ATTRIBUTES = new Set(['path', 'domain', 'expires', 'max-age', 'samesite', 'version', 'priority']);

/** `Cookie:` and `Set-Cookie:`: pairs whose name is sensitive or whose value a machine made. */
const cookieValue = (text: string, value: Extent, sink: SpanSink): number | null => {
  let at = value.start;
  const limit = Math.min(text.length, value.start + MAX_COOKIE_CHARS);
  let end: number | null = null;
  while (at < limit) {
    PAIR.lastIndex = at;
    const match = PAIR.exec(text);
    if (match === null) break;
    const [whole, name = '', quote = '', content = ''] = match;
    const start = at + name.length + 1 + quote.length;
    const sensitive = ruleOfKey(name) !== null && content.length >= 6;
    if (!ATTRIBUTES.has(name.toLowerCase()) && !isPlaceholder(content) && (sensitive || (content.length >= 16 && isTokenLike(content)))) end = sink.add(start, start + content.length, 'secret:cookie');
    at += whole.length;
    while (at < limit && (text.charCodeAt(at) === 59 || text.charCodeAt(at) === 32 || text.charCodeAt(at) === 34)) at++;
  }
  return end;
};

const NAMED_TAG = /(?:name|key|id)\s*=\s*\\*["']([\w.-]{2,64})\\*["']\s*$/;

/** `<password>…</password>` and `<entry key="password">…</entry>`: handles the `>` at `at`. */
export const maskElement = (text: string, at: number, sink: SpanSink): number => {
  const next = at + 1;
  const end = text.indexOf('<', next);
  if (end <= next || end - next > 4096 || text.charCodeAt(end + 1) !== 47) return next;
  let start = at;
  while (start > 0 && at - start < MAX_KEY_CHARS && isKeyChar(text.charCodeAt(start - 1))) start--;
  const opener = text.charCodeAt(start - 1);
  const name = opener === 60 || opener === 58 ? text.slice(start, at) : NAMED_TAG.exec(lineBefore(text, at, 120))?.[1];
  const rule = name === undefined || name === '' ? null : ruleOfKey(name);
  if (rule === null) return next;
  const content = text.slice(next, end);
  const context: ValueContext = { prose: false, query: false, followed: false, key: (name ?? '').toLowerCase() };
  return !/[\r\n]/.test(content) && acceptsValue(rule.accept, content, context) ? sink.add(next, end, tokenAt(text, next)?.kind ?? rule.kind) : next;
};

const ENCODED_SEPARATOR = /%(?:25)?3[AaDd](?:%(?:25)?20|\+)?(%(?:25)?22)?([^%\s"'&<>]{1,1024})/y;

/** `%22password%22%3A%22…%22` and `password%3D…`: a pair in URL-encoded JSON or a nested query; handles the `%` at `at`. */
export const maskEncodedPair = (text: string, at: number, sink: SpanSink): number => {
  ENCODED_SEPARATOR.lastIndex = at;
  const match = ENCODED_SEPARATOR.exec(text);
  if (match === null) return at + 1;
  let end = at;
  if (text.startsWith('%22', end - 3)) end -= 3;
  let start = end;
  while (start > 0 && end - start < MAX_KEY_CHARS && isKeyChar(text.charCodeAt(start - 1))) start--;
  if (/^(?:22|26|2C|7B)/.test(text.slice(start, end)) && text.charCodeAt(start - 1) === 37) start += 2;
  const key = text.slice(start, end);
  const content = match[2] ?? '';
  const rule = ruleOfKey(key);
  if (rule === null || !acceptsValue(rule.accept, content, { prose: false, query: true, followed: false, key: key.toLowerCase() })) return at + 1;
  return sink.add(ENCODED_SEPARATOR.lastIndex - content.length, ENCODED_SEPARATOR.lastIndex, rule.kind);
};

/** `set aws_secret_access_key …`: a key written as one identifier, a blank, and a random value. */
export const maskSpacedPair = (text: string, start: number, end: number, sink: SpanSink): number => {
  const rule = ruleOfKey(text.slice(start, end));
  const value = rule?.kind.startsWith('secret:') === true ? valueAt(text, end) : null;
  if (rule === null || value === null) return end;
  const content = text.slice(value.start, value.end);
  const mixed = content.length >= 12 && /[A-Z]/.test(content) && /[a-z]/.test(content) && /\d/.test(content) && /^[A-Za-z0-9+/=_-]+$/.test(content);
  return mixed && !isPlaceholder(content) ? sink.add(value.start, value.end, rule.kind) : end;
};
