/** Secrets among the arguments of calls and in pairs: `setPassword("x")`, `put("password", "x")`, `["password", "x"]`. */
import { acceptsValue, NO_CONTEXT } from './accept-value.ts';
import { authorizationValue } from './auth-schemes.ts';
import { isKeyChar, isLetter, isWord } from './characters.ts';
import { maskClientKey } from './credential-arguments.ts';
import { isDirectiveValue } from './directive-values.ts';
import { maskBracketed } from './key-with-brackets.ts';
import { BARE_PAIR, maskLoginCall, mayLogIn } from './login-calls.ts';
import { maskLoginAttempt, maySayLogin } from './login-attempts.ts';
import type { SpanSink } from './mask-span.ts';
import { endsCipher, maskCipherKey } from './sql-ciphers.ts';
import { maskHidden, mayHide } from './stored-in-statements.ts';
import { ruleOfKey, type KeyRule } from './sensitive-keys.ts';
import { valueAt, type Extent } from './value-extent.ts';
import { isPlaceholder, isRandom, looksLikePassword } from './value-shape.ts';
import { maskWorkflowCommand } from './workflow-commands.ts';

const MAX_NAME_CHARS = 48;
/** What such a call takes is a name or a plain text that is to be found or changed. */
const LOOKS_UP = /^(?:get|read|load|find|lookup|fetch|resolve|is|has|no|expect|require|missing|invalid|env|getenv|clear|delete|remove|rotate|create|list|describe)(?=[A-Z_]|$)/;
/** Calls whose two arguments are a user and a password. */
const CREDENTIALS = /(?:^|[._]|[a-z](?=[A-Z]))(?:basic_?auth|auth|login|authenticate|credentials?|passwordauthentication|changeuserpassword|sp_addlogin|addlogin|createuser|usernamepasswordcredentials|usernamepasswordauthenticationtoken)$/i;

