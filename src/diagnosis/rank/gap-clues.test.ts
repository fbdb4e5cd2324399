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
