/** "Sensitive key ► separator ► value" in JSON, logfmt, query strings, headers, YAML, environments, XML and code. */
import { acceptsValue, isPackage, type ValueContext, NO_CONTEXT } from './accept-value.ts';
import { isBlank, isDigit, isKeyChar, isLetter, isLineEnd, isRun, isWord, lineBefore } from './characters.ts';
import { isResultArrow, isTypeOfKey } from './code-references.ts';
import { maskPairAfter } from './credential-pairs.ts';
import { maskDoubleColon } from './double-colons.ts';
import { isListKey, maskListed } from './listed-values.ts';
import type { SpanSink } from './mask-span.ts';
import { maskValue } from './mask-value.ts';
import { isPlainKeyBefore, isShortHead, JWK_MEMBERS, MAX_KEY_CHARS, VALUE_KEYS } from './plain-keys.ts';
import { namedRule } from './record-fields.ts';
import { ruleOfKey, type KeyRule } from './sensitive-keys.ts';
import { isBracketed, isModuleCall, isOwnField, isProcess, isPublicKey, isResourceName, type Key } from './shared-names.ts';
import { skipBlanks, valueAt, writtenQuote, type Extent } from './value-extent.ts';
import { openNamed } from './value-lines.ts';
import { isPlaceholder } from './value-shape.ts';
import { keyBeside, routeKey } from './weak-keys.ts';
import { isYourCode } from './your-codes.ts';

const MAX_ALIGNING_BLANKS = 48;

/** The key that ends before the separator at `at`; quotes, escapes and blanks between are stepped over. */
const keyBefore = (text: string, at: number): Key | null => {
  let end = at;
  // Assignments are aligned over many blanks; before a colon that is how loggers align their names, unless the key begins its line.
  while (end > 0 && at - end < MAX_ALIGNING_BLANKS && (text.charCodeAt(end - 1) === 32 || text.charCodeAt(end - 1) === 58 || text.charCodeAt(end - 1) === 9)) end--;
  if (at - end > 3 && text.charCodeAt(at) !== 61 && !isListed(text, end)) end = at - 4;
  // `password[0]`, `password(kim)`.
  const last = text.charCodeAt(end - 1);
  if ((last === 93 || last === 41) && isKeyChar(text.charCodeAt(end - 2))) end -= indexLength(text, end, last) || noteLength(text, end, last);
  const bare = end;
  for (let n = 0; n < 18 && end > 0; n++) {
    const code = text.charCodeAt(end - 1);
    if (code !== 34 && code !== 39 && code !== 92 && code !== 93 && code !== 96) break;
    end--;
  }
  if (end === bare || text.charCodeAt(end) === 92) end -= writtenQuoteBefore(text, end === bare ? end : bare);
  let start = end;
  while (start > 0 && end - start < MAX_KEY_CHARS && isKeyChar(text.charCodeAt(start - 1))) start--;
  if (text.charCodeAt(start - 1) > 127) start = foreignStart(text, start);
  // `\\npassword`: the escaped line end is no part of the key; nor is an escaped quote.
  const first = text.charCodeAt(start);
  if (text.charCodeAt(start - 1) === 92) {
    if (text.startsWith('u0022', start) && end - start > 5) start += 5;
    else if ((first === 110 || first === 114 || first === 116) && end - start > 1) start++;
  }
  return start === end ? null : { start, end, quoted: end < bare };
};

/** `private key (hex): x`, `Unseal Key 1 (will be hidden): x`: a note on the key. */
const NOTE = / \([a-z][\w ,-]{1,24}\)$/i;
const noteLength = (text: string, end: number, last: number): number => (last === 41 ? (NOTE.exec(text.slice(Math.max(0, end - 28), end))?.[0].length ?? 0) : 0);

const MAX_INDEX_CHARS = 34;

