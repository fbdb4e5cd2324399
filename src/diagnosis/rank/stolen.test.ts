import { describe, expect, it } from 'vitest';
import { syntheticSeries } from '../../../test/support/synthetic-series.ts';
import { FAULT_AT, MINUTE, shopCapsule, T0 } from '../../../test/support/synthetic-capsule.ts';
import type { MetricSeries, StringMap } from '../../domain/capsule.ts';
import { analyzeMetrics } from '../../signals/metrics/analyze-metrics.ts';
import { healthOf } from '../relate/health.ts';
import { joinedCrowding } from './crowding.ts';
import { stolenFrom } from './stolen.ts';

const gauge = (name: string, labels: StringMap, level: number, to?: number): MetricSeries =>
  syntheticSeries({ name, labels, start: T0, intervalMs: MINUTE, samples: 80, level, noise: 0.05, ...(to === undefined ? {} : { shift: { at: FAULT_AT, to } }) });
const stolen = (to: number): MetricSeries => gauge('cpu_usage_rate', { node: 'rack-1', mode: 'steal' }, 0.02, to);
const USED = [gauge('cpu_usage_rate', { node: 'rack-1', mode: 'user' }, 1), gauge('cpu_usage_rate', { node: 'rack-1', mode: 'system' }, 0.2)];
const place = (service: string, node: string): MetricSeries => gauge('memory_bytes', { service, node, pod: `${service}-${node}` }, 3e8);
const slow = (service: string): MetricSeries => gauge('latency_ms', { service }, 20, 200);

const judged = (metrics: readonly MetricSeries[]): ReturnType<typeof stolenFrom> => {
  const analysis = analyzeMetrics(shopCapsule({ metrics }));
  return stolenFrom(healthOf(analysis), analysis);
};

describe('time that is stolen from a machine', () => {
  it('is why those are slow who run there, and perhaps those of whom nobody knows where they run', () => {
    const { nodes, left } = judged([stolen(1), ...USED, place('pay', 'rack-1'), slow('pay'), slow('stock-db'), place('order', 'rack-2'), slow('order')]);
    expect([...nodes]).toEqual(['rack-1']);
    expect(left.get('pay')).toBeLessThan(left.get('stock-db') ?? 0);
    expect(left.get('stock-db')).toBeLessThan(1);
    expect(left.has('order')).toBe(false);
  });

  it('is nothing beside what is used there, where it is little', () => {
    expect([...judged([stolen(0.1), ...USED, place('pay', 'rack-1'), slow('pay')]).nodes]).toEqual([]);
  });

  it('hurts nobody, where nobody begins to suffer', () => {
    expect([...judged([stolen(1), ...USED, place('pay', 'rack-1'), gauge('latency_ms', { service: 'pay' }, 20)]).nodes]).toEqual([]);
  });

  it('adds to what else is known of machines, and the stronger reason counts', () => {
    const one = { nodes: new Set(['a']), left: new Map([['x', 0.3]]), clues: [] };
    const other = { nodes: new Set(['b']), left: new Map([['x', 0.6], ['y', 0.6]]), clues: [] };
    expect(joinedCrowding(one, other)).toEqual({ nodes: new Set(['a', 'b']), left: new Map([['x', 0.3], ['y', 0.6]]), clues: [] });
  });
});
