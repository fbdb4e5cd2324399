import { describe, expect, it } from 'vitest';
import { syntheticSeries } from '../../../test/support/synthetic-series.ts';
import { FAULT_AT, MINUTE, shopCapsule, T0 } from '../../../test/support/synthetic-capsule.ts';
import type { MetricSeries, StringMap } from '../../domain/capsule.ts';
import { analyzeCapsule } from '../analyze-capsule.ts';

const gauge = (name: string, labels: StringMap, level: number, to?: number): MetricSeries =>
  syntheticSeries({ name, labels, start: T0, intervalMs: MINUTE, samples: 80, level, noise: 0.05, ...(to === undefined ? {} : { shift: { at: FAULT_AT, to } }) });
const replica = (service: string, node: string, to?: number): MetricSeries => gauge('cpu_percent', { service, node, pod: `${service}-${node}` }, 25, to);

const SHOP = ['web', 'order', 'pay', 'stock'] as const;
const firstOf = async (metrics: readonly MetricSeries[]): Promise<string> => {
  const { hypotheses: [one] } = await analyzeCapsule(shopCapsule({ metrics, symptom: { service: 'web', metric: 'latency', description: null } }));
  return `${one?.component.name} ${one?.fault}`;
};
const slow = [gauge('latency_ms', { service: 'pay' }, 20, 900), gauge('latency_ms', { service: 'order' }, 60, 950), gauge('latency_ms', { service: 'web' }, 100, 1000)];

describe('a machine that is used up', () => {
  it('is what squeezes the replicas of several services, where their fellows elsewhere are as ever', async () => {
    const replicas = SHOP.flatMap((service) => [replica(service, 'rack-1', 97), replica(service, 'rack-2')]);
    expect(await firstOf([gauge('cpu_percent', { node: 'rack-1' }, 40, 99), gauge('cpu_percent', { node: 'rack-2' }, 40), ...replicas, ...slow])).toBe('rack-1 cpu');
  });

  it('is not to blame for one service that computes more wherever it runs', async () => {
    const replicas = SHOP.flatMap((service) => [replica(service, 'rack-1', service === 'pay' ? 97 : undefined), replica(service, 'rack-2', service === 'pay' ? 97 : undefined)]);
    expect(await firstOf([gauge('cpu_percent', { node: 'rack-1' }, 40, 96), gauge('cpu_percent', { node: 'rack-2' }, 40, 95), ...replicas, ...slow])).toBe('pay cpu');
  });

  it('is not to blame where everybody is called more often', async () => {
    const replicas = SHOP.map((service) => replica(service, 'rack-1', 75));
    const calls = SHOP.map((service) => gauge('request_rate', { service }, 50, 160));
    expect(await firstOf([gauge('cpu_percent', { node: 'rack-1' }, 30, 90), ...replicas, ...calls, ...slow])).toBe('web traffic');
  });
});
