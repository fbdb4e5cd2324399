/** Words that announce what follows them: a bare `Basic …`, "token … rejected", `password is …`, `set x to …` in running text. */
import { announcedBirth, announcedCode, announcedIdentity } from './announced-numbers.ts';
import { isCredential, kindOf } from './auth-schemes.ts';
import { isBasic, isPlainMessage } from './base64-parts.ts';
import { isBlank, isLetter, isLineEnd, lineBefore } from './characters.ts';
import { maskCommand } from './command-arguments.ts';
import { commandTokenEnd } from './command-heads.ts';
import { maskPairAfter } from './credential-pairs.ts';
import { isNoPassword, maskDialogue } from './dialogues.ts';
import { isGivenPass, isPassOf, isTriedWith } from './given-passwords.ts';
import { maskIpsecSecret } from './ipsec-keys.ts';
import { HARMLESS_QUALIFIERS } from './key-vocabulary.ts';
import { tokenAt } from './known-tokens.ts';
import { linkEnd } from './link-words.ts';
import type { SpanSink } from './mask-span.ts';
import { maskPositional } from './positional-commands.ts';
import { maskGivenPhrase, maskInstruction, maskTokenOf, maskTold } from './stated-passwords.ts';
import { maskIdentified } from './stored-in-statements.ts';
import { maskStatement } from './statements.ts';
import { bareEnd } from './value-extent.ts';
import { classChanges, isPlaceholder, isRandom, isTokenLike, isUuid, looksLikePassword, shapeOf } from './value-shape.ts';
import { maskTrapCommunity } from './trap-communities.ts';
import { endsProgram, maskWindows, WINDOWS_PROGRAMS } from './windows-commands.ts';

/** Schemes that stand bare in text, and nouns whose value follows after a blank. Value: how much proof is asked. */
const WORDS: ReadonlyMap<string, 'scheme' | 'noun' | 'hex-noun' | 'password' | 'code' | 'identity' | 'mnemonic' | 'phone' | 'command' | 'message' | 'birth' | 'statement' | 'positional' | 'windows' | 'stored' | 'trap' | 'ipsec'> = new Map([
  ...['bearer', 'basic', 'kakaoak', 'negotiate', 'ssws', 'genie-key', 'apikey', 'bot'].map((word) => [word, 'scheme'] as const),
  ...['credentials', 'credential', 'creds', 'with', 'pat', 'unseal', 'verifier'].map((word) => [word, 'noun'] as const),
  ...['token', 'secret', 'api-key', 'api_key', 'jwt', 'cookie', 'key', 'keys', 'seed', 'hash', 'dek', 'kek'].map((word) => [word, 'hex-noun'] as const),
  ...['password', 'passwd', 'passphrase', 'pwd', 'pw', 'by', 'pass', 'auth', 'passwort', 'kennwort', 'senha', 'wachtwoord', 'contrasena', 'heslo', 'haslo'].map((word) => [word, 'password'] as const),
  ['plain', 'message'] as const,
  ...['code', 'otp', 'totp', 'hotp', 'tan', 'pin', 'passcode', 'passkey', 'puk', 'cvv', 'cvc', 'codes'].map((word) => [word, 'code'] as const),
  ...['cpf', 'aadhaar', 'passport', 'nino', 'ssn', 'imei', 'nric', 'license', 'licence', 'cnpj', 'curp', 'pesel', 'bsn', 'account', 'dni', 'nhs', 'tfn', 'hkid', 'itin', 'imsi', 'mrn', 'vin', 'sin', 'medicare', 'nif', 'nie', 'plate'].map((word) => [word, 'identity'] as const),
  ...['phone', 'mobile', 'tel', 'fax', 'msisdn', 'cellphone', 'telephone'].map((word) => [word, 'phone'] as const),
  ...['login', 'identify', 'echo', 'printf', 'sqlplus', 'connect', 'expdp', 'impdp', 'exp', 'imp', 'sqlldr', 'rman', 'apop', 'values', 'send', 'alias', 'auth-pass'].map((word) => [word, 'command'] as const),
  ...['dob', 'born', 'birth', 'birthday', 'birthdate'].map((word) => [word, 'birth'] as const),
  ...['set', 'setting', 'changed', 'changing', 'updated', 'override', 'is', 'was', 'env', 'put', 'hset', 'where'].map((word) => [word, 'statement'] as const),
  ...['add_user', 'samba-tool', 'mc', 'radtest', 'createuser', 'com2sec', 'upwd', 'sp_addlogin', 'sp_password', 'addauth'].map((word) => [word, 'positional'] as const),
  ...WINDOWS_PROGRAMS.map((word) => [word, 'windows'] as const),
  ['identified', 'stored'] as const,
  ...['traps', 'informs'].map((word) => [word, 'trap'] as const),
  ...['psk', 'eap', 'xauth', 'rsa', 'ecdsa'].map((word) => [word, 'ipsec'] as const),
  ...['phrase', 'mnemonic', 'words'].map((word) => [word, 'mnemonic'] as const),
]);
/** First letter, last letter and length of the words, five, five and four bits: a filter before the look-up. */
const ANNOUNCERS = new Uint8Array(1 << 14);
const announcer = (first: number, last: number, length: number): number => ((first & 31) << 9) | ((last & 31) << 4) | length;
for (const word of WORDS.keys()) ANNOUNCERS[announcer(word.charCodeAt(0), word.charCodeAt(word.length - 1), word.length)] = 1;

