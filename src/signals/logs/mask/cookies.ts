/** `Cookie:` and `Set-Cookie:`. */
import type { SpanSink } from './mask-span.ts';
import { ruleOfKey } from './sensitive-keys.ts';
import type { Extent } from './value-extent.ts';
import { isPlaceholder, isTokenLike } from './value-shape.ts';

const MAX_COOKIE_CHARS = 8192;
const PAIR = /([\w.$-]{1,80})=("?)([^\s;"',\\]{1,4096})/y;
const ATTRIBUTES = new Set(['path', 'domain', 'expires', 'max-age', 'samesite', 'version', 'priority']);

/** Pairs whose name is sensitive or whose value a machine made. */
export const cookieValue = (text: string, value: Extent, sink: SpanSink): number | null => {
  let at = value.start;
  const limit = Math.min(text.length, value.start + MAX_COOKIE_CHARS);
  let end: number | null = null;
  while (at < limit) {
    PAIR.lastIndex = at;
    const match = PAIR.exec(text);
    if (match === null) break;
    const [whole, name = '', quote = '', content = ''] = match;
    const start = at + name.length + 1 + quote.length;
    const sensitive = ruleOfKey(name) !== null && content.length >= 6;
    if (!ATTRIBUTES.has(name.toLowerCase()) && !isPlaceholder(content) && (sensitive || (content.length >= 16 && isTokenLike(content)))) end = sink.add(start, start + content.length, 'secret:cookie');
    at += whole.length;
    while (at < limit && (text.charCodeAt(at) === 59 || text.charCodeAt(at) === 32 || text.charCodeAt(at) === 34)) at++;
  }
  return end;
};
