/** Keys that no rule asks for, told before anything else is looked at: nearly all keys of a log. */
import { isDigit, isKeyChar } from './characters.ts';
import { isListKey } from './listed-values.ts';
import { ruleOfKey } from './sensitive-keys.ts';

export const MAX_KEY_CHARS = 80;

/** Last words that say little alone: `API key`, `one-time code`, `account number`. */
const SHORT_HEADS = new Set(['key', 'code', 'codes', 'number', 'no', 'id', 'phrase', 'words', 'secret', 'account', 'date', 'card', 'keys', 'license', 'licence', 'name', 'address', 'answer', 'birth', 'pin', 'content']);

/** A word, or a number before one (`2FA code`), that takes its meaning from the words before it. */
export const isShortHead = (name: string): boolean => name.length <= 8 && ((isDigit(name.charCodeAt(0)) && name.length < 3) || SHORT_HEADS.has(name.toLowerCase()));

/** Keys whose meaning stands elsewhere: in a name beside them, or in the key of the object around. */
export const VALUE_KEYS = new Set(['value', 'Value', 'VALUE', 'val', 'v1', 'v0', 'data', 'Data', 'Details', '_text', 'raw', 'plain', 'inner']);

/** Private members of a JSON Web Key (RFC 7518, section 6). */
export const JWK_MEMBERS = new Set(['d', 'p', 'q', 'dp', 'dq', 'qi', 'k']);

/** No rule asks for this key, alone or with what stands around it; `after` says that a blank, so perhaps words, stand before it. */
const isPlainKey = (name: string, after: boolean): boolean =>
  !VALUE_KEYS.has(name) && !JWK_MEMBERS.has(name) && name !== 'name' && name !== 'Name' && !(name.length <= 16 && name.endsWith('Value')) && !(after && isShortHead(name)) && !isListKey(name) && ruleOfKey(name) === null;

/** Plain keys of late, by their length and three of their letters: the same few come on every line. Those after a blank are apart. */
const PLAIN_KEYS: string[] = Array.from({ length: 1024 }, () => '');

/** True where the separator at `at` follows a plain key, bare or in double quotes, escaped ones too, so that nothing needs a closer look: the common case. */
export const isPlainKeyBefore = (text: string, at: number, before: number): boolean => {
  let end = before === 34 ? at - 1 : at;
  // JSON in JSON: `\"key\":`.
  if (before === 34) while (end > 0 && at - end < 5 && text.charCodeAt(end - 1) === 92) end--;
  let start = end;
  let bits = 0;
  for (let code = text.charCodeAt(start - 1); end - start < MAX_KEY_CHARS && isKeyChar(code); code = text.charCodeAt(start - 1)) {
    bits |= code;
    start--;
  }
  // What may be the end of an escaped quote (`u0022`), a foreign letter or an escape is left to the closer look.
  if (start === 0 || start === end || ((before === 50 || before === 55) && text.charCodeAt(end - 5) === 117)) return false;
  const lead = text.charCodeAt(start - 1);
  if (lead === 92 || lead > 127) return false;
  const length = end - start;
  // Numbers, times and addresses: no letter has been seen.
  if ((bits & 64) === 0 && (length > 2 || lead !== 32)) return true;
  const slot = ((text.charCodeAt(start) * 31 + text.charCodeAt(end - 1) * 7 + text.charCodeAt(start + (length >> 1)) * 131 + length * 17) & 1023) ^ (lead === 32 ? 512 : 0);
  const known = PLAIN_KEYS[slot] ?? '';
  if (known.length === length && text.startsWith(known, start)) return true;
  const name = text.slice(start, end);
  if (!isPlainKey(name, lead === 32)) return false;
  PLAIN_KEYS[slot] = name;
  return true;
};