/** The last three letters of the words, or both of two. */
export const announcerTails = (): readonly string[] => [...WORDS.keys()].map((word) => word.slice(-3));

/** Cheap test before {@link maskAfterWord}: could the word at [start, end) be one that announces a credential? */
export const mayAnnounce = (text: string, start: number, end: number): boolean => end - start < 12 && ANNOUNCERS[announcer(text.charCodeAt(start), text.charCodeAt(end - 1), end - start)] === 1 && (end - start !== 3 || text.charCodeAt(start + 1) !== 120 || text.charCodeAt(start + 2) !== 101 || endsProgram(text, start, end));

/** SQL: `IDENTIFIED [WITH plugin] BY` (MySQL, Oracle). */
const IDENTIFIED = /identified\s+(?:with\s+\S{1,40}\s+)?$/i;
/** PostgreSQL's and others' statements that give a role its password, whatever it is. */
const ROLE_STATEMENT = /\b(?:create|alter)\s+(?:user|role|group|login)\s[^;]{0,160}$/i;
const MIN_SQL_PASSWORD = 4;
/** Without quotes only in a statement: prose identifies things by others. */
const BARE_IDENTIFIED = /\b(?:(?:create|alter)\s+(?:user|role)|grant\b[^;]{1,80}\bto|connect\s+to)\s+\S{1,64}\s+identified\s+$/i;
/** `IDENTIFIED BY VALUES '…'`, `BY PASSWORD '…'`: a clause goes on. */
const NO_IDENTITY = /^(?:values|password|random|externally|globally|a|an|the|user|name)$/i;
/** Oracle's `IDENTIFIED BY new REPLACE old`. */
const REPLACE = / +REPLACE +"?([^\s";]{3,128})/iy;

const replaced = (text: string, end: number, sink: SpanSink): number => {
  REPLACE.lastIndex = end;
  const old = REPLACE.exec(text)?.[1];
  return old === undefined ? end : sink.add(REPLACE.lastIndex - old.length, REPLACE.lastIndex, 'secret:password');
};

const MNEMONIC = /[a-z]{3,8}(?:[ ,]{1,2}[a-z]{3,8}){11,23}(?![a-z])/y;

