/** Credentials after a scheme: `Authorization: Bearer …`, `Digest …`, `Hawk …`. */
import { isBasic } from './base64-parts.ts';
import { passwordOffset } from './credential-pairs.ts';
import { tokenAt } from './known-tokens.ts';
import type { SpanSink } from './mask-span.ts';
import { bareEnd, skipBlanks, type Extent } from './value-extent.ts';
import { isPlaceholder, isTokenLike } from './value-shape.ts';

const SCHEME = /[A-Za-z][A-Za-z0-9-]{1,24}(?= )/y;
const DIGEST_RESPONSE = /response\\*="?\\*"?([0-9a-f]{32,128})/;

/** What a scheme's credential looks like. */
export const isCredential = (scheme: string, value: string): boolean => !isPlaceholder(value) && (isTokenLike(value) || (scheme === 'basic' && isBasic(value)));

/** The value of an authorization field; the end of what was masked, or null. */
export const authorizationValue = (text: string, value: Extent, sink: SpanSink): number | null => {
  let { start } = value;
  let scheme = '';
  for (let n = 0; n < 2; n++) {
    SCHEME.lastIndex = start;
    const match = SCHEME.exec(text);
    if (match === null || (isTokenLike(match[0]) && match[0].length >= 20)) break;
    scheme = match[0].toLowerCase();
    start = skipBlanks(text, start + match[0].length);
  }
  if (scheme === 'digest') return digestResponse(text, start, sink);
  if (scheme === 'hawk' || scheme === 'mac') return partOf(text, start, HAWK_MAC, sink);
  const known = tokenAt(text, start);
  if (known !== null) return sink.add(start, known.end, known.kind);
  const end = Math.min(bareEnd(text, start), value.quoted ? value.end : text.length);
  const content = text.slice(start, end);
  const parameter = /^(?:key|token|apikey|secret)=/i.exec(content)?.[0].length ?? 0;
  if (parameter > 0 && isTokenLike(content.slice(parameter))) return sink.add(start + parameter, end, kindOf(scheme));
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
