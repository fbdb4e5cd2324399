/** Tokens told by something else than a prefix of their issuer: a signature inside, a suffix, a prefix that says key. */
import { isRandom, isUuid } from './value-shape.ts';

export interface ShapedToken {
  readonly end: number;
  readonly kind: string;
}

/**
 * Azure's identifiable keys carry a fixed signature near the end
 * (Microsoft Purview, "Azure … access key" entity definitions; `AZDO`: Azure DevOps personal access tokens).
 */
const AZURE = /[A-Za-z0-9+/]{30,80}?(?:AzFu|AzSe|AzCa|ACDb|AZDO|\+ACR|\+ASt|\+AMC|\+ABa|\+ARm|\+AEh|\+AIoT|\+APIM)[A-Za-z0-9+/]{3,12}={0,2}(?![A-Za-z0-9+/=])/y;

/** Shapes that are told by length and separators together. */
const SHAPES: readonly (readonly [RegExp, string])[] = [
  [/[0-9a-f]{32}-us\d{1,2}(?![0-9A-Za-z-])/y, 'secret:mailchimp-key'],
  [/[0-9a-f]{32}-[0-9a-f]{8}-[0-9a-f]{8}(?![0-9A-Za-z-])/y, 'secret:mailgun-key'],
  [/(?:[0-9a-f]{36}|eu01xx[0-9a-f]{30}|[0-9a-f]{32}FFFF)NRAL(?![0-9A-Za-z])/y, 'secret:newrelic-key'],
  [/[a-z0-9]{10}msh[a-z0-9]{15}p1[a-z0-9]{6}jsn[a-z0-9]{12}(?![0-9A-Za-z])/y, 'secret:rapidapi-key'],
  [/[0-9a-f]{24}:[0-9a-f]{64}(?![0-9A-Za-z])/y, 'secret:ghost-key'],
  [/[0-9a-f]{32}\.[A-Za-z0-9]{16}(?![0-9A-Za-z.])/y, 'secret:zhipu-key'],
  [/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}:fx(?![0-9A-Za-z])/y, 'secret:deepl-key'],
  [/[A-Za-z0-9]{6}_[A-Za-z0-9]{29}_mmk(?![0-9A-Za-z])/y, 'secret:maxmind-key'],
  [/[0-9a-f]{32}:[0-9a-f]{32}(?=:::)/iy, 'secret:password-hash'],
  [/2[A-Za-z0-9]{26}_[A-Za-z0-9]{21}(?![0-9A-Za-z_-])/y, 'secret:ngrok-token'],
];

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
    const named = FAMILY_UUID.exec(run)?.[1];
    return named !== undefined && SECRET_PART.test(named);
  }
  const [, prefix = '', body = ''] = match;
  if (TELLING.test(prefix)) return isRandom(body) || LONG_HEX.test(body);
  return body.length >= 32 && /^[a-z][a-z0-9]{1,9}[_-](?:[a-z0-9]{1,8}[_-]){0,2}$/.test(prefix) && isMixed(body) && isRandom(body);
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
  if (length === 24 || length === 32 || (length >= 36 && length <= 50)) {
    for (const [pattern, kind] of SHAPES) {
      pattern.lastIndex = start;
      if (pattern.test(text)) return { end: pattern.lastIndex, kind };
    }
  }
  // MySQL's stored passwords: an asterisk and 40 hexadecimal digits.
  if (length === 40 && text.charCodeAt(start - 1) === 42 && /^[0-9A-F]{40}$/.test(text.slice(start, end))) return { end, kind: 'secret:password-hash' };
  if (length > MAX_RUN_CHARS) return null;
  const run = text.slice(start, end);
  const goesOn = next === 43 || next === 47;
  if (!goesOn && !isUuid(run) && familyKey(run)) return { end, kind: 'secret:key' };
  return null;
};
