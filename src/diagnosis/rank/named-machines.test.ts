import { describe, expect, it } from 'vitest';
import { syntheticSeries } from '../../../test/support/synthetic-series.ts';
import { FAULT_AT, logFile, MINUTE, shopCapsule, T0 } from '../../../test/support/synthetic-capsule.ts';
import type { MetricSeries, StringMap } from '../../domain/capsule.ts';
import { analyzeCapsule } from '../analyze-capsule.ts';

const gauge = (name: string, labels: StringMap, level: number, to?: number): MetricSeries =>
  syntheticSeries({ name, labels, start: T0, intervalMs: MINUTE, samples: 80, level, noise: 0.05, ...(to === undefined ? {} : { shift: { at: FAULT_AT, to } }) });
const METRICS = [
  gauge('node_disk_busy_percent', { node: 'rack-71' }, 15, 99), gauge('node_disk_busy_percent', { node: 'rack-72' }, 15),
  gauge('query_latency_ms', { service: 'stock-db' }, 4, 40), gauge('latency_ms', { service: 'stock' }, 20, 60), gauge('latency_ms', { service: 'order' }, 60, 100), gauge('latency_ms', { service: 'web' }, 100, 140),
];

const firstOf = async (machine: string, services: readonly string[]): Promise<string> => {
  const quiet = ['order', 'pay', 'stock'].flatMap((service) => Array.from({ length: 79 }, (_, i) => ({ at: T0 + i * MINUTE, service, level: 'INFO', body: 'served a page' })));
  const slow = services.flatMap((service) => Array.from({ length: 40 }, (_, i) => ({ at: FAULT_AT + i * 15_000, service, level: 'WARN', body: `write of ${service}.log took ${4000 + i} ms on ${machine}` })));
  const { hypotheses: [one] } = await analyzeCapsule(shopCapsule({ metrics: METRICS, logs: [logFile([...quiet, ...slow].sort((a, b) => a.at - b.at))], symptom: { service: 'web', metric: 'latency', description: null } }));
  return `${one?.component.name} ${one?.fault}`;
};

describe('a machine that several services name', () => {
  it('is what they and the stores that run nobody knows where suffer from, where it is in trouble itself', async () => {
    expect(await firstOf('rack-71', ['order', 'pay', 'stock'])).toBe('rack-71 disk');
  });

  it('is not, where one alone names it, or where it is as ever', async () => {
    expect(await firstOf('rack-71', ['pay'])).not.toMatch(/^rack/);
    expect(await firstOf('rack-72', ['order', 'pay', 'stock'])).not.toMatch(/^rack/);
  });
});
