/** What base64 text says once it is decoded: `user:password` (RFC 7617), `\0user\0password` (RFC 4616). */

const decoded = (value: string): string | null => {
  if (value.length < 6 || value.length > 1024 || !/^[A-Za-z0-9+/_-]+={0,2}$/.test(value)) return null;
  try {
    return atob(value.replaceAll('-', '+').replaceAll('_', '/'));
  } catch {
    return null;
  }
};

/** True for base64 of `user:password`. */
export const isBasic = (value: string): boolean => /^[\x20-\x7e]*:[\x20-\x7e]*$/.test(decoded(value) ?? '');

/** True for base64 of printable text. */
export const isPrintable = (value: string): boolean => /^[\x20-\x7e]{3,}$/.test((value.length < 6 ? decoded(`${value}AAAA`)?.slice(0, 3) : decoded(value)) ?? '');

/** True for base64 of SASL PLAIN's identity, user and password. */
export const isPlainMessage = (value: string): boolean => /^[^\0]*\0[^\0]+\0[^\0]+$/.test(decoded(value) ?? '');