/** Length of `[0]` or `(kim)` that ends at `end` behind a word; 0 where none does. */
const indexLength = (text: string, end: number, last: number): number => {
  const opening = last === 93 ? 91 : 40;
  let i = end - 2;
  for (let code = text.charCodeAt(i); end - i < MAX_INDEX_CHARS && (last === 93 ? isDigit(code) : isRun(code) || code === 46 || code === 64); code = text.charCodeAt(--i));
  return text.charCodeAt(i) === opening && isWord(text.charCodeAt(i - 1)) && (last === 41 || end - i <= 8) ? end - i : 0;
};

/** PowerShell's Format-List and many a dump: `Password        : x`, alone on its line. */
const isListed = (text: string, end: number): boolean => {
  const limit = end - MAX_KEY_CHARS;
  let i = end;
  while (i > limit && isKeyChar(text.charCodeAt(i - 1))) i--;
  // A label of two words: `Key Content            : x`.
  if (text.charCodeAt(i - 1) === 32 && isLetter(text.charCodeAt(i - 2))) while (i > limit && isLetter(text.charCodeAt(i - 2))) i--;
  if (isLetter(text.charCodeAt(i - 1))) i--;
  while (i > limit && (text.charCodeAt(i - 1) === 32 || text.charCodeAt(i - 1) === 9)) i--;
  // A bullet of a list.
  if (text.charCodeAt(i - 1) === 42) while (--i > limit && (text.charCodeAt(i - 1) === 32 || text.charCodeAt(i - 1) === 9));
  return i < end && isLineEnd(text.charCodeAt(i - 1));
};

/** Length of `&quot;`, `&#34;`, `\\u0022` that ends at `end`. */
const writtenQuoteBefore = (text: string, end: number): number => {
  const last = text.charCodeAt(end - 1);
  if (last !== 59 && last !== 50 && last !== 55) return 0;
  for (let length = 5; length <= 9; length++) if (end >= length && writtenQuote(text, end - length) === length) return length;
  return 0;
};

const FOREIGN_LETTERS = /[\p{Script=Latin}\p{Script=Cyrillic}\p{M}\w.-]+$/u;

/** A key with letters beyond ASCII: `contraseña`, `пароль`. */
const foreignStart = (text: string, start: number): number => {
  const before = lineBefore(text, start, 32);
  return start - (FOREIGN_LETTERS.exec(before)?.[0].length ?? 0);
};

const YOUR_CODE: KeyRule = { kind: 'secret:otp', accept: 'pin' };

/** Where the word or two words before `end` begin, one blank behind each. */
const wordsBefore = (text: string, end: number): number => {
  let start = end;
  for (let n = 0; n < 2 && text.charCodeAt(start - 1) === 32; n++) {
    let i = start - 1;
    for (let code = text.charCodeAt(i - 1); end - i < 40 && isRun(code) && code !== 95; code = text.charCodeAt(i - 1)) i--;
    if (i === start - 1) break;
    start = i;
  }
  return start;
};

const ruleFor = (text: string, key: Key): KeyRule | null => {
  const name = text.slice(key.start, key.end);
  const rule = ruleOfKey(name);
  if (text.charCodeAt(key.start - 1) !== 32 || !isShortHead(name)) return rule;
  if (name === 'code' && isYourCode(lineBefore(text, key.start, 64))) return YOUR_CODE;
  const start = wordsBefore(text, key.start);
  if (start === key.start) return rule;
  const phrase = text.slice(start, key.end).replaceAll(' ', '_');
  return isPublicKey(phrase) ? null : (ruleOfKey(phrase) ?? rule);
};

/** `/u:kim /p:x` of programs that take Windows' flags. */
const SLASH_USER = /\s\/u:\S{1,64}\s/;
const JWK_RULE: KeyRule = { kind: 'secret:jwk', accept: 'random' };
/** How far from a private member the `kty` of its key may stand: RSA members of 8192 bits lie between. */
const JWK_REACH_CHARS = 2048;

