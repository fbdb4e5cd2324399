import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../domain/finding.ts';
import type { Span } from '../../domain/spans.ts';
import { spansOf } from '../../domain/spans.ts';
import type { ShopFaults } from './testing.ts';
import { REQUEST_EVERY_MS, SHOP_TIMES, shopSpans } from './testing.ts';
import type { TraceInput, TraceSignals } from './trace-findings.ts';
import { traceFindings } from './trace-findings.ts';

const input = (spans: readonly Span[], overrides: Partial<TraceInput> = {}): TraceInput => ({ ...SHOP_TIMES, spans: spansOf(spans), topology: [], ...overrides });
/** All that does not number spans. */
const said = ({ findings, graph, gaps }: TraceSignals): Pick<TraceSignals, 'findings' | 'graph' | 'gaps'> => ({ findings, graph, gaps });
const causes = (findings: readonly Finding[]): Finding[] => findings.filter(({ role }) => role === 'cause');
const inWindow = ({ startMs }: Span): boolean => startMs >= SHOP_TIMES.window.start;

const FAULTS: readonly (readonly [string, ShopFaults, string, string])[] = [
  ['a slow network into stock', { delay: { service: 'stock', ms: 200 } }, 'stock', 'network_delay'],
  ['a slow network into order', { delay: { service: 'order', ms: 200 } }, 'order', 'network_delay'],
  ['slow code in payment', { slow: { service: 'payment', ms: 50 } }, 'payment', 'cpu'],
  ['slow code in order', { slow: { service: 'order', ms: 50 } }, 'order', 'cpu'],
  ['stock being down', { down: { service: 'stock' } }, 'stock', 'crash'],
  ['failures in stock', { fail: { service: 'stock' } }, 'stock', 'exception'],
  ['failures in order, which then calls nobody', { fail: { service: 'order' } }, 'order', 'exception'],
];

