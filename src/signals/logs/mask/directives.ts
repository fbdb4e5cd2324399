/** A key and its value with only a blank between: directives of configuration files, of network devices, of protocols. */
import { acceptsValue, NO_CONTEXT } from './accept-value.ts';
import { CELL, isAssigned, STATED_VERB, statedValue, tableCell } from './assignments.ts';
import { lineBefore } from './characters.ts';
import { isBasic } from './base64-parts.ts';
import { isDeviceSecret } from './device-secrets.ts';
import { isChosen, isDirectiveValue, isQuotedSecret, isStored } from './directive-values.ts';
import { isGivenPass } from './given-passwords.ts';
import { isAskedFor } from './login-directives.ts';
import type { SpanSink } from './mask-span.ts';
import { ruleOfKey } from './sensitive-keys.ts';
import { opensKeyLog } from './tls-key-logs.ts';
import { valueAt, type Extent } from './value-extent.ts';
import { isPlaceholder, isTokenLike, looksLikePassword } from './value-shape.ts';

/**
 * What words that may be keys end with. Under the last three letters, five bits each, stands the letter before them
 * (31: any), so that `class` and `database` end here; what gets through is looked up.
 */
const ENDINGS = new Uint8Array(1 << 15);
const ending = (a: number, b: number, c: number): number => ((a & 31) << 10) | ((b & 31) << 5) | (c & 31);
const ANY = 31;
const ENDS = ['word', 'sswd', '?pwd', 'pass', 'rase', 'cret', 'oken', '?key', 'auth', '?psk', 'nity', 'ring', 'ndpw', 'otpw', 'code', 'alue', '?_pw'];
/** The last three letters of those words. */
export const KEY_TAILS: readonly string[] = ENDS.map((tail) => tail.slice(1));
for (const tail of ENDS) {
  ENDINGS[ending(tail.charCodeAt(1), tail.charCodeAt(2), tail.charCodeAt(3))] = tail.startsWith('?') ? ANY : tail.charCodeAt(0) & 31;
}

/** `passphrase` as it is, `code` and `value` as the last part of a name: `auth_code`, `plain-text-password-value`. */
const endsOwnWord = (text: string, end: number): boolean => {
  const second = text.charCodeAt(end - 2) | 32;
  const joint = text.charCodeAt(end - (second === 100 ? 5 : 6));
  return second === 115 || joint === 95 || joint === 45;
};

/** Cheap test before {@link maskDirective}: does the word [start, end) end as keys do? */
export const endsLikeKey = (text: string, start: number, end: number): boolean => {
  const before = ENDINGS[ending(text.charCodeAt(end - 3), text.charCodeAt(end - 2), text.charCodeAt(end - 1))];
  if (before === 0 || end - start < 3) return false;
  if (before === ANY) return true;
  if (before !== (text.charCodeAt(end - 4) & 31)) return false;
  // `string` counts as the end of `key-string` only, `unity` as that of `community`.
  const last = text.charCodeAt(end - 1) | 32;
  if (last === 101) return endsOwnWord(text, end);
  return last === 103 ? text.charCodeAt(end - 7) === 45 : last !== 121 || end - start >= 9;
};

/**
 * A form of storage before the value: Cisco's types 0 to 9, `encrypted`, `cipher`, `ascii-text`, `md5`
 * (Cisco IOS Security Command Reference; Junos and VRP the same with words).
 */
const TYPED = /[ \t]+(?:(?:message-digest |authentication |key-string |text |ascii |local |remote |\d{1,3} (?=md5))?(?:[0-9]|local|remote|encrypted|cipher|irreversible-cipher|simple|plaintext|plain-text|hash|sha(?:1|256|512)?|ascii-text|ascii|hexadecimal|hex|base64|unencrypted|md5|ciphertext|clear|ENC|REG_SZ|password|--plaintext|--iscrypted))[ \t]+(?=\S)/iy;
/** A type that is a number, as no sentence has it before a word. */
const NUMBERED = /\d[ \t]+$/;
/** Commands of network devices that a password or secret ends. */
const CONFIGURED = /(?:\b(?:username|neighbor) \S{1,64}(?: privilege \d{1,2})?|\benable|\bchap) $/;
const DEVICE = /\b(?:radius|tacacs|isakmp|ikev2|ospf|bgp|eigrp|rip|ntp|keyring|snmp|hsrp|vrrp|standby|neighbor|key chain|keychain|wpa|wlan|ppp|aaa|ldp|ipsec|ikev1|tunnel-group|privilege)\b/i;
/** Words that are a directive's name as they are, in any prose position. */
const DIRECTIVES = new Set(['requirepass', 'masterauth', 'rocommunity', 'rwcommunity', 'authtoken', 'trapcommunity', 'bindpw', 'rootpw', 'rocommunity6', 'storepass', 'keypass', 'plaintext-password', 'plain-text-password-value', 'psksecret']);

