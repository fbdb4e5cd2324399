/** `Cookie:` and `Set-Cookie:`. */
import type { SpanSink } from './mask-span.ts';
import { ruleOfKey } from './sensitive-keys.ts';
import type { Extent } from './value-extent.ts';
import { isPlaceholder, isTokenLike } from './value-shape.ts';

const MAX_COOKIE_CHARS = 8192;
const PAIR = /([\w.$-]{1,80})=("?)([^\s;"',\\]{1,4096})/y;
/** Numbers with dots, as counters of visits have them: `GA1.2.9539.1775657120`. */
const COUNTER = /^(?:[A-Z]{1,3}\d?\.)?\d+(?:\.\d+)+$/;
/** Attributes without a value, and what separates cookies in a joined header. */
const BETWEEN = /[; ",]*(?:(?:secure|httponly|partitioned)\b[; ",]*)*/iy;
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
    const from = at + name.length + 1 + quote.length;
    // The mark of a signed value (`s:`) is none of it.
    const start = content.startsWith('s%3A') ? from + 4 : from;
    const sensitive = ruleOfKey(name) !== null && content.length >= 6;
    if (!ATTRIBUTES.has(name.toLowerCase()) && !isPlaceholder(content) && !COUNTER.test(content) && (sensitive || (content.length >= 16 && isTokenLike(content)))) end = sink.add(start, from + content.length, 'secret:cookie');
    at += whole.length;
    BETWEEN.lastIndex = at;
    if (BETWEEN.test(text)) at = BETWEEN.lastIndex;
  }
  return end;
};
