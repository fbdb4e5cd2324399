/** traces/**.ndjson: spans in OpenTelemetry's names, from bytes to columns. */
import { InstantReader } from '../domain/instant-bytes.ts';
import { parseInstant } from '../domain/instant.ts';
import type { SpanDraft, Spans } from '../domain/spans.ts';
import { SpanBuilder } from '../domain/spans.ts';
import { hashBytes, hashText } from '../shared/byte-hash.ts';
import { eachLine, isBlank } from '../shared/byte-lines.ts';
import { ByteNames, textOfBytes } from '../shared/byte-names.ts';
import { isObject, parseObject, textField } from '../shared/json-fields.ts';
import { ABSENT, JsonScanner, NULL, NUMBER, OTHER, PLAIN_TEXT } from '../shared/json-scan.ts';
import type { LineGaps } from './line-gaps.ts';
import { PeerReader, peerOf } from './span-peer.ts';

/** Spans of one capsule that are kept. */
export const MAX_SPANS = 1_000_000;

const KEYS = ['trace_id', 'span_id', 'parent_span_id', 'name', 'start_time_unix_nano', 'end_time_unix_nano', 'status_code', 'status', 'attributes', 'kind'] as const;
const [TRACE, SPAN, PARENT, NAME, START, END, STATUS, STATUS_OBJECT, ATTRIBUTES, KIND, SERVICE, POD] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11] as const;

const ERROR = new TextEncoder().encode('ERROR');
const LONG_ERROR_LENGTH = 'STATUS_CODE_ERROR'.length;
const ZERO = 48;
const EMPTY_OBJECT = 2;

/** Reads the files of a capsule one after the other. */
export class SpanReader {
  private readonly builder = new SpanBuilder();
  private readonly names = new ByteNames();
  private readonly instants = new InstantReader();
  private readonly scanner = new JsonScanner(KEYS, 'resource', ['service.name', 'k8s.pod.name']);
  private readonly draft: SpanDraft = { traceKey: 0, spanKey: 0, parentKey: 0, operation: 0, service: 0, pod: -1, startMs: 0, durationMs: 0, failed: false, peer: -1 };
  private readonly peers = new PeerReader();

  /** Returns how many spans the file gave. */
  read(chunks: Iterable<Uint8Array>, gaps: LineGaps): number {
    const before = this.builder.length;
    let lineNumber = 0;
    eachLine(chunks, (bytes, start, end) => {
      lineNumber += 1;
      if (isBlank(bytes, start, end)) return true;
      if (this.builder.length >= MAX_SPANS) {
        gaps.cut(`more than ${MAX_SPANS} spans`);
        return false;
      }
      if (this.scanner.scan(bytes, start, end) && this.fromBytes(bytes)) this.builder.add(this.draft);
      else this.fromText(textOfBytes(bytes, start, end), lineNumber, gaps);
      return true;
    });
    return this.builder.length - before;
  }

  finish(): Spans {
    return this.builder.finish(this.names.names);
  }

  /** Fills the draft from what the scanner found; false where a field is of an unusual form. */
  private fromBytes(bytes: Uint8Array): boolean {
    const { kinds, starts, ends } = this.scanner;
    const { draft, names } = this;
    if (kinds[TRACE] !== PLAIN_TEXT || kinds[SPAN] !== PLAIN_TEXT || this.lengthOf(TRACE) === 0 || this.lengthOf(SPAN) === 0) return false;
    if (!this.isTextOrNothing(PARENT) || !this.isTextOrNothing(NAME) || !this.isTextOrNothing(SERVICE) || !this.isTextOrNothing(POD)) return false;
    if (kinds[STATUS] !== PLAIN_TEXT && (kinds[STATUS] !== ABSENT || kinds[STATUS_OBJECT] !== ABSENT)) return false;
    const startMs = this.instant(bytes, START);
    const endMs = this.instant(bytes, END);
    if (Number.isNaN(startMs) || Number.isNaN(endMs)) return false;
    draft.traceKey = this.key(bytes, TRACE);
    draft.spanKey = this.key(bytes, SPAN);
    draft.parentKey = kinds[PARENT] !== PLAIN_TEXT || isZeros(bytes, starts[PARENT] ?? 0, ends[PARENT] ?? 0) ? 0 : this.key(bytes, PARENT);
    draft.operation = this.name(bytes, NAME);
    draft.service = this.name(bytes, SERVICE);
    draft.pod = kinds[POD] === PLAIN_TEXT && this.lengthOf(POD) > 0 ? names.ofBytes(bytes, starts[POD] ?? 0, ends[POD] ?? 0) : -1;
    draft.startMs = startMs;
    draft.durationMs = Math.max(0, endMs - startMs);
    draft.failed = this.isError(bytes);
    draft.peer = -1;
    if (kinds[ATTRIBUTES] === OTHER && this.lengthOf(ATTRIBUTES) > EMPTY_OBJECT) {
      const kind = kinds[KIND] === PLAIN_TEXT || kinds[KIND] === NUMBER ? textOfBytes(bytes, starts[KIND] ?? 0, ends[KIND] ?? 0) : null;
      const peer = this.peers.peerIn(bytes, starts[ATTRIBUTES] ?? 0, ends[ATTRIBUTES] ?? 0, kind);
      if (peer !== null) draft.peer = names.ofText(peer);
    }
    return true;
  }