/** What may follow the key of a peer: `address 10.0.0.9`, `vrf red`, the quote that closes it before a semicolon. */
const CLAUSE = /^\\*["']?(?:[ \t]+(?:address|hostname|vrf|auth-port|acct-port|timeout|retransmit|role|privilege)\b|;)/;

const isCompound = (word: string): boolean => /[a-zA-Z\d][_.-][a-zA-Z]/.test(word) || /[a-z][A-Z]/.test(word);

/** `rabbitmqctl change_password USER PASSWORD`. */
const CHANGES = /^(?:(?:change|set|reset|update)[_-]?password|wpa_passphrase)$/;
/** `grafana-cli admin reset-admin-password PASSWORD`. */
const RESETS = /^(?:change|set|reset|update)-\w+-password$/;
const USER_WORD = /[ \t]+[\w.@-]{1,64}[ \t]+(?=\S)/y;

/** The last argument of the command, and no word of what became of it. */
const isLast = (text: string, { end, quoted }: Extent, content: string): boolean => content.length >= 6 && !isPlaceholder(content) && /^[!-~]+$/.test(content) && /^[ \t]*(?:[\r\n|&;)]|$)/.test(text.slice(quoted ? end + 1 : end, end + 4));

const changedPassword = (text: string, end: number, sink: SpanSink): number => {
  USER_WORD.lastIndex = end;
  const value = USER_WORD.test(text) ? valueAt(text, USER_WORD.lastIndex) : null;
  const content = value === null ? '' : text.slice(value.start, value.end);
  return value !== null && (looksLikePassword(content) || isChosen(content) || isLast(text, value, content)) ? sink.add(value.start, value.end, 'secret:password') : end;
};

