/** An id and its key side by side, as clients take them: `searchClient('APP7K2QX', '3e08…')`, `auth=(client, secret)`. */
import { lineBefore } from './characters.ts';
import type { SpanSink } from './mask-span.ts';
import { isPlaceholder, isRandom, isUuid } from './value-shape.ts';

const ARGUMENTS = /\(\s*\\*(["'])([A-Z0-9]{8,24})\\*\1,\s*\\*(["'])([\w+/=.-]{24,200})\\*\3\s*[,)]/y;
const HEX_KEY = /^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{48}|[0-9a-f]{64})$/;
/** What looks something up, compares it or names a digest: its second argument is a checksum. */
const NO_CLIENT = /(?:^|[._])(?:\w*(?:get|find|load|fetch|lookup|has|is|check|verify|compare|equals|match|assert|expect|hash|digest|sum|etag|sha\d*|md\d|commit|blob|log|print|format|insert|put|add|update|delete|save|store|trace|span|cache)\w*)$/i;
const NAME = /[\w.]{2,64}$/;

/** Both letters and digits, as ids that an issuer gives out have. */
const isIssued = (id: string): boolean => /[A-Z]/.test(id) && /\d/.test(id);

/** Handles `(` at `at` behind a name; the end of what was masked, or 0. */
export const maskClientKey = (text: string, at: number, sink: SpanSink): number => {
  ARGUMENTS.lastIndex = at;
  const match = ARGUMENTS.exec(text);
  const key = match?.[4];
  if (match === null || key === undefined || !isIssued(match[2] ?? '') || isUuid(key) || isPlaceholder(key) || !(HEX_KEY.test(key) || isRandom(key))) return 0;
  if (NO_CLIENT.test(NAME.exec(lineBefore(text, at, 64))?.[0] ?? '')) return 0;
  const start = text.indexOf(key, at + 1);
  return sink.add(start, start + key.length, 'secret:key');
};

/** `auth=(user, password)` without quotes, as HTTP clients show the pair that Basic authentication takes (RFC 7617). */
const PAIR = /\(\s*([^\s"'(),=]{1,128}), ?([^\s"'(),=]{12,256})\)/y;

/** Masks the second of the pair that opens at `at`, and a random first; the end of what was masked, or 0. */
export const maskAuthPair = (text: string, at: number, sink: SpanSink): number => {
  PAIR.lastIndex = at;
  const match = PAIR.exec(text);
  const [, user = '', secret = ''] = match ?? [];
  if (match === null || isPlaceholder(secret) || !(isRandom(secret) || HEX_KEY.test(secret))) return 0;
  const end = PAIR.lastIndex - 1;
  const first = text.indexOf(user, at + 1);
  if (isRandom(user)) sink.add(first, first + user.length, 'secret:authorization');
  return sink.add(end - secret.length, end, 'secret:authorization');
};
