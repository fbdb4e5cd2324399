/** traces/**.ndjson: spans in OpenTelemetry's names. */
import type { Span, SpanStatus, StringMap } from '../domain/capsule.ts';
import { parseInstant } from '../domain/instant.ts';
import type { JsonObject } from '../shared/json-fields.ts';
import { isObject, parseObject, stringMap, textField } from '../shared/json-fields.ts';
import type { LineGaps } from './line-gaps.ts';

/** Spans of one capsule that are kept. */
export const MAX_SPANS = 1_000_000;
/**
 * Attributes that tell the other side of a call or how it ended (OpenTelemetry semantic conventions). Failed spans keep all of
 * theirs; for the others the rest would be the larger half of the memory.
 */
const KEPT_ATTRIBUTES = [
  'peer.service', 'server.address', 'net.peer.name', 'db.system', 'db.system.name', 'db.name', 'messaging.system', 'rpc.system',
  'http.status_code', 'http.response.status_code', 'rpc.grpc.status_code', 'error.type', 'span.kind',
] as const;

/** Names repeat by the thousand; one string each keeps 500,000 spans in memory. */
class Names {
  private readonly known = new Map<string, string>();

  of(text: string): string {
    const known = this.known.get(text);
    if (known !== undefined) return known;
    if (this.known.size < 100_000) this.known.set(text, text);
    return text;
  }
}

/** Reads one file's spans into `spans`; returns how many. */
export class SpanReader {
  readonly spans: Span[] = [];
  private readonly names = new Names();
  private readonly attributeMaps = new Map<string, StringMap>();

  read(lines: Iterable<string>, gaps: LineGaps): number {
    const before = this.spans.length;
    let lineNumber = 0;
    for (const line of lines) {
      lineNumber += 1;
      if (line.trim() === '') continue;
      if (this.spans.length >= MAX_SPANS) {
        gaps.cut(`more than ${MAX_SPANS} spans`);
        break;
      }
      const record = parseObject(line);
      if (record === null) gaps.bad(lineNumber, 'no JSON object');
      else {
        const span = this.span(record);
        if (span === null) gaps.bad(lineNumber, 'a span without ids or times');
        else this.spans.push(span);
      }
    }
    return this.spans.length - before;
  }

  private span(record: JsonObject): Span | null {
    const traceId = textField(record['trace_id']);
    const spanId = textField(record['span_id']);
    const startMs = parseInstant(record['start_time_unix_nano']);
    const endMs = parseInstant(record['end_time_unix_nano']);
    if (traceId === null || spanId === null || startMs === null || endMs === null) return null;
    const resource = isObject(record['resource']) ? record['resource'] : {};
    const pod = textField(resource['k8s.pod.name']);
    const status = statusOf(record['status_code'] ?? (isObject(record['status']) ? record['status']['code'] : undefined));
    return {
      traceId: this.names.of(traceId),
      spanId,
      parentSpanId: parentOf(record['parent_span_id']),
      name: this.names.of(textField(record['name']) ?? ''),
      service: this.names.of(textField(resource['service.name']) ?? ''),
      pod: pod === null ? null : this.names.of(pod),
      startMs,
      durationMs: Math.max(0, endMs - startMs),
      status,
      attributes: status === 'ERROR' ? allAttributes(record['attributes']) : this.sharedAttributes(record['attributes']),
    };
  }

  /** Equal maps are one object. */
  private sharedAttributes(value: unknown): StringMap | null {
    if (!isObject(value)) return null;
    let key = '';
    for (const name of KEPT_ATTRIBUTES) if (value[name] !== undefined) key += `${name}=${JSON.stringify(value[name])}\n`;
    if (key === '') return null;
    const known = this.attributeMaps.get(key);
    if (known !== undefined) return known;
    const kept = stringMap(Object.fromEntries(KEPT_ATTRIBUTES.flatMap((name) => (value[name] === undefined ? [] : [[name, value[name]]]))));
    if (this.attributeMaps.size < MAX_ATTRIBUTE_MAPS) this.attributeMaps.set(key, kept);
    return kept;
  }
}

/** Some tracers write a root's parent as zeros. */
const parentOf = (value: unknown): string | null => {
  const id = textField(value);
  return id === null || /^0+$/.test(id) ? null : id;
};

const statusOf = (value: unknown): SpanStatus => {
  const text = typeof value === 'string' ? value.toUpperCase().replace('STATUS_CODE_', '') : value;
  if (text === 'ERROR' || text === 2) return 'ERROR';
  return text === 'OK' || text === 1 ? 'OK' : 'UNSET';
};

const MAX_ATTRIBUTE_MAPS = 50_000;

const allAttributes = (value: unknown): StringMap | null => {
  const attributes = stringMap(value);
  return Object.keys(attributes).length === 0 ? null : attributes;
};
