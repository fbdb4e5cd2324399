/** Tokens told by something else than a prefix of their issuer: a signature inside, a suffix, a prefix that says key. */
import { isLetter } from './characters.ts';
import { isRandom } from './value-shape.ts';

export interface ShapedToken {
  readonly end: number;
  readonly kind: string;
}

/**
 * Azure's identifiable keys carry a fixed signature near the end
 * (Microsoft Purview, "Azure … access key" entity definitions; `AZDO`: Azure DevOps personal access tokens).
 */
const AZURE = /[A-Za-z0-9+/]{30,80}?(?:AzFu|AzSe|AzCa|ACDb|AZDO|\+ACR|\+ASt|\+AMC|\+ABa|\+ARm|\+AEh|\+AIoT|\+APIM)[A-Za-z0-9+/]{3,12}={0,2}(?![A-Za-z0-9+/=])/y;

/** Shapes told by length and separators together: the length of the first run, and the patterns that begin with one. */
const SHAPES: readonly (readonly [number, RegExp, string])[] = [
  [36, /[0-9a-f]{32}-us\d(?![0-9A-Za-z-])/y, 'secret:mailchimp-key'],
  [37, /[0-9a-f]{32}-us\d\d(?![0-9A-Za-z-])/y, 'secret:mailchimp-key'],
  [50, /[0-9a-f]{32}-[0-9a-f]{8}-[0-9a-f]{8}(?![0-9A-Za-z-])/y, 'secret:mailgun-key'],
  [50, /[a-z0-9]{8,12}msh[a-z0-9]{13,17}p1[a-z0-9]{4,8}jsn[a-z0-9]{10,14}(?![0-9A-Za-z])/y, 'secret:rapidapi-key'],
  [40, /(?:[0-9a-f]{36}|eu01xx[0-9a-f]{30}|[0-9a-f]{32}FFFF)NRAL(?![0-9A-Za-z])/y, 'secret:newrelic-key'],
  [24, /[0-9a-f]{24}:[0-9a-f]{64}(?![0-9A-Za-z])/y, 'secret:ghost-key'],
  [32, /[0-9a-f]{32}\.[A-Za-z0-9]{16}(?![0-9A-Za-z.])/y, 'secret:zhipu-key'],
  [32, /[0-9a-f]{32}:[0-9a-f]{32}(?=:::)/iy, 'secret:password-hash'],
  [36, /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}:fx(?![0-9A-Za-z])/y, 'secret:deepl-key'],
  [40, /[A-Za-z0-9]{6}_[A-Za-z0-9]{29}_mmk(?![0-9A-Za-z])/y, 'secret:maxmind-key'],
  // Seeds of NATS NKEYs and of Stellar accounts: base32 whose first byte says seed.
  [58, /S[ACNOUX][A-Z2-7]{56}(?![A-Za-z0-9_-])/y, 'secret:nkey-seed'],
  [56, /S[A-D][A-Z2-7]{54}(?![A-Za-z0-9_-])/y, 'secret:stellar-seed'],
  [49, /2[A-Za-z0-9]{26}_[A-Za-z0-9]{21}(?![0-9A-Za-z_-])/y, 'secret:ngrok-token'],
];

/** Could one of {@link SHAPES} begin here? Hexadecimal ids of 24 and 32 digits and UUIDs end here at once. */
const maySuitShape = (text: string, end: number, length: number, next: number): boolean => {
  if (length === 24 || length === 32 || length === 36) return next === 58 || (next === 46 && length === 32) || (length === 36 && text.charCodeAt(end - 2) === 115);
  if (length === 56 || length === 58) return text.charCodeAt(end - length) === 83;
  return length === 37 || (length === 49 && text.charCodeAt(end - 49) === 50) || length === 50 || (length === 40 && (text.charCodeAt(end - 1) === 76 || text.charCodeAt(end - 1) === 107));
};

