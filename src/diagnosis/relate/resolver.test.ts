import { describe, expect, it } from 'vitest';
import { syntheticSeries } from '../../../test/support/synthetic-series.ts';
import { FAULT_AT, logFile, MINUTE, shopCapsule, shopMetrics, T0 } from '../../../test/support/synthetic-capsule.ts';
import type { Capsule, MetricSeries, TopologyEdge } from '../../domain/capsule.ts';
import { analyzeCapsule } from '../analyze-capsule.ts';
import { isResolver } from './resolver.ts';

it('knows a resolver by its name', () => {
  expect(['coredns', 'kube-dns', 'node-local-dns-x7k', 'dnsmasq', 'infra-unbound'].filter((name) => !isResolver(name))).toEqual([]);
  expect(['adns', 'renamed', 'cdn', 'orders', 'dnsless'].filter(isResolver)).toEqual([]);
});

const resolver = (to?: number): MetricSeries => syntheticSeries({ name: 'dns_request_duration_seconds', labels: { service: 'kube-dns' }, start: T0, intervalMs: MINUTE, samples: 80, level: 0.004, noise: 0.05, ...(to === undefined ? {} : { shift: { at: FAULT_AT, to } }) });

const lines = ['order', 'web'].flatMap((service) => [
  ...Array.from({ length: 160 }, (_, i) => ({ at: T0 + i * 30_000, service, level: 'INFO', body: `handled request ${i} in 12 ms` })),
  ...Array.from({ length: 60 }, (_, i) => ({ at: FAULT_AT + i * 10_000, service, level: 'ERROR', body: `dial tcp: lookup quota on 10.0.0.${i % 9}:53: read udp: i/o timeout, attempt ${i}` })),
]);
const topology: readonly TopologyEdge[] = [{ source: 'web', destination: 'order' }, { source: 'order', destination: 'quota' }, { source: 'web', destination: 'quota' }];
const firstOf = async (rest: Partial<Capsule>): Promise<string> => {
  const failing = shopMetrics({ order: { error_ratio: 0.5 }, web: { error_ratio: 0.4 } }).filter(({ labels }) => labels['service'] === 'web' || labels['service'] === 'order');
  const { hypotheses: [one] } = await analyzeCapsule(shopCapsule({ logs: [logFile(lines)], topology, symptom: { service: 'web', metric: null, description: null }, ...rest, metrics: [...failing, ...(rest.metrics ?? [])] }));
  return `${one?.component.name} ${one?.fault}`;
};

describe('names that cannot be resolved', () => {
  it('accuse the resolver where it is in trouble, neither who asks nor who is asked for', async () => {
    expect(await firstOf({ metrics: [resolver(2)] })).toBe('kube-dns dns');
  });

  it('do not accuse a resolver that answers as ever', async () => {
    expect(await firstOf({ metrics: [resolver()] })).not.toMatch(/^kube-dns/);
  });

  it('do not accuse a resolver that has no answer for one foreign zone only, which one service alone asks for', async () => {
    const failures = syntheticSeries({ name: 'dns_responses_servfail_rate', labels: { service: 'kube-dns' }, start: T0, intervalMs: MINUTE, samples: 80, level: 0.05, noise: 0.05, shift: { at: FAULT_AT, to: 30 } });
    const asking = (who: readonly string[], host: string): Partial<Capsule> => ({ metrics: [failures], logs: [logFile([
      ...lines.filter(({ level }) => level === 'INFO'),
      ...who.flatMap((service) => Array.from({ length: 60 }, (_, i) => ({ at: FAULT_AT + i * 10_000, service, level: 'ERROR', body: `attempt ${i}: Temporary failure in name resolution (${host})` }))),
    ])] });
    expect(await firstOf(asking(['order'], 'rates.clearing.example'))).toBe('order dns');
    expect(await firstOf(asking(['order', 'web'], 'rates.clearing.example'))).toBe('kube-dns dns');
    expect(await firstOf(asking(['order'], 'quota.shop.svc.cluster.local'))).toBe('kube-dns dns');
  });

  it('accuse a resolver that counts its failures, though nobody writes anything', async () => {
    const failures = syntheticSeries({ name: 'dns_responses_servfail_rate', labels: { service: 'kube-dns' }, start: T0, intervalMs: MINUTE, samples: 80, level: 0.05, noise: 0.05, shift: { at: FAULT_AT, to: 30 } });
    expect(await firstOf({ metrics: [failures], logs: [] })).toBe('kube-dns dns');
  });
});