/** Handles the word [start, end) that a blank follows; returns where to go on. */
export const maskAfterWord = (text: string, start: number, end: number, sink: SpanSink, word = text.slice(start, end).toLowerCase()): number => {
  const role = WORDS.get(word);
  if (role === undefined) return end;
  if (role === 'command') return maskCommand(text, start, end, sink);
  if (role === 'statement') return maskStatement(text, { start, end, word }, sink);
  if (role === 'windows') return maskWindows(text, start, end, word, sink);
  if (role === 'positional') return maskPositional(text, end, word, sink);
  if (role === 'stored') return maskIdentified(text, end, sink);
  if (role === 'trap') return maskTrapCommunity(text, start, end, sink);
  if (role === 'ipsec') return maskIpsecSecret(text, start, end, sink) || end;
  const told = role === 'password' || role === 'hex-noun' || role === 'code' ? maskSentence(text, { start, end, word }, role, sink) : 0;
  if (told > 0) return told;
  const at = Math.max(linkEnd(text, end), end + 1);
  if (role === 'password' || role === 'hex-noun') openPrompt(text, end, role === 'password' ? 'secret:password' : 'secret:token', sink);
  if (isBlank(text.charCodeAt(at)) || text.charCodeAt(at) === 45) return end;
  // The last part of a dotted key (`publishable.key = x`): its own rule has judged it.
  if (text.charCodeAt(start - 1) === 46 && role === 'hex-noun') return end;
  if (role === 'code') return announcedCode(text, { start, at, word }, sink) || end;
  if (role === 'identity') return announcedIdentity(text, { start, at, word }, sink) || end;
  if (role === 'birth') return announcedBirth(text, at, sink) || end;
  if (role === 'phone') return announcedPhone(text, at, sink) || end;
  if (role === 'mnemonic') return announcedPhrase(text, at, sink) || end;
  if (word.startsWith('cred') || word === 'auth') {
    const pair = maskPairAfter(text, start, end, sink);
    if (pair > 0) return pair;
  }
  const opening = text.charCodeAt(at - 1);
  const token = word === 'auth' ? commandTokenEnd(text, start, at) : 0;
  if (token > 0) return sink.add(at, token, 'secret:token');
  const quoted = role === 'password' && (opening === 39 || opening === 34) ? text.slice(at, at + 129).indexOf(String.fromCharCode(opening)) : -1;
  if ((role === 'password' || word === 'token') && ONE_TIME.test(lineBefore(text, start, 10))) {
    const code = announcedCode(text, { start, at, word }, sink);
    if (code > 0) return code;
  }
  const valueEnd = quoted > 0 && !/[\r\n]/.test(text.slice(at, at + quoted)) ? at + quoted : bareEnd(text, at);
  if ((word === 'pass' || word === 'auth') && text.charCodeAt(start + 1) < 91) {
    const said = maskDialogue(text, start, end, sink);
    if (said > 0) return said;
  }
  if (role === 'password' && quoted >= MIN_SQL_PASSWORD && ROLE_STATEMENT.test(lineBefore(text, start, 200)) && !isPlaceholder(text.slice(at, valueEnd))) return sink.add(at, valueEnd, 'secret:password');
  if (valueEnd - at < 6 && !(word === 'by' && valueEnd - at >= 4)) return end;
  if (tokenAt(text, at) !== null) return end;
  const value = text.slice(at, valueEnd);
  if (role === 'message') return isPlainMessage(value) ? sink.add(at, valueEnd, 'secret:basic-auth') : end;
  if (word === 'by' && opening !== 39 && opening !== 34) return isBlank(opening) && BARE_IDENTIFIED.test(lineBefore(text, start, 200)) && !NO_IDENTITY.test(value) && !isPlaceholder(value) ? replaced(text, sink.add(at, valueEnd, 'secret:password'), sink) : end;
  if (word === 'by') return (opening === 39 || opening === 34) && !isPlaceholder(value) && IDENTIFIED.test(lineBefore(text, start, 80)) ? sink.add(at, valueEnd, 'secret:password') : end;
  if ((word === 'pass' && text.charCodeAt(start) < 91) && isCommandLine(text, start, valueEnd)) return sink.add(at, valueEnd, 'secret:password');
  if (word === 'auth' && text.charCodeAt(start) < 91) {
    const second = maskCommand(text, start, end, sink);
    if (second > end) return second;
  }
  if (word === 'with' && isTriedWith(lineBefore(text, start, 80), value)) return sink.add(at, valueEnd, 'secret:password');
  const before = lineBefore(text, start, 20);
  if (isPlaceholder(value) || !announces(word, role, value, { opening, linked: at > end + 2, command: text.charCodeAt(start) < 91, secretKey: SECRET_BEFORE.test(before), before })) return end;
  return sink.add(at, valueEnd, role === 'scheme' ? kindOf(word) : role === 'password' ? 'secret:password' : 'secret:token');
};

/** Passwords that a sentence tells, keys and codes that it tells to enter. */
const maskSentence = (text: string, { start, end, word }: { readonly start: number; readonly end: number; readonly word: string }, role: string, sink: SpanSink): number => {
  if (text.charCodeAt(end) !== 32 || word === 'by' || word === 'auth' || word === 'pass') return 0;
  if (role === 'password') return maskTold(text, start, end, sink) || maskGivenPhrase(text, start, end, sink) || maskInstruction(text, start, end, word, sink);
  if (role === 'hex-noun' && (word === 'token' || word === 'secret') && maskTokenOf(text, start, end, sink) > 0) return sink.lastEnd;
  if (word === 'passcode') return maskTold(text, start, end, sink);
  return word === 'hash' || word === 'cookie' ? 0 : maskInstruction(text, start, end, word, sink);
};

