/** Values as kubectl prints them: quantities, ages, dates, selectors. */

const SUFFIX: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  K: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/**
 * A Kubernetes quantity in base units (cores, bytes, objects): `250m` is 0.25, `128Mi` is 134217728. Null when it is none.
 * Source: https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export const parseQuantity = (text: string | null): number | null => {
  if (text === null) return null;
  const match = /^([+-]?\d{1,20}(?:\.\d{1,20})?)([a-zA-Z]{0,2})$/.exec(text.trim());
  if (match === null) return null;
  const suffix = match[2] ?? '';
  const factor = Object.hasOwn(SUFFIX, suffix) ? SUFFIX[suffix] : undefined;
  return factor === undefined ? null : Number(match[1]) * factor;
};

const UNIT_MS: Readonly<Record<string, number>> = { y: 31_536_000_000, d: 86_400_000, h: 3_600_000, m: 60_000, s: 1_000 };

/** A hundred years: anything older is no age, and no valid date. */
const MAX_AGE_MS = 100 * 31_536_000_000;

/** A kubectl age (`5m12s`, `3d4h`, `2y10d`) in milliseconds; null for `<unknown>`, `<invalid>` and anything else. */
export const parseAgeMs = (text: string | null): number | null => {
  if (text === null) return null;
  const trimmed = text.trim();
  if (trimmed.length > 20 || !/^(?:\d{1,7}[ydhms])+$/.test(trimmed)) return null;
  let total = 0;
  for (const [, digits, unit] of trimmed.matchAll(/(\d+)([ydhms])/g)) total += Number(digits) * (UNIT_MS[unit ?? ''] ?? 0);
  return total <= MAX_AGE_MS ? total : null;
};

/** The first duration of a probe or timeout (`5s`, `1m`) in seconds. */
export const parseSeconds = (text: string | null): number | null => {
  const ms = parseAgeMs(text);
  return ms === null ? null : ms / 1000;
};

/** RFC 3339, or `Tue, 06 May 2031 09:00:00 +0000` as describe prints, to epoch milliseconds; null otherwise. */
export const parseDate = (text: string | null): number | null => {
  if (text === null || text.length < 8 || text.length > 60) return null;
  const value = Date.parse(text.replace(/ [A-Z]{2,5}$/, ''));
  return Number.isFinite(value) ? value : null;
};

/** `a=b,c=d` to a map; null for `<none>`, `<unset>` and set-based selectors that a map cannot hold. */
export const parseSelector = (text: string | null): Readonly<Record<string, string>> | null => {
  if (text === null) return null;
  const trimmed = text.trim();
  if (trimmed === '' || trimmed.startsWith('<')) return null;
  const entries: [string, string][] = [];
  for (const part of trimmed.split(',')) {
    const equals = part.indexOf('=');
    if (equals > 0) entries.push([part.slice(0, equals).trim(), part.slice(equals + 1).trim()]);
  }
  return entries.length === 0 ? null : Object.fromEntries(entries);
};

/** Null for the words that kubectl prints in place of nothing. */
export const orNull = (text: string | undefined | null): string | null => {
  const trimmed = text?.trim() ?? '';
  return trimmed === '' || /^<(?:none|unset|unknown|nil|no value|default|not set|invalid)>$/i.test(trimmed) ? null : trimmed;
};

/** Splits `a, b, c`. */
export const splitList = (text: string | null): readonly string[] =>
  text === null
    ? []
    : text
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== '' && !part.startsWith('<'));