const jwkRule = (text: string, key: Key, from: number): KeyRule | null => {
  const value = valueAt(text, from);
  if (value === null || value.end - value.start < 20 || !/^[A-Za-z0-9_-]+$/.test(text.slice(value.start, value.end))) return null;
  const near = lineBefore(text, key.start, JWK_REACH_CHARS) + text.slice(value.end, value.end + JWK_REACH_CHARS).split('\n', 1).join('');
  return near.includes('kty') || (key.quoted && value.end - value.start >= 43) ? JWK_RULE : null;
};

/** Handles the separator (`:`, `=`) at `at`; returns where to go on, `at + 1` where nothing was found. */
export const maskKeyValue = (text: string, at: number, sink: SpanSink): number => {
  const next = at + 1;
  const code = text.charCodeAt(at);
  const after = text.charCodeAt(next);
  if (after === 61) return next;
  if (code === 58 && after === 58) return maskDoubleColon(text, at, sink);
  const before = text.charCodeAt(at - 1);
  if (code === 61 && (before === 61 || before === 33 || before === 60 || before === 62 || before === 126)) return next;
  if (isPlainKeyBefore(text, at, before)) return next;
  return maskPair(text, { at, from: code === 61 && after === 62 ? next + 1 : next, colon: code === 58 }, sink) || next;
};

/** Handles the `>` of an arrow at `at`: `password -> x`. */
export const maskArrow = (text: string, at: number, sink: SpanSink): number => (isResultArrow(lineBefore(text, at - 1, 320)) ? 0 : maskReplacement(text, at, sink) || maskPair(text, { at: at - 1, from: at + 1, colon: false }, sink)) || at + 1;

/** `"old" -> "new"` behind a value that was masked: what replaces a secret is one. */
const maskReplacement = (text: string, at: number, sink: SpanSink): number => {
  const last = sink.spans.at(-1);
  if (last === undefined || last.end !== at - 3 || text.charCodeAt(at - 3) !== 34 || text.charCodeAt(at - 2) !== 32 || !last.kind.startsWith('secret:')) return 0;
  const value = valueAt(text, at + 1);
  return value === null || !value.quoted || value.end === value.start || isPlaceholder(text.slice(value.start, value.end)) ? 0 : sink.add(value.start, value.end, last.kind);
};

