import { describe, expect, it } from 'vitest';
import { syntheticSeries } from '../../../test/support/synthetic-series.ts';
import { FAULT_AT, logFile, MINUTE, shopCapsule, shopMetrics, T0 } from '../../../test/support/synthetic-capsule.ts';
import type { Capsule, MetricSeries } from '../../domain/capsule.ts';
import type { Finding } from '../../domain/finding.ts';
import { componentOf } from '../../signals/metrics/series-component.ts';
import { callGraphOf } from '../relate/call-graph.ts';
import { complaintsIn } from '../relate/complaints.ts';
import { analyzeMetrics } from '../../signals/metrics/analyze-metrics.ts';
import { analyzeCapsule } from '../analyze-capsule.ts';
import { complaintClues } from './complaint-clues.ts';

const clientSide = (source: string, destination: string, to?: number): MetricSeries =>
  syntheticSeries({ name: 'http_client_duration_milliseconds_p50', labels: { source, destination }, start: T0, intervalMs: MINUTE, samples: 80, level: 15, noise: 0.05, ...(to === undefined ? {} : { shift: { at: FAULT_AT, to } }) });

const measured = (services: readonly string[]): readonly MetricSeries[] => shopMetrics({}).filter(({ labels }) => services.includes(labels['service'] ?? ''));

const firstOf = async (rest: Partial<Capsule>): Promise<string> => {
  const { hypotheses: [first] } = await analyzeCapsule(shopCapsule(rest));
  return `${first?.component.name} ${first?.fault}`;
};

describe('a service that measures nothing', () => {
  const slow = (service: string, to: number): readonly MetricSeries[] => shopMetrics({ [service]: { latency_ms: to } }).filter(({ labels }) => labels['service'] === service);

  it('is known by how long its callers wait', async () => {
    expect(await firstOf({ metrics: [...measured(['web', 'cart', 'stock', 'stock-db']), ...slow('order', 900), clientSide('order', 'pay', 800)], symptom: { service: 'order', metric: null, description: null } })).toBe('pay dependency');
  });

  it('is known by what several write about it', async () => {
    const lines = ['order', 'web'].flatMap((service) => [
      ...Array.from({ length: 160 }, (_, i) => ({ at: T0 + i * 30_000, service, level: 'INFO', body: `handled request ${i} in 12 ms` })),
      ...Array.from({ length: 60 }, (_, i) => ({ at: FAULT_AT + i * 10_000, service, level: 'ERROR', body: `dial tcp: lookup quota on 10.0.0.${i % 9}:53: no such host (quota) attempt ${i}` })),
    ]);
    const topology = [{ source: 'web', destination: 'order' }, { source: 'order', destination: 'quota' }, { source: 'web', destination: 'quota' }];
    expect(await firstOf({ metrics: measured(['web', 'order']), logs: [logFile(lines)], topology, symptom: { service: 'web', metric: null, description: null } })).toMatch(/^quota /);
  });
});

const finding = (service: string, text: string, rest: Partial<Finding> = {}): Finding => ({
  id: `log:${service}:${text}`, kind: 'log_pattern', component: componentOf('service', service), faults: { error_return: 0.8 }, role: 'cause', strength: 4, onset: null, end: null, window: null, changeId: null, indicator: text, summary: text, query: null, observed: null,
  expected: null, samples: [text], ...rest,
});
const pairs = (findings: readonly Finding[], names: readonly string[]): readonly string[] => complaintsIn(findings, names).map(({ by, about }) => `${by}>${about}`);

describe('a callee that tells of its own trouble', () => {
  const capsule = shopCapsule({ metrics: measured(['cart', 'stock', 'stock-db']) });
  const passedOn = (findings: readonly Finding[]): readonly string[] => [...complaintClues(capsule, analyzeMetrics(capsule), findings, { graph: callGraphOf(capsule) }).passedOn];

  it('is what a caller that writes about it passes on', () => {
    const complaint = finding('stock', 'entry refused by stock-db: ledger sealed');
    expect(passedOn([finding('stock-db', 'ledger sealed'), complaint])).toEqual([complaint.id]);
    expect(passedOn([finding('stock-db', 'ledger sealed', { strength: 1 }), complaint])).toEqual([]);
    // Whom one does not call one cannot speak for.
    expect(passedOn([finding('stock-db', 'ledger sealed'), finding('cart', 'entry refused by stock-db: ledger sealed')])).toEqual([]);
  });
});

describe('complaints', () => {
  const names = ['gate', 'till', 'ledger-db'];

  it('name whom a failing service called, by its name or by an address', () => {
    expect(pairs([finding('gate', 'upstream: "http://till:8080/sum" timed out'), finding('till', 'query failed on ledger-db.shop.svc: canceled')], names)).toEqual(['gate>till', 'till>ledger-db']);
  });

  it('are none of two that name each other, of oneself, of verdicts, of words within words', () => {
    expect(pairs([finding('gate', 'till refused'), finding('till', 'gate closed the stream')], names)).toEqual([]);
    expect(pairs([finding('gate', 'gate failed'), finding('gate', 'root cause: till'), finding('gate', 'distill-e failed')], names)).toEqual([]);
    expect(pairs([finding('gate', 'till refused', { strength: 1 }), finding('gate', 'till refused', { role: 'context' })], names)).toEqual([]);
  });

  it('tell who calls whom where nobody recorded it', () => {
    const capsule = shopCapsule({ topology: [], metrics: measured(['order', 'stock']) });
    const heard = callGraphOf(capsule, [finding('order', 'timeout calling http://stock:80/levels')]);
    expect([heard.isHearsay, [...(heard.callees.get('order') ?? [])]]).toEqual([true, ['stock']]);
    expect(callGraphOf(shopCapsule(), [finding('pay', 'timeout calling order')]).callees.get('pay')).toBeUndefined();
  });
});
