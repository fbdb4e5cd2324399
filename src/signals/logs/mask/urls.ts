/** Secrets in URLs outside the query string: userinfo and the paths of webhooks. */
import { isBlank, isWord } from './characters.ts';
import type { SpanSink } from './mask-span.ts';
import { isPlaceholder, isRandom, isTokenLike, isUuid, shapeOf } from './value-shape.ts';

const MAX_URL_CHARS = 1024;
const MAX_AUTHORITY_CHARS = 320;

const endsUrl = (code: number): boolean => isBlank(code) || code === 34 || code === 39 || code === 60 || code === 62 || code === 96 || code === 92;
const looksLikePort = (authority: string): boolean => /^[^:]*(?::\d*)?$|^\[[0-9a-fA-F:.]+\](?::\d*)?$/.test(authority);

/** Handles `://` whose colon is at `at`; returns where to go on. */
export const maskUrl = (text: string, at: number, sink: SpanSink): number => {
  const start = at + 3;
  const limit = Math.min(text.length, start + MAX_AUTHORITY_CHARS);
  let slash = -1;
  let sign = -1;
  let i = start;
  for (; i < limit; i++) {
    const code = text.charCodeAt(i);
    if (endsUrl(code)) break;
    if (code === 64) {
      if (slash < 0 || sign < 0) sign = i;
    } else if (code === 59 && sign < 0 && looksLikePort(text.slice(start, i))) break;
    else if ((code === 47 || code === 63 || code === 35) && slash < 0) {
      slash = i;
      // A password may hold a slash; an authority with a number for a port, or one that had its at-sign, ends here.
      if (sign >= 0 || looksLikePort(text.slice(start, i))) break;
    }
  }
  const next = sign < 0 ? start : maskUserinfo(text, start, sign, sink);
  return slash >= 0 && namesHook(text, start, limit) ? maskHook(text, Math.max(slash, next), sink) : next;
};

/** Whether the URL says what it is: `hooks.example.com/…`, `example.com/webhook/…`. */
const namesHook = (text: string, start: number, limit: number): boolean => {
  let end = start;
  while (end < Math.min(limit, start + 96) && !endsUrl(text.charCodeAt(end))) end++;
  return text.slice(start, end).toLowerCase().includes('hook');
};

const maskUserinfo = (text: string, start: number, sign: number, sink: SpanSink): number => {
  const info = text.slice(start, sign);
  const colon = info.indexOf(':');
  const user = colon < 0 ? info : info.slice(0, colon);
  const password = colon < 0 ? '' : info.slice(colon + 1);
  if (user.length >= 16 && isTokenLike(user)) sink.add(start, start + user.length, user.includes('%40') ? 'pii:email' : 'secret:url-token');
  if (password !== '' && !isPlaceholder(password)) sink.add(sign - password.length, sign, 'secret:url-password');
  return sign + 1;
};

/** Path segments of an incoming-webhook URL that only the owner knows. */
const maskHook = (text: string, from: number, sink: SpanSink): number => {
  const limit = Math.min(text.length, from + MAX_URL_CHARS);
  let i = from;
  while (i < limit && text.charCodeAt(i) === 47) {
    let end = ++i;
    while (end < limit && !endsUrl(text.charCodeAt(end)) && !'/?#,;)]}'.includes(text.charAt(end))) end++;
    const segment = text.slice(i, end);
    if (isHookSecret(segment)) sink.add(i, end, 'secret:webhook-url');
    i = end;
  }
  return i;
};

const isHookSecret = (segment: string): boolean => {
  if (segment.length < 12) return false;
  const shape = shapeOf(segment);
  return shape.lower + shape.upper > 0 && (shape.digits > 0 || segment.length >= 20) && isTokenLike(segment) && !segment.includes('.');
};

const BEARER_PATHS = new Set(['reset', 'reset-password', 'password-reset', 'verify', 'verify-email', 'confirm', 'confirmation', 'activate', 'invite', 'invitation', 'invitations', 'token', 'tokens', 'magic', 'magic-link', 'unsubscribe', 'key', 'secret', 'password']);

/** True for a long path segment that follows `reset-password/`, `invite/` and the like. */
export const isBearerSegment = (text: string, start: number): boolean => {
  if (text.charCodeAt(start - 1) !== 47) return false;
  let from = start - 1;
  while (from > 0 && start - from < 24 && (isWord(text.charCodeAt(from - 1)) || text.charCodeAt(from - 1) === 45)) from--;
  return BEARER_PATHS.has(text.slice(from, start - 1).toLowerCase());
};

/** `db-credentials-7f3c9a`: an object's name, with the hash that a controller appends. */
const OBJECT = /^[a-z]{2,}(?:-[a-z]{3,})+-[a-z0-9]{4,10}$/;

/** Links that are mailed to one person: a UUID there is what they are believed by, not the id of a resource. */
const LINKS = /\/(?:reset(?:-password)?|password-reset|verify-email|invite|invitation|magic(?:-link)?)\/$/i;

/** Masks such a segment, [start, end); 0 where it is a name. */
export const maskBearerSegment = (text: string, start: number, end: number, sink: SpanSink): number => {
  const segment = text.slice(start, end);
  if (isUuid(segment)) return LINKS.test(text.slice(Math.max(0, start - 24), start)) ? sink.add(start, end, 'secret:token') : 0;
  return segment.length >= 20 && !OBJECT.test(segment) && (isTokenLike(segment) || isRandom(segment)) ? sink.add(start, end, 'secret:token') : 0;
};
