/** Until when a PEM certificate is valid, read from its DER without any cryptography. Source: RFC 5280, 4.1.2.5. */
import type { EpochMs } from '../../../domain/time.ts';

/** A leaf with many names is some kilobytes; the validity stands near its beginning. */
const MAX_BASE64_CHARS = 20_000;
const UTC_TIME = 0x17;
const GENERALIZED_TIME = 0x18;

const instantOf = (text: string, long: boolean): EpochMs | null => {
  const match = (long ? /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/ : /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/).exec(text);
  if (match === null) return null;
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = match.slice(1).map(Number);
  // Two digits mean 1950 to 2049.
  return Date.UTC(long ? year : year >= 50 ? 1900 + year : 2000 + year, month - 1, day, hour, minute, second);
};

const decoded = (base64: string): Uint8Array | null => {
  try {
    return Uint8Array.from(atob(base64.slice(0, MAX_BASE64_CHARS - (MAX_BASE64_CHARS % 4))), (char) => char.charCodeAt(0));
  } catch {
    return null;
  }
};

/** The first two times of a certificate follow each other: not before, not after. */
const validityEnd = (der: Uint8Array): EpochMs | null => {
  for (let index = 0; index + 32 <= der.length; index++) {
    const tag = der[index];
    if (tag !== UTC_TIME && tag !== GENERALIZED_TIME) continue;
    const length = der[index + 1] ?? 0;
    if (length !== (tag === UTC_TIME ? 13 : 15)) continue;
    const next = index + 2 + length;
    const nextTag = der[next];
    const nextLength = der[next + 1] ?? 0;
    if (nextTag !== UTC_TIME && nextTag !== GENERALIZED_TIME) continue;
    const text = String.fromCharCode(...der.slice(next + 2, next + 2 + nextLength));
    return instantOf(text, nextTag === GENERALIZED_TIME);
  }
  return null;
};

/** `encoded`: the `tls.crt` of a Secret as the API prints it, base64 of PEM. Null when it is none. */
export const certificateEnd = (encoded: string | null): EpochMs | null => {
  if (encoded === null) return null;
  const pem = decoded(encoded);
  if (pem === null) return null;
  const body = /-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]{1,20000}?)-----END/.exec(String.fromCharCode(...pem.slice(0, 16_000)))?.[1];
  const der = body === undefined ? null : decoded(body.replace(/\s/g, ''));
  return der === null ? null : validityEnd(der);
};
