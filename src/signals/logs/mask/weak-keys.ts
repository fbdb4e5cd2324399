/** What makes a key that says little a secret one: a named cipher before it, a secret of the same name beside it, an environment's spelling. */
import { isWord, lineBefore } from './characters.ts';
import type { KeyRule } from './sensitive-keys.ts';
import type { Extent } from './value-extent.ts';
import { isUuid } from './value-shape.ts';

interface Key {
  readonly start: number;
  readonly end: number;
}

const KEY: KeyRule = { kind: 'secret:key', accept: 'token' };
const HEX_KEY = /^(?:0x)?(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{48}|[0-9a-f]{64}|[0-9a-f]{96}|[0-9a-f]{128})$/i;
/** Ciphers by name, as a word before the key. */
const CIPHER = /\b(?:aes|aria|3?des|seed|lea|hmac|rsa|chacha20|blowfish|cipher|encrypt\w*|decrypt\w*)\b/i;
/** `ACME_KEY=…` of an environment; public ones and those of caches, tables and packages have names that say so. */
const ENVIRONMENT = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*_KEY$/;
const NO_SECRET = /(?:^|_)(?:GPG|PGP|PUBLIC|PUB|CACHE|PARTITION|ROW|SORT|BUILD|BUCKET|OBJECT|HASH|DEDUP|IDEMPOTENCY|PRIMARY|FOREIGN|LOCK|GROUP|SHARD|INDEX|MESSAGE|CHECKSUM|DIGEST|COMMIT|RESTORE|CONFIG|S3|FILE|IMAGE|LAYER|TRACE|REQUEST|HOST)_/;
const REACH_CHARS = 200;
const HYPHEN = 45;

/** A route's key that is hexadecimal in the body of a request to another's API: routes of a broker have names of words (AMQP 0-9-1, section 3.1.3). */
const POSTED = /\b(?:POST|PUT|PATCH|curl)\b.{0,160}https?:\/\/[^\r\n]*$/i;
const EVENT = /^\\*["']?,? ?\\*["']event_action\\*["']/;

/** The rule for a key of a route, where it is an integration's key; or null. */
export const routeKey = (text: string, key: Key, value: Extent): KeyRule | null => {
  if (!/^routing_?key$/i.test(text.slice(key.start, key.end))) return null;
  if (!/^[0-9a-f]{32}$/.test(text.slice(value.start, value.end))) return null;
  return POSTED.test(lineBefore(text, key.start, 320)) || EVENT.test(text.slice(value.end, value.end + 32)) ? KEY : null;
};

/** Whether a key of the same name that ends with `secret` follows. */
const hasSecret = (after: string, stem: string): boolean => {
  const lower = after.toLowerCase();
  const name = `${stem.toLowerCase()}secret`;
  for (let at = lower.indexOf(name, 1); at > 0; at = lower.indexOf(name, at + 1)) {
    const [before, behind] = [lower.charCodeAt(at - 1), lower.charCodeAt(at + name.length)];
    if (!isWord(before) && before !== HYPHEN && !isWord(behind)) return true;
  }
  return false;
};

/** The rule for a weak `key`, where what stands around says that it is a secret; or null. */
export const keyBeside = (text: string, key: Key, value: Extent): KeyRule | null => {
  if (value.end - value.start < 12) return null;
  const name = text.slice(key.start, key.end);
  const content = text.slice(value.start, value.end);
  const stem = /^(\w{2,32}[_-])key$/i.exec(name)?.[1];
  if (stem !== undefined && hasSecret(text.slice(value.end, value.end + REACH_CHARS), stem)) return KEY;
  if (HEX_KEY.test(content) && CIPHER.test(lineBefore(text, key.start, 64))) return KEY;
  return ENVIRONMENT.test(name) && !NO_SECRET.test(`_${name}`) && (HEX_KEY.test(content) && content === content.toLowerCase() || isUuid(content)) ? KEY : null;
};