/** Parts of a prefix that say what the rest is: `acme_live_sk_…`, `xyz-pat-…`. */
const TELLING = /(?:^|[_-])(?:sk|key|apikey|appkey|token|tok|secret|sec|pat|api|oauth|rt|at|oat|access|refresh|bearer|auth|live|prod|sandbox|sbox|skey|akey|uat|svc|svct|sat|pwd|whs|whsec|hook)(?:[_-]|$)/i;
/** A short prefix of one to four parts, then one long part without separators. */
const FAMILY = /^((?:[A-Za-z][A-Za-z0-9]{0,11}[_-]){1,4})([A-Za-z0-9]{20,180})$/;
const FAMILY_UUID = /^((?:[a-z][a-z0-9]{0,11}[_-]){1,3})([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/;
const SECRET_PART = /(?:^|[_-])(?:sk|apikey|token|tok|secret|pat|bearer|refresh|key)[_-]/;
const LONG_HEX = /^[0-9a-f]{32,128}$/;

/** Digits and both cases: what identifiers of that length seldom have and keys have. */
const isMixed = (value: string): boolean => /[a-z]/.test(value) && /[A-Z]/.test(value) && /\d/.test(value);

/**
 * A vendor's key whose prefix says so, of any vendor: the part after it is random, or hexadecimal and long. Without a
 * telling part only a body of 32 and more characters counts, as identifiers (`pi_…`, `user_…`, `req_…`) are shorter.
 */
const familyKey = (run: string): boolean => {
  const match = FAMILY.exec(run);
  if (/^(?:sha|md)\d+[-_]/i.test(run)) return false;
  if (match === null) {
    const named = run.charCodeAt(run.length - 13) === 45 ? FAMILY_UUID.exec(run)?.[1] : undefined;
    return named !== undefined && SECRET_PART.test(named);
  }
  const [, prefix = '', body = ''] = match;
  if (TELLING.test(prefix)) return isRandom(body) || LONG_HEX.test(body);
  return body.length >= 32 && /^[a-z][a-z0-9]{1,9}[_-](?:[a-z0-9]{1,8}[_-]){0,2}$/.test(prefix) && isMixed(body) && isRandom(body);
};

/** A prefix of letters and a separator early in the run, and a long part after the last separator. */
const mayHavePrefix = (text: string, start: number, end: number): boolean => {
  const first = text.charCodeAt(start);
  if (!isLetter(first)) return false;
  let last = end - 1;
  while (last > start && text.charCodeAt(last) !== 95 && text.charCodeAt(last) !== 45) last--;
  return last > start && last - start < 52 && (end - last > 20 || end - last === 13);
};

const MAX_RUN_CHARS = 240;

/** The token that the run [start, end) of letters, digits, `_` and `-` is or begins, if its shape tells. */
export const shapedToken = (text: string, start: number, end: number): ShapedToken | null => {
  const length = end - start;
  const next = text.charCodeAt(end);
  if ((next === 43 || next === 47 || next === 61 || length === 52 || length === 84) && text.charCodeAt(start - 1) !== 47) {
    AZURE.lastIndex = start;
    if (AZURE.test(text)) return { end: AZURE.lastIndex, kind: 'secret:azure-key' };
  }
  if (maySuitShape(text, end, length, next)) {
    for (const [size, pattern, kind] of SHAPES) {
      if (size !== length) continue;
      pattern.lastIndex = start;
      if (pattern.test(text)) return { end: pattern.lastIndex, kind };
    }
  }
  // MySQL's stored passwords: an asterisk and 40 hexadecimal digits.
  if (length === 40 && text.charCodeAt(start - 1) === 42 && /^[0-9A-F]{40}$/.test(text.slice(start, end))) return { end, kind: 'secret:password-hash' };
  if (length > MAX_RUN_CHARS) return null;
  // Base64 that goes on is no key of this form; a hexadecimal id or a UUID has no telling prefix.
  const goesOn = next === 43 || next === 47;
  if (!goesOn && mayHavePrefix(text, start, end) && familyKey(text.slice(start, end))) return { end, kind: 'secret:key' };
  return null;
};

const MAX_PREFIX_CHARS = 40;

/** A separator within a prefix's length, a length of keys with a signature inside, or base64 that goes on. */
export const mayBeShaped = (text: string, start: number, end: number): boolean => {
  const length = end - start;
  const next = text.charCodeAt(end);
  if (next === 43 || next === 47 || next === 61 || length === 24 || length === 32 || length === 40 || length === 50 || length === 52 || length === 84 || ((length === 56 || length === 58) && text.charCodeAt(start) === 83)) return true;
  // A UUID, but for keys that are one with a suffix.
  if (length === 36 && text.charCodeAt(start + 8) === 45 && text.charCodeAt(start + 13) === 45) return next === 58;
  const limit = Math.min(end, start + MAX_PREFIX_CHARS);
  for (let i = start; i < limit; i++) if (text.charCodeAt(i) === 95 || text.charCodeAt(i) === 45) return true;
  return false;
};
