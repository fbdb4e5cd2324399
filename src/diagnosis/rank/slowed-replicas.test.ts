import { describe, expect, it } from 'vitest';
import { syntheticSeries } from '../../../test/support/synthetic-series.ts';
import { FAULT_AT, MINUTE, shopCapsule, T0 } from '../../../test/support/synthetic-capsule.ts';
import type { Capsule, MetricSeries, StringMap } from '../../domain/capsule.ts';
import { analyzeCapsule } from '../analyze-capsule.ts';

const gauge = (name: string, labels: StringMap, level: number, to?: number): MetricSeries =>
  syntheticSeries({ name, labels, start: T0, intervalMs: MINUTE, samples: 80, level, noise: 0.05, ...(to === undefined ? {} : { shift: { at: FAULT_AT, to } }) });

const SHOP = ['web', 'order', 'pay', 'stock'] as const;
const RACKS = ['rack-1', 'rack-2'] as const;
const podOf = (service: string, rack: string): string => `${service}-7d9c5b8f4-${rack === 'rack-1' ? 'aaaa1' : 'bbbb2'}`;

const PODS = `NAME                      READY   STATUS    RESTARTS   AGE   IP           NODE\n${SHOP.flatMap((service) => RACKS.map((rack) => `${podOf(service, rack).padEnd(26)}1/1     Running   0          9d    10.0.0.7     ${rack}`)).join('\n')}\n`;

/** Milliseconds that a replica takes from the fault on; null: as ever. */
type Slow = (service: string, rack: string) => number | null;

const slowed = (slow: Slow, withNode: boolean): readonly MetricSeries[] =>
  SHOP.flatMap((service) => RACKS.map((rack) => gauge('request_duration_milliseconds', { service, pod: podOf(service, rack), ...(withNode ? { node: rack } : {}) }, 40, slow(service, rack) ?? undefined)));

const firstOf = async (slow: Slow, rest: Partial<Capsule> & { readonly more?: readonly MetricSeries[]; readonly withNode?: boolean } = {}): Promise<string | undefined> => {
  const { more = [], withNode = false, ...capsule } = rest;
  const machines = [gauge('node_cpu_utilisation', { node: 'rack-1', unit: 'ratio' }, 0.3, 0.99), gauge('node_cpu_utilisation', { node: 'rack-2', unit: 'ratio' }, 0.3)];
  const { hypotheses: [one] } = await analyzeCapsule(shopCapsule({ metrics: [...machines, ...slowed(slow, withNode), ...more], symptom: { service: 'web', metric: 'latency', description: null }, ...capsule }));
  return one?.component.name;
};

const onOne: Slow = (service, rack) => (rack === 'rack-1' ? (service === 'stock' ? 900 : 400) : service === 'web' ? 90 : null);

describe('replicas of several services that take longer on one machine only', () => {
  it('are slowed by it, where their series or the cluster say that they run there', async () => {
    expect([await firstOf(onOne, { withNode: true }), await firstOf(onOne, { kubernetes: [{ file: 'kubernetes/pods.txt', text: PODS }] })]).toEqual(['rack-1', 'rack-1']);
  });

  it('are not, where their fellows elsewhere take as long, or one service alone is slow', async () => {
    expect(await firstOf((service) => (service === 'stock' ? 900 : 400), { withNode: true })).not.toBe('rack-1');
    expect(await firstOf((service, rack) => (service === 'stock' && rack === 'rack-1' ? 900 : null), { withNode: true })).not.toBe('rack-1');
  });

  it('leave suspect who computes a multiple there', async () => {
    const cpu = gauge('cpu_percent', { service: 'stock' }, 20, 95);
    expect(['rack-1', 'stock']).toContain(await firstOf(onOne, { withNode: true, more: [cpu] }));
  });
});
