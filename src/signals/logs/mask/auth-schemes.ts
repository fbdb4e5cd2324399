/** Credentials after a scheme: `Authorization: Bearer …`, `Digest …`, `Hawk …`. */
import { isBasic } from './base64-parts.ts';
import { isBlank, isLineEnd } from './characters.ts';
import { maskAuthPair } from './credential-arguments.ts';
import { passwordOffset } from './credential-pairs.ts';
import { tokenAt } from './known-tokens.ts';
import type { SpanSink } from './mask-span.ts';
import { bareEnd, skipBlanks, type Extent } from './value-extent.ts';
import { isPlaceholder, isTokenLike } from './value-shape.ts';

const SCHEME = /[A-Za-z][A-Za-z0-9-]{1,24}(?= )/y;
const DIGEST_RESPONSE = /response\\*="?\\*"?([0-9a-f]{32,128})/;

/** Schemes by name: IANA's registry (HTTP Authentication Schemes), and those in use that are not in it. */
const SCHEMES: ReadonlySet<string> = new Set(
  'basic bearer concealed digest dpop gnap hmac hoba mutual negotiate oauth privatetoken scram-sha-1 scram-sha-256 vapid token apikey api-key hawk mac ntlm jwt ssws kakaoak genie-key googlelogin splunk bot aws sharedkey sharedkeylite sharedaccesssignature signature session-token kerberos'.split(' '),
);
/** A URL, a fingerprint in pairs of digits, a digest with its name: credentials have neither form (RFC 9110, section 11.2). */
const NO_CREDENTIAL = /:\/\/|^(?:[0-9a-f]{2}:){3,}[0-9a-f]{2}$|^(?:SHA\d{1,3}|MD5):|^(?:AAAA[BCE][23])/i;

/** What a scheme's credential looks like. */
export const isCredential = (scheme: string, value: string): boolean => !isPlaceholder(value) && !NO_CREDENTIAL.test(value) && (isTokenLike(value) || (scheme === 'basic' && isBasic(value)));

/** `auth: x` in running text, as a logger or a program of that name writes it: only a known scheme, or a value that ends its line, is a credential there. */
const LOGGER = /(?:^|[._])auth$/;

/** Where the field stands: its key in lower case, and whether in running text. */
export interface Field {
  readonly key: string;
  readonly prose: boolean;
}

/** Words of a message where a scheme and its credential would be. An unknown scheme counts in a field of the full name, unless it is written as any word is. */
const isSaid = (text: string, end: number, written: string, field: Field): boolean => {
  if (!field.prose) return false;
  const logger = LOGGER.test(field.key);
  if (written === '') return logger && !isLineEnd(text.charCodeAt(skipBlanks(text, end)));
  return !SCHEMES.has(written.toLowerCase()) && (logger || /^[a-z]+$/.test(written));
};

/** The value of an authorization field; the end of what was masked, or null. */
export const authorizationValue = (text: string, value: Extent, sink: SpanSink, field: Field): number | null => {
  let { start } = value;
  if (text.charCodeAt(start) === 40) return maskAuthPair(text, start, sink) || null;
  let written = '';
  for (let n = 0; n < 2; n++) {
    SCHEME.lastIndex = start;
    const match = SCHEME.exec(text);
    if (match === null || (isTokenLike(match[0]) && match[0].length >= 20)) break;
    [written] = match;
    start = skipBlanks(text, start + match[0].length);
  }
  const scheme = written.toLowerCase();
  if (scheme === 'digest') return digestResponse(text, start, sink);
  if (scheme === 'hawk' || scheme === 'mac') return partOf(text, start, HAWK_MAC, sink);
  const known = tokenAt(text, start);
  if (known !== null) return sink.add(start, known.end, known.kind);
  const end = Math.min(bareEnd(text, start), value.quoted ? value.end : text.length);
  const content = text.slice(start, end);
  const parameter = /^(?:key|token|apikey|secret)=/i.exec(content)?.[0].length ?? 0;
  if (parameter > 0 && isTokenLike(content.slice(parameter))) return sink.add(start + parameter, end, kindOf(scheme));
  // `auth: X-Access-Token: …`: a field of its own.
  if (text.charCodeAt(end) === 58 && isBlank(text.charCodeAt(end + 1))) return null;
  if (isSaid(text, end, written, field)) return null;
  const password = scheme === '' ? passwordOffset(content) : 0;
  if (password > 0 && !isPlaceholder(content.slice(password))) return sink.add(start + password, end, 'secret:password');
  if (/^[A-Za-z][\w-]{0,24}=/.test(content) && !/^[A-Za-z0-9+/]+=+$/.test(content)) return null;
  return isCredential(scheme, content) ? sink.add(start, end, kindOf(scheme)) : null;
};

/** The kind of a scheme's credential. */
export const kindOf = (scheme: string): string => (scheme === 'basic' ? 'secret:basic-auth' : scheme === 'bearer' ? 'secret:bearer' : 'secret:authorization');

/** Hawk and OAuth 1.0 MAC: `mac="…"`. */
const HAWK_MAC = /mac\\*="?\\*"?([A-Za-z0-9+/]{16,128}={0,2})/;

const digestResponse = (text: string, start: number, sink: SpanSink): number | null => partOf(text, start, DIGEST_RESPONSE, sink);

const partOf = (text: string, start: number, pattern: RegExp, sink: SpanSink): number | null => {
  const match = pattern.exec(text.slice(start, start + 600).split(/[\r\n]/, 1).join(''));
  const found = match?.[1];
  if (match === null || found === undefined) return null;
  const at = start + match.index + match[0].length - found.length;
  return sink.add(at, at + found.length, 'secret:digest-response');
};