/** `=` and `:` as JSON writes them in HTML, and as entities. */
const WRITTEN_SEPARATOR = /(?:\\u003[aAdD]|&#(?:61|58|x3[aAdD]);)(?:\\u0020| )?/y;

/** Handles a separator written as an escape or an entity at `at`: `password\\u003dx`, `password&#61;x`. */
export const maskWrittenSeparator = (text: string, at: number, sink: SpanSink): number => {
  WRITTEN_SEPARATOR.lastIndex = at;
  if (!WRITTEN_SEPARATOR.test(text)) return at + 1;
  const from = WRITTEN_SEPARATOR.lastIndex;
  return maskPair(text, { at, from, colon: false }, sink) || from;
};

interface Separator {
  readonly at: number;
  /** Where the value may begin. */
  readonly from: number;
  readonly colon: boolean;
}

/** Masks the value of a sensitive key; where to go on, or 0 where nothing was found. */
const maskPair = (text: string, { at, from, colon }: Separator, sink: SpanSink): number => {
  const key = keyBefore(text, at);
  if (key === null || key.start < sink.lastEnd || (colon && isProcess(text, key, at))) return 0;
  const length = key.end - key.start;
  let rule = ruleFor(text, key);
  if (rule === null && isListKey(text.slice(key.start, key.end))) return maskListed(text, key, from, sink);
  if (rule === null && length <= 5) {
    const name = text.slice(key.start, key.end);
    if (length === 1 && name === 'p' && text.charCodeAt(key.start - 1) === 47) rule = SLASH_USER.test(lineBefore(text, key.start, 120)) ? ruleOfKey('password') : null;
    else if (VALUE_KEYS.has(name)) rule = namedRule(text, key, from);
    else if (length <= 2 && JWK_MEMBERS.has(name)) rule = jwkRule(text, key, from);
    else if (length === 4 && (name === 'name' || name === 'Name')) return nameValue(text, key, from, sink);
  }
  else if (rule === null && length <= 16 && text.charCodeAt(key.end - 5) === 86 && text.startsWith('Value', key.end - 5)) rule = namedRule(text, key, from);
  if (rule === null || isResourceName(text, key.start) || isModuleCall(text, key.start, at)) return 0;
  const value = valueAt(text, from);
  if (value !== null && rule.accept === 'random') rule = keyBeside(text, key, value) ?? rule;
  else if (value !== null && rule.accept === 'opaque') rule = routeKey(text, key, value) ?? rule;
  if (value === null) openNext(text, key, rule, sink);
  else if (rule.kind === 'secret:key' && length >= 3 && (text.charCodeAt(key.end - 3) | 32) === 107) openNamed(text, columnOf(text, key), value, sink);
  // `"password:"`: the quote closes what holds the key.
  if (colon && length === 4 && text.startsWith('PASS', key.start)) return 0;
  // A package or an image: `libsecret-1-0:amd64`, `vault-secrets:1.2.3`.
  if (value !== null && colon && !value.spaced && !value.quoted && rule.kind.startsWith('secret:') && isPackage(text, value)) return 0;
  // `tokens: prompt=812`, `auth: user=kim`: pairs of their own.
  if (value !== null && colon && value.spaced && !value.quoted && rule.accept !== 'cookie' && rule.accept !== 'authorization' && OWN_PAIR.test(text.slice(value.start, Math.min(value.end + 1, value.start + 48)))) return 0;
  if (value === null || (value.quoted && !value.spaced && !key.quoted && isSameQuote(text, key.start - 1, from))) return 0;
  if (rule.kind === 'secret:oauth-code' && CODE_CONTEXT.test(lineBefore(text, key.start, 60))) rule = { kind: 'secret:otp', accept: 'code' };
  const lead = text.charCodeAt(key.start - 1);
  const prose = colon && value.spaced && !value.quoted && (!key.quoted || isBracketed(text, key));
  if (prose && (isOwnField(text, value) || isTypeOfKey(text.slice(key.start, key.end), text.slice(value.start, value.end)))) return 0;
  if (prose && rule.kind === 'secret:credential') {
    const pair = maskPairAfter(text, key.start, from, sink);
    if (pair > 0) return pair;
  }
  const context: ValueContext = {
    prose,
    query: lead === 63 || lead === 38,
    followed: !isLineEnd(text.charCodeAt(skipBlanks(text, value.end))) && isBlank(text.charCodeAt(value.end)),
    key: text.slice(key.start, key.end).toLowerCase(),
  };
  openBlock(text, { key, value, rule }, sink);
  const end = maskValue(text, rule, value, { context, sink, next: 0 });
  // `"" => "x"`: nothing stood there before.
  if (end === 0 && value.quoted && value.end === value.start) return firstValue(text, value.end, rule, sink);
  return end > 0 && value.quoted ? changedValue(text, end, rule, sink) : end;
};

const OWN_PAIR = /^(?:[A-Za-z_][A-Za-z_.-]{1,40}|[a-z][a-z0-9]{0,16}(?:[_.][a-z0-9]{1,16}){1,4})=[^=\s,;)}\]]/;

const isSameQuote = (text: string, opening: number, closing: number): boolean => text.charCodeAt(opening) === text.charCodeAt(closing) && (text.charCodeAt(opening) === 34 || text.charCodeAt(opening) === 39);

/** A bare `code=` is a one-time code where the line is about one. */
const CODE_CONTEXT = /\b(?:sms code|otp|totp|2fa|mfa|verification|passcode)\b(?!.*\b(?:fail\w*|error|err|status|result|exit|return|reason|response|http|rejected)[ ]*$)/i;