/** `the following password to proceed:` ends the line: what it announces stands alone on the next one. */
const PROMPT = /(?: [\w'`/()-]{1,40}){1,12}:[ \t]*(?=[\r\n]|$)/y;

const openPrompt = (text: string, end: number, kind: string, sink: SpanSink): void => {
  PROMPT.lastIndex = end;
  if (PROMPT.test(text)) sink.block = { kind, accept: 'random', column: 0, form: 'answer' };
};

/** Telephone numbers in groups: nine digits at least, so that counts and versions stay. */
const PHONE = /\+?\(?\d{2,6}\)?(?:[ .-]?\(?\d{2,8}\)?){1,5}(?![\w])/y;

const announcedPhone = (text: string, at: number, sink: SpanSink): number => {
  PHONE.lastIndex = at;
  if (!PHONE.test(text)) return 0;
  const digits = text.slice(at, PHONE.lastIndex).replaceAll(/\D/g, '').length;
  return digits >= 9 && digits <= 15 ? sink.add(at, PHONE.lastIndex, 'pii:phone') : 0;
};

/** A phrase of 12 to 24 words (BIP 39). */
const announcedPhrase = (text: string, at: number, sink: SpanSink): number => {
  MNEMONIC.lastIndex = at;
  return MNEMONIC.test(text) ? sink.add(at, MNEMONIC.lastIndex, 'secret:mnemonic') : 0;
};

const ONE_TIME = /\b(?:one[- ]time|[th]?otp|2fa|mfa|sms) $/i;
const SECRET_BEFORE = /\b(?:api|secret|private|signing|encryption|master|hmac|aes|access|session|unseal|recovery|decryption|app|auth|license|shared|client|acl|bearer|admin|root|deploy|agent)[ -]$/i;

/** Tokens that a person gets by mail, whoever holds one is believed, of what form it may be. */
const LINKED_TOKEN = /\b(?:reset|recovery|verification|confirmation|activation|invite|invitation|refresh|magic|login|sign-?in|enrol+ment|registration|join) $/i;

/** `NT hash`, `NTLM hash`: worth as much as the password ([MS-NLMP]). */
const NT_BEFORE = /\b(?:nt|lm|ntlm)[ -]$/i;

/** What stands around an announced value. */
interface Announcement {
  /** The character before the value. */
  readonly opening: number;
  /** A word such as `is` or `set to` links noun and value. */
  readonly linked: boolean;
  /** The noun is in capitals, as commands of a protocol are. */
  readonly command: boolean;
  /** The line before the noun, as far as it matters. */
  readonly before: string;
  /** A word before `key` says that it is a secret one. */
  readonly secretKey: boolean;
}

/** `uploads/2026/01/ab12.png`: the key of an object in a store. */
const FILE = /^[\w.-]+(?:\/[\w.=-]+)+\.[a-z]\w{1,4}$/;
/** Kubernetes' bootstrap tokens: an id and a secret. */
const BOOTSTRAP = /^(?=\w*\d)[a-z0-9]{6}\.(?=\w*\d)[a-z0-9]{16}$/;
/** A one-time password's shared secret (RFC 4648, base32). */
const BASE32 = /^(?:(?=[A-Z]*[2-7])[A-Z2-7]{16,}|[A-Z2-7]{26,})$/;
/** `Enter passphrase for key '/root/.ssh/id'`: what it is asked for. */
const A_PATH = /^(?:~?\/|[A-Za-z]:[\\/])[\w.-]+[\\/]/;
/** Apple's app-specific passwords: four groups of four letters. */
const APP_PASSWORD = /^[a-z]{4}(?:-[a-z]{4}){3}$/;
/** `public key`, `page token`, `partition key`: what the word before makes of a noun. */
const isHarmlessNoun = (word: string, before: string): boolean => {
  const qualifier = /([a-z]+)[ -]$/i.exec(before)?.[1]?.toLowerCase() ?? '';
  return /^(?:key|keys|token|hash|cookie)$/.test(word) && (HARMLESS_QUALIFIERS.has(qualifier) || (word.startsWith('key') && /^(?:verifying|verification|peer|host)$/.test(qualifier)));
};

/** Public keys of SSH (RFC 4253, section 6.6). */
const PUBLIC_KEY = /^AAAA[BCE][23]/;

const announces = (word: string, role: string, value: string, { opening, linked, command, secretKey, before }: Announcement): boolean => {
  // `basic realm=shop`: a parameter of the scheme, no credential.
  if (role === 'scheme' && /^[A-Za-z][\w-]{0,24}=[^=]/.test(value)) return false;
  if (role === 'scheme') return isCredential(word, value) && (word !== 'bot' || isRandom(value));
  if (role === 'noun') return isRandom(value);
  if (PUBLIC_KEY.test(value) || isHarmlessNoun(word, before)) return false;
  if (word === 'hash') return /^[0-9a-f]{32}$/i.test(value) && NT_BEFORE.test(before);
  if (role === 'hex-noun' && isUuid(value)) return word !== 'hash' && (secretKey || (word === 'token' && LINKED_TOKEN.test(before)));
  if (role === 'hex-noun') return (isRandom(value) && !FILE.test(value)) || (word.startsWith('token') ? BOOTSTRAP.test(value) : (word === 'secret' || word === 'seed') && BASE32.test(value)) || ((secretKey || (word !== 'key' && word !== 'keys')) && value.length >= 32 && /^[0-9a-f]+$/i.test(value)) || (word === 'cookie' && opening !== 58 && /^[A-Z0-9]{20}$/.test(value));
  if (A_PATH.test(value)) return false;
  const shape = shapeOf(value);
  if (role === 'password' && word !== 'auth' && !command && isPassOf(before) && isGivenPass(value)) return true;
  if (word === 'pass' && !command) return false;
  if (word === 'auth' || word === 'pass') return command && !isNoPassword(value) && (word === 'pass' ? isPassArgument(value) : isTokenLike(value) || isBasic(value) || looksLikePassword(value)) && value.length >= 6 && shape.digits > 0;
  if ((opening === 39 || opening === 34) && value.length >= 6 && shape.digits + shape.other > 0 && (opening === 39 || shape.digits > 0) && !value.includes(' ')) return true;
  if (APP_PASSWORD.test(value)) return true;
  if (word === 'passphrase' && /^[a-z]{3,}(?:-[a-z]{3,}){2,}$/.test(value)) return true;
  if (word === 'passphrase' && opening === 34 && /^[a-z]{8,}(?:-[a-z]+)*$/.test(value)) return true;
  if (/\bwith $/i.test(before) && /^(?!sha|md|aes|utf|rsa|scram|bcrypt|argon|pbkdf|auth)[a-z]{4,}\d{2,}$/.test(value)) return true;
  if (looksLikePassword(value) && (shape.other > 0 || shape.digits > 2 || classChanges(value) > 2) && !/^\w+[-.:/]/.test(value)) return true;
  return value.length >= 6 && shape.digits > 0 && shape.lower + shape.upper > 1 && isLetterOrSymbolMix(value, linked);
};

/** What marks a line of a dialogue with a server: `> PASS x`, `ftp> quote PASS x`, `C: PASS x`. */
const DIALOGUE = /(?:(?:^|\s|ftp|[<>])[<>] |\b[CS]: |quote |\bUSER \S{1,32} ?[;,/]? ?)$/;

/** The one argument of a protocol's command ends the line. */
const isCommandLine = (text: string, start: number, valueEnd: number): boolean => isLineEnd(text.charCodeAt(valueEnd)) && /^PASS .*[^A-Za-z]/.test(text.slice(start, valueEnd)) && !/[/:]|test|spec|suite/i.test(text.slice(start, valueEnd)) && DIALOGUE.test(lineBefore(text, start, 48));

/** `PASS x` of FTP and POP3, not the verdict of a test. */
const isPassArgument = (value: string): boolean => looksLikePassword(value) && !/[/:]|test|spec|suite/i.test(value) && !/^(?:[A-Z][a-z]+\d*)+$/.test(value);

/** Letters with digits or symbols inside, as passwords have, and not `8-character` or `attempt3/5`. */
const isLetterOrSymbolMix = (value: string, linked: boolean): boolean =>
  /^[!-~]+$/.test(value) && !/^\d+[-/]?[a-z]+$/i.test(value) && !/^[\w-]+[=:(@]/.test(value) && (!/^[A-Za-z]+[-/#]?\d{1,2}(?:\/\d+)?$/.test(value) || (linked && /^[a-z]{6,}\d{1,2}$/.test(value))) && (linked || !/^[a-z]+[-/#]?\d+$/.test(value)) && (isLetter(value.charCodeAt(0)) || linked || /[A-Z]/.test(value));