/** Handles the word [start, end) that ends like a key and that a blank follows; returns where to go on, `end` where nothing was found. */
export const maskDirective = (text: string, start: number, end: number, sink: SpanSink): number => {
  const word = text.slice(Math.max(start, end - 64), end);
  const lower = word.toLowerCase();
  if (lower === 'community') return community(text, start, end, sink);
  if (lower === 'auth') return snmpUser(text, start, end, sink);
  if (word === '_auth') return npmPair(text, end, sink);
  const rule = ruleOfKey(word === 'SecureString' ? 'password' : word);
  if (rule === null || !rule.kind.startsWith('secret:') || rule.accept === 'authorization' || rule.accept === 'cookie') return end;
  const device = (lower === 'key' || lower === 'secret' || lower === 'password' || lower === 'psk' || lower.endsWith('-key') || lower.endsWith('-secret') || lower.endsWith('-string') || lower.endsWith('-password')) && DEVICE.test(lineBefore(text, start, 120));
  if (lower.length > 14 && opensKeyLog(text, end)) return end;
  if (lower.length > 11 && CHANGES.test(lower)) return changedPassword(text, end, sink);
  const direct = RESETS.test(lower) ? valueAt(text, end) : null;
  if (direct !== null && isLast(text, direct, text.slice(direct.start, direct.end)) && text.charCodeAt(direct.start) !== 45) return sink.add(direct.start, direct.end, rule.kind);
  TYPED.lastIndex = end;
  const typed = TYPED.test(text);
  CELL.lastIndex = end;
  if (!typed && CELL.test(text) && lineBefore(text, start, 2).trim() === '|') return tableCell(text, end, CELL.lastIndex, rule, sink);
  const value = valueAt(text, typed ? TYPED.lastIndex : word === 'SecureString' && text.startsWith(' -String ', end) ? end + 8 : end);
  if (value === null) return end;
  const content = text.slice(value.start, value.end);
  if (word === 'SecureString' && value.quoted && !isPlaceholder(content) && content.length >= 4) return sink.add(value.start, value.end, 'secret:password');
  if (word === 'KEY' && value.quoted && !isPlaceholder(content) && /\bATTACH\b/i.test(lineBefore(text, start, 160))) return sink.add(value.start, value.end, 'secret:key');
  if (typed && lower.endsWith('psk') && content.length >= 8 && !isPlaceholder(content)) return sink.add(value.start, value.end, rule.kind);
  if (!typed && (rule.accept === 'any' || (lower === 'secret' && isGivenPass(content))) && isAskedFor(lineBefore(text, start, 160), content)) return sink.add(value.start, value.end, rule.kind);
  if (isPlaceholder(content) || text.charCodeAt(value.start) === 45) return isCompound(word) && STATED_VERB.test(content) ? statedValue(text, end, rule, sink) : end;
  if (isAssigned(text, start, value)) return acceptsValue(rule.accept, content, { ...NO_CONTEXT, key: lower }) ? sink.add(value.start, value.end, rule.kind) : end;
  const kind = typed ? text.slice(end, TYPED.lastIndex) : '';
  if (isDeviceSecret(content, { key: lower, before: lineBefore(text, start, 120), kind, device, quoted: value.quoted, last: isLast(text, value, content) || CLAUSE.test(text.slice(value.end, value.end + 24)) })) return sink.add(value.start, value.end, rule.kind);
  if (typed) return content.length >= 4 && ((NUMBERED.test(kind) && CONFIGURED.test(lineBefore(text, start, 100))) || isStored(content, lower === 'key' && !device) || (NUMBERED.test(kind) && /^[A-Za-z]+$/.test(content) && isTokenLike(content))) ? sink.add(value.start, value.end, rule.kind) : end;
  const taken = DIRECTIVES.has(lower) ? content.length >= 4 && /^[!-~]+$/.test(content) : device || isCompound(word) ? isDirectiveValue(rule, content, value.quoted) || (device && lower.includes('-') && isLast(text, value, content)) || (rule.accept === 'any' && /^[a-z]{4,}\d{2,}$/.test(content) && isLast(text, value, content)) || (device && content.length >= 6 && /\d/.test(content) && /[A-Za-z]/.test(content) && /^[!-~]+$/.test(content)) : isQuotedSecret(rule, content, value.quoted) || (lower.length > 5 && rule.accept === 'token' && /^(?:0x)?[0-9a-f]{32,}$/i.test(content));
  return taken ? sink.add(value.start, value.end, rule.kind) : end;
};

/** `npm config set //registry.example.org/:_auth X`: user and password in base64 (npm, .npmrc). */
const npmPair = (text: string, end: number, sink: SpanSink): number => {
  const value = valueAt(text, end);
  return value !== null && isBasic(text.slice(value.start, value.end)) ? sink.add(value.start, value.end, 'secret:basic-auth') : end;
};

/** `snmp-server user NAME GROUP v3 auth sha X priv aes 128 X` (RFC 3414, USM; Cisco IOS SNMP Command Reference). */
const AUTH = / (?:md5|sha(?:-?\d{3})?) ([^\s"']{8,64})(?: priv (?:des|3des|aes)(?:[ -]?\d{3})? ([^\s"']{8,64}))?/iy;

const snmpUser = (text: string, start: number, end: number, sink: SpanSink): number => {
  if (!/\bsnmp/i.test(lineBefore(text, start, 120))) return end;
  AUTH.lastIndex = end;
  const match = AUTH.exec(text);
  if (match === null) return end;
  const [, auth = '', priv = ''] = match;
  const at = text.indexOf(` ${auth}`, end) + 1;
  if (!isPlaceholder(auth)) sink.add(at, at + auth.length, 'secret:password');
  return priv === '' || isPlaceholder(priv) ? at + auth.length : sink.add(AUTH.lastIndex - priv.length, AUTH.lastIndex, 'secret:password');
};

/** `snmp-server community X RO`, `set snmp community X`: the community is SNMP's password (RFC 3584). */
const community = (text: string, start: number, end: number, sink: SpanSink): number => {
  const value = valueAt(text, end);
  if (value === null || !/\bsnmp/i.test(lineBefore(text, start, 80))) return end;
  const content = text.slice(value.start, value.end);
  const access = /^\\*["']? +(?:RO|RW|ro|rw|view|authorization|group|clients)\b/.test(text.slice(value.end, value.end + 24));
  if (content.length < 3 || isPlaceholder(content) || !/^[!-~]+$/.test(content) || !(access || looksLikePassword(content))) return end;
  return sink.add(value.start, value.end, 'secret:snmp-community');
};