/** `"old" -> "new"` in a plan: the new value too. */
const CHANGED = /\\*["'] (?:->|=>) \\*["']/y;

const changedValue = (text: string, end: number, rule: KeyRule, sink: SpanSink): number => {
  CHANGED.lastIndex = end;
  if (!CHANGED.test(text)) return end;
  const value = valueAt(text, CHANGED.lastIndex - 1);
  return value === null || value.end === value.start || isPlaceholder(text.slice(value.start, value.end)) ? end : sink.add(value.start, value.end, rule.kind);
};

const firstValue = (text: string, end: number, rule: KeyRule, sink: SpanSink): number => {
  const after = changedValue(text, end, rule, sink);
  return after > end ? after : 0;
};

/** `name="password"\\r\\n\\r\\n…`: a part of a form (RFC 7578) written on one line. */
const PART = /\\*"?([\w.-]{2,64})\\*"?(?:\\+r)?\\+n(?:[\w-]+: [^\\]{0,80}(?:\\+r)?\\+n)*(?:\\+r)?\\+n([^\\"'\r\n]{1,512})/y;

/** Quote, name, quote, backslash: all that most names lack. */
const isPartHead = (text: string, from: number): boolean => {
  let i = from + 1;
  while (i < from + MAX_KEY_CHARS && (isKeyChar(text.charCodeAt(i)) || text.charCodeAt(i) === 34)) i++;
  return text.charCodeAt(i) === 92;
};

const partValue = (text: string, from: number, sink: SpanSink): number => {
  const opening = text.charCodeAt(from);
  if ((opening !== 34 && opening !== 92) || !isPartHead(text, from)) return 0;
  PART.lastIndex = from;
  const match = PART.exec(text);
  const content = match?.[2];
  const rule = match === null || match[1] === undefined ? null : ruleOfKey(match[1]);
  if (rule === null || content === undefined || !acceptsValue(rule.accept, content, NO_CONTEXT)) return 0;
  return sink.add(PART.lastIndex - content.length, PART.lastIndex, rule.kind);
};

/** What `name` names: a part of a form, or the value that the next line holds. */
const nameValue = (text: string, key: Key, from: number, sink: SpanSink): number => {
  const part = partValue(text, from, sink);
  if (part > 0) return part;
  const value = valueAt(text, from);
  if (value === null) return 0;
  const rest = text.charCodeAt(value.quoted ? value.end + 1 : value.end);
  if (!isBlank(rest) && rest !== 44) return 0;
  openNamed(text, columnOf(text, key), value, sink);
  if (sink.block !== null && /form-data;\s*$/.test(lineBefore(text, key.start, 64))) sink.block = { ...sink.block, form: 'answer' };
  return 0;
};

/** Column of a key, its quote included. */
const columnOf = (text: string, key: Key): number => lineBefore(text, key.start, 256).length - (key.quoted ? 1 : 0);

/** A secret key that ends its line: the value may be quoted on the next one, or stand there alone as after a prompt. */
const openNext = (text: string, key: Key, rule: KeyRule, sink: SpanSink): void => {
  if (!rule.kind.startsWith('secret:') || rule.accept === 'authorization' || rule.accept === 'cookie') return;
  sink.block = { kind: rule.kind, accept: key.quoted ? rule.accept : 'random', column: columnOf(text, key), form: key.quoted ? 'next' : 'answer' };
};

/** Notes that the value of a secret key stands on the lines that follow. */
const openBlock = (text: string, { key, value, rule }: { readonly key: Key; readonly value: Extent; readonly rule: KeyRule }, sink: SpanSink): void => {
  const first = text.charCodeAt(value.start);
  if ((first !== 124 && first !== 62 && first !== 123) || value.quoted || !rule.kind.startsWith('secret:')) return;
  BLOCK_MARK.lastIndex = value.start;
  if (BLOCK_MARK.test(text)) sink.block = { kind: rule.kind, accept: rule.accept, column: lineBefore(text, key.start, 256).search(/\S|$/), form: first === 123 ? 'object' : 'scalar' };
};

/** YAML's literal and folded scalars (YAML 1.2, section 8.1), or an object that goes on. */
const BLOCK_MARK = /(?:[|>][-+1-9]{0,2}|\{)[ \t]*(?=[\r\n]|$)/y;
