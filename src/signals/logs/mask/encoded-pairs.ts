/** Pairs inside URL-encoded text: JSON in a query, a query in a query. */
import { acceptsValue } from './accept-value.ts';
import { isKeyChar } from './characters.ts';
import type { SpanSink } from './mask-span.ts';
import { MAX_KEY_CHARS } from './plain-keys.ts';
import { ruleOfKey } from './sensitive-keys.ts';

const ENCODED_SEPARATOR = /%(?:25){0,3}3[AaDd](?:%(?:25)?20|\+)?(%(?:25){0,3}22)?((?:[^%\s"'&<>]|%(?:25)?(?:2[134BFbf]|3[DdFf]|40|5[Ee]|7[Ee])){1,1024})/y;

/** `%22password%22%3A%22…%22` and `password%3D…`: a pair in URL-encoded JSON or a nested query; handles the `%` at `at`. */
export const maskEncodedPair = (text: string, at: number, sink: SpanSink): number => {
  ENCODED_SEPARATOR.lastIndex = at;
  const match = ENCODED_SEPARATOR.exec(text);
  if (match === null) return at + 1;
  let end = at;
  if (text.startsWith('%22', end - 3)) end -= 3;
  let start = end;
  while (start > 0 && end - start < MAX_KEY_CHARS && isKeyChar(text.charCodeAt(start - 1))) start--;
  if (/^(?:22|26|2C|7B)/.test(text.slice(start, end)) && text.charCodeAt(start - 1) === 37) start += 2;
  const key = text.slice(start, end);
  const content = match[2] ?? '';
  const rule = ruleOfKey(key);
  if (rule === null || /arn%3A[^\s"'&]*$/i.test(text.slice(Math.max(0, start - 100), start)) || !acceptsValue(rule.accept, content, { prose: false, query: true, followed: false, key: key.toLowerCase() })) return at + 1;
  return sink.add(ENCODED_SEPARATOR.lastIndex - content.length, ENCODED_SEPARATOR.lastIndex, rule.kind);
};