describe('traceFindings', () => {
  it('finds nothing where nothing is wrong', () => {
    expect(traceFindings(input(shopSpans())).findings).toEqual([]);
  });

  it.each(FAULTS)('blames the right service first for %s', (_, faults, service, fault) => {
    const [first] = causes(traceFindings(input(shopSpans(faults))).findings);
    expect(first?.component).toMatchObject({ kind: 'service', name: service, pod: fault === 'crash' ? null : `${service}-1` });
    expect(Object.entries(first?.faults ?? {}).sort(([, a], [, b]) => b - a)[0]?.[0]).toBe(fault);
    expect(first?.strength).toBeGreaterThan(3);
    expect(Math.abs((first?.onset ?? 0) - SHOP_TIMES.onset)).toBeLessThanOrEqual(60_000);
  });

  it.each(FAULTS)('says the same of %s without a baseline, from the quiet start of the window', (_, faults, service) => {
    const spans = shopSpans(faults).filter(inWindow);
    expect(causes(traceFindings(input(spans, { baseline: null })).findings)[0]?.component.name).toBe(service);
    expect(causes(traceFindings(input(spans)).findings)[0]?.component.name).toBe(service);
  });

  it.each(FAULTS)('says the same of %s when half of the traces are lost or a clock is two minutes off', (_, faults, service) => {
    const half = shopSpans(faults).filter(({ traceId }) => Number(traceId.slice(1)) % (2 * REQUEST_EVERY_MS) === 0);
    expect(causes(traceFindings(input(half)).findings)[0]?.component.name).toBe(service);
    const skewed = traceFindings(input(shopSpans({ ...faults, skew: { service: 'order', ms: -120_000 } })));
    expect(causes(skewed.findings)[0]?.component.name).toBe(service);
    expect(skewed.gaps).toEqual([expect.stringContaining('clock of order-1 is 120.0 s behind')]);
  });

  it('takes the queue that a slow callee causes for no fault of the caller', () => {
    // Every thread of the gateway waits for order: calls wait in front of it, within its span, for longer than order takes.
    const slow = { slow: { service: 'order', ms: 60 } } as const;
    const queued = shopSpans(slow).map((span): Span => (span.service === 'gateway' && span.parentSpanId === null && span.startMs >= SHOP_TIMES.onset ? { ...span, startMs: span.startMs - 900, durationMs: span.durationMs + 900 } : span));
    expect(causes(traceFindings(input(queued)).findings)[0]?.component.name).toBe('order');
  });

  it('takes what a called span spends around its only call for its own work, not for the way to the callee', () => {
    // desk > till > till-db, nobody with spans of its clients.
    const chain = Array.from({ length: 300 }, (_, i): readonly Span[] => {
      const normal = i < 150;
      const at = normal ? SHOP_TIMES.baseline.start + i * 4000 : SHOP_TIMES.window.start + (i - 150) * 4000;
      const more = at >= SHOP_TIMES.onset ? 300 : 0;
      const span = (service: string, parent: string | null, ownMs: number): Span =>
        ({ traceId: `t${i}`, spanId: `${service}${i}`, parentSpanId: parent === null ? null : `${parent}${i}`, name: `GET /${service}`, service, pod: null, startMs: at, durationMs: ownMs + (i % 7), status: 'OK' });
      return [span('desk', null, 60 + more), span('till', 'desk', 30 + more), span('till-db', 'till', 5)];
    }).flat();
    const [first] = causes(traceFindings(input(chain)).findings);
    expect(first?.component.name).toBe('till');
    expect(first?.summary).toContain('own code');
  });

  it('sees a flood where it enters', () => {
    const [first] = causes(traceFindings(input(shopSpans({ flood: 8 }))).findings);
    expect(first).toMatchObject({ component: { name: 'gateway' }, faults: { traffic: 0.7 }, indicator: 'calls per time' });
  });

  it('makes those who only pass an error on symptoms', () => {
    const { findings } = traceFindings(input(shopSpans({ fail: { service: 'stock' } })));
    expect(new Set(causes(findings).map(({ component }) => component.name))).toEqual(new Set(['stock']));
    expect(findings.some(({ role, component }) => role === 'symptom' && component.name === 'gateway')).toBe(true);
  });

  it('does not depend on the order of spans, and never throws', () => {
    const spans = shopSpans({ delay: { service: 'stock', ms: 200 }, fail: { service: 'payment' } }).filter(({ traceId }) => Number(traceId.slice(1)) % (3 * REQUEST_EVERY_MS) === 0);
    const expected = traceFindings(input(spans));
    fc.assert(
      fc.property(fc.shuffledSubarray([...spans.keys()], { minLength: spans.length }), (order) => {
        expect(said(traceFindings(input(order.flatMap((i) => spans[i] ?? []))))).toEqual(said(expected));
      }),
      { numRuns: 5 },
    );
    const span = fc.record({
      traceId: fc.constantFrom('a', 'b'), spanId: fc.constantFrom('1', '2', '3'), parentSpanId: fc.constantFrom(null, '1', '2', '9'), name: fc.string(), service: fc.constantFrom('', 'x', 'y'),
      pod: fc.constantFrom(null, 'p'), startMs: fc.integer({ min: SHOP_TIMES.window.start, max: SHOP_TIMES.window.end }), durationMs: fc.nat(1e6), status: fc.constantFrom('OK' as const, 'ERROR' as const),
    });
    fc.assert(fc.property(fc.array(span), (any) => void traceFindings(input(any))));
  });

  it('shows neither ids nor secrets of span names', () => {
    const spans = shopSpans({ fail: { service: 'stock' } }).map((span, i) => Object.assign(span, { name: `${span.name}/${i}?password=hunter2secret9` }));
    const found = traceFindings(input(spans));
    expect(causes(found.findings)[0]?.component.name).toBe('stock');
    expect(JSON.stringify(found.findings)).not.toContain('hunter2');
  });

  it('joins the graph of spans with the topology', () => {
    const { graph } = traceFindings(input(shopSpans(), { topology: [{ source: 'order', destination: 'stock' }, { source: 'stock', destination: 'disk' }] }));
    expect([...(graph.calls.get('order') ?? [])]).toEqual([['payment', { calls: 300, errors: 0 }], ['stock', { calls: 300, errors: 0 }]]);
    expect([...(graph.calls.get('stock') ?? [])]).toEqual([['disk', { calls: 0, errors: 0 }]]);
    expect(graph.services).toEqual(['disk', 'gateway', 'order', 'payment', 'stock']);
  });

  it('says how many spans lack their parent', () => {
    const spans = shopSpans().filter(({ name }) => name !== 'GET /order');
    expect(traceFindings(input(spans)).gaps).toEqual([`600 of ${spans.length} spans name a parent that is not in the capsule; their calls are not followed.`]);
  });
});
