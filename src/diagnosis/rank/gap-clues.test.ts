import { describe, expect, it } from 'vitest';
import type { Capsule, MetricSeries } from '../../domain/capsule.ts';
import { syntheticSeries } from '../../../test/support/synthetic-series.ts';
import { FAULT_AT, MINUTE, shopCapsule, T0 } from '../../../test/support/synthetic-capsule.ts';
import { analyzeCapsule } from '../analyze-capsule.ts';

/** Latency of one edge as both sides measure it, in milliseconds; `source` and `destination` are the levels during the fault. */
const edge = (from: string, to: string, levels: { readonly source?: number; readonly destination?: number } = {}): readonly MetricSeries[] =>
  (['source', 'destination'] as const).map((reporter) =>
    syntheticSeries({
      name: 'mesh_request_duration_milliseconds', labels: { source: from, destination: to, reporter, quantile: '0.5' }, start: T0, intervalMs: MINUTE, samples: 80, level: 40,
      ...(levels[reporter] === undefined ? {} : { shift: { at: FAULT_AT, to: levels[reporter] } }),
    }),
  );

const gauge = (service: string, name: string, level: number, to?: number): MetricSeries =>
  syntheticSeries({ name, labels: { service }, start: T0, intervalMs: MINUTE, samples: 80, level, ...(to === undefined ? {} : { shift: { at: FAULT_AT, to } }) });

const namesOf = async (rest: Partial<Capsule>): Promise<readonly string[]> => (await analyzeCapsule(shopCapsule({ topology: [], symptom: null, ...rest }))).hypotheses.map(({ component, fault }) => `${component.name} ${fault}`);

describe('time lost between caller and callee', () => {
  it('of several edges accuses the service that has part in most', async () => {
    const metrics = [...edge('front', 'middle', { source: 700, destination: 300 }), ...edge('middle', 'back', { source: 260 }), ...edge('middle', 'side', { source: 260 }), ...edge('front', 'other')];
    const [first] = await namesOf({ metrics });
    expect(first).toBe('middle network_delay');
  });

  it('of one edge accuses the callee', async () => {
    const metrics = [...edge('front', 'middle'), ...edge('middle', 'back', { source: 260 }), ...edge('front', 'other')];
    const [first] = await namesOf({ metrics });
    expect(first).toBe('back network_delay');
  });

  it('of one edge accuses the caller where others call the same callee without loss', async () => {
    const metrics = [...edge('middle', 'back', { source: 260 }), ...edge('front', 'back'), ...edge('other', 'back')];
    const [first] = await namesOf({ metrics });
    expect(first).toBe('middle network_delay');
  });
});

describe('a caller that waits longer', () => {
  const own = (service: string, to?: number): MetricSeries => gauge(service, 'http_server_latency_p50_ms', 40, to);
  const outbound = (from: string, to: string, level?: number): MetricSeries =>
    syntheticSeries({ name: 'response_latency_ms', labels: { source: from, destination: to, direction: 'outbound', quantile: '0.5' }, start: T0, intervalMs: MINUTE, samples: 80, level: 42, ...(level === undefined ? {} : { shift: { at: FAULT_AT, to: level } }) });

  it('loses no time on the way where the callee is as slow by its own clock', async () => {
    const [first] = await namesOf({ metrics: [own('front', 400), own('back', 380), outbound('front', 'back', 400)] });
    expect(first).toMatch(/^back (?!network_delay)|^back network_delay$/);
    const [lost] = await namesOf({ metrics: [own('front', 400), own('back'), outbound('front', 'back', 400), outbound('other', 'back')] });
    expect(lost).toBe('front network_delay');
  });
});

describe('threads held while a callee is slow', () => {
  const metrics = [
    gauge('desk', 'http_server_latency_p50_ms', 50, 9000), gauge('desk', 'worker_threads_active', 5, 60), gauge('desk', 'http_server_errors_per_second', 0.2, 6),
    gauge('ledger-db', 'query_latency_p95_ms', 8, 1500), gauge('ledger-db', 'db_lock_waits', 1, 30),
  ];

  it('are the echo of the callee, however long the queue', async () => {
    const [first] = await namesOf({ metrics, topology: [{ source: 'desk', destination: 'ledger-db' }] });
    expect(first).toMatch(/^ledger-db /);
  });

  it('are so too where nobody knows who calls whom: everybody calls stores', async () => {
    const [first] = await namesOf({ metrics });
    expect(first).toMatch(/^ledger-db /);
  });
});

describe('time that one waits for a connection of one\'s own', () => {
  const calls = { source: 'desk', destination: 'ledger-db' };
  const held = (name: string, level: number, to?: number): MetricSeries => syntheticSeries({ name, labels: calls, start: T0, intervalMs: MINUTE, samples: 80, level, ...(to === undefined ? {} : { shift: { at: FAULT_AT, to } }) });
  const metrics = [
    gauge('desk', 'http_server_latency_p50_ms', 50, 4000), gauge('ledger-db', 'query_latency_p50_ms', 4), held('db_client_wait_ms', 4, 3900), held('db_pool_pending', 1, 80), gauge('gate', 'http_server_latency_p50_ms', 60, 4000),
  ];
  const topology = [{ source: 'gate', destination: 'desk' }, calls];

  it('is nobody else\'s where the pool for these calls was made smaller', async () => {
    const [first] = await namesOf({ metrics: [...metrics, held('db_pool_max', 20, 1)], topology });
    expect(first).toMatch(/^desk (?:capacity|configuration)$/);
  });

  it('and the pool is the caller\'s, though its series name both', async () => {
    const names = await namesOf({ metrics: [gauge('desk', 'http_server_latency_p50_ms', 50), held('db_pool_pending', 1, 80), gauge('ledger-db', 'query_latency_p50_ms', 4)], topology });
    expect(names[0]).toMatch(/^desk /);
    expect(names.some((name) => name.startsWith('ledger-db'))).toBe(false);
  });
});

describe('the caller\'s side of a call', () => {
  const named = (name: string, labels: Readonly<Record<string, string>> = {}): MetricSeries =>
    syntheticSeries({ name, labels: { source: 'desk', destination: 'kv-cache', ...labels }, start: T0, intervalMs: MINUTE, samples: 80, level: 2, shift: { at: FAULT_AT, to: 130 } });

  it.each([['DependencyDuration', {}], ['upstream_latency_ms', {}], ['call_latency_ms', { service: 'desk' }]])('is known by %s %j: of one that measures nothing nobody can say that it is short of anything', async (name, labels) => {
    const [first] = await namesOf({ metrics: [named(name, labels), gauge('desk', 'http_server_latency_p50_ms', 40, 175)], topology: [{ source: 'desk', destination: 'kv-cache' }] });
    expect(first).toBe('kv-cache dependency');
  });
});