/** PHP's serialize: `s:8:"password";s:7:"x";`. */
const SERIALIZED = /:\d{1,5}:\\*"([\w.-]{2,64})\\*";s:\d{1,5}:\\*"([^"\\\r\n]{1,1024})/y;
/** Erlang's tuples: `{password,"x"}`, `{<<"password">>,<<"x">>}`. */
const TUPLE = /\{(?:<<\\*")?([a-z][\w.-]{2,40})(?:\\*">>)?,\s?(?:<<)?(\\*"|')([^"'\\\r\n]{1,512})/y;

const quotedAt = (text: string, at: number): Extent | null => {
  const value = valueAt(text, at);
  return value !== null && value.quoted ? value : null;
};

const nameBefore = (text: string, at: number): string => {
  let end = at;
  if (text.charCodeAt(end - 1) === 61) end--;
  let start = end;
  while (start > 0 && end - start < MAX_NAME_CHARS && isKeyChar(text.charCodeAt(start - 1))) start--;
  return text.slice(start, end);
};

const AFTER_FIRST = /\\*["'`]\s*,\s*(?=[bBuU]?[\\"'`])/y;

/** Python's `b'…'` and `u'…'`. */
const isPrefixed = (text: string, at: number, code: number): boolean => (code === 98 || code === 117) && (text.charCodeAt(at + 1) === 39 || text.charCodeAt(at + 1) === 34);

/** Calls that log in, functions that hide their literal, and a name with its value. */
const maskCalled = (text: string, at: number, first: number, sink: SpanSink): number => {
  if (first === 41 || !isWord(text.charCodeAt(at - 1))) return 0;
  if (mayLogIn(text, at)) {
    const login = maskLoginCall(text, at, sink);
    if (login > 0) return login;
  }
  const client = first === 39 || first === 34 || first === 92 ? maskClientKey(text, at, sink) : 0;
  if (client > 0) return client;
  if (mayHide(text, at)) return maskHidden(text, at, sink);
  return isLetter(first) && text.charCodeAt(at + 1) === first ? barePair(text, at, sink) : 0;
};

const barePair = (text: string, at: number, sink: SpanSink): number => {
  BARE_PAIR.lastIndex = at;
  const [, name = '', value = ''] = BARE_PAIR.exec(text) ?? [];
  const rule = value === '' ? null : ruleOfKey(name);
  if (rule === null || !rule.kind.startsWith('secret:') || rule.accept === 'authorization' || rule.accept === 'cookie' || !((isRandom(value) && !value.includes('.')) || /^(?=.*\d)[0-9a-f]{24,}$/i.test(value) || (/[!#$%^*?@~]/.test(value) && !/[{}[\]:]/.test(value) && isDirectiveValue(rule, value, false)))) return 0;
  return sink.add(BARE_PAIR.lastIndex - 1 - value.length, BARE_PAIR.lastIndex - 1, rule.kind);
};

/** Handles `(` and `[` at `at`; returns where to go on, `at + 1` where nothing was found. */
export const maskArguments = (text: string, at: number, sink: SpanSink): number => {
  const next = at + 1;
  let i = next;
  while (i < next + 2 && text.charCodeAt(i) === 32) i++;
  const code = text.charCodeAt(i);
  const bracket = text.charCodeAt(at) === 91;
  if (!bracket && endsCipher(text, at)) {
    const cipher = maskCipherKey(text, at, sink);
    if (cipher > 0) return cipher;
  }
  if (bracket && maySayLogin(text, at)) {
    const attempt = maskLoginAttempt(text, at, sink);
    if (attempt > 0) return attempt;
  }
  if (bracket) {
    const bracketed = maskBracketed(text, at, sink);
    if (bracketed > 0) return bracketed;
  } else {
    const called = maskCalled(text, at, code, sink);
    if (called > 0) return called;
  }
  if (code !== 34 && code !== 39 && code !== 92 && code !== 96 && !isPrefixed(text, i, code)) return (code === 116 && bracket && maskWorkflowCommand(text, at, sink)) || next;
  const first = quotedAt(text, next);
  if (first === null || first.end - first.start > 256) return next;
  const content = text.slice(first.start, first.end);
  AFTER_FIRST.lastIndex = first.end;
  const second = AFTER_FIRST.test(text) ? quotedAt(text, AFTER_FIRST.lastIndex) : null;
  const rule = content.length <= 64 && /^[\w.-]+$/.test(content) ? ruleOfKey(content) : null;
  if (rule !== null && second !== null) return maskSecond(text, rule, second, sink) || next;
  if (bracket) return next;
  const name = nameBefore(text, at);
  if (name === '') return next;
  if (second !== null && CREDENTIALS.test(name)) return isPassword(text.slice(second.start, second.end)) ? sink.add(second.start, second.end, 'secret:password') : next;
  const setter = second === null && isWord(text.charCodeAt(at - 1)) ? setterRule(name) : null;
  // SQL's `PASSWORD('x')`.
  const called = /^(?:OLD_)?PASSWORD$/i.test(name) && text.charCodeAt(first.start - 1) === 39;
  if (setter === null || isPlaceholder(content) || !acceptsValue(setter.accept, content, NO_CONTEXT) || (!called && !/\d/.test(content))) return next;
  return sink.add(first.start, first.end, setter.kind);
};

const maskMatched = (text: string, at: number, pattern: RegExp, sink: SpanSink): number => {
  pattern.lastIndex = at;
  const match = pattern.exec(text);
  const content = match?.at(-1);
  const rule = match === null ? null : ruleOfKey(match[1] ?? '');
  if (content === undefined || rule === null || !acceptsValue(rule.accept, content, NO_CONTEXT)) return at + 1;
  return sink.add(pattern.lastIndex - content.length, pattern.lastIndex, rule.kind);
};

/** Handles the colon at `at` between `s` and a length; 0 where nothing was found. */
export const maskSerialized = (text: string, at: number, sink: SpanSink): number => {
  const after = maskMatched(text, at, SERIALIZED, sink);
  return after > at + 1 ? after : 0;
};

/** Stored passwords with their scheme (RFC 2307, Dovecot, Spring Security): `{SSHA}…`, `{noop}x`. */
const STORED = /\{(?:S?SHA(?:256|384|512)?|S?MD5|CRYPT|PBKDF2[\w-]*|ARGON2(?:ID?)?|BLF-CRYPT|SHA(?:256|512)-CRYPT|PLAIN|CLEARTEXT|bcrypt|pbkdf2|scrypt|argon2|noop)\}([^\s"',;<>]{4,256})/y;

const maskStored = (text: string, at: number, sink: SpanSink): number => {
  STORED.lastIndex = at;
  const hash = STORED.exec(text)?.[1];
  return hash === undefined || isPlaceholder(hash) ? at + 1 : sink.add(STORED.lastIndex - hash.length, STORED.lastIndex, 'secret:password-hash');
};

/** Handles the brace at `at`. */
export const maskTuple = (text: string, at: number, sink: SpanSink): number => {
  const next = text.charCodeAt(at + 1);
  const third = text.charCodeAt(at + 3) | 32;
  if (isWord(next) && isWord(third) && /[SMCPABbpsan]/.test(text.charAt(at + 1))) {
    const after = maskStored(text, at, sink);
    if (after > at + 1) return after;
  }
  return (next >= 97 && next <= 122) || (next === 60 && text.charCodeAt(at + 2) === 60) ? maskMatched(text, at, TUPLE, sink) : at + 1;
};

/** In quotes, as the second argument: a digit and a letter are enough. */
const isPassword = (value: string): boolean => looksLikePassword(value) || (value.length >= 6 && /\d/.test(value) && /[A-Za-z]/.test(value) && /^[!-~]+$/.test(value) && !isPlaceholder(value));

const setterRule = (name: string): KeyRule | null => {
  const last = name.slice(name.lastIndexOf('.') + 1);
  if (LOOKS_UP.test(last)) return null;
  const rule = ruleOfKey(last.replace(/^(?:set|with|add|put|use)(?=[A-Z_])/, ''));
  return rule !== null && rule.kind.startsWith('secret:') && rule.accept !== 'authorization' && rule.accept !== 'cookie' ? rule : null;
};

const maskSecond = (text: string, rule: KeyRule, second: Extent, sink: SpanSink): number => {
  if (rule.accept === 'authorization') return authorizationValue(text, second, sink, NO_CONTEXT) ?? 0;
  if (text.charCodeAt(second.start) === 45 && second.end - second.start < 3) return 0;
  return acceptsValue(rule.accept, text.slice(second.start, second.end), NO_CONTEXT) ? sink.add(second.start, second.end, rule.kind) : 0;
};
