import { describe, expect, it } from 'vitest';
import { shopCapsule, shopMetrics, type Faults } from '../../../test/support/synthetic-capsule.ts';
import type { MetricSeries } from '../../domain/capsule.ts';
import { analyzeCapsule } from '../analyze-capsule.ts';

const firstOf = async (faults: Faults, isKept: (series: MetricSeries) => boolean = () => true): Promise<string> => {
  const metrics = shopMetrics({ order: { latency_ms: 500 }, web: { latency_ms: 500 }, ...faults }).filter(isKept);
  const { hypotheses: [first] } = await analyzeCapsule(shopCapsule({ metrics, symptom: { service: 'web', metric: 'latency', description: null } }));
  return `${first?.component.name} ${first?.fault}`;
};

describe('a service that takes a multiple of its time', () => {
  it('and is no busier loses it on the way to a store that is as fast as ever', async () => {
    expect(await firstOf({ stock: { latency_ms: 500 } })).toBe('stock network_delay');
  });

  it('may compute it, where its processor is busier or nobody measured it', async () => {
    expect(await firstOf({ stock: { latency_ms: 500, cpu_usage: 95 } })).toBe('stock cpu');
    expect(await firstOf({ stock: { latency_ms: 500 } }, ({ name, labels }) => name !== 'cpu_usage' || labels['service'] !== 'stock')).toBe('stock code');
  });

  it('waits for a store that is slower', async () => {
    expect(await firstOf({ stock: { latency_ms: 500 }, 'stock-db': { latency_ms: 520 } })).toMatch(/^stock-db /);
  });

  it('tells nothing of the way to a store that measures nothing', async () => {
    expect(await firstOf({ stock: { latency_ms: 500 } }, ({ name, labels }) => name !== 'latency_ms' || labels['service'] !== 'stock-db')).toBe('stock code');
  });
});
