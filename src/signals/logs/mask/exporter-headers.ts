/** Headers that a telemetry exporter sends along, `name=value,name=value` (OpenTelemetry Protocol Exporter specification, OTEL_EXPORTER_OTLP_HEADERS): nearly always what the backend knows its customer by. */
import { lineBefore } from './characters.ts';
import type { SpanSink } from './mask-span.ts';
import { ruleOfKey } from './sensitive-keys.ts';
import { isTokenLike, isUuid } from './value-shape.ts';

const EXPORTER = /\b(?:otlp|otel|opentelemetry|exporter)\w*\b[^\r\n]{0,48}$/i;
const PAIR = /[\s"']{0,3}([A-Za-z][\w-]{1,48})=([^\s,;"'&=]{1,512}={0,2})(,?)/y;
const MAX_PAIRS = 16;
const MIN_CHARS = 16;
/** What names a place, a format or a request. */
const NO_CREDENTIAL = /(?:^|-)(?:id|dataset|type|encoding|agent|host|version|name|env|environment|region|service|scope|source|stream|index|parent|state)$/i;

/** Handles the list behind the separator before `from`, whose key [start, end) ends with `headers`; the end of what was masked, or 0. */
export const maskExporterHeaders = (text: string, start: number, end: number, from: number, sink: SpanSink): number => {
  if (!EXPORTER.test(lineBefore(text, end, Math.min(end - start + 80, 160)))) return 0;
  let at = from;
  let masked = 0;
  for (let n = 0; n < MAX_PAIRS; n++) {
    PAIR.lastIndex = at;
    const match = PAIR.exec(text);
    const [, name = '', value = '', comma] = match ?? [];
    // What its own key tells is left to it, and all behind it.
    if (match === null || ruleOfKey(name) !== null) break;
    at = PAIR.lastIndex;
    const valueEnd = at - (comma === ',' ? 1 : 0);
    if (!NO_CREDENTIAL.test(name) && value.length >= MIN_CHARS && isTokenLike(value) && !isUuid(value)) masked = sink.add(valueEnd - value.length, valueEnd, 'secret:token');
    if (comma !== ',') break;
  }
  return masked;
};
