import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Span, Spans } from '../domain/spans.ts';
import { podOf, serviceOf, spansOf } from '../domain/spans.ts';
import { LineGaps } from './line-gaps.ts';
import { SpanReader } from './read-spans.ts';

const read = (lines: readonly string[]): { readonly spans: Spans; readonly gaps: readonly string[] } => {
  const reader = new SpanReader();
  const gaps = new LineGaps('traces/s.ndjson');
  const count = reader.read([new TextEncoder().encode(lines.join('\n'))], gaps);
  return { spans: reader.finish(), gaps: gaps.sentences(`${count} spans`) };
};

/** All that does not depend on how names are numbered. */
const said = (spans: Spans): unknown => ({
  columns: [spans.startMs, spans.durationMs, spans.failed, spans.traceKeys, spans.spanKeys, spans.parents].map((column) => [...column]),
  names: Array.from({ length: spans.length }, (_, i) => [serviceOf(spans, i), podOf(spans, i), spans.names[spans.operations[i] ?? -1]]),
  orphans: spans.orphans,
});

const START = 1_893_492_000_000;
const record = ({ traceId, spanId, parentSpanId, name, service, pod, startMs, durationMs, status }: Span): Record<string, unknown> => ({
  trace_id: traceId, span_id: spanId, parent_span_id: parentSpanId, name, start_time_unix_nano: `${startMs}000000`, end_time_unix_nano: `${startMs + durationMs}000000`, status_code: status,
  resource: { 'service.name': service, 'k8s.pod.name': pod },
});

/** Milliseconds as they come out of nanoseconds in a double. */
const recorded = (ms: number): number => Number(`${ms}000000`) / 1e6;

/** The same record, written so that the fast path cannot read it: an escape in a key. */
const unusual = (value: Record<string, unknown>): string => JSON.stringify(value).replace('"trace_id"', String.raw`"\u0074race_id"`);

const id = fc.stringMatching(/^[1-9a-f][0-9a-f]{0,3}$/);
const span: fc.Arbitrary<Span> = fc.record({
  traceId: fc.constantFrom('t1', 't2', 'é"'), spanId: id, parentSpanId: fc.option(id), name: fc.string({ unit: 'grapheme' }), service: fc.constantFrom('', 'order', 'päy'), pod: fc.option(fc.constantFrom('order-1', 'p"2')),
  startMs: fc.nat(1e6).map((at) => START + at), durationMs: fc.nat(5000), status: fc.constantFrom('OK' as const, 'ERROR' as const, 'UNSET' as const),
});

describe('SpanReader', () => {
  it('reads the same from bytes, by way of objects, and as spans that are values', () => {
    fc.assert(
      fc.property(fc.array(span, { maxLength: 30 }), (spans) => {
        const records = spans.map(record);
        const fast = read(records.map((one) => JSON.stringify(one)));
        expect(said(fast.spans)).toEqual(said(read(records.map(unusual)).spans));
        expect(said(fast.spans)).toEqual(said(spansOf(spans.map((one) => ({ ...one, startMs: recorded(one.startMs), durationMs: recorded(one.startMs + one.durationMs) - recorded(one.startMs) })))));
        expect(fast.gaps).toEqual([]);
      }),
    );
  });

  it.each([
    ['a numeric status', '"status_code":2', [1]],
    ['a status with its prefix', '"status_code":"STATUS_CODE_ERROR"', [1]],
    ['a status in lower case', '"status_code":"error"', [1]],
    ['a status as an object', '"status":{"code":2}', [1]],
    ['no status', '"x":1', [0]],
    ['another word as long', '"status_code":"UNSET"', [0]],
  ])('understands %s', (_, status, failed) => {
    expect([...read([`{"trace_id":"t","span_id":"a","start_time_unix_nano":1893492000000000000,"end_time_unix_nano":1893492000005000000,${status}}`]).spans.failed]).toEqual(failed);
  });

  it('takes zeros for no parent, and counts lines that are no spans', () => {
    const line = '{"trace_id":"t","span_id":"a","parent_span_id":"0000000000000000","start_time_unix_nano":1893492000000000000,"end_time_unix_nano":1893492000005000000}';
    const { spans, gaps } = read([line, '', '{', '{"trace_id":"t","span_id":"b"}', '[]']);
    expect(spans).toMatchObject({ length: 1, orphans: 0 });
    expect(gaps).toEqual(['traces/s.ndjson: 2 lines, the first is line 3: no JSON object; skipped, 1 spans were read.', 'traces/s.ndjson: line 4: a span without ids or times; skipped, 1 spans were read.']);
  });
});

describe('whom a client says that it called', () => {
  const call = (attributes: Record<string, unknown>, rest: Record<string, unknown> = {}): Record<string, unknown> => ({
    ...record({ traceId: 'a', spanId: 'b', parentSpanId: null, name: 'query', service: 'till', pod: null, startMs: START, durationMs: 30, status: 'ERROR' }), attributes, ...rest,
  });
  const servicesOf = (records: readonly Record<string, unknown>[]): readonly string[] => {
    const both = [read(records.map((one) => JSON.stringify(one))), read(records.map(unusual))].map(({ spans }) => Array.from({ length: spans.length }, (_, i) => serviceOf(spans, i)));
    expect(both[0]).toEqual(both[1]);
    return both[0] ?? [];
  };

  it('gets a span where it records none, as long and as failed as the call', () => {
    const { spans } = read([JSON.stringify(call({ 'span.kind': 'client', 'server.address': 'ledger-db' }))]);
    expect(said(spans)).toMatchObject({ names: [['till', null, 'query'], ['ledger-db', null, 'query']] });
    expect([spans.parents[1], spans.durationMs[1], spans.failed[1]]).toEqual([0, spans.durationMs[0], 1]);
  });

  it('is read from the span\'s kind and from older names', () => {
    expect(servicesOf([call({ 'peer.service': 'ledger-db' }, { kind: 'SPAN_KIND_CLIENT' })])).toEqual(['till', 'ledger-db']);
    expect(servicesOf([call({ 'net.peer.name': 'ledger-db' }, { kind: 3 })])).toEqual(['till', 'ledger-db']);
  });

  it('is nobody for servers, hosts by number, and calls whose other side is recorded', () => {
    expect(servicesOf([call({ 'span.kind': 'server', 'server.address': 'till.example' }), call({ 'server.address': 'till.example' }, { span_id: 'c' })])).toEqual(['till', 'till']);
    expect(servicesOf([call({ 'span.kind': 'client', 'server.address': '10.1.2.3' })])).toEqual(['till']);
    const answer = record({ traceId: 'a', spanId: 'd', parentSpanId: 'b', name: 'GET', service: 'ledger', pod: null, startMs: START, durationMs: 20, status: 'OK' });
    expect(servicesOf([call({ 'span.kind': 'client', 'server.address': 'ledger-lb' }), answer])).toEqual(['till', 'ledger']);
  });
});
