/** Whether a word after a directive is its value: stored forms, passwords, tokens; not a word of prose or an object's name. */
import { acceptsValue, NO_CONTEXT } from './accept-value.ts';
import type { KeyRule } from './sensitive-keys.ts';
import { isRandom, looksLikePassword } from './value-shape.ts';

/** A stored form: hexadecimal, crypt, base64, or a password; never a plain word or number. */
export const isStored = (value: string, weak: boolean): boolean => {
  if (/^[0-9A-Fa-f]{8,}$/.test(value)) return /\d/.test(value) && (!weak || value.length >= 14);
  if (/^\d+$/.test(value)) return false;
  return weak ? isRandom(value) || value.startsWith('$') : /\d/.test(value) && /[A-Za-z$]/.test(value) && !/^[\w-]+[=:(](?!=?$)/.test(value);
};

export const isDirectiveValue = (rule: KeyRule, value: string, quoted: boolean): boolean => {
  if (/^[\w.-]+[=:(]/.test(value) && !/={1,2}$/.test(value)) return false;
  if (KEBAB.test(value)) return false;
  if (rule.accept === 'any' || rule.accept === 'word') return looksLikePassword(value) || (rule.accept === 'any' && isChosen(value)) || (quoted && value.length >= 8 && /\d/.test(value) && /[A-Za-z]/.test(value));
  if (!acceptsValue(rule.accept, value, NO_CONTEXT)) return false;
  return isRandom(value) || /^[0-9a-f]{24,}$/i.test(value) || (value.length >= 12 && /[A-Z]/.test(value) && /[a-z]/.test(value) && /\d/.test(value) && /^[A-Za-z0-9+/=_-]+$/.test(value));
};

/** A word that begins with a capital, then two digits or more; not an algorithm's name. */
export const isChosen = (value: string): boolean => /^(?!Sha|Md\d|Utf|Aes|Hmac|Http|Java|Test|Version|Type|Step|Part|Page|Line|Level|Field|User)[A-Z][a-z]{3,}\d{2,}$/.test(value);

/** Names of objects, with hashes at their end too: `db-credentials-47dda`. */
export const KEBAB = /^[a-z][a-z0-9]*(?:[-_./:][a-z0-9]+)+$/;

export const isQuotedSecret = (rule: KeyRule, value: string, quoted: boolean): boolean => quoted && (rule.accept === 'any' ? looksLikePassword(value) || isChosen(value) || /^[a-z]{4,}\d{2,}$/.test(value) : rule.accept === 'token' ? isRandom(value) : rule.accept === 'word' && looksLikePassword(value) && !KEBAB.test(value));
