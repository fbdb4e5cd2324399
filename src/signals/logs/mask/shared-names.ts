/** Names that a key shares with others: of programs, loggers, fields, modules and public keys. */
import { isBlank, lineBefore } from './characters.ts';
import type { Extent } from './value-extent.ts';

/** A key before a separator, without its quotes. */
export interface Key {
  readonly start: number;
  readonly end: number;
  readonly quoted: boolean;
}

/** `public key`, `host key`: what no rule asks for, whatever `key` alone would mean. */
export const isPublicKey = (phrase: string): boolean => /(?:^|_)(?:public|pub|publishable|verifying|verification|host|peer)_keys?$/i.test(phrase);

/** `auth[20801]:`, a program and its process as syslog writes them (RFC 3164, section 5.3), not a list's member. */
export const isProcess = (text: string, key: Key, at: number): boolean => text.charCodeAt(at - 1) === 93 && at - key.end > 3 && text.charCodeAt(key.end) === 91 && isBlank(text.charCodeAt(at + 1)) && /^\[\d{2,7}\]$/.test(text.slice(key.end, at));

/** `[auth]: x`: a logger between brackets; between quotes too it is a member. */
export const isBracketed = (text: string, key: Key): boolean => text.charCodeAt(key.start - 1) === 91 && text.charCodeAt(key.end) === 93;

/** `password: X-Request-Id: 7`, `session: pod-7f: ready`: a field or a name of its own. */
const OWN_FIELD = /^(?:[A-Za-z]+|[A-Za-z][A-Za-z0-9]*(?:[-_.][A-Za-z0-9]+)+)$/;
export const isOwnField = (text: string, { start, end }: Extent): boolean => text.charCodeAt(end) === 58 && isBlank(text.charCodeAt(end + 1)) && end - start < 48 && OWN_FIELD.test(text.slice(start, end));

/** `secret:` in an Amazon resource name, `key:` in a decentralized identifier (W3C, did:key: a public key). */
export const isResourceName = (text: string, keyStart: number): boolean => text.charCodeAt(keyStart - 1) === 58 && /arn:[\w:/.*-]*$|\bdid:$/.test(lineBefore(text, keyStart, 100));

/** `(passwd:chauthtok)`: a service and what it asked of its modules, as Linux-PAM writes them. */
const MODULE_CALL = /^:(?:auth|account|session|chauthtok|setcred)\)/;
export const isModuleCall = (text: string, keyStart: number, at: number): boolean => text.charCodeAt(keyStart - 1) === 40 && MODULE_CALL.test(text.slice(at, at + 12));