  private lengthOf(field: number): number {
    return (this.scanner.ends[field] ?? 0) - (this.scanner.starts[field] ?? 0);
  }

  private isTextOrNothing(field: number): boolean {
    const kind = this.scanner.kinds[field];
    return kind === PLAIN_TEXT || kind === ABSENT || kind === NULL;
  }

  private instant(bytes: Uint8Array, field: number): number {
    const { kinds, starts, ends } = this.scanner;
    if (kinds[field] === NUMBER) return this.instants.ofNumber(bytes, starts[field] ?? 0, ends[field] ?? 0);
    return kinds[field] === PLAIN_TEXT ? this.instants.ofText(bytes, starts[field] ?? 0, ends[field] ?? 0) : Number.NaN;
  }

  private key(bytes: Uint8Array, field: number): number {
    return hashBytes(bytes, this.scanner.starts[field] ?? 0, this.scanner.ends[field] ?? 0);
  }

  private name(bytes: Uint8Array, field: number): number {
    const { kinds, starts, ends } = this.scanner;
    return kinds[field] === PLAIN_TEXT ? this.names.ofBytes(bytes, starts[field] ?? 0, ends[field] ?? 0) : this.names.ofText('');
  }

  private isError(bytes: Uint8Array): boolean {
    const { kinds, starts, ends } = this.scanner;
    if (kinds[STATUS] !== PLAIN_TEXT) return false;
    const start = starts[STATUS] ?? 0;
    const length = (ends[STATUS] ?? 0) - start;
    if (length === ERROR.length && bytes[start] === ERROR[0] && ERROR.every((code, i) => code === bytes[start + i])) return true;
    // Any other writing of it: `error`, `STATUS_CODE_ERROR`.
    return (length === ERROR.length || length === LONG_ERROR_LENGTH) && isErrorStatus(textOfBytes(bytes, start, start + length));
  }

  /** The same by way of an object, for lines that are out of the ordinary. */
  private fromText(line: string, lineNumber: number, gaps: LineGaps): void {
    if (line.trim() === '') return;
    const record = parseObject(line);
    if (record === null) {
      gaps.bad(lineNumber, 'no JSON object');
      return;
    }
    const traceId = textField(record['trace_id']);
    const spanId = textField(record['span_id']);
    const startMs = parseInstant(record['start_time_unix_nano']);
    const endMs = parseInstant(record['end_time_unix_nano']);
    if (traceId === null || spanId === null || startMs === null || endMs === null) {
      gaps.bad(lineNumber, 'a span without ids or times');
      return;
    }
    const resource = isObject(record['resource']) ? record['resource'] : {};
    const pod = textField(resource['k8s.pod.name']);
    const parent = textField(record['parent_span_id']);
    const peer = peerOf(isObject(record['attributes']) ? record['attributes'] : {}, record['kind']);
    this.builder.add({
      traceKey: hashText(traceId),
      spanKey: hashText(spanId),
      parentKey: parent === null || /^0+$/.test(parent) ? 0 : hashText(parent),
      operation: this.names.ofText(textField(record['name']) ?? ''),
      service: this.names.ofText(textField(resource['service.name']) ?? ''),
      pod: pod === null ? -1 : this.names.ofText(pod),
      startMs,
      durationMs: Math.max(0, endMs - startMs),
      failed: isErrorStatus(record['status_code'] ?? (isObject(record['status']) ? record['status']['code'] : undefined)),
      peer: peer === null ? -1 : this.names.ofText(peer),
    });
  }
}

/** Some tracers write a root's parent as zeros; an empty text is no parent either. */
const isZeros = (bytes: Uint8Array, start: number, end: number): boolean => {
  for (let at = start; at < end; at++) if (bytes[at] !== ZERO) return false;
  return true;
};

const isErrorStatus = (value: unknown): boolean => value === 2 || (typeof value === 'string' && value.toUpperCase().replace('STATUS_CODE_', '') === 'ERROR');
